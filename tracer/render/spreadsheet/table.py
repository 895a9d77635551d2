"""A long training as one sheet: a row for each step, a column for each quantity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tracer.derive.entries import Step
from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.render.spreadsheet.places import FIRST_ROW, Place, Row
from tracer.rules.quantity import RESULT, TOTAL, Quantity

TRAINING = "Training"

FIRST_COLUMN = 3
"""Before it stand the step, the trace's own error, and the difference."""


class Table(NamedTuple):
    """The sheet of a long training.

    Attributes:
        name: the sheet's.
        columns: the column of each quantity; quantities say no training step here.
        helpers: for each such column the first one of its helper cells.
        rows: the training steps, each with the cells that it has.
    """

    name: str
    columns: Mapping[Quantity, int]
    helpers: Mapping[int, int]
    rows: tuple[tuple[Segment, tuple[Row, ...]], ...]

    @property
    def error(self) -> int | None:
        """The column of what is minimised; None where there is none."""
        found = [at for of, at in self.columns.items() if of.kind in (TOTAL, RESULT)]
        return found[-1] if found else None


def table_of(trace: Trace, helpers: Callable[[Template], int]) -> Table:
    """The training steps after the first one.

    Args:
        trace: of a long training.
        helpers: how many helper cells a template needs.
    """
    columns: dict[Quantity, int] = {}
    most: dict[int, int] = {}
    rows = []
    for number, segment in enumerate(trace.segments[1:]):
        row = []
        for step in _steps(trace, segment):
            quantity = segment.program.quantity(step.address)
            column = columns.setdefault(quantity, FIRST_COLUMN + len(columns))
            needed = 0 if step.is_carried else helpers(step.template)
            most[column] = max(most.get(column, 0), needed)
            row.append(Row(step, Place(TRAINING, FIRST_ROW + number, column)))
        rows.append((segment, tuple(row)))
    return Table(TRAINING, columns, _places(most), tuple(rows))


def _steps(trace: Trace, segment: Segment) -> Iterator[Step]:
    return (entry for entry in trace.entries(segment) if isinstance(entry, Step))


def _places(most: Mapping[int, int]) -> dict[int, int]:
    """Where the helper cells of each column begin: right of all columns."""
    at, found = FIRST_COLUMN + len(most), {}
    for column, count in most.items():
        found[column] = at
        at += count
    return found
