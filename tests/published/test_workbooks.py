"""Every example as a workbook: calculated again, its cells are the numbers of the trace."""

from __future__ import annotations

import pytest

from tests.published.examples import NAMES, traced
from tests.support.spreadsheets import Book
from tracer.notation.numbers import NumberFormat
from tracer.render.spreadsheet.numbers import as_double
from tracer.render.spreadsheet.xlsx import to_xlsx


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_the_number_of_the_trace(name: str) -> None:
    """The live formulas give every number of the example, and no difference is shown."""
    trace = traced(name)
    book = Book(to_xlsx(trace, NumberFormat()))
    live: dict[str, object] = {}
    for sheet in book.sheets[:-1]:
        live |= book.column(sheet, "E")
        assert not any(book.column(sheet, "G").values())
    for entry in trace:
        number = as_double(entry.value, trace.arithmetic)
        if number is not None:
            assert live[entry.name] == pytest.approx(number, rel=1e-9, abs=1e-14), entry.name
