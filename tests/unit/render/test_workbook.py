"""Workbooks: sheets, typed-in cells, names that stay text, the same bytes every time."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO
from pathlib import Path
from textwrap import dedent

import openpyxl
import pytest

import tracer
from tests.support.spreadsheets import Book
from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, program, traced
from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.render.language import words_of
from tracer.render.spreadsheet import limits
from tracer.render.spreadsheet.csv import to_live_csv
from tracer.render.spreadsheet.layout import Workbook
from tracer.render.spreadsheet.places import FIRST_HELPER, VALUE
from tracer.render.spreadsheet.xlsx import to_xlsx
from tracer.sheet.notations.chosen import notation_of
from tracer.sheet.notations.read import find_profile

HOSTILE = """
    title: '=HYPERLINK("http://example.org", "x")'
    source: '=1+1'
    notes: ['@SUM(A1)', '+1', '-1', 'http://example.org']
    inputs: [x]
    layers:
      - {units: [o], activation: 'net**2', weights: [[w = -1/3]]}
    samples: [{input: 2, target: 1}]
    training: {learning_rate: 0.1}
"""


def book_of(trace: Trace) -> Book:
    """A trace's workbook, read back."""
    return Book(to_xlsx(trace, NumberFormat()))


def test_the_sheets() -> None:
    """Givens first, then the calculation, or a sheet for each training step, then conventions."""
    assert book_of(traced(BY_HEAD)).sheets == ["Given", "Calculation", "Conventions"]
    assert book_of(traced(IN_A_ROW, steps="2")).sheets == [
        *("Given", "Step 1", "Step 2", "Conventions")
    ]


def test_only_givens_are_typed_in() -> None:
    """Every number among the values is a formula, but those of the givens."""
    book = book_of(traced(BY_HEAD, steps="2"))
    for (sheet, cell), typed in book.cells.items():
        if cell[0] == "E" and sheet != "Given":
            assert str(typed).startswith("="), (sheet, cell)
    assert book.column("Given", "E")["learning_rate"] == 0.1


def test_a_fraction_is_typed_in_as_one() -> None:
    """What the file has as a fraction, the cell has as one: -1/3."""
    book = book_of(traced(HOSTILE))
    assert book.cells["Given", f"E{book.row_of('Given', 'w')}"] == "=-1/3"


def test_a_changed_weight_is_carried_on() -> None:
    """A new number for a weight changes the next training step, and the differences say so."""
    book = book_of(traced(IN_A_ROW, steps="2"))
    assert book.column("Step 2", "E")["w@2"] == pytest.approx(float(traced(IN_A_ROW)["w+"].value))
    book.set("Given", f"E{book.row_of('Given', 'w@1')}", 3)
    after = traced(IN_A_ROW.replace("w = 2", "w = 3"), "float", steps="2")
    for sheet in ("Step 1", "Step 2"):
        for name, value in book.column(sheet, "E").items():
            assert value == pytest.approx(after[name].value)
    assert book.value("Step 2", "G3") > 0.1


def test_names_stay_text() -> None:
    """No cell is a formula or a link but those of values, differences and parts of formulas."""
    trace = traced(HOSTILE)
    sheets = openpyxl.load_workbook(BytesIO(to_xlsx(trace, NumberFormat()))).worksheets
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert cell.column - 1 in (VALUE, VALUE + 2) or cell.column > FIRST_HELPER
    assert sheets[0]["A1"].value == '=HYPERLINK("http://example.org", "x")'
    assert sheets[0]["A1"].data_type == "s"


def test_the_same_bytes_every_time() -> None:
    """The same trace makes the same bytes: no date of today, no name of the writer."""
    trace = traced(BY_HEAD)
    content = to_xlsx(trace, NumberFormat())
    assert content == to_xlsx(trace, NumberFormat())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {item.date_time[0] for item in archive.infolist()} == {1980}
        about = archive.read("docProps/core.xml")
    assert b"2000-01-01T00:00:00Z" in about
    assert b"<dc:title>A network for the head</dc:title>" in about


def test_the_digits_are_those_asked_for() -> None:
    """Cells show as many digits as a page would; they hold all that a double has."""
    trace = tracer.trace("mazur")
    for asked, shown in ((NumberFormat(4), "0.0000"), (NumberFormat(None, 3), "0.000")):
        sheet = openpyxl.load_workbook(BytesIO(to_xlsx(trace, asked)))["Calculation"]
        cell = next(sheet[f"E{row[0].row}"] for row in sheet["A5:A20"] if row[0].value == "out_h1")
        assert cell.number_format in (shown, shown[:5])
    stored = openpyxl.load_workbook(BytesIO(to_xlsx(trace, asked)), data_only=True)["Calculation"]
    assert stored[cell.coordinate].value == float(trace["out_h1"].value)


def test_by_hand_is_rounded_in_the_cells() -> None:
    """Calculated by hand, every cell is rounded, and has exactly the numbers of the trace."""
    for numbers in ("by-hand:4", "by-hand:4sig", "by-hand:4:cut", "by-hand:4sig:half-even"):
        trace = tracer.trace("mazur", numbers)
        live = book_of(trace).column("Calculation", "E")
        for name, value in live.items():
            assert value == pytest.approx(float(trace[name].value), rel=1e-12), (numbers, name)


def test_intervals_stand_as_text() -> None:
    """An interval stands beside the cell, whose number lies in it."""
    trace = tracer.trace("mazur", "interval:9")
    book = book_of(trace)
    row = book.row_of("Calculation", "E")
    assert book.texts["Calculation", f"F{row}"].startswith("[0.29837")
    low, high = trace["E"].value.lo, trace["E"].value.hi
    assert float(low) <= book.value("Calculation", f"E{row}") <= float(high)


def test_sums_over_epochs_are_cells() -> None:
    """The errors of an epoch are added up over the sheets of its steps."""
    trace = tracer.trace("perceptron_and")
    live = book_of(trace).column("Step 20", "E")
    assert live["errors_epoch5"] == 0


def test_what_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many quantities, on sheets or in rows: what to do instead is said."""
    monkeypatch.setattr(limits, "MOST_ROWS", 10)
    with pytest.raises(OutputError, match="too many for a spreadsheet"):
        to_xlsx(traced(BY_HEAD), NumberFormat())
    monkeypatch.setattr(limits, "MOST_CELLS", 100)
    with pytest.raises(OutputError, match=r"over 50 training steps are .* up to 100; --steps take"):
        to_xlsx(traced(IN_A_ROW, "float", steps="50"), NumberFormat())


@pytest.mark.parametrize("batch", ["online", "2", "full"])
def test_a_long_training_is_told_in_rows(batch: str) -> None:
    """Of more than 40 steps each is a row of live cells, over the row above; batches fit in."""
    trace = traced(IN_A_ROW, "float", steps="45", batch=batch)
    laid_out = Workbook(trace)
    table = laid_out.table
    assert table is not None
    assert [segment.step for segment, _ in table.rows] == list(range(2, 46))
    book = book_of(trace)
    assert book.sheets == ["Given", "Step 1", "Training", "Conventions"]
    for _, row in table.rows:
        for cell in row:
            live = book.value("Training", cell.place.seen_from("Training"))
            assert live == pytest.approx(cell.entry.value), cell.entry.name
        assert book.value("Training", f"C{row[0].place.row + 1}") == 0


def test_a_long_training_follows_a_changed_weight() -> None:
    """A new number for a weight changes the last row of a long training."""
    book = book_of(traced(IN_A_ROW, "float", steps="45"))
    book.set("Given", f"E{book.row_of('Given', 'w@1')}", -4)
    after = traced(IN_A_ROW.replace("w = 2", "w = -4"), "float", steps="45")
    table = Workbook(after).table
    assert table is not None
    for cell in table.rows[-1][1]:
        live = book.value("Training", cell.place.seen_from("Training"))
        assert live == pytest.approx(cell.entry.value)


def test_parts_of_formulas_stand_right_of_a_long_training() -> None:
    """Calculated by hand, each cell of a row has its own cell before rounding, and none collide."""
    trace = traced(IN_A_ROW, "by-hand:4sig", steps="45")
    table = Workbook(trace).table
    assert table is not None
    book = book_of(trace)
    for _, row in table.rows:
        for cell in row:
            live = book.value("Training", cell.place.seen_from("Training"))
            assert live == pytest.approx(float(cell.entry.value), rel=1e-12)


def test_a_long_training_has_a_chart() -> None:
    """The error over the steps is a chart of the workbook's own, over its live cells."""
    content = to_xlsx(traced(IN_A_ROW, "float", steps="45"), NumberFormat())
    assert content == to_xlsx(traced(IN_A_ROW, "float", steps="45"), NumberFormat())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "Training!$A$5:$A$48" in chart


def test_the_title_of_a_chart_is_text() -> None:
    """An author's title that looks like a reference to a cell comes into no chart."""
    text = f"title: '=Given!A1'\n{dedent(IN_A_ROW)}"
    content = to_xlsx(traced(text, "float", steps="45"), NumberFormat())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "<a:t>error at the start of each step</a:t>" in chart
    assert "=Given" not in chart


def test_a_table_with_live_formulas() -> None:
    """The CSV's rows stand where its formulas look for them."""
    trace = traced(IN_A_ROW, "float", steps="2")
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    for line in csv.reader(to_live_csv(trace, NumberFormat())):
        sheet.append([_cell(text) for text in line])
    file = BytesIO()
    assert sheet.parent is not None
    sheet.parent.save(file)
    live = Book(file.getvalue()).column("Sheet", "E")
    for entry in trace:
        assert live[entry.name] == pytest.approx(entry.value)


def test_no_text_of_the_table_runs() -> None:
    """In CSV, what users have named has an apostrophe, and a fraction is no date."""
    lines = list(csv.reader(to_live_csv(traced(HOSTILE), NumberFormat())))
    assert lines[0][0].startswith("'=HYPERLINK")
    row = next(line for line in lines if line and line[0] == "w")
    assert row == ["w", "w", "weight", "'-1/3", "=-1/3", "'-1/3"]
    for line in lines:
        for column, cell in enumerate(line):
            assert not (cell.startswith(("=", "@", "+")) and column != VALUE), cell


def test_letters_leave_cells_open() -> None:
    """A letter is an empty cell, to be filled in."""
    book = book_of(calculated(program("y = 2*x")))
    assert ("Given", f"E{book.row_of('Given', 'x')}") not in book.cells


def test_symbols_and_words_are_those_asked_for() -> None:
    """A workbook has the symbols of a book and the words of a language, and the same numbers."""
    trace = tracer.trace("mazur")
    german = terminal(samples=False, words=words_of("de"))
    book = Book(to_xlsx(trace, NumberFormat(), german))
    texts = set(book.texts.values())
    assert {"Eingaben", "Zielwerte", "Regel", "gewichtete Summe", "größte Abweichung"} <= texts
    assert not {"Inputs", "rule", "weighted sum", "largest difference"} & texts
    assert book.column("Calculation", "E") == book_of(trace).column("Calculation", "E")
    rumelhart = notation_of(find_profile("rumelhart"), trace)
    texts = set(Book(to_xlsx(trace, NumberFormat(), rumelhart)).texts.values())
    assert rumelhart.symbol(trace["learning_rate"].quantity) in texts
    assert "η" not in texts


def test_saved_by_its_suffix(tmp_path: Path) -> None:
    """tracer.save writes a workbook where the file ends in .xlsx."""
    path = tmp_path / "net.xlsx"
    tracer.save(traced(BY_HEAD), str(path))
    assert Book(path.read_bytes()).column("Calculation", "E")["net_h1"] == 6


def _cell(text: str) -> float | str:
    """What a spreadsheet makes of a cell of a CSV."""
    try:
        return float(text)
    except ValueError:
        return text
