"""One sheet with live formulas: as CSV, which every spreadsheet opens, and as rows to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracer.derive.entries import Given
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.phrase import Phrase
from tracer.render.csv import inert, row, unguarded_row
from tracer.render.spreadsheet.layout import Workbook
from tracer.render.spreadsheet.places import FIRST_HELPER, FIRST_ROW, VALUE, Heading, Row, letters
from tracer.render.spreadsheet.rows import HEADS, as_calculated, texts_of
from tracer.render.spreadsheet.sections import OTHERS
from tracer.render.spreadsheet.style import number_formula
from tracer.sheet.words import one_line, title_of_spec

CELL_HEADS = (Phrase("cell"), Phrase("name"), Phrase("live formula"), Phrase("value"))

DATE = re.compile(r"-?\d+/\d+")
"""A fraction that a spreadsheet would take for a date."""

LEAD = "the values under 'Inputs', 'Targets', 'Parameters' and 'Settings' are typed in; change them"


def to_live_csv(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    """The lines of a CSV file whose values are formulas over the cells of the same sheet."""
    book = Workbook(trace, in_one=True)
    notation = terminal(trace.several_samples)
    head = {
        0: (english(title_of_spec(trace.spec)),),
        1: (LEAD,),
        FIRST_ROW - 1: tuple(map(english, HEADS[: VALUE + 2])),
    }
    for at in range(FIRST_ROW):
        yield row(head.get(at, ()))
    for line in book.sheets[0].lines:
        if isinstance(line, Heading):
            yield row((english(line.text),))
            continue
        formula, *helpers = _formulas(book, line)
        texts = map(_as_text, texts_of(line.entry, notation, asked))
        number = _as_text(as_calculated(line.entry, asked))
        gap = [""] * (FIRST_HELPER - VALUE - 2) if helpers else []
        yield unguarded_row([*texts, formula, number, *gap, *helpers])


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor for a date, as it would 1/3."""
    return f"'{cell}" if DATE.fullmatch(cell) else inert(cell)


def cell_rows(
    trace: Trace, asked: NumberFormat
) -> Iterator[tuple[Phrase, list[tuple[str, str, str, str]]]]:
    """Each section's title, and its rows under `CELL_HEADS`."""
    book = Workbook(trace, in_one=True)
    title, rows = OTHERS, list[tuple[str, str, str, str]]()
    for line in book.sheets[0].lines:
        if not isinstance(line, Heading):
            rows += _rows(book, line, asked)
            continue
        if rows:
            yield title, rows
        title, rows = line.text, []
    yield title, rows


def _rows(book: Workbook, line: Row, asked: NumberFormat) -> Iterator[tuple[str, str, str, str]]:
    """The cell of a value, and those of its helpers."""
    name, at = one_line(line.entry.name), line.place.row + 1
    formula, *helpers = _formulas(book, line)
    yield f"{letters(VALUE)}{at}", name, formula, as_calculated(line.entry, asked)
    for place, text in enumerate(helpers):
        yield f"{letters(FIRST_HELPER + place)}{at}", f"({name})", text, ""


def _formulas(book: Workbook, line: Row) -> tuple[str, ...]:
    """What stands in the value's cell, and in those of its helpers."""
    given = line.entry
    if not isinstance(given, Given):
        live = book.live(line)
        return tuple(f"={text}" for text in (live.formula, *live.helpers))
    if not isinstance(given.written, Number):
        return ("",)
    text = number_formula(given.written).text
    return (f"={text}" if "/" in text else text,)
