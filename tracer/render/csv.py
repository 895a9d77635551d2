"""A trace as a table for spreadsheets: one row a quantity."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction

from tracer.derive.trace import Trace
from tracer.maths.arithmetic.decimals import DEFAULT_DIGITS
from tracer.notation.numbers import NumberFormat
from tracer.render.sums import records

COLUMNS = ("step", "sample", "phase", "name", "value", "exact", "rule", "formula", "numbers")


DIVIDING = Context(prec=DEFAULT_DIGITS)


def to_csv(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    """The lines of a CSV file, without line ends; a given's formula is what was written."""
    yield row(COLUMNS)
    for record in records(trace, asked):
        yield row(
            (
                str(record.step),
                str(record.sample or ""),
                record.phase,
                record.name,
                _decimal(record.value or ""),
                record.exact or "",
                record.rule,
                record.formula,
                record.written or record.numbers,
            )
        )


def _decimal(value: str) -> str:
    """A value with a point, which a spreadsheet reads as a number, where it is a fraction."""
    if "/" not in value:
        return value
    fraction = Fraction(value)
    return str(DIVIDING.divide(Decimal(fraction.numerator), Decimal(fraction.denominator)))


def row(cells: Sequence[str]) -> str:
    """One line; text that a spreadsheet would run as a formula is made inert."""
    return unguarded_row([inert(cell) for cell in cells])


def unguarded_row(cells: Sequence[str]) -> str:
    """One line of cells as they are; whatever a user has written must have been made inert."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def inert(cell: str) -> str:
    """A cell that starts like a spreadsheet formula gets an apostrophe, unless it is a number."""
    if cell[:1] in {"=", "+", "-", "@"} and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        Fraction(cell)
    except (ValueError, ZeroDivisionError):
        return False
    return True
