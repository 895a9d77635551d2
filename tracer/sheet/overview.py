"""Views of a whole trace: its pages, a table of all values, a table of the training's errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracer.derive.entries import Entry, Step
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.rules.quantity import TOTAL
from tracer.sheet.conventions import conventions
from tracer.sheet.page import (
    MANY_STEPS,
    Item,
    Section,
    Wanted,
    page,
    parts,
    row_of,
    title_of,
    title_of_step,
)
from tracer.sheet.telling import tell
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
                    yield Section(title_of(phase, sample), items=_rows(list(group), wanted.numbers))


def _rows(entries: Iterable[Entry], asked: NumberFormat) -> Iterator[Item]:
    """A row for each entry; for a step that stays in letters its formula."""
    for entry in entries:
        if entry.value is None and isinstance(entry, Step) and not entry.is_carried:
            telling = tell(entry, asked)
            yield telling._replace(lines=telling.lines[-1:])
        else:
            yield row_of(entry, asked)


def training_table(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The total error at chosen steps of a long training, and the last weights."""
    chosen = [trace.segments[number - 1] for number in milestones(len(trace.segments))]
    rows = tuple(
        (f"step {segment.step}", _error(trace, segment, wanted.numbers)) for segment in chosen
    )
    yield Section("Training: the error at the start of a step", 2, rows)
    last = [segment for segment in trace.segments if segment.program.has_update][-1:]
    for segment in last:
        final = (trace.entry(segment, address) for address in segment.program.ends)
        yield Section(f"Parameters after step {segment.step}", items=_rows(final, wanted.numbers))


def milestones(last: int) -> list[int]:
    """1, 2, 5, 10, 20, 50, ... and the last step."""
    found = [lead * 10**power for power in range(len(str(last))) for lead in (1, 2, 5)]
    return [step for step in found if step < last] + [last]


def _error(trace: Trace, segment: Segment, asked: NumberFormat) -> str:
    blocks = (block for block in segment.program.blocks if block.kind is TOTAL)
    row = row_of(trace.entry(segment, next(blocks).start), asked)
    return f"E {row.relation} {row.text}"
