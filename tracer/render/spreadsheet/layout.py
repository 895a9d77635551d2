"""Which cell holds which quantity: the sheets of a workbook, their sections and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.epochs import Total, told_totals
from tracer.derive.trace import Trace
from tracer.render.spreadsheet.care import care_of
from tracer.render.spreadsheet.formulas import Formulas, Live
from tracer.render.spreadsheet.helpers import evaluated
from tracer.render.spreadsheet.limits import refuse_too_many
from tracer.render.spreadsheet.numbers import as_double
from tracer.render.spreadsheet.sections import grouped, phases
from tracer.rules.quantity import Quantity

GIVENS = "Given"
CALCULATION = "Calculation"
OF_STEP = "Step {}"
OF_EPOCHS = "Sums over the epoch"

VALUE = 4
"""The column of values, from 0, on every sheet."""

FIRST_HELPER = 8
"""The first column of helper cells: right of everything else."""

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

    text: str
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


class Workbook:
    """All sheets of a trace, and the formula of each cell.

    Attributes:
        trace: the trace.
        sheets: the givens first, then the training steps.
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
        self.sheets = tuple(self._made())

    def live(self, row: Row) -> Live:
        """The formulas of a step's row."""
        step, sheet = row.entry, row.place.sheet
        assert isinstance(step, Step)
        operands = [self.place(entry).seen_from(sheet) for entry in step.operands]
        if step.is_carried:
            return Live(operands[0])
        template = step.template
        helpers = [
            Place(sheet, row.place.row, FIRST_HELPER + k).seen_from(sheet)
            for k in range(len(self._formulas.helpers(template)))
        ]
        return self._formulas.live(template, operands, helpers, step.value is None)

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

    def _sections(self) -> Iterator[tuple[str, list[tuple[str, list[Entry]]]]]:
        """The name of each sheet, and its titles with what stands under them."""
        trace = self.trace
        yield GIVENS, list(grouped(trace.givens))
        totals: dict[int, list[Entry]] = {}
        for total in told_totals(trace):
            totals.setdefault(total.segment.step, []).append(total)
        for segment in trace.segments:
            name = OF_STEP.format(segment.step) if trace.several_steps else CALCULATION
            ends = totals.get(segment.step, [])
            yield name, [*phases(trace, segment), *([(OF_EPOCHS, ends)] if ends else [])]

    def _sheet(self, name: str, parts: Iterable[tuple[str, Sequence[Entry]]]) -> Sheet:
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


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, ... Z, AA, ..."""
    above, last = divmod(column, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + last)
