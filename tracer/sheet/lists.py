"""Values under each other, without formulas; and which steps of a long training are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracer.derive.entries import Entry, Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.phrase import phrase
from tracer.sheet.page import Item, Section, Wanted, row_of
from tracer.sheet.telling import tell
from tracer.spec.network import ExpressionProgram


def value_rows(entries: Iterable[Entry], asked: NumberFormat) -> Iterator[Item]:
    """A row for each entry; for a step that stays in letters its formula."""
    for entry in entries:
        if entry.value is None and isinstance(entry, Step) and not entry.is_carried:
            telling = tell(entry, asked)
            yield telling._replace(lines=telling.lines[-1:])
        else:
            yield row_of(entry, asked)


def milestones(last: int) -> list[int]:
    """1, 2, 5, 10, 20, 50, ... and the last one."""
    found = [lead * 10**power for power in range(len(str(last))) for lead in (1, 2, 5)]
    return [step for step in found if step < last] + [last]


def last_parameters(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """The parameters, or the variables, after the last update; and what it remembers."""
    spec = trace.spec
    count = len(spec.variables if isinstance(spec, ExpressionProgram) else spec.parameters)
    last = [segment for segment in trace.segments if segment.program.has_update][-1:]
    for segment in last:
        final = [trace.entry(segment, address) for address in segment.program.ends]
        moved = final[:count]
        remembered = [entry for entry in final[count:] if entry.phase is not Phase.FORWARD]
        if isinstance(spec, ExpressionProgram):
            title = phrase("Variables after step {number}", number=segment.step)
        else:
            title = phrase("Parameters after step {number}", number=segment.step)
        yield Section(title, items=value_rows(moved, wanted.numbers))
        if remembered:
            rows = value_rows(remembered, wanted.numbers)
            title = phrase("Remembered after step {number}", number=segment.step)
            yield Section(title, items=rows)
