"""Live formulas: each function, each sign and each bracket, as a spreadsheet understands them."""

from __future__ import annotations

from io import BytesIO
from itertools import accumulate

import openpyxl
import pytest

from tests.support.spreadsheets import Book
from tests.unit.making import calculated, program, traced
from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.maths.functions import FUNCTIONS
from tracer.maths.names import KINKED, UNARY
from tracer.notation.numbers import NumberFormat
from tracer.render.spreadsheet.formulas import LONGEST, when_known
from tracer.render.spreadsheet.layout import Workbook
from tracer.render.spreadsheet.places import Place, letters
from tracer.render.spreadsheet.xlsx import to_xlsx
from tracer.rules.activations import ROWS

SIGNS = (
    "-x**2",
    "(-x)**2",
    "2**x**2",
    "(2**x)**2",
    "x - (y - z)",
    "x - y - z",
    "x/(y/z)",
    "x/y/z",
    "x/y*z",
    "x/(y*z)",
    "-(x + y)",
    "-x*y",
    "x**(-2)",
    "-2**2 + x*0",
    "(-2)**2*x",
    "1/3*x",
    "-1/3 - x",
    "x**2*y**3",
    "x - -y",
    "0.044715*x + 1e-8",
    "x**0",
)


def value(text: str, **at: str) -> tuple[float, float]:
    """The result of a program as its workbook calculates it, and as the trace does."""
    trace = calculated(program(f"y_ = {text}", **at), "float")
    book = Book(to_xlsx(trace, NumberFormat()))
    return book.column("Calculation", "E")["y_"], trace["y_"].value


@pytest.mark.parametrize("text", SIGNS)
def test_brackets_stand_where_a_spreadsheet_needs_them(text: str) -> None:
    """A minus before a power, a power of a power, a quotient of quotients keep their meaning."""
    at = dict(zip("xyz", ("3", "-2", "0.5"), strict=True))
    live, expected = value(text, **{name: at[name] for name in at if name in text})
    assert live == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("function", UNARY)
def test_each_function_is_what_the_trace_has(function: str) -> None:
    """Every function of formulas gives the trace's value, at its kink too."""
    positive = function in ("ln", "log10", "sqrt")
    numbers = ("0.01", "0.75", "2.25") if positive else ("-1.5", "0", "0.75", "40")
    at = dict(zip("abcd", numbers, strict=False))
    lines = [f"y{name} = {function}({name})" for name in at]
    trace = calculated(program(*lines, **at), "float")
    column = _book(trace).column("Calculation", "E")
    for name in at:
        expected = trace[f"y{name}"].value
        assert column[f"y{name}"] == pytest.approx(expected, rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("function", KINKED)
@pytest.mark.parametrize("number", ["-2", "0", "2"])
def test_a_choice_at_a_kink_is_kept(function: str, number: str) -> None:
    """A function with its own value at 0 has it in the spreadsheet, and derivatives too."""
    trace = calculated(program(f"y = {function}(x, 0.25)", x=number), "float")
    column = Book(to_xlsx(trace, NumberFormat())).column("Calculation", "E")
    assert column["y"] == trace["y"].value
    assert column["dy/dx"] == trace["dy/dx"].value


@pytest.mark.parametrize("name", ROWS)
def test_each_activation_is_what_the_trace_has(name: str) -> None:
    """Every activation of the table gives the trace's output and slope."""
    samples = ", ".join(f"{{input: {net}, target: 1}}" for net in ("-2.5", "0", "0.5", "3"))
    text = f"""
        inputs: [x]
        layers: [{{units: [o], activation: {name}, weights: [[1]], bias: none}}]
        samples: [{samples}]
    """
    trace = traced(text, "float")
    column = _book(trace).column("Calculation", "E")
    for quantity in ("out_o", "dout_o/dnet_o", "dE/dnet_o"):
        for sample in range(1, 5):
            one = f"{quantity}[{sample}]"
            assert column[one] == pytest.approx(trace[one].value, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("net", ["-900", "-700", "700", "900"])
def test_large_exponents_are_no_error(net: str) -> None:
    """Far from 0 a sigmoid is 0 or 1, and not the error that a spreadsheet makes of exp(900)."""
    live, expected = value("sigmoid(x)", x=net)
    assert live == pytest.approx(expected, abs=1e-300)


def test_long_sums_have_helper_cells() -> None:
    """A sum of a thousand terms is taken apart, and its parts show their numbers at once."""
    terms = " + ".join(f"{k}*x" for k in range(1, 1_001))
    trace = calculated(program(f"y = {terms}", x="0.5"), "float")
    assert all(len(formula) < LONGEST for formula in _book(trace).formulas.values())
    assert _book(trace).column("Calculation", "E")["y"] == 500_500 / 2
    parts = [text for text in map(len, _book(trace).formulas.values()) if text > 500]
    assert len(parts) > 3


def unit(activation: str, net: str) -> Trace:
    """A unit with an activation of one's own, which stands in one cell."""
    return traced(
        f"""
        inputs: [x]
        layers: [{{units: [o], activation: '{activation}', weights: [[1]], bias: none}}]
        samples: [{{input: {net}, target: 1}}]
        """,
        "float",
    )


def test_deep_formulas_have_helper_cells() -> None:
    """Brackets in too many levels for a spreadsheet are taken apart."""
    text = "net"
    for _ in range(45):
        text = f"tanh({text} + 1)"
    trace = unit(text, "0.5")
    book = _book(trace)
    for name in ("out_o", "dout_o/dnet_o"):
        live = book.column("Calculation", "E")[name]
        assert live == pytest.approx(trace[name].value, rel=1e-12)
    assert max(map(_depth, book.formulas.values())) < 64


def test_an_argument_stands_twice_only_as_a_cell() -> None:
    """What a definition needs several times gets a cell, so that formulas do not explode."""
    text = "net"
    for _ in range(8):
        text = f"softplus({text} + 1)"
    trace = unit(text, "0.5")
    book = _book(trace)
    assert max(len(book.formulas["Calculation", cell]) for cell in _cells(book, "out_o")) < 300
    assert book.column("Calculation", "E")["out_o"] == pytest.approx(trace["out_o"].value)


def test_helper_cells_show_their_numbers() -> None:
    """Where nothing is calculated again, helper cells hold the numbers of their formulas."""
    content = to_xlsx(unit("softplus(net*net + 1)", "2"), NumberFormat())
    stored = openpyxl.load_workbook(BytesIO(content), data_only=True)["Calculation"]
    live = Book(content)
    helpers = [cell for cell in _cells(live, "out_o") if cell[0] >= "I"]
    assert helpers
    for cell in helpers:
        assert stored[cell].value == pytest.approx(live.value("Calculation", cell))


def test_ties_are_ties_in_doubles_too() -> None:
    """0.3 - 0.1 - 0.2 is at the threshold, though in doubles it is a little below."""
    trace = traced(
        """
        inputs: [x, y, z]
        layers: [{units: [o], activation: step, weights: [[1, -1, -1]], bias: none}]
        samples: [{input: [0.3, 0.1, 0.2], target: 1}]
        """,
        "decimal",
    )
    book = _book(trace)
    assert book.column("Calculation", "E")["net_o"] != 0
    assert book.column("Calculation", "E")["out_o"] == trace["out_o"].value == 1


def test_numbers_beyond_a_spreadsheet_are_refused() -> None:
    """A number that is no double is no cell: an error says so, and nothing is rounded to 0."""
    for number in ("1e400", "1e-400"):
        with pytest.raises(OutputError, match="beyond the numbers that a spreadsheet has"):
            to_xlsx(calculated(program("y = 2*x", x=number), "decimal"), NumberFormat())


def test_results_beyond_a_spreadsheet_are_told_as_text() -> None:
    """A result that is no double stands beside its cell as a page shows it."""
    trace = calculated(program("y = x*x", x="1e300"), "decimal")
    book = _book(trace)
    row = book.row_of("Calculation", "y")
    assert book.texts["Calculation", f"F{row}"].startswith("1e600")
    assert ("Calculation", f"G{row}") not in book.cells


def test_open_cells_wait_for_numbers() -> None:
    """A formula over letters is empty until each of them has a number."""
    book = _book(calculated(program("y = a*x + x")))
    assert book.column("Calculation", "E")["y"] == ""
    book.set("Given", f"E{book.row_of('Given', 'a')}", 3)
    assert book.column("Calculation", "E")["y"] == ""
    book.set("Given", f"E{book.row_of('Given', 'x')}", 0.5)
    assert book.column("Calculation", "E")["y"] == 2
    assert book.column("Calculation", "E")["dy/da"] == 0.5


def test_many_open_cells_are_counted_in_parts() -> None:
    """COUNT takes 255 arguments; of more cells the counts are added up."""
    formula = when_known("1", [f"A{k}" for k in range(1, 301)])
    assert formula.startswith("IF(COUNT(A1,")
    assert formula.endswith('<300,"",1)')
    assert formula.count("COUNT(") == 2


def test_columns_have_letters() -> None:
    """Columns are counted as spreadsheets do: A to Z, then AA."""
    assert [letters(k) for k in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]


def test_references_name_other_sheets() -> None:
    """On its own sheet a cell goes by its letters; elsewhere with its sheet, quoted if need be."""
    assert Place("Step 1", 6, 4).seen_from("Step 1") == "E7"
    assert Place("Step 1", 6, 4).seen_from("Step 2") == "'Step 1'!E7"
    assert Place("Given", 0, 0).seen_from("Step 2") == "Given!A1"


def test_every_function_is_known() -> None:
    """No function of the table is left without a form for spreadsheets."""
    for row in FUNCTIONS.values():
        trace = calculated(program(f"y = {row.name}(x)", x="0.5"), "float")
        assert Workbook(trace).sheets


def _book(trace: Trace) -> Book:
    return Book(to_xlsx(trace, NumberFormat()))


def _cells(book: Book, name: str) -> list[str]:
    """The cells with formulas in a quantity's row."""
    row = book.row_of("Calculation", name)
    return [
        cell
        for sheet, cell in book.formulas
        if sheet == "Calculation" and cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == row
    ]


def _depth(formula: str) -> int:
    """How many brackets are open at most."""
    depths = accumulate((sign == "(") - (sign == ")") for sign in formula)
    return max(depths)
