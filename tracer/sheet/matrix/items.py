"""What a page in matrices tells: an equation for a group of steps, or each of them by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from tracer.derive.entries import Step
from tracer.derive.program import Phase
from tracer.phrase import Phrase
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    BY_OUT,
    DATA_GRADIENT,
    DELTA,
    ERROR,
    GRADIENT,
    KEPT,
    KEPT_SIGNAL,
    NEGATIVE_DELTA,
    NET,
    OUT,
    SAMPLE_ERROR,
    SAMPLE_GRADIENT,
    SIGNAL,
    SLOPE,
    TOTAL,
    Kind,
)
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.errors import errors, sample_errors, total
from tracer.sheet.matrix.gathered import gathered
from tracer.sheet.matrix.given import givens
from tracer.sheet.matrix.gradients import gradient
from tracer.sheet.matrix.group import Group, groups
from tracer.sheet.matrix.jacobian import deltas_by_jacobian
from tracer.sheet.matrix.layers import deltas, kept, layer_of_group, nets, outs, signals, slopes
from tracer.sheet.matrix.pairs import pairs_of
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.rows import by_sample
from tracer.sheet.matrix.shared import uses
from tracer.sheet.matrix.synapse import synapse
from tracer.sheet.matrix.updates import by_parameter
from tracer.sheet.page import (
    Item,
    Lead,
    tellings,
)

DELTAS = (DELTA, NEGATIVE_DELTA)

Teller = Callable[[Reading, Group], Equation | None]

TELLERS: Mapping[Kind, Teller] = {
    NET: nets,
    OUT: outs,
    ERROR: errors,
    SAMPLE_ERROR: sample_errors,
    TOTAL: total,
    BY_OUT: signals,
    SIGNAL: signals,
    BY_INPUT: signals,
    BY_KEPT: signals,
    KEPT: kept,
    KEPT_SIGNAL: signals,
    SLOPE: slopes,
}
"""What tells a group as one equation; it answers None where the entries say something else."""

ENTRY_BY_ENTRY = Phrase("this is no product of matrices as they stand; entry by entry:")
Told = Iterator[tuple[Phase, Item]]


def equations(reading: Reading) -> Told:
    """Every equation of a training step with its phase, and what is told entry by entry."""
    last = (Phase.GIVEN, True)
    yield from ((Phase.GIVEN, item) for item in givens(reading))
    for group, items in by_group(reading):
        for item in items:
            if item == Lead(ENTRY_BY_ENTRY) and last == (group.phase, False):
                continue
            yield group.phase, item
            last = group.phase, isinstance(item, Equation)


def by_group(reading: Reading) -> Iterator[tuple[Group, Iterator[Item]]]:
    """What is calculated, group by group, with what is told of each."""
    signal: dict[int | None, Equation] = {}
    for group in groups(reading):
        if group.phase is not Phase.GIVEN and group.kind is not SAMPLE_GRADIENT:
            yield group, _items(reading, group, signal)


def _items(reading: Reading, group: Group, signal: dict[int | None, Equation]) -> Iterator[Item]:
    if group.kind in (GRADIENT, DATA_GRADIENT):
        yield from gradient_items(reading, group)
    elif group.units[0] in reading.owners:
        yield from parameter_items(reading, group)
    else:
        equation = _equation(reading, group, signal)
        if equation:
            yield equation
        elif found := _several(reading, group):
            yield from found
        else:
            yield from one_by_one(reading, group.addresses)


def _several(reading: Reading, group: Group) -> tuple[Equation, ...]:
    """Equations of a group of which each sample has its own."""
    by_jacobian = deltas_by_jacobian(reading, group) if group.kind in DELTAS else ()
    return by_jacobian or gathered(reading, group)


def _equation(
    reading: Reading, group: Group, signal: dict[int | None, Equation]
) -> Equation | None:
    layer = layer_of_group(reading, group) if group.units[0] in reading.places else None
    if group.kind in DELTAS:
        return deltas(reading, group, signal.get(layer))
    relates_two = bool(group.blocks[0].sources)
    if group.kind not in TELLERS and (not layer or relates_two):
        return None
    equation = TELLERS.get(group.kind, slopes)(reading, group)
    if equation and group.kind in (BY_OUT, SIGNAL):
        signal[layer] = equation
    return equation


def one_by_one(reading: Reading, addresses: Iterable[int]) -> Iterator[Item]:
    """Steps that no equation tells, each as on the page in numbers."""
    untold = reading.segment.program.untold
    entries = [reading.entry(address) for address in addresses if address not in untold]
    steps = [entry for entry in entries if isinstance(entry, Step)]
    if any(step.quantity.unit for step in steps):
        yield Lead(ENTRY_BY_ENTRY)
    if steps:
        yield from tellings(steps, reading.wanted)


def gradient_items(reading: Reading, group: Group) -> Iterator[Item]:
    """The derivatives by the parameters of a layer."""
    covered: set[str] = set()
    for pair in pairs_of(reading, group):
        if set(group.units).isdisjoint(pair.names):
            continue
        if pair.summed is not group.kind:
            if total := by_parameter(reading, group, pair):
                covered |= set(pair.names)
                yield total
            continue
        equation = gradient(reading, pair)
        if equation is None:
            yield from uses(reading, pair)
            continue
        covered |= set(pair.names)
        if reading.wanted.long:
            yield from synapse(reading, pair)
            yield from by_sample(reading, pair)
        yield equation
    left = [name for name in group.units if name not in covered]
    each = [(SAMPLE_GRADIENT, sample) for sample in reading.samples]
    found = (
        reading.address(kind, name, sample)
        for kind, sample in (*each, (group.kind, 0))
        for name in left
        if kind is group.kind or reading.summed(name) is group.kind
    )
    yield from one_by_one(reading, (address for address in found if address is not None))


def parameter_items(reading: Reading, group: Group) -> Iterator[Item]:
    """What each parameter of a layer has for itself."""
    covered: set[str] = set()
    for pair in pairs_of(reading, group):
        equation = by_parameter(reading, group, pair)
        if equation is not None:
            covered |= set(pair.names)
            yield equation
    left = [
        address
        for block in group.blocks
        for name, address in zip(block.units, block.addresses, strict=True)
        if name not in covered
    ]
    yield from one_by_one(reading, left)
