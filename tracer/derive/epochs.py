"""What belongs to a whole epoch: sums over its training steps, and weights that come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from tracer.derive.entries import Entry, Part, entry_at
from tracer.derive.recipe import SubStep
from tracer.derive.run import Segment
from tracer.derive.stopping import SUMS, Epoch, Place, epochs, total_template
from tracer.derive.whole import Whole
from tracer.rules.quantity import ERROR, Quantity, plain_name, typed
from tracer.spec.network import Network, Spec

ROUNDING = ("float", "by-hand")
"""Arithmetics whose rounding is part of the calculation."""


class Total(Part):
    """A sum over an epoch: a step over values of several training steps."""

    __slots__ = ("places",)

    def __init__(self, trace: Whole, line: SubStep, places: Sequence[Place]) -> None:
        segment, address = places[-1]
        super().__init__(trace, segment, address, line)
        self.places = places

    @property
    def operands(self) -> Sequence[Entry]:
        """What is added up."""
        return [entry_at(self.trace, segment, address) for segment, address in self.places]

    def within(self, trace: Whole) -> Total:
        """The same sum in another trace of the same."""
        places = [(trace.segments[segment.step - 1], address) for segment, address in self.places]
        return Total(trace, self.line, places)


class Cycle(NamedTuple):
    """Weights that an epoch ends with, and an earlier one has ended with.

    Attributes:
        first: the earlier epoch; 0 for the weights at the start.
        again: the epoch after which they are the same.
        is_exact: whether no weight was rounded.
    """

    first: int
    again: int
    is_exact: bool


class Traced(Whole, Protocol):
    """What is asked of a trace whose epochs are looked at."""

    @property
    def spec(self) -> Spec:
        """What was traced."""


def goes_by_epochs(spec: Spec) -> bool:
    """Whether a training is told by its epochs: it learns by a rule, or an epoch may end it."""
    if not isinstance(spec, Network):
        return False
    return bool(spec.training.learning_rule) or spec.training.until is not None


def epochs_of(trace: Traced) -> list[Epoch]:
    """The epochs of a trace; of an expression none."""
    return epochs(trace.spec, trace.segments) if isinstance(trace.spec, Network) else []


def totals(trace: Traced, epoch: Epoch) -> Iterator[Total]:
    """The sums over an epoch that there are: of wrong answers, of errors."""
    for kind, (_, rule) in SUMS.items():
        places = epoch.places(kind)
        if places:
            quantity = Quantity(kind, str(epoch.number))
            line = SubStep(quantity, rule, total_template(kind, len(places)), ())
            yield Total(trace, line, places)


def told_totals(trace: Traced) -> Iterator[Total]:
    """The sums over all epochs of a training that is told by them, in order.

    A name that something of the network has by itself, such as the error of a unit called
    ``epoch1``, stays its; of values that are not told there is no sum.
    """
    if not (isinstance(trace.spec, Network) and goes_by_epochs(trace.spec)):
        return
    taken = _own_names(trace.spec)
    for epoch in epochs_of(trace):
        for total in totals(trace, epoch):
            is_told = all(address not in of.program.untold for of, address in total.places)
            if is_told and total.name not in taken:
                yield total


def _own_names(network: Network) -> set[str]:
    """The names of a network that a sum over an epoch could have too."""
    parameters = (parameter.name for parameter in network.parameters)
    errors = (plain_name(Quantity(ERROR, unit)) for unit in network.output_names)
    return {*network.units, *parameters, *errors}


def total_named(trace: Traced, name: str) -> Total | None:
    """The sum over an epoch that has a plain name, such as ``errors_epoch3``."""
    asked = typed(name, samples=True)
    if not any(asked.startswith(kind.plain.format(unit="", source="")) for kind in SUMS):
        return None
    found = (total for epoch in epochs_of(trace) for total in totals(trace, epoch))
    return next((total for total in found if plain_name(total.quantity) == asked), None)


def cycle(trace: Traced) -> Cycle | None:
    """The first weights that come back at the end of an epoch with wrong answers; None for none.

    The same weights before the same samples change in the same way, for ever. Where values are
    rounded, that is so only in the arithmetic that rounds them (`float`, by hand); of decimals,
    which carry as many digits as it takes, and of intervals it is said where nothing was rounded.
    """
    if not (isinstance(trace.spec, Network) and trace.spec.training.learning_rule):
        return None
    known: dict[tuple[object, ...], int] = {}
    for epoch in epochs_of(trace):
        if not epoch.is_whole:
            break
        start, last = epoch.segments[0], epoch.segments[-1]
        if epoch.number == 1:
            known[_at(start, start.program.starts)] = 0
        vector = _at(last, last.program.ends)
        if None in vector or not _moves(epoch):
            return None
        if vector in known:
            exact = all(trace.exactness.is_exact(last, at) for at in last.program.ends)
            kind = trace.arithmetic.name.partition(":")[0]
            told = exact or kind in ROUNDING
            return Cycle(known[vector], epoch.number, exact) if told else None
        known[vector] = epoch.number
    return None


def _at(segment: Segment, addresses: Sequence[int]) -> tuple[object, ...]:
    return tuple(segment.values[address] for address in addresses)


def _moves(epoch: Epoch) -> bool:
    """Whether a training step of an epoch changes a parameter."""
    return any(
        segment.values[slot.start] != segment.values[slot.end]
        for segment in epoch.segments
        for slot in segment.program.slots
    )
