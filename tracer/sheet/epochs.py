"""Epochs: a table for each, with a row for each sample; and what came out, epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracer.derive.epochs import Total, epochs_of, totals
from tracer.derive.stopping import Epoch
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.phrase import Phrase, alone, listed, phrase
from tracer.rules.quantity import EPOCH_WRONG, TOTAL, Quantity
from tracer.sheet.conventions import conventions
from tracer.sheet.epoch_grid import alike, grid, marked
from tracer.sheet.lists import last_parameters, milestones
from tracer.sheet.page import Grid, Item, Lead, Section, Wanted, row_of
from tracer.sheet.telling import tell
from tracer.sheet.words import title_of_spec
from tracer.spec.network import ExpressionProgram, Network, Spec

MANY_EPOCHS = 12
"""Of a training with more epochs than this, only the first and the last are told."""

TOLD = 5
"""As many epochs are told at the start of such a training."""


def epochs_view(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """A table for each epoch of a learning rule's training, and what came out of each epoch.

    Raises:
        TracerError: the trace has no training.
    """
    found = epochs_of(trace)
    if not found:
        raise TracerError(f"--epochs: {_without_epochs(trace)}")
    yield Section(title_of_spec(trace.spec), 1, conventions(trace, wanted.numbers))
    if isinstance(trace.spec, Network) and trace.spec.training.learning_rule:
        yield from _tables(trace, trace.spec, _told(found), wanted)
    yield from epochs_summary(trace, wanted)


def _without_epochs(trace: Trace) -> str:
    """Why a calculation has no epochs."""
    if isinstance(trace.spec, ExpressionProgram) and trace.spec.steps:
        return "an epoch goes through samples; an expression has steps, and no samples"
    return "this calculation has no training, so it has no epochs"


def _told(found: list[Epoch]) -> list[Epoch]:
    """The epochs of which a table is shown."""
    return found if len(found) <= MANY_EPOCHS else [*found[:TOLD], found[-1]]


def _label(epoch: Epoch, spec: Spec) -> Phrase:
    """Which epoch; of one that is cut short, how many of its samples take part."""
    return _cut(phrase("epoch {number}", number=epoch.number), epoch, spec)


def _cut(label: Phrase, epoch: Epoch, spec: Spec) -> Phrase:
    """The label of an epoch, with how many of its samples take part where not all of them do."""
    if epoch.is_whole or not isinstance(spec, Network):
        return label
    seen = sum(len(segment.program.samples) for segment in epoch.segments)
    text = "{epoch} ({seen} of {all} samples)"
    return phrase(text, epoch=label, seen=seen, all=len(spec.samples))


def _tables(trace: Trace, network: Network, told: list[Epoch], wanted: Wanted) -> Iterator[Section]:
    """A section for each epoch; the tables of a unit look alike in all of them."""
    layer, write = network.layers[-1], marked(trace, wanted.numbers)
    by_unit = [
        alike([grid(trace, epoch, layer, k, write) for epoch in told])
        for k in range(len(layer.units))
    ]
    for epoch, *grids in zip(told, *by_unit, strict=True):
        yield Section(
            _cut(phrase("Epoch {number}", number=epoch.number), epoch, network),
            items=_items(trace, layer.units, epoch, grids, wanted),
        )


def _items(
    trace: Trace, units: Sequence[str], epoch: Epoch, grids: Sequence[Grid], wanted: Wanted
) -> Iterator[Item]:
    """A table for each unit, then the sums over the epoch."""
    for unit, table in zip(units, grids, strict=True):
        if len(units) > 1:
            yield Lead(phrase("unit {unit}:", unit=unit))
        yield table
    for total in totals(trace, epoch):
        in_full = wanted.long or total.value is None
        yield tell(total, wanted.numbers) if in_full else row_of(total, wanted.numbers)


def epochs_summary(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """What came out of each epoch, of a long training of some; and the last parameters."""
    found = epochs_of(trace)
    if not found:
        return
    shown = [*range(1, len(found) + 1)] if len(found) <= MANY_EPOCHS else milestones(len(found))
    rows = tuple(
        (_label(found[number - 1], trace.spec), alone(listed(sums, "; ")))
        for number in shown
        if (sums := _sums(totals(trace, found[number - 1]), wanted))
    )
    if rows:
        yield Section(Phrase("Training: what came out of each epoch"), 2, rows)
    yield from last_parameters(trace, wanted)


def _sums(found: Iterable[Total], wanted: Wanted) -> list[Phrase]:
    """The sums over an epoch that have a number, in a line."""
    return [_sum(total, wanted) for total in found if total.value is not None]


def _sum(total: Total, wanted: Wanted) -> Phrase:
    """A sum over an epoch, in a line with others."""
    row = row_of(total, wanted.numbers)
    if total.quantity.kind is EPOCH_WRONG:
        text = "{wrong} of {all} answers wrong"
        return phrase(text, wrong=row.text, all=len(total.places))
    error = Quantity(TOTAL)
    return phrase("{error} {relation} {value}", error=error, relation=row.relation, value=row.text)
