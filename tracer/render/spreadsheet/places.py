"""Cells and what stands in them: places, rows, sheets."""

from __future__ import annotations

from typing import NamedTuple

from tracer.derive.entries import Entry
from tracer.phrase import Phrase

VALUE = 4
"""The column of values, from 0, on every sheet that tells steps under each other."""

FIRST_HELPER = 8
"""The first column of helper cells there: right of everything else."""

FIRST_ROW = 4
"""The first row under the head of a sheet."""


class Place(NamedTuple):
    """A cell.

    Attributes:
        sheet: the name of its sheet.
        row: from 0.
        column: from 0.
    """

    sheet: str
    row: int
    column: int

    def seen_from(self, sheet: str) -> str:
        """The reference that stands in a formula of a sheet."""
        cell = f"{letters(self.column)}{self.row + 1}"
        if self.sheet == sheet:
            return cell
        quoted = f"'{self.sheet}'" if " " in self.sheet else self.sheet
        return f"{quoted}!{cell}"


class Heading(NamedTuple):
    """A section's title."""

    text: Phrase
    row: int


class Row(NamedTuple):
    """A quantity with its value's cell."""

    entry: Entry
    place: Place


class Sheet(NamedTuple):
    """A sheet of a workbook.

    Attributes:
        name: its name.
        lines: headings and rows, from top to bottom.
    """

    name: str
    lines: tuple[Heading | Row, ...]

    @property
    def rows(self) -> list[Row]:
        """The rows without the headings."""
        return [line for line in self.lines if isinstance(line, Row)]


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, ... Z, AA, ..."""
    above, last = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + last)
