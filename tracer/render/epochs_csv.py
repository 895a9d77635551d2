"""The epochs of a learning rule as a table for spreadsheets: a row for each sample and unit."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.entries import Entry, Given
from tracer.derive.epochs import epochs_of
from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.maths.expression import Symbol
from tracer.notation.notation import typed
from tracer.notation.said import english
from tracer.phrase import Phrase
from tracer.render.csv import row
from tracer.rules.quantity import Quantity
from tracer.sheet.epoch_grid import grid
from tracer.sheet.page import Column, Grid
from tracer.spec.network import Network

Head = tuple[int, str]
"""The number of a column's group, and its name: an input may be called as a parameter is."""

LABEL: Head = (0, "sample")


def epochs_to_csv(trace: Trace) -> Iterator[str]:
    """The lines of a CSV file, without line ends: numbers in full, a column for each parameter.

    Raises:
        OutputError: the trace learns by no learning rule.
    """
    if not (isinstance(trace.spec, Network) and trace.spec.training.learning_rule):
        raise OutputError("--epochs in CSV are those of a learning rule; this network has none")
    layer, heads = trace.spec.layers[-1], dict[Head, None]()
    tables = []
    for epoch in epochs_of(trace):
        for k, unit in enumerate(layer.units):
            found = _columns(grid(trace, epoch, layer, k, _full))
            heads |= dict.fromkeys(found)
            tables.append((str(epoch.number), unit, found))
    yield row(("epoch", "unit", *(name for _, name in heads)))
    for number, unit, columns in tables:
        for k in range(len(columns[LABEL].cells)):
            cells = (_plain(columns[head].cells[k]) if head in columns else "" for head in heads)
            yield row((number, unit, *cells))


def _columns(table: Grid) -> dict[Head, Column]:
    """The columns by their group and their head, in plain names."""
    groups = enumerate(((table.label,), *table.groups))
    return {(n, _plain(column.head)): column for n, group in groups for column in group}


def _plain(part: Quantity | Phrase | str) -> str:
    if isinstance(part, Phrase):
        return english(part)
    return typed(samples=False, steps=False).symbol(part) if isinstance(part, Quantity) else part


def _full(entry: Entry) -> str:
    """A value with all its digits; a letter as it is, and nothing where there is no value."""
    if entry.value is not None:
        return entry.trace.arithmetic.text(entry.value)
    letter = entry.written if isinstance(entry, Given) else None
    return str(letter.of) if isinstance(letter, Symbol) else ""
