"""The table of primal and adjoint: its rows, its formulas, and that their values are right."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD, calculated, headings, program, traced
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.notation.notation import terminal
from tracer.render.text import TextPage
from tracer.sheet.adjoints import columns
from tracer.sheet.gradient_graph import gradient_graph
from tracer.sheet.listing import Listing
from tracer.sheet.page import Wanted

SINE = ("w1 = x1", "w2 = x2", "w3 = w1*w2", "w4 = sin(w1)", "w5 = w3 + w4", "y = w5")


def printed(trace: Trace, width: int = 80) -> list[list[str]]:
    """The lines of every table."""
    page = TextPage(terminal(samples=False), width)
    return [
        list(page.items([item]))
        for section in columns(trace, Wanted())
        for item in section.items
        if isinstance(item, Listing)
    ]


def tables(trace: Trace, width: int = 80) -> list[list[list[str]]]:
    """The cells of every row of every table, as the page has them."""
    return [_cells(lines) for lines in printed(trace, width)]


def shown(trace: Trace, width: int = 80) -> list[list[str]]:
    """The cells of the rows of the only table."""
    (found,) = tables(trace, width)
    return found


def _cells(lines: list[str]) -> list[list[str]]:
    (starts,) = {
        tuple(k for k in range(len(line)) if line[k] == "-" and line[k - 1] == " ")
        for line in lines
        if set(line) == {" ", "-"}
    }
    ends = (*starts[1:], None)
    cells = [
        [line[start:end].strip() for start, end in zip(starts, ends, strict=True)] for line in lines
    ]
    return [row for row in cells if not set("".join(row)) <= {"-"}][1:]


def test_the_table_of_deck_004() -> None:
    """In letters: the deck's three columns, the split of w1 under its sum, the results below."""
    assert shown(calculated(program(*SINE))) == [
        ["x1", "∂y/∂x1 = ∂y/∂w1·1", "cos(x1) + x2"],
        ["x2", "∂y/∂x2 = ∂y/∂w2·1", "x1"],
        ["w1 = x1", "∂y/∂w1 = ∂y/∂w1ᵃ + ∂y/∂w1ᵇ", "cos(w1) + w2"],
        ["", "∂y/∂w1ᵇ = ∂y/∂w3·w2", "w2"],
        ["", "∂y/∂w1ᵃ = ∂y/∂w4·cos(w1)", "cos(w1)"],
        ["w2 = x2", "∂y/∂w2 = ∂y/∂w3·w1", "w1"],
        ["w3 = w1·w2", "∂y/∂w3 = ∂y/∂w5·1", "1"],
        ["w4 = sin(w1)", "∂y/∂w4 = ∂y/∂w5·1", "1"],
        ["w5 = w3 + w4", "∂y/∂w5 = ∂y/∂y·1", "1"],
        ["y = w5", "∂y/∂y = 1", "1"],
    ]


def test_numbers_stand_behind_their_sign() -> None:
    """With numbers each value has its sign: = where it is all of it, ≈ where it is rounded."""
    rows = shown(calculated(program(*SINE, x1="2", x2="3"), "decimal:50"))
    assert rows[2] == ["w1 = x1 = 2", "∂y/∂w1 = ∂y/∂w1ᵃ + ∂y/∂w1ᵇ", "≈ 2.58385316"]
    assert rows[3][2] == "3"


def test_forward_mode_has_a_table_for_each_variable() -> None:
    """Tangents stand beside the values, once in each variable's direction."""
    spec = program("v = x*z", "y = v + x", x="3", z="5")
    found = calculated(replace(spec, forward=True))
    values = [[row[2] for row in rows] for rows in tables(found)]
    assert values == [["1", "0", "5", "6"], ["0", "1", "3", "3"]]


def test_what_is_not_reached_says_so() -> None:
    """A line on which the result does not depend has no adjoint, and its row says why."""
    rows = shown(calculated(program("c = x*x", "y = 2*x", x="3")))
    assert rows[1][1:] == ["-", "the result does not depend on it"]


def test_a_long_derivative_keeps_its_name() -> None:
    """In letters, a value that would grow with every line is put in up to a length, then named."""
    lines = ["a = x*x*x", *(f"a{k} = a{k - 1 or ''}*a{k - 1 or ''}*x" for k in range(1, 12))]
    longest = max(len(row[2]) for row in shown(calculated(program(*lines)), width=100_000))
    assert longest < 1_000


def test_a_network_has_no_such_table() -> None:
    """Columns are of expressions: a network is refused."""
    with pytest.raises(TracerError, match="--columns is the table of an expression's trace"):
        list(columns(traced(BY_HEAD), Wanted()))


def test_narrow_pages_break_cells() -> None:
    """at 68 columns no line of the table is longer, and nothing is lost."""
    (lines,) = printed(calculated(program(*SINE, x1="2", x2="3"), "decimal:50"), 68)
    assert max(map(len, lines)) <= 68
    assert all("".join(lines).count(f"∂y/∂w1{mark}") == 2 for mark in "ᵃᵇ")


def test_the_graph_of_the_gradient_is_told_in_parts() -> None:
    """The nodes of the calculation, of the gradient and of the update stand under headings."""
    titles = headings(gradient_graph(traced(BY_HEAD), Wanted()))
    assert titles[1:] == [
        "The graph of the calculation",
        "The gradient: new nodes of the same graph",
        "The update: new nodes",
    ]
