"""A workbook for Excel and LibreOffice: typed-in givens, and a live formula for every step."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tracer.derive.entries import Given
from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.maths.expression import Number
from tracer.notation.notation import Notation, terminal
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english, on_page
from tracer.phrase import Phrase
from tracer.render.spreadsheet.layout import GIVENS, Workbook
from tracer.render.spreadsheet.looks import (
    COLOURS,
    GIVEN_WIDTHS,
    HELPER_WIDTH,
    LOOKS,
    TITLE_HEIGHT,
    WIDTHS,
)
from tracer.render.spreadsheet.numbers import GENERAL, as_double, number_format
from tracer.render.spreadsheet.places import FIRST_HELPER, FIRST_ROW, VALUE, Heading, Row, Sheet
from tracer.render.spreadsheet.rows import (
    GIVEN_HEADS,
    HEADS,
    as_calculated,
    texts_of,
)
from tracer.render.spreadsheet.style import as_float, number_formula
from tracer.render.spreadsheet.xlsx_table import TableWriter
from tracer.sheet.conventions import conventions
from tracer.sheet.remarks import remarks
from tracer.sheet.words import one_line, title_of_spec

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CONVENTIONS = "Conventions"

LEAD_OF_GIVENS = Phrase(
    "Change a number in a yellow cell: everything else is calculated from these."
)
LEAD = Phrase(
    "Every value is a live formula over the cells of its operands. Beside it stands the number of "
    "the trace: where a given has been changed, the two differ."
)
LARGEST = Phrase("largest difference")
OF_HELPERS = Phrase("parts of formulas")

ALL_THE_SAME = 1e-9
"""Differences below so much of a number are rounding, and shown as 0."""

DUST = 1e-12
"""So are differences below this: what is left where large numbers nearly cancel."""

NO_DATE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written into every workbook, so that the same trace makes the same bytes."""

NO_NUMBER = "#NUM!"

AS_TEXT = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
"""Nothing that a user has named becomes a formula or a link."""


def to_xlsx(trace: Trace, asked: NumberFormat, notation: Notation | None = None) -> bytes:
    """A trace as the bytes of a workbook.

    Args:
        trace: the trace.
        asked: how many digits to show.
        notation: the symbols and the language; None: a terminal's, in English.

    Raises:
        OutputError: the trace is too long for a spreadsheet, or XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise OutputError("workbooks are written by XlsxWriter, which is not installed") from None
    file, laid_out = BytesIO(), Workbook(trace)
    with xlsxwriter.Workbook(file, AS_TEXT) as workbook:
        workbook.set_properties({"title": english(title_of_spec(trace.spec)), "created": NO_DATE})
        writer = _Writer(workbook, laid_out, asked, notation or terminal(trace.several_samples))
        for sheet in laid_out.sheets:
            writer.write(sheet)
        if laid_out.table is not None:
            TableWriter(workbook, laid_out, asked, writer.look, writer.notation).write(
                laid_out.table, same
            )
        writer.write_conventions()
    return file.getvalue()


def same(mine: str, other: str) -> str:
    """The condition that two cells are the same but for rounding."""
    return f"ABS({mine}-{other})<=ABS({other})*{ALL_THE_SAME:.0E}+{DUST:.0E}"


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(
        self, workbook: Any, laid_out: Workbook, asked: NumberFormat, notation: Notation
    ) -> None:
        self.workbook, self.laid_out, self.asked = workbook, laid_out, asked
        self.trace = laid_out.trace
        self.notation = notation
        self.look = cache(self._look)

    def _look(self, name: str, number: str = GENERAL) -> Format:
        """A format by the name of its row in the table."""
        made: Format = self.workbook.add_format({**LOOKS[name], "num_format": number})
        return made

    def _say(self, phrase: Phrase) -> str:
        """A phrase as a line of text, in the notation and its language."""
        return one_line(on_page(phrase, self.notation))

    def write(self, sheet: Sheet) -> None:
        """Writes a sheet of givens or of steps."""
        page: Worksheet = self.workbook.add_worksheet(sheet.name)
        page.set_tab_color(COLOURS["given" if sheet.name == GIVENS else "head"])
        is_given = sheet.name == GIVENS
        self._head(page, is_given)
        for line in sheet.lines:
            if isinstance(line, Heading):
                for column in range(len(GIVEN_HEADS if is_given else HEADS)):
                    page.write_blank(line.row, column, None, self.look("section"))
                page.write_string(line.row, 0, self._say(line.text), self.look("section"))
            elif isinstance(line.entry, Given):
                self._given(page, line)
            else:
                self._step(page, line)
        if any(self.laid_out.live(row).helpers for row in sheet.rows if not is_given):
            page.write_string(
                FIRST_ROW - 1, FIRST_HELPER, self._say(OF_HELPERS), self.look("number head")
            )
            page.set_column(FIRST_HELPER, FIRST_HELPER, HELPER_WIDTH)
        if not is_given:
            self._differences(page, sheet)

    def _head(self, page: Worksheet, is_given: bool) -> None:
        """Title, lead, the columns' heads, and how the sheet is seen and printed."""
        for column, width in enumerate(GIVEN_WIDTHS if is_given else WIDTHS):
            page.set_column(column, column, width)
        page.set_row(0, TITLE_HEIGHT)
        page.write_string(0, 0, self._say(title_of_spec(self.trace.spec)), self.look("title"))
        lead = self._say(LEAD_OF_GIVENS if is_given else LEAD)
        page.write_string(1, 0, lead, self.look("lead"))
        for column, text in enumerate(GIVEN_HEADS if is_given else HEADS):
            look = self.look("number head" if column >= VALUE else "head")
            page.write_string(FIRST_ROW - 1, column, self._say(text), look)
        page.freeze_panes(FIRST_ROW, 1)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(FIRST_ROW - 1)
        page.set_footer("&L&A&R&P / &N")

    def _texts(self, page: Worksheet, line: Row) -> None:
        texts = texts_of(line.entry, self.notation, self.asked)
        for column, text in enumerate(texts):
            page.write_string(line.place.row, column, text, self.look("text"))

    def _given(self, page: Worksheet, line: Row) -> None:
        """A typed-in number; a fraction as one; an open cell for a letter."""
        self._texts(page, line)
        given = line.entry
        assert isinstance(given, Given)
        number, look = given.written, self.look("given")
        if not isinstance(number, Number):
            page.write_blank(line.place.row, VALUE, None, look)
        elif "/" in number.text:
            formula, value = number_formula(number).text, as_float(number)
            page.write_formula(line.place.row, VALUE, f"={formula}", look, value)
        else:
            page.write_number(line.place.row, VALUE, as_float(number), look)

    def _step(self, page: Worksheet, line: Row) -> None:
        """A step: its live formula, and the trace's own number beside it."""
        self._texts(page, line)
        row, value, arithmetic = line.place.row, line.entry.value, self.trace.arithmetic
        live = self.laid_out.live(line)
        number = number_format(value, arithmetic, self.asked)
        double = as_double(value, arithmetic)
        cached = double if double is not None else "" if value is None else NO_NUMBER
        page.write_formula(row, VALUE, f"={live.formula}", self.look("value", number), cached)
        shown = self.laid_out.helper_values(line)
        for place, (formula, part) in enumerate(zip(live.helpers, shown, strict=True)):
            cell = "" if value is None else NO_NUMBER if part is None else part
            page.write_formula(row, FIRST_HELPER + place, f"={formula}", self.look("helper"), cell)
        self._beside(page, line, double, number)

    def _beside(self, page: Worksheet, line: Row, double: float | None, number: str) -> None:
        """The trace's own number, and the difference; of an interval its text, and none."""
        row = line.place.row
        shown = as_calculated(line.entry, self.asked)
        if double is None or shown.startswith("["):
            page.write_string(row, VALUE + 1, shown, self.look("text"))
            page.write_blank(row, VALUE + 2, None, self.look("difference"))
            return
        page.write_number(row, VALUE + 1, double, self.look("calculated", number))
        mine, other = f"E{row + 1}", f"F{row + 1}"
        formula = f"=IF({same(mine, other)},0,{mine}-{other})"
        page.write_formula(row, VALUE + 2, formula, self.look("difference", "0.00E+00;-0.00E+00;0"))

    def _differences(self, page: Worksheet, sheet: Sheet) -> None:
        """The largest difference at the top; what differs stands out."""
        rows = [row.place.row for row in sheet.rows]
        if not rows:
            return
        cells = f"G{rows[0] + 1}:G{rows[-1] + 1}"
        page.write_string(2, VALUE + 1, self._say(LARGEST), self.look("lead"))
        formula = f"=MAX(MAX({cells}),-MIN({cells}))"
        page.write_formula(2, VALUE + 2, formula, self.look("difference", "0.00E+00;-0.00E+00;0"))
        changed = {"type": "formula", "criteria": f"=N($G{rows[0] + 1})<>0"}
        page.conditional_format(
            *(rows[0], VALUE, rows[-1], VALUE + 2), {**changed, "format": self.look("changed")}
        )

    def write_conventions(self) -> None:
        """The conventions in force, and what the author says, on the last sheet."""
        page: Worksheet = self.workbook.add_worksheet(CONVENTIONS)
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 110)
        page.hide_gridlines(2)
        page.write_string(0, 0, self._say(title_of_spec(self.trace.spec)), self.look("title"))
        said = [row for section in remarks(self.trace.spec) for row in section.rows]
        for at, texts in enumerate((*conventions(self.trace, self.asked), *said), 2):
            for column, text in enumerate(texts):
                look = self.look("wrapped" if column else "text")
                page.write_string(at, column, self._say(text), look)
