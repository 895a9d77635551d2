"""Workbooks of random networks and programs, calculated by a small spreadsheet program."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import FEW
from tests.support.networks import NUMBERS, Drawn, networks, value
from tests.support.programs import Program, programs
from tests.support.spreadsheets import Book
from tests.support.tracing import network_of, traced_if_finite
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.render.spreadsheet.xlsx import to_xlsx
from tracer.spec import read_text

LARGE = 300
"""Of larger numbers, a changed one may have an exponential beyond a spreadsheet's numbers."""

RANDOM = st.randoms(use_true_random=False)


def book_of(trace: Trace) -> Book:
    """The workbook of a trace, read by openpyxl."""
    return Book(to_xlsx(trace, NumberFormat()))


def live_values(book: Book) -> dict[str, Any]:
    """The value of every name, as the workbook calculates it."""
    found: dict[str, Any] = {}
    for sheet in book.sheets:
        found |= book.column(sheet, "E")
    return found


def agree(book: Book, trace: Trace) -> None:
    """Asserts that a workbook calculates the values of a trace in floats, each of them."""
    live = live_values(book)
    expected = {entry.name: entry.value for entry in trace}
    assert live.keys() == expected.keys()
    for name, number in expected.items():
        assert abs(live[name] - number) <= 1e-9 * abs(number) + 1e-12, name


@FEW
@given(networks(most_steps=3, evaluated=True), RANDOM)
def test_every_cell_calculates_its_step(drawn: Drawn, random: Random) -> None:
    """Each cell's live formula gives the trace's value, over whatever layers and training."""
    trace = traced_if_finite(network_of(drawn, random), "float")
    agree(book_of(trace), trace)


@FEW
@given(networks(most_steps=2), RANDOM, NUMBERS, st.data())
def test_a_changed_parameter_changes_everything(
    drawn: Drawn, random: Random, number: str, data: st.DataObject
) -> None:
    """A number typed into a parameter's cell gives what a new trace with that number gives."""
    name = data.draw(st.sampled_from(sorted(drawn.numbers)))
    before = traced_if_finite(network_of(drawn, random), "float")
    changed = replace(drawn, numbers={**drawn.numbers, name: number})
    after = traced_if_finite(network_of(changed), "float")
    assume(all(abs(entry.value) < LARGE for entry in after))
    book = book_of(before)
    start = name if name in book.column("Given", "E") else f"{name}@1"
    assume(start in book.column("Given", "E"))
    book.set("Given", f"E{book.row_of('Given', start)}", float(value(number)))
    agree(book, after)


@FEW
@given(programs())
def test_every_cell_of_a_program_calculates_its_step(program: Program) -> None:
    """Each cell's live formula gives the trace's value, of any formulas in either mode."""
    trace = traced_if_finite(read_text(program.text()), "float")
    agree(book_of(trace), trace)


@FEW
@given(networks(most_steps=2), RANDOM)
def test_nothing_differs_at_first(drawn: Drawn, random: Random) -> None:
    """As written, no cell differs from the number beside it, and the sheet's head says 0."""
    book = book_of(traced_if_finite(network_of(drawn, random), "float"))
    for sheet in book.sheets[1:-1]:
        assert not any(book.column(sheet, "G").values())
        assert book.value(sheet, "G3") == 0
