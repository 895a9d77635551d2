"""Grids as text: columns side by side, closer together or broken where there is no room."""

from __future__ import annotations

import pytest

from tracer.notation.notation import terminal
from tracer.render.grid import grid_lines
from tracer.rules.quantity import CHANGE, Quantity
from tracer.sheet.page import Column, Grid

GRID = Grid(
    Column("k", ("1", "2")),
    (
        (Column("a", ("10", "2")), Column("b", ("", "-3"))),
        (Column(Quantity(CHANGE, "w"), ("0.5", "1")),),
    ),
)


def drawn(width: int, grid: Grid = GRID) -> list[str]:
    """The lines of a grid."""
    return list(grid_lines(grid, terminal(samples=False), width))


def test_columns_stand_to_the_right() -> None:
    """Numbers end under the end of their head, groups are parted by bars."""
    assert drawn(40) == ["k |  a   b |  Δw", "1 | 10     | 0.5", "2 |  2  -3 |   1"]


def test_little_room_brings_columns_together() -> None:
    """Where it does not fit with bars, blanks part the groups."""
    assert drawn(15) == ["k   a  b   Δw", "1  10     0.5", "2   2 -3    1"]


def test_no_room_breaks_between_groups() -> None:
    """Where it does not fit at all, the groups stand under each other, the label before each."""
    assert drawn(12) == [
        *("k |  a   b", "1 | 10", "2 |  2  -3", ""),
        *("k |  Δw", "1 | 0.5", "2 |   1"),
    ]


def test_a_group_that_is_too_wide_is_cut() -> None:
    """Columns of one group that are wider than a line go on in another table."""
    text = drawn(8)
    assert text[:3] == ["k |  a", "1 | 10", "2 |  2"]
    assert text[4:7] == ["k |  b", "1 |", "2 | -3"]
    assert all(len(line) <= 8 for line in text)


@pytest.mark.parametrize("width", [40, 15, 12, 8, 1])
def test_nothing_is_lost(width: int) -> None:
    """Whatever the width, every cell stands there, and the head of each column."""
    text = "\n".join(drawn(width))
    assert all(word in text.split() for word in ("10", "2", "-3", "0.5", "1", "Δw", "a", "b"))


def test_a_least_width_is_kept() -> None:
    """Grids that are to look alike have columns of the width of the widest."""
    wide = GRID._replace(groups=((Column("a", ("1", "2"), width=5),),))
    assert drawn(40, wide) == ["k |     a", "1 |     1", "2 |     2"]
