"""A page that lists the cells of a spreadsheet with their live formulas."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.sheet.page import Section, Wanted


def live_cells(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """Every cell, its quantity, its live formula and the value that the formula gives."""
    from tracer.render.spreadsheet.csv import CELL_HEADS, cell_rows
    from tracer.sheet.conventions import conventions
    from tracer.sheet.listing import Listing
    from tracer.sheet.words import title_of_spec

    yield Section(title_of_spec(trace.spec), 1, conventions(trace, wanted.numbers))
    for title, rows in cell_rows(trace, wanted.numbers):
        yield Section(title, items=[Listing(CELL_HEADS, tuple(rows))])
