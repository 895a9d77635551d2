"""Which cell holds which quantity: the sheets of a workbook, their sections and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.epochs import Total, told_totals
from tracer.derive.trace import Trace
from tracer.phrase import Phrase
from tracer.render.spreadsheet.care import care_of
from tracer.render.spreadsheet.formulas import Formulas, Live
from tracer.render.spreadsheet.helpers import evaluated
from tracer.render.spreadsheet.limits import MOST_SHEETS, refuse_too_many
from tracer.render.spreadsheet.numbers import as_double
from tracer.render.spreadsheet.places import (
    FIRST_HELPER,
    FIRST_ROW,
    VALUE,
    Heading,
    Place,
    Row,
    Sheet,
)
from tracer.render.spreadsheet.sections import grouped, phases
from tracer.render.spreadsheet.table import Table, table_of
from tracer.rules.quantity import Quantity

GIVENS = "Given"
CALCULATION = "Calculation"
OF_STEP = "Step {}"
OF_EPOCHS = Phrase("Sums over the epoch")


class Workbook:
    """All sheets of a trace, and the formula of each cell.

    Attributes:
        trace: the trace.
        sheets: the givens first, then the training steps; of a long training the first one.
        table: the other steps of a long training, a row each; None of any other.
    """

    def __init__(self, trace: Trace, in_one: bool = False) -> None:
        """Gives every quantity a cell.

        Args:
            trace: the trace.
            in_one: whether everything stands on one sheet, as in CSV.

        Raises:
            OutputError: the trace is too long for a spreadsheet.
        """
        refuse_too_many(trace, in_one)
        self.trace = trace
        self._in_one = in_one
        self._formulas = Formulas(trace.arithmetic, care_of(trace))
        self._givens: dict[Quantity, Place] = {}
        self._steps: dict[tuple[int, int], Place] = {}
        is_long = len(trace.segments) > MOST_SHEETS and not in_one
        self._told = trace.segments[: 1 if is_long else None]
        self.sheets = tuple(self._made())
        self.table = self._table() if is_long else None

    def live(self, row: Row) -> Live:
        """The formulas of a step's row."""
        step, sheet = row.entry, row.place.sheet
        assert isinstance(step, Step)
        operands = [self.place(entry).seen_from(sheet) for entry in step.operands]
        if step.is_carried:
            return Live(operands[0])
        template = step.template
        first = self._first_helper(row.place)
        helpers = [
            Place(sheet, row.place.row, first + k).seen_from(sheet)
            for k in range(len(self._formulas.helpers(template)))
        ]
        return self._formulas.live(template, operands, helpers, step.value is None)

    def _first_helper(self, place: Place) -> int:
        """The column of the first helper cell of a value."""
        if self.table is None or place.sheet != self.table.name:
            return FIRST_HELPER
        return self.table.helpers[place.column]

    def helper_places(self, row: Row) -> list[Place]:
        """The helper cells of a step's row."""
        first, count = self._first_helper(row.place), len(self.helper_values(row))
        return [Place(row.place.sheet, row.place.row, first + k) for k in range(count)]

    def helper_values(self, row: Row) -> list[float | None]:
        """What the helper cells of a step's row show; None where there is no number."""
        step = row.entry
        assert isinstance(step, Step)
        helpers = () if step.is_carried else self._formulas.helpers(step.template)
        if not helpers:
            return []
        arithmetic = self.trace.arithmetic
        operands = [as_double(entry.value, arithmetic) for entry in step.operands]
        return evaluated(helpers, step.template.roles, operands)

    def place(self, entry: Entry) -> Place:
        """The cell of a given or a step."""
        if isinstance(entry, Given):
            return self._givens[entry.quantity]
        return self._steps[entry.place]

    def _made(self) -> Iterator[Sheet]:
        """The sheets, while their cells are handed out."""
        sections = list(self._sections())
        if self._in_one:
            yield self._sheet("", [part for _, parts in sections for part in parts])
            return
        for name, parts in sections:
            yield self._sheet(name, parts)

    def _sections(self) -> Iterator[tuple[str, list[tuple[Phrase, list[Entry]]]]]:
        """The name of each sheet, and its titles with what stands under them."""
        trace = self.trace
        yield GIVENS, list(grouped(trace.givens))
        totals: dict[int, list[Entry]] = {}
        for total in told_totals(trace):
            totals.setdefault(total.segment.step, []).append(total)
        for segment in self._told:
            name = OF_STEP.format(segment.step) if trace.several_steps else CALCULATION
            ends = totals.get(segment.step, [])
            yield name, [*phases(trace, segment), *([(OF_EPOCHS, ends)] if ends else [])]

    def _table(self) -> Table:
        """The rows of a long training, while their cells are handed out."""
        found = table_of(self.trace, lambda template: len(self._formulas.helpers(template)))
        for _, rows in found.rows:
            for row in rows:
                self._note(row.entry, row.place)
        return found

    def _sheet(self, name: str, parts: Iterable[tuple[Phrase, Sequence[Entry]]]) -> Sheet:
        lines: list[Heading | Row] = []
        at = FIRST_ROW
        for title, entries in parts:
            lines.append(Heading(title, at))
            at += 1
            for entry in entries:
                place = Place(name, at, VALUE)
                lines.append(Row(entry, place))
                self._note(entry, place)
                at += 1
        return Sheet(name, tuple(lines))

    def _note(self, entry: Entry, place: Place) -> None:
        """Notes where a quantity stands; nothing refers to a sum over an epoch."""
        if isinstance(entry, Given):
            self._givens[entry.quantity] = place
        elif not isinstance(entry, Total):
            self._steps[entry.place] = place
