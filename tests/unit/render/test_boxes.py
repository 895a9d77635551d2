"""Matrices as boxes of text."""

from __future__ import annotations

from tracer.notation.matrices import MatrixName
from tracer.notation.notation import terminal
from tracer.notation.numbers import Shown
from tracer.render.boxes import Box, Flow, aligned, boxes, visible
from tracer.rules.quantity import NET
from tracer.sheet.matrix.blocks import NO_ENTRY, Cell, matrix_of

NOTATION = terminal(samples=False)


def drawn(*rows: tuple[str, ...], most: int = 8, width: int = 80) -> list[Box]:
    """The boxes of a matrix of texts; a dot is no entry."""
    cells = [[NO_ENTRY if one == "." else Cell(Shown(one, True)) for one in row] for row in rows]
    return list(boxes(matrix_of(MatrixName(NET), cells), NOTATION, most, width))


def test_points_stand_below_each_other() -> None:
    """Decimals are aligned at their points; what is no decimal to the right."""
    assert aligned(["1.5", "-10", "0.25", "."]) == ["  1.5 ", "-10   ", "  0.25", "  .   "]
    assert aligned(["1e-7", "x", "2.5"]) == ["1e-7", "   x", " 2.5"]


def test_a_matrix_has_its_shape_below() -> None:
    """Rows in brackets, the shape under the middle."""
    (box,) = drawn(("1", "-2"), (".", "3.5"))
    assert box.lines == ("[ 1  -2   ]", "[ .   3.5 ]")
    assert box.caption == "    2×2"


def test_wide_matrices_break_into_blocks_of_columns() -> None:
    """Each block says which columns it has."""
    found = drawn(("111", "222", "333"), width=12)
    assert [box.lines for box in found] == [("[ 111  222 ]",), ("[ 333 ]",)]
    assert [box.caption.strip() for box in found] == ["1×3, columns 1 to 2", "1×3, column 3"]


def test_blocks_of_columns_are_equally_wide() -> None:
    """No column is left alone where others could stand beside it."""
    found = drawn(("1", "2", "3", "4", "5", "6", "7"), width=22)
    assert [len(box.lines[0]) for box in found] == [14, 11]


def test_a_mark_stands_behind_its_number() -> None:
    """Points stay below each other."""
    assert aligned(["1.5*", "-10", "0*", "0.25"]) == ["  1.5*", "-10   ", "  0*  ", "  0.25"]


def test_what_is_shown_of_many() -> None:
    """The first ones, a mark, and the last ones."""
    assert visible(8, 8) == list(range(8))
    assert visible(100, 8) == [0, 1, 2, 3, -1, 97, 98, 99]


def test_a_matrix_in_part() -> None:
    """Dots stand for rows and columns that are left out."""
    found = drawn(*[("1", "2", "3", "4", "5")] * 5, most=4)
    assert found[0].lines == (
        *("[ 1  2  …  5 ]", "[ 1  2  …  5 ]"),
        *("[ ⋮  ⋮  ⋮  ⋮ ]", "[ 1  2  …  5 ]"),
    )
    assert found[0].caption.strip() == "5×5, in part"


def test_boxes_flow_into_rows() -> None:
    """What does not fit beside the others stands below them, middles on one line."""
    flow = Flow(2, 20)
    tall = Box(("[ 1 ]", "[ 2 ]", "[ 3 ]"), " 3×1")
    flow.add(Box(("=",)), tall)
    flow.add(Box(("·",)), Box(("[ 4 ]",), " 1×1"))
    flow.add(Box(("=",)), tall)
    assert list(flow.lines()) == [
        "    [ 1 ]",
        "  = [ 2 ] · [ 4 ]",
        "    [ 3 ]    1×1",
        "     3×1",
        "    [ 1 ]",
        "  = [ 2 ]",
        "    [ 3 ]",
        "     3×1",
    ]
