"""A listing as lines of text: columns of one width, long cells broken under themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from tracer.maths.printer import Style, written
from tracer.notation.notation import Notation
from tracer.notation.said import on_page
from tracer.phrase import Phrase
from tracer.render.wrap import columns_of, padded, wrapped_formula
from tracer.rules.quantity import Quantity
from tracer.sheet.listing import Cell, Joined, Listing

GAP = "  "
NARROWEST = 10
"""No column is made narrower than this, whatever the page's width."""
OF_FORMULAS = 20
"""A column narrower than this is broken between words."""


def listing_lines(listing: Listing, notation: Notation, width: int) -> Iterator[str]:
    """The lines of a listing.

    Args:
        listing: the table.
        notation: the symbols.
        width: columns of text, as far as cells have places to break.
    """
    style = notation.style()
    rows = [[_text(cell, notation, style) for cell in row] for row in listing.rows]
    heads = [on_page(head, notation) for head in listing.heads]
    widths = _fitted(_widths([heads, *rows]), _floors(rows), width)
    yield _joined(heads, widths)
    yield GAP.join("-" * wide for wide in widths)
    for row in rows:
        yield from _row(row, widths)


def _text(cell: Cell, notation: Notation, style: Style) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Phrase):
        return on_page(cell, notation)
    if isinstance(cell, Joined):
        return cell.between.join(_text(part, notation, style) for part in cell.parts)
    return notation.symbol(cell) if isinstance(cell, Quantity) else written(cell, style)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(columns_of, column)) for column in zip(*rows, strict=True)]


def _floors(rows: Sequence[Sequence[str]]) -> list[int]:
    """How narrow each column can be: its longest word, or the narrowest that is still read."""
    return [max((NARROWEST, *map(_longest, column))) for column in zip(*rows, strict=True)]


def _longest(cell: str) -> int:
    """The longest word."""
    return max(map(columns_of, cell.split(" ")))


def _fitted(widths: list[int], floors: Sequence[int], width: int) -> list[int]:
    """The widths, the widest ones that can be made narrower until all fit beside each other."""
    fitted = list(widths)
    room = width - len(GAP) * (len(widths) - 1)
    while sum(fitted) > room:
        wide = [k for k, (now, least) in enumerate(zip(fitted, floors, strict=True)) if now > least]
        if not wide:
            break
        fitted[max(wide, key=fitted.__getitem__)] -= 1
    return fitted


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    parts = [
        _broken(cell, wide) if columns_of(cell) > wide else [cell]
        for cell, wide in zip(cells, widths, strict=True)
    ]
    for line in zip_longest(*parts, fillvalue=""):
        yield _joined(line, widths)


def _broken(cell: str, width: int) -> list[str]:
    """A cell in lines; those after the first stand a little to the right."""
    if width < OF_FORMULAS:
        return wrap(cell, width, break_long_words=False, break_on_hyphens=False)
    first, *rest = wrapped_formula(cell, width)
    again = wrapped_formula(" ".join(part.strip() for part in rest), width - 2) if rest else []
    parts = [part.strip() for part in again]
    return [first, *(" " * max(0, min(2, width - columns_of(part))) + part for part in parts)]


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    texts = (padded(cell, wide) for cell, wide in zip(cells, widths, strict=True))
    return GAP.join(texts).rstrip()
