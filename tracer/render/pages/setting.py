"""Rows of aligned formulas for a typesetter that breaks no lines by itself: LaTeX, Typst."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from tracer.render.pages.model import Equation, Given, Step

ROOM = 36.0
"""Ems in a line of formulas: the text's width, less what formulas are indented by."""
WIDE = 14.0
"""A symbol wider than this stands on a line of its own."""
RELATION, BIG_STEP, GAP = 1.4, 2.0, 2.0
MOST_COLUMNS = 6
FEW = 5
"""Fewer givens than this do not stand apart because they are wider or narrower."""


def room_beside(symbol: float) -> float:
    """How much of a line is left beside a relation and a symbol of a width."""
    return ROOM - RELATION - (symbol if symbol <= WIDE else BIG_STEP)


class Setting(Struct, frozen=True):
    """How a typesetter's rows are written.

    Attributes:
        width: how wide a formula is, in ems.
        row_end: what stands behind every row but the last.
        again: what opens a row that goes on with the one before.
        beside: what stands between two givens.
        fitting: a formula made as narrow as some ems, over ``{room}`` and ``{math}``.
    """

    width: Callable[[str], float]
    row_end: str
    again: str
    beside: str
    fitting: str

    def fitted(self, math: str, room: float = ROOM) -> str:
        """A formula that nothing can break, made smaller where it is wider than its room."""
        if self.width(math) <= room + 1:
            return math
        return self.fitting.format(room=f"{room:.0f}", math=math)

    def aligned(self, step: Step | Equation) -> Iterator[str]:
        """The rows of a step or an equation, each from its relation sign on."""
        symbol, rows = step.symbol.math, list[str]()
        room = room_beside(self.width(symbol))
        if self.width(symbol) > WIDE:
            rows.append(f"&{self.fitted(symbol)}")
        for line in step.lines:
            first, *rest = [self.fitted(piece.math, room) for piece in line.pieces]
            head = "  " if rows else f"{symbol} "
            rows.append(f"{head}&{line.relation} {first}" if line.relation else f"&{first}")
            rows += [f"  {self.again} {row}" for row in rest]
        yield from self._ended(rows)

    def _ended(self, rows: Sequence[str]) -> Iterator[str]:
        yield from (f"{row} {self.row_end}" for row in rows[:-1])
        yield rows[-1]

    def in_columns(self, givens: Sequence[Given]) -> Iterator[Columns]:
        """Givens, as many beside each other as there is room for."""
        for rows in self._alike(givens):
            sides = zip(*map(_sides, rows), strict=True)
            count = _room_for(sum(max(map(self.width, texts)) for texts in sides) + RELATION)
            lines = [rows[start : start + count] for start in range(0, len(rows), count)]
            texts = [self.beside.join(map(self._given, line)) for line in lines]
            yield Columns(count, tuple(self._ended(texts)))

    def _alike(self, givens: Sequence[Given]) -> Iterator[Sequence[Given]]:
        """Givens of about one width; a few others among them stay where they are."""
        found: list[Given] = []
        for _, group in groupby(givens, key=lambda given: _room_for(self._wide(given)) // 2):
            alike = list(group)
            if min(len(found), len(alike)) >= FEW:
                yield found
                found = []
            found += alike
        yield found

    def _wide(self, given: Given) -> float:
        return sum(map(self.width, _sides(given))) + RELATION

    def _given(self, given: Given) -> str:
        symbol, value = (self.fitted(side, ROOM / 2) for side in _sides(given))
        return f"{symbol} &{given.relation} {value}"


class Columns(NamedTuple):
    """Rows of an environment of several columns."""

    across: int
    rows: tuple[str, ...]


def _room_for(wide: float) -> int:
    """How many columns of a width there is room for."""
    return max(1, min(MOST_COLUMNS, int((ROOM + GAP) / (wide + GAP))))


def _sides(given: Given) -> tuple[str, str]:
    return given.symbol.math, given.value.math
