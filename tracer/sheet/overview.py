"""Views of a whole trace: its pages, a table of all values, a table of the training's errors."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.sheet.before_after import before_and_after
from tracer.sheet.conventions import conventions
from tracer.sheet.course import training_table
from tracer.sheet.lists import value_rows
from tracer.sheet.page import MANY_STEPS, Section, Wanted, page, parts
from tracer.sheet.titles import title_of, title_of_step
from tracer.sheet.words import title_of_spec


def whole(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The whole calculation; of a long training its first step, its errors and what came out."""
    yield from page(trace, shortened(trace, wanted))
    yield from _course(trace, wanted)
    if not wanted.steps:
        yield from before_and_after(trace, wanted)


def _course(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """What a long training comes to, of which only the first step was told."""
    if len(trace.segments) > MANY_STEPS and not wanted.steps:
        yield from training_table(trace, wanted)


def shortened(trace: Trace, wanted: Wanted) -> Wanted:
    """What was asked for; of a long training only the first step, unless one was chosen."""
    long = len(trace.segments) > MANY_STEPS and not wanted.steps
    return wanted._replace(steps=(1,)) if long else wanted


def table(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """Every value in columns, phase by phase; formulas only of what stays in letters."""
    yield from _values(trace, shortened(trace, wanted))
    yield from _course(trace, wanted)


def _values(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    yield Section(title_of_spec(trace.spec), 1, conventions(trace, wanted.numbers))
    for segment in trace.segments:
        if not wanted.steps or segment.step in wanted.steps:
            if trace.several_steps:
                yield Section(title_of_step(trace, segment), 1)
            for (phase, sample), group in parts(trace.entries(segment)):
                if phase in wanted.phases:
                    rows = value_rows(list(group), wanted.numbers)
                    yield Section(title_of(phase, sample), items=rows)
