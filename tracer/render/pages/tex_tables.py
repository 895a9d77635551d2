"""What the templates of LaTeX pages ask for: rows, columns, text where no command may stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from tracer.render.markup.tex_text import escaped
from tracer.render.markup.tex_width import text_width, width
from tracer.render.pages.model import Given, Inline, Section, Step, Table

ROOM, TEXT = 36.0, 41.0
"""Ems in a line of formulas, and in a line of text."""
WIDE = 14.0
"""A symbol wider than this stands on a line of its own."""
RELATION, BIG_STEP = 1.4, 2.0
GAP, COLUMN_GAP = 2.0, 1.1
MOST_COLUMNS = 6
HEADINGS = {1: "section", 2: "subsection"}
SAFE = " .,:;!?/()+=*@"
"""Signs that mean themselves in bookmarks."""

Cell = Sequence[Inline]


class Columns(NamedTuple):
    """Rows of an environment of several columns."""

    across: int
    rows: tuple[str, ...]


class Part(NamedTuple):
    """As many columns of a table as fit beside each other."""

    columns: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def room_beside(symbol: str) -> float:
    """How much of a line is left beside a symbol and a relation."""
    wide = width(symbol)
    return ROOM - RELATION - (wide if wide <= WIDE else BIG_STEP)


def fitted(math: str, room: float = ROOM) -> str:
    """A formula that nothing can break, made smaller where it is wider than its room."""
    return rf"\fitted{{{room:.0f}em}}{{{math}}}" if width(math) > room + 1 else math


def heading(section: Section) -> str:
    """A section's heading, with its text for bookmarks where that is another."""
    title, bookmark = escaped(section.title), pdf_text(section.title)
    both = title if title == bookmark else rf"\texorpdfstring{{{title}}}{{{bookmark}}}"
    return rf"\{HEADINGS.get(section.level, 'subsubsection')}{{{both}}}"


def aligned(step: Step) -> Iterator[str]:
    """The rows of a step, each from its relation sign on."""
    symbol, rows = step.symbol.math, list[str]()
    if width(symbol) > WIDE:
        rows.append(rf"&{fitted(symbol)}")
    room = room_beside(symbol)
    for line in step.lines:
        first, *rest = [fitted(piece.math, room) for piece in line.pieces]
        head = "  " if rows else f"{symbol} "
        rows.append(f"{head}&{line.relation} {first}")
        rows += [rf"  &\quad {row}" for row in rest]
    yield from _ended(rows)


def _ended(rows: Sequence[str]) -> Iterator[str]:
    yield from (rf"{row} \\" for row in rows[:-1])
    yield rows[-1]


def in_columns(givens: Sequence[Given]) -> Iterator[Columns]:
    """Givens, as many beside each other as there is room for."""
    for _, group in groupby(givens, key=lambda given: _room_for(_given_width(given)) // 2):
        rows = list(group)
        symbols, values = (max(map(width, texts)) for texts in zip(*map(_sides, rows), strict=True))
        count = _room_for(symbols + values + RELATION)
        lines = [rows[start : start + count] for start in range(0, len(rows), count)]
        texts = [r" &\qquad ".join(map(_given, line)) for line in lines]
        yield Columns(count, tuple(_ended(texts)))


def _room_for(wide: float) -> int:
    """How many columns of a width there is room for."""
    return max(1, min(MOST_COLUMNS, int((ROOM + GAP) / (wide + GAP))))


def _sides(given: Given) -> tuple[str, str]:
    return given.symbol.math, given.value.math


def _given_width(given: Given) -> float:
    return sum(map(width, _sides(given))) + RELATION


def _given(given: Given) -> str:
    symbol, value = (fitted(side, ROOM / 2) for side in _sides(given))
    return f"{symbol} &{given.relation} {value}"


def pdf_text(text: str) -> str:
    """Text for bookmarks, in which every unusual sign is told by its number."""
    return "".join(map(_pdf_sign, text))


def _pdf_sign(sign: str) -> str:
    if sign.isascii() and (sign.isalnum() or sign in SAFE):
        return sign
    return f'\\unichar{{"{ord(sign):04X}}}' if sign.isprintable() else " "


def cell(pieces: Cell) -> str:
    """A line of pieces, in a paragraph or a table."""
    return "".join(f"${piece.math}$" if piece.math else escaped(piece.text) for piece in pieces)


def cells(row: Sequence[Cell]) -> str:
    """A row of a table."""
    return " & ".join(map(cell, row))


def tables(table: Table) -> Iterator[Part]:
    """A table, its columns as wide as they are or sharing the line; numbers in several tables."""
    rows = [((head,) for head in table.heads), *table.rows]
    widths = [max(map(_wide, column)) for column in zip(*rows, strict=True)]
    heads = tuple((head,) for head in table.heads)
    room = TEXT - COLUMN_GAP * (len(widths) - 1)
    if sum(widths) <= room:
        yield Part(("r" if table.is_numeric else "l") * len(widths), heads, table.rows)
    elif table.is_numeric:
        for places in _packed(widths):
            inner = tuple(tuple(row[k] for k in places) for row in table.rows)
            yield Part("r" * len(places), tuple(heads[k] for k in places), inner)
    else:
        shares = "".join(rf"L{{{share:.3f}\linewidth}}" for share in _shares(widths, room))
        yield Part(shares, heads, table.rows)


def _wide(pieces: Cell) -> float:
    return sum(width(one.math) if one.math else text_width(one.text) for one in pieces)


def _packed(widths: Sequence[float]) -> Iterator[list[int]]:
    """The columns of each table: the first one stands in all of them."""
    found, used = [0], widths[0]
    for k, wide in enumerate(widths[1:], 1):
        if len(found) > 1 and used + COLUMN_GAP + wide > TEXT:
            yield found
            found, used = [0], widths[0]
        found.append(k)
        used += COLUMN_GAP + wide
    yield found


def _shares(widths: Sequence[float], room: float) -> list[float]:
    """What part of the line each column has: the narrow ones what they need."""
    left, wider = room, sorted(widths)
    while wider and wider[0] <= left / len(wider):
        left -= wider.pop(0)
    most = left / len(wider) if wider else room
    return [min(wide, most) / TEXT for wide in widths]


FILTERS: dict[str, Callable[..., Any]] = {
    "tex": escaped,
    "pdf": pdf_text,
    "heading": heading,
    "aligned": aligned,
    "fitted": fitted,
    "in_columns": in_columns,
    "cell": cell,
    "cells": cells,
    "tables": tables,
}
"""By their names in templates."""
