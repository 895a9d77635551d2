"""A listing as lines of text: columns of one width, long cells broken under themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tracer.maths.printer import Style, written
from tracer.notation.notation import Notation
from tracer.render.wrap import columns_of, padded, wrapped_formula
from tracer.rules.quantity import Quantity
from tracer.sheet.listing import Cell, Joined, Listing

GAP = "  "
NARROWEST = 20
"""No column is made narrower than this, whatever the page's width."""


def listing_lines(listing: Listing, notation: Notation, width: int) -> Iterator[str]:
    """The lines of a listing.

    Args:
        listing: the table.
        notation: the symbols.
        width: columns of text, as far as cells have places to break.
    """
    style = notation.style()
    rows = [[_text(cell, notation, style) for cell in row] for row in listing.rows]
    widths = _fitted(_widths([list(listing.heads), *rows]), width)
    yield _joined(listing.heads, widths)
    yield GAP.join("-" * wide for wide in widths)
    for row in rows:
        yield from _row(row, widths)


def _text(cell: Cell, notation: Notation, style: Style) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Joined):
        return cell.between.join(_text(part, notation, style) for part in cell.parts)
    return notation.symbol(cell) if isinstance(cell, Quantity) else written(cell, style)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(columns_of, column)) for column in zip(*rows, strict=True)]


def _fitted(widths: list[int], width: int) -> list[int]:
    """The widths, the widest ones made narrower until all fit beside each other."""
    fitted = list(widths)
    room = width - len(GAP) * (len(widths) - 1)
    while sum(fitted) > room and max(fitted) > NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
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
    first, *rest = wrapped_formula(cell, width)
    again = wrapped_formula(" ".join(part.strip() for part in rest), width - 2) if rest else []
    return [first, *("  " + part.strip() for part in again)]


def _joined(cells: Sequence[str], widths: Sequence[int]) -> str:
    texts = (padded(cell, wide) for cell, wide in zip(cells, widths, strict=True))
    return GAP.join(texts).rstrip()
