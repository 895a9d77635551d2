"""The trace: givens and steps in dependency order, with the values that they have.

Entries are made when somebody looks; what is stored are the programs and their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from tracer.derive.entries import Entry, Given, Part, Step, entry_at
from tracer.derive.epochs import total_named
from tracer.derive.exactness import Exactness
from tracer.derive.limits import most_values
from tracer.derive.names import Names
from tracer.derive.program import Program
from tracer.derive.run import Segment, plan, run
from tracer.derive.stopping import Ending, ending, stop
from tracer.derive.warnings import warnings_of
from tracer.derive.why import behind
from tracer.errors import CalculationError, UnknownQuantityError
from tracer.maths.arithmetic import Arithmetic
from tracer.rules.backprop import Backprop
from tracer.rules.quantity import Quantity, plain_name
from tracer.spec.network import Network, Spec


class Trace:
    """A complete calculation.

    Attributes:
        spec: what was traced.
        arithmetic: how the numbers were made.
        segments: the training steps; one for an expression.
        unsettled: a value that no number of digits could tell from zero; empty if there is none,
            as a longer calculation has shown; None where nobody has compared.
    """

    def __init__(
        self,
        spec: Spec,
        arithmetic: Arithmetic,
        segments: tuple[Segment, ...],
        unsettled: str | None = None,
    ) -> None:
        self.spec = spec
        self.arithmetic = arithmetic
        self.segments = segments
        self.unsettled = unsettled
        self._names: dict[int, Names] = {}

    @property
    def several_samples(self) -> bool:
        """Whether names say the sample."""
        return isinstance(self.spec, Network) and len(self.spec.samples) > 1

    @property
    def several_steps(self) -> bool:
        """Whether names say the training step."""
        return len(self.segments) > 1

    @cached_property
    def exactness(self) -> Exactness:
        """Which values are all of the numbers that they stand for."""
        return Exactness(self.segments, self.arithmetic, agreed=self.unsettled == "")

    @property
    def size(self) -> int:
        """How many values there are."""
        return sum(segment.program.size for segment in self.segments)

    def names(self, program: Program) -> Names:
        """The names in one of the programs."""
        found = self._names.get(id(program))
        if found is None:
            found = self._names[id(program)] = Names(program)
        return found

    def name(self, quantity: Quantity) -> str:
        """The plain name of a quantity in this trace."""
        return plain_name(quantity, self.several_samples, self.several_steps)

    @cached_property
    def ending(self) -> Ending | None:
        """How a training has ended that could have ended earlier; None for any other."""
        return ending(self.spec, self.segments, self.arithmetic)

    def __getitem__(self, name: str) -> Entry:
        """The given or step of a plain name, such as ``dE/dw5``, ``net_h1[2]``, ``w5+@3``.

        A name that does not say its training step speaks of the first one that has it.

        Raises:
            UnknownQuantityError: the trace has no quantity of that name.
            TypeError: what stands in the brackets is no text.
        """
        segments, local = self._located(_text(name))
        for segment in segments:
            names = self.names(segment.program)
            address = names.address(local)
            if address is not None:
                return self.entry(segment, address)
            part = names.part(local)
            if part is not None:
                return Part(self, segment, *part)
        total = total_named(self, local)
        if total is not None:
            return total
        raise self.names(segments[0].program).unknown(local)

    def _located(self, name: str) -> tuple[Sequence[Segment], str]:
        """The training steps that a name may speak of, and the name without its step."""
        local, mark, step = map(str.strip, name.rpartition("@"))
        if not mark:
            return self._introducing, name
        if not (step.isascii() and step.isdigit() and 1 <= int(step) <= len(self.segments)):
            last = len(self.segments)
            raise UnknownQuantityError(f"'{name}': this trace has the training steps 1 to {last}")
        return (self.segments[int(step) - 1],), local

    @cached_property
    def _introducing(self) -> tuple[Segment, ...]:
        """The training steps in which samples take part for the first time."""
        known: set[int] = set()
        found: list[Segment] = []
        for segment in self.segments:
            samples = segment.program.samples
            if not found or not samples <= known:
                found.append(segment)
            known |= samples
        return tuple(found)

    @cached_property
    def _first_steps(self) -> dict[int, int]:
        """The first training step of each sample."""
        found: dict[int, int] = {}
        for segment in self._introducing:
            for sample in segment.program.samples:
                found.setdefault(sample, segment.step)
        return found

    def __contains__(self, name: object) -> bool:
        """Whether a plain name is known here."""
        try:
            return isinstance(name, str) and self[name] is not None
        except UnknownQuantityError:
            return False

    def entry(self, segment: Segment, address: int) -> Entry:
        """The given or step at an address of a segment."""
        return entry_at(self, segment, address)

    def entries(self, segment: Segment) -> Iterator[Entry]:
        """Everything of one training step, in order."""
        untold = segment.program.untold
        for address in range(segment.program.size):
            if address not in untold:
                yield self.entry(segment, address)

    def __iter__(self) -> Iterator[Entry]:
        """Every given and step, in order; what stays the same is given once."""
        for segment in self.segments:
            yield from (entry for entry in self.entries(segment) if self.is_news(entry))

    def is_news(self, entry: Entry) -> bool:
        """Whether an entry is a step, or a given that no training step before has had."""
        if not isinstance(entry, Given) or entry.block.kind.given_anew:
            return True
        return self.introduces(entry.segment, entry.block.sample)

    def introduces(self, segment: Segment, sample: int) -> bool:
        """Whether a training step is the first one of a sample; of what is in none: the first."""
        return self._first_steps.get(sample, 1) == segment.step

    @property
    def givens(self) -> list[Given]:
        """What the author gave, in order."""
        return [entry for entry in self if isinstance(entry, Given)]

    @property
    def steps(self) -> list[Step]:
        """Every step, in dependency order."""
        return [entry for entry in self if isinstance(entry, Step)]

    def why(self, name: str, within_step: bool = False) -> list[Entry]:
        """The part of the list on which a quantity depends, itself last.

        What stays the same through the training stands in it once.

        Args:
            name: a plain name.
            within_step: whether to stop at the values that the quantity's training step starts
                from, where False goes back through the earlier steps to the givens.

        Raises:
            UnknownQuantityError: the trace has no quantity of that name.
        """
        return behind(self[name], within_step)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know about the numbers, such as exploding denominators."""
        return tuple(warnings_of(self))

    def __eq__(self, other: object) -> bool:
        """Whether another trace says the same: spec, arithmetic, every value and its doubt."""
        if not isinstance(other, Trace):
            return NotImplemented
        return (
            self.spec == other.spec
            and self.arithmetic.name == other.arithmetic.name
            and self.unsettled == other.unsettled
            and len(self.segments) == len(other.segments)
            and all(
                list(mine.values) == list(theirs.values)
                for mine, theirs in zip(self.segments, other.segments, strict=True)
            )
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """A short description."""
        title = self.spec.about.title or "untitled"
        return f"<Trace {title!r}: {self.size} values, {self.arithmetic.name}>"


def _text(name: object) -> str:
    """A name, if it is a text."""
    if isinstance(name, str):
        return name
    found = type(name).__name__
    raise TypeError(f"a quantity is found by its name, such as t['dE/dw5'], not by {found}")


def trace(spec: Spec, arithmetic: Arithmetic, rules: Backprop | None = None) -> Trace:
    """Calculates a spec.

    Args:
        spec: a network or an expression program.
        arithmetic: how numbers are made.
        rules: the rules in force; None: those that the spec's conventions call for.

    Raises:
        CalculationError: a value does not exist; the error names its quantity, and its place if
            the spec was read from a file.
        LimitError: the run would keep too many values.
        UnknownQuantityError: the spec gives a quantity that does not exist.
    """
    segments = tuple(plan(spec, rules, most_values(arithmetic)))
    try:
        return Trace(spec, arithmetic, run(segments, arithmetic, stop(spec, arithmetic)))
    except CalculationError as error:
        from tracer.derive.located import located

        raise located(error, spec, arithmetic.name) from None
