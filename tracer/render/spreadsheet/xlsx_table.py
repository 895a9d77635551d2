"""The sheet of a long training in a workbook: live cells in rows, and a chart of the error."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tracer.notation.notation import Notation
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import on_page
from tracer.phrase import Phrase
from tracer.render.spreadsheet.layout import Workbook
from tracer.render.spreadsheet.looks import COLOURS, TITLE_HEIGHT
from tracer.render.spreadsheet.numbers import as_double, number_format
from tracer.render.spreadsheet.places import FIRST_ROW, Row
from tracer.render.spreadsheet.table import FIRST_COLUMN, Table
from tracer.sheet.words import one_line, title_of_spec

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LEAD = Phrase(
    "A row for each training step after the first, a column for each quantity: every cell is a "
    "live formula, over its own row, the row above, and the givens."
)
HEADS = (Phrase("step"), Phrase("error as calculated"), Phrase("difference"))
CHART = "Chart"
ERROR = Phrase("error")
CHART_TITLE = Phrase("error at the start of each step")
"""No title of an author's: a chart takes text such as ``=Given!A1`` for a reference."""
SMALL = "0.00E+00;-0.00E+00;0"
DECADES = 100.0


class TableWriter:
    """Writes the sheet of a long training.

    Attributes:
        workbook: XlsxWriter's.
        laid_out: which cell holds which quantity.
    """

    def __init__(
        self,
        workbook: Any,
        laid_out: Workbook,
        asked: NumberFormat,
        look: Callable[..., Format],
        notation: Notation,
    ) -> None:
        self.workbook, self.laid_out, self.asked = workbook, laid_out, asked
        self.look, self.notation = look, notation
        self.trace = laid_out.trace

    def write(self, table: Table, small: Callable[[str, str], str]) -> None:
        """Writes the sheet, and the chart of the error.

        Args:
            table: the sheet.
            small: the condition that two cells are the same but for rounding.
        """
        page: Worksheet = self.workbook.add_worksheet(table.name)
        page.set_tab_color(COLOURS["head"])
        self._head(page, table)
        for number, (segment, row) in enumerate(table.rows):
            page.write_number(FIRST_ROW + number, 0, segment.step, self.look("text"))
            for cell in row:
                self._cell(page, cell)
            self._error(page, table, row, small)
        if table.error is not None:
            self._chart(table, table.error)

    def _say(self, phrase: Phrase) -> str:
        return one_line(on_page(phrase, self.notation))

    def _head(self, page: Worksheet, table: Table) -> None:
        page.set_row(0, TITLE_HEIGHT)
        page.write_string(0, 0, self._say(title_of_spec(self.trace.spec)), self.look("title"))
        page.write_string(1, 0, self._say(LEAD), self.look("lead"))
        page.set_column(0, 0, 8)
        page.set_column(1, 1, 21)
        page.set_column(2, FIRST_COLUMN + len(table.columns) - 1, 17)
        for column, text in enumerate(HEADS):
            page.write_string(FIRST_ROW - 1, column, self._say(text), self.look("number head"))
        for quantity, column in table.columns.items():
            symbol = one_line(self.notation.symbol(quantity))
            page.write_string(FIRST_ROW - 1, column, symbol, self.look("number head"))
        page.freeze_panes(FIRST_ROW, 1)
        page.set_landscape()

    def _cell(self, page: Worksheet, cell: Row) -> None:
        """A live formula, and its parts."""
        value, arithmetic = cell.entry.value, self.trace.arithmetic
        live, at = self.laid_out.live(cell), cell.place
        look = self.look("cell", number_format(value, arithmetic, self.asked))
        page.write_formula(at.row, at.column, f"={live.formula}", look, _shown(value, arithmetic))
        if not live.helpers:
            return
        places, parts = self.laid_out.helper_places(cell), self.laid_out.helper_values(cell)
        for place, formula, part in zip(places, live.helpers, parts, strict=True):
            shown = "" if part is None else part
            page.write_formula(place.row, place.column, f"={formula}", self.look("helper"), shown)

    def _error(
        self, page: Worksheet, table: Table, row: tuple[Row, ...], small: Callable[[str, str], str]
    ) -> None:
        """The trace's own error, and the difference of the live one."""
        found = next((cell for cell in row if cell.place.column == table.error), None)
        if found is None:
            return
        value, at = found.entry.value, found.place
        double = as_double(value, self.trace.arithmetic)
        if double is None:
            return
        look = self.look("calculated", number_format(value, self.trace.arithmetic, self.asked))
        page.write_number(at.row, 1, double, look)
        mine, other = at.seen_from(table.name), f"B{at.row + 1}"
        formula = f"=IF({small(mine, other)},0,{mine}-{other})"
        page.write_formula(at.row, 2, formula, self.look("difference", SMALL))

    def _chart(self, table: Table, error: int) -> None:
        """The error over the steps, as the live cells have it."""
        first, last = FIRST_ROW, FIRST_ROW + len(table.rows) - 1
        chart = self.workbook.add_chart({"type": "scatter", "subtype": "straight"})
        chart.add_series(
            {
                "name": self._say(ERROR),
                "categories": [table.name, first, 0, last, 0],
                "values": [table.name, first, error, last, error],
                "line": {"color": "black", "width": 1.5},
            }
        )
        known = [as_double(value, self.trace.arithmetic) for value in self._errors(table)]
        numbers = [number for number in known if number is not None]
        is_positive = min(numbers, default=0) > 0
        powers = {"log_base": 10} if is_positive and max(numbers) > DECADES * min(numbers) else {}
        grey = {"visible": True, "line": {"color": "#D0D6DE", "width": 0.5}}
        end = {"min": 0, "max": table.rows[-1][0].step}
        chart.set_x_axis({"name": self._say(HEADS[0]), "major_gridlines": grey, **end})
        chart.set_y_axis({"name": self._say(ERROR), "major_gridlines": grey, **powers})
        chart.set_title({"name": self._say(CHART_TITLE)})
        chart.set_legend({"none": True})
        page = self.workbook.add_chartsheet(CHART)
        page.set_chart(chart)
        page.set_landscape()

    def _errors(self, table: Table) -> list[object]:
        return [
            cell.entry.value
            for _, row in table.rows
            for cell in row
            if cell.place.column == table.error
        ]


def _shown(value: object, arithmetic: Any) -> float | str:
    double = as_double(value, arithmetic)
    return double if double is not None else "" if value is None else "#NUM!"
