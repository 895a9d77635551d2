"""How numbers are written on pictures: a symbol, its sign, and a few digits."""

from __future__ import annotations

from tracer.derive.entries import Entry, Step
from tracer.maths.printer import written
from tracer.notation.notation import Notation
from tracer.notation.numbers import NumberFormat, Shown
from tracer.sheet.telling import relation, shown_entry

DIGITS = NumberFormat(None, 4)


def number_of(entry: Entry, asked: NumberFormat = DIGITS) -> str:
    """A value after its sign; empty for a letter."""
    shown = shown_entry(entry, asked)
    return f"{relation(shown)} {shown.text}" if isinstance(shown, Shown) else ""


def told(entry: Entry, notation: Notation) -> str:
    """A quantity with its value; of one in letters its formula."""
    symbol = notation.symbol(entry.quantity)
    if number := number_of(entry):
        return f"{symbol} {number}"
    if not isinstance(entry, Step):
        return symbol
    return f"{symbol} = {written(entry.formula, notation.style())}"
