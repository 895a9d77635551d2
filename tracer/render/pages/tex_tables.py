"""What the templates of LaTeX pages ask for: rows, columns, text where no command may stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from tracer.render.markup.tex_text import escaped
from tracer.render.markup.tex_width import text_width, width
from tracer.render.pages.model import Inline, Section, Table
from tracer.render.pages.setting import Setting

TEXT = 41.0
"""Ems in a line of text."""
COLUMN_GAP = 0.65
MINUS = 0.45
RAGGED = r">{{\raggedright\arraybackslash}}p{{{:.3f}\linewidth}}"
"""A column of lines of text, over its part of the line."""
LONG_WORD = 16
"""A word of more letters may be broken after a low line."""
RAGGED = r">{{\raggedright\arraybackslash}}p{{{:.3f}\linewidth}}"
"""A column of lines of text, over its part of the line."""
HEADINGS = {1: "section", 2: "subsection"}
SAFE = " .,:;!?/()+=*@"
"""Signs that mean themselves in bookmarks."""

Cell = Sequence[Inline]


class Part(NamedTuple):
    """As many columns of a table as fit beside each other."""

    columns: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def heading(section: Section) -> str:
    """A section's heading, with its text for bookmarks where that is another."""
    title, bookmark = escaped(section.title), pdf_text(section.title)
    both = title if title == bookmark else rf"\texorpdfstring{{{title}}}{{{bookmark}}}"
    return rf"\{HEADINGS.get(section.level, 'subsubsection')}{{{both}}}"


def pdf_text(text: str) -> str:
    """Text for bookmarks, in which every unusual sign is told by its number."""
    return "".join(map(_pdf_sign, text))


def _pdf_sign(sign: str) -> str:
    if sign.isascii() and (sign.isalnum() or sign in SAFE):
        return sign
    return f'\\unichar{{"{ord(sign):04X}}}' if sign.isprintable() else " "


def cell(pieces: Cell) -> str:
    """A line of pieces, in a paragraph or a table."""
    return "".join(map(_piece, pieces))


def _piece(piece: Inline) -> str:
    if piece.math:
        return f"${piece.math}$"
    long = max(map(len, piece.text.split(" "))) > LONG_WORD
    text = escaped(piece.text)
    return text.replace(r"\_", r"\_\allowbreak{}") if long else text


def cells(row: Sequence[Cell]) -> str:
    """A row of a table, higher where it has fractions."""
    is_tall = any(r"\frac" in piece.math for pieces in row for piece in pieces)
    return " & ".join(map(cell, row)) + (r" \tall" if is_tall else "")


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
        shares = _shares(widths, room)
        narrow = tuple(tuple(map(_narrowed, row, shares)) for row in table.rows)
        yield Part("".join(map(RAGGED.format, shares)), heads, narrow)


def _narrowed(pieces: Cell, share: float) -> Cell:
    """A cell whose formulas are no wider than its part of the line."""
    return tuple(replace(one, math=_within(one.math, share * TEXT)) for one in pieces)


def _within(math: str, room: float) -> str:
    return SETTING.fitted(math, room - 1) if math else math


def _wide(pieces: Cell) -> float:
    return sum(_width(one.math) if one.math else 0.9 * text_width(one.text) for one in pieces)


def _width(math: str) -> float:
    """The width of a formula; a minus that opens it has no space around it."""
    return width(math) - (MINUS if math.startswith("-") else 0)


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


SETTING = Setting(
    width=width,
    row_end=r"\\",
    again=r"&\quad",
    beside=r" &\qquad ",
    fitting=r"\fitted{{{room}em}}{{{math}}}",
)

FILTERS: dict[str, Callable[..., Any]] = {
    "tex": escaped,
    "pdf": pdf_text,
    "heading": heading,
    "aligned": SETTING.aligned,
    "fitted": SETTING.fitted,
    "in_columns": SETTING.in_columns,
    "cell": cell,
    "cells": cells,
    "tables": tables,
}
"""By their names in templates."""
