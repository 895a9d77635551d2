"""Views of a whole trace: its pages, a table of all values, a table of the training's errors."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.epochs import goes_by_epochs
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.rules.quantity import TOTAL
from tracer.sheet.conventions import conventions
from tracer.sheet.epochs import epochs_summary
from tracer.sheet.lists import last_parameters, milestones, value_rows
from tracer.sheet.page import (
    MANY_STEPS,
    Section,
    Wanted,
    page,
    parts,
    row_of,
    title_of,
    title_of_step,
)
from tracer.sheet.words import title_of_spec


def whole(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The whole calculation; of a long training its first step, its errors and what came out."""
    yield from page(trace, shortened(trace, wanted))
    if len(trace.segments) > MANY_STEPS and not wanted.steps:
        yield from training_table(trace, wanted)


def shortened(trace: Trace, wanted: Wanted) -> Wanted:
    """What was asked for; of a long training only the first step, unless one was chosen."""
    long = len(trace.segments) > MANY_STEPS and not wanted.steps
    return wanted._replace(steps=(1,)) if long else wanted


def table(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """Every value in columns, phase by phase; formulas only of what stays in letters."""
    wanted = shortened(trace, wanted)
    yield Section(title_of_spec(trace.spec), 1, conventions(trace, wanted.numbers))
    for segment in trace.segments:
        if not wanted.steps or segment.step in wanted.steps:
            if trace.several_steps:
                yield Section(title_of_step(segment), 1)
            for (phase, sample), group in parts(trace.entries(segment)):
                if phase in wanted.phases:
                    rows = value_rows(list(group), wanted.numbers)
                    yield Section(title_of(phase, sample), items=rows)


def training_table(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The total error at chosen steps of a long training, and the last weights.

    A training that is told by its epochs has what came out of these.
    """
    if goes_by_epochs(trace.spec):
        yield from epochs_summary(trace, wanted)
        return
    chosen = [trace.segments[number - 1] for number in milestones(len(trace.segments))]
    rows = tuple(
        (f"step {segment.step}", _error(trace, segment, wanted.numbers)) for segment in chosen
    )
    yield Section("Training: the error at the start of a step", 2, rows)
    yield from last_parameters(trace, wanted)


def _error(trace: Trace, segment: Segment, asked: NumberFormat) -> str:
    blocks = (block for block in segment.program.blocks if block.kind is TOTAL)
    row = row_of(trace.entry(segment, next(blocks).start), asked)
    return f"E {row.relation} {row.text}"
