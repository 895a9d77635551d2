"""How one step is told: chain, formula, numbers put in, result, each after its relation sign.

A line is an expression over quantities and shown numbers, so that any renderer can print it. The
sign before a line is ``=`` only where the line says exactly what the one before it says; where a
number is rounded for the page, or the arithmetic rounds, it is ``≈``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.template import Template
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import compiled
from tracer.maths.expression import Expression, Neg, Number, Symbol, symbols
from tracer.maths.plain import digits_piece, plain
from tracer.notation.numbers import NumberFormat, Shown, shown_value
from tracer.rules.quantity import Quantity

EXACT, ROUNDED, WITHIN = "=", "≈", "∈"


class Line(NamedTuple):
    """One line.

    Attributes:
        relation: the sign that joins it to what stands above it.
        expression: over quantities and shown numbers.
        is_chain: whether it is the chain of partial derivatives behind the formula.
    """

    relation: str
    expression: Expression
    is_chain: bool = False


class Telling(NamedTuple):
    """A step as a page tells it.

    Attributes:
        step: the step.
        quantity: what it gives.
        lines: from the chain of partial derivatives down to the number.
        parts: the lines of the longer telling, where it was asked for.
    """

    step: Step
    quantity: Quantity
    lines: tuple[Line, ...]
    parts: tuple[Telling, ...] = ()


def tell(step: Step, asked: NumberFormat, long: bool = False) -> Telling:
    """A step's lines.

    Args:
        step: the step.
        asked: how many digits to show.
        long: whether to tell the parts as well.
    """
    chain, formula = step.chain, step.formula
    lines = [Line(EXACT, formula), *_numbers(step, asked)]
    if chain is not None and chain != formula:
        lines.insert(0, Line(EXACT, chain, is_chain=True))
    parts = tuple(tell(part, asked) for part in step.substeps) if long else ()
    return Telling(step, step.quantity, tuple(lines), parts)


def _numbers(step: Step, asked: NumberFormat) -> list[Line]:
    """The line with numbers put in, and the result; neither where nothing is known."""
    arithmetic, operands = step.trace.arithmetic, step.operands
    put_in = [shown_entry(entry, asked) for entry in operands]
    if step.value is None:
        return _letters(step, put_in)
    exact_in = all(isinstance(shown, Shown) and shown.exact for shown in put_in)
    result = _shown(step, asked)
    lines = []
    substituted = step.template.over(put_in)
    kept = not exact_in or (result.exact and not _rounds(step, arithmetic))
    if kept and (isinstance(substituted, Symbol) or _is_minus(substituted, result)):
        return [Line(EXACT if exact_in else ROUNDED, substituted)]
    if symbols(step.template.shown):
        lines.append(Line(EXACT if exact_in else ROUNDED, substituted))
    elif _is_literal(substituted) or plain(substituted) == result.text:
        return []
    exact = (exact_in or not lines) and not _rounds(step, arithmetic)
    return [*lines, Line(relation(result, exact), Symbol(result))]


def relation(shown: Shown, exact: bool = True) -> str:
    """The sign before a value: whether it is all of it, rounded, or an interval around it.

    Args:
        shown: the value as it stands on the page.
        exact: whether what stands before the sign is exact.
    """
    if shown.text.startswith("["):
        return WITHIN
    return EXACT if exact and shown.exact else ROUNDED


def _is_literal(formula: Expression) -> bool:
    """Whether a formula is a number as it stands, such as 0.50 or -1."""
    return isinstance(formula.operand if isinstance(formula, Neg) else formula, Number)


def _is_minus(substituted: Expression, result: Shown) -> bool:
    """Whether a number with a minus before it reads exactly like the result."""
    match substituted:
        case Neg(Symbol(Shown(text))):
            return f"-{text}" == result.text
    return False


def _letters(step: Step, put_in: list[Shown | Quantity | str]) -> list[Line]:
    """The formula with those numbers put in that there are, where some are and some are not."""
    if not any(isinstance(shown, Shown) for shown in put_in):
        return []
    exact = all(shown.exact for shown in put_in if isinstance(shown, Shown))
    return [Line(EXACT if exact else ROUNDED, step.template.over(put_in))]


def shown_entry(entry: Entry, asked: NumberFormat) -> Shown | Quantity | str:
    """What is put in for an entry: its number; as written if it was given; else its symbol."""
    if isinstance(entry, Given):
        written = entry.written
        if isinstance(written, Number):
            return Shown(written.text, True, digits_piece(written.text).binding)
        return str(written.of)
    if entry.value is None:
        return entry.quantity
    return _shown(entry, asked)


def _shown(entry: Entry, asked: NumberFormat) -> Shown:
    """An entry's value; where some value could not be settled, none is called exact."""
    shown = shown_value(entry.value, entry.trace.arithmetic, asked)
    return shown._replace(exact=False) if entry.trace.unsettled else shown


def _rounds(step: Step, arithmetic: Arithmetic) -> bool:
    """Whether this arithmetic has rounded the step's result."""
    if not arithmetic.rounds_steps:
        return False
    values: list[Any] = [entry.value for entry in step.operands]
    with arithmetic.scope():
        return bool(_function(step.template, arithmetic)(*values) != step.value)


@lru_cache
def _function(template: Template, arithmetic: Arithmetic) -> Callable[..., Any]:
    """A formula, compiled once for all the steps of its shape."""
    return compiled(template.computed, template.roles, arithmetic)
