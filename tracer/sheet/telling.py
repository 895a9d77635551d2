"""How one step is told: chain, formula, numbers put in, result, each after its relation sign.

A line is an expression over quantities and shown numbers, so that any renderer can print it. The
sign before a line is ``=`` only where the line says exactly what the one before it says; where a
number is rounded for the page, or the arithmetic rounds, it is ``≈``.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.epochs import Total
from tracer.derive.exact_steps import is_computed_exactly, state_in
from tracer.derive.template import Template
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.expression import Expression, Neg, Number, Symbol, substitute, symbols
from tracer.maths.plain import digits_piece, plain
from tracer.notation.numbers import NumberFormat, Shown, shown_value
from tracer.rules.quantity import InStep, Quantity
from tracer.sheet.digits import digits_of
from tracer.sheet.winner import winner

EXACT, ROUNDED, WITHIN = "=", "≈", "∈"

DUST = 700
"""Where 800 digits and more could not settle a value, those smaller than 1e-700 mean nothing."""


class Line(NamedTuple):
    """One line.

    Attributes:
        relation: the sign that joins it to what stands above it.
        template: its formula in roles, where it has the shape of others; None for other formulas.
        operands: what stands in each role: quantities, shown numbers, letters.
        other: the formula without a template.
        is_chain: whether it is the chain of partial derivatives behind the formula.
    """

    relation: str
    template: Template | None = None
    operands: tuple[Hashable, ...] = ()
    other: Expression | None = None
    is_chain: bool = False

    @property
    def expression(self) -> Expression:
        """The formula over quantities and shown numbers."""
        if self.template is not None:
            return self.template.over(self.operands)
        assert self.other is not None, "a line has a formula"
        return self.other

    @classmethod
    def of(cls, relation: str, formula: Expression, is_chain: bool = False) -> Line:
        """A line with a formula of its own shape."""
        return cls(relation, other=formula, is_chain=is_chain)


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
    chain, names = step.chain, tuple(entry.quantity for entry in step.operands)
    lines = [Line(EXACT, step.template, names), *_numbers(step, asked)]
    if isinstance(step, Total) and len(step.trace.segments) > 1:
        lines = [Line.of(line.relation, _told_apart(line.expression)) for line in lines]
    if chain is not None and not _is_same(chain, lines[0]):
        lines.insert(0, Line.of(EXACT, chain, is_chain=True))
    parts = tuple(tell(part, asked) for part in step.substeps) if long else ()
    return Telling(step, step.quantity, tuple(lines), parts)


def _is_same(chain: Expression, formula: Line) -> bool:
    """Whether the chain says just what the formula says."""
    shape = formula.template and formula.template.shown
    return type(chain) is type(shape) and chain == formula.expression


def _told_apart(formula: Expression) -> Expression:
    """A formula over several training steps; what no sample tells apart says its step."""
    same = (of for of in symbols(formula) if isinstance(of, Quantity) and not of.sample and of.step)
    return substitute(formula, {quantity: Symbol(InStep(quantity)) for quantity in same})


def _numbers(step: Step, asked: NumberFormat) -> list[Line]:
    """The line with numbers put in, and the result; neither where nothing is known."""
    arithmetic, operands = step.trace.arithmetic, step.operands
    put_in = [shown_entry(entry, asked) for entry in operands]
    if step.value is None:
        return _letters(step, put_in)
    exact_in = all(isinstance(shown, Shown) and shown.exact for shown in put_in)
    result = _shown(step, asked)
    lines = []
    put = Line(_sign_before(put_in), step.template, tuple(put_in))
    kept = not exact_in or (result.exact and not rounds(step, arithmetic))
    if kept and _is_result(put, result):
        return [put]
    if _has_names(step.template):
        lines.append(put)
    elif _is_literal(put.expression) or plain(put.expression) == result.text:
        return []
    chosen = winner(step)
    if chosen is not None:
        lines.append(Line.of(_sign_before(put_in), Symbol(chosen.quantity)))
    exact = (exact_in or not lines) and not rounds(step, arithmetic)
    return [*lines, Line.of(relation(result, exact), Symbol(result))]


def relation(shown: Shown, exact: bool = True) -> str:
    """The sign before a value: whether it is all of it, rounded, or an interval around it.

    Args:
        shown: the value as it stands on the page.
        exact: whether what stands before the sign is exact.
    """
    if is_interval(shown):
        return WITHIN if exact else ROUNDED
    return EXACT if exact and shown.exact else ROUNDED


def _sign_before(put_in: Sequence[Shown | Quantity | str]) -> str:
    """The sign before a formula with numbers put in: an interval contains what it stands for."""
    numbers = [shown for shown in put_in if isinstance(shown, Shown)]
    if len(numbers) == len(put_in) and all(shown.exact for shown in numbers):
        return EXACT
    return WITHIN if any(map(is_interval, numbers)) else ROUNDED


def is_interval(shown: Shown) -> bool:
    """Whether a number is shown by two ends that it lies between."""
    return shown.text.startswith("[")


def _is_literal(formula: Expression) -> bool:
    """Whether a formula is a number as it stands, such as 0.50 or -1."""
    return isinstance(formula.operand if isinstance(formula, Neg) else formula, Number)


def _is_result(put: Line, result: Shown) -> bool:
    """Whether a line with numbers put in is one number, which reads exactly like the result."""
    shape = put.template and put.template.shown
    if not isinstance(shape, Symbol | Neg):
        return False
    match put.expression:
        case Symbol():
            return True
        case Neg(Symbol(Shown(text))):
            return f"-{text}" == result.text
    return False


@cache
def _has_names(template: Template) -> bool:
    """Whether a formula has anything to put numbers in for."""
    return bool(symbols(template.shown))


def _letters(step: Step, put_in: list[Shown | Quantity | str]) -> list[Line]:
    """The formula with those numbers put in that there are, where some are and some are not."""
    if not any(isinstance(shown, Shown) for shown in put_in):
        return []
    exact = all(shown.exact for shown in put_in if isinstance(shown, Shown))
    return [Line(EXACT if exact else ROUNDED, step.template, tuple(put_in))]


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
    """An entry's value, exact where it is shown in full and is all of what it stands for."""
    arithmetic = entry.trace.arithmetic
    if asked.decimals is not None:
        asked = digits_of(entry.quantity.kind, asked, arithmetic)
    shown = shown_value(entry.value, arithmetic, asked)
    if entry.trace.unsettled and _is_dust(entry.value) and not entry.is_exact:
        return Shown("0", False)
    if arithmetic.tells_carried:
        return shown
    if shown.exact:
        return shown if entry.is_exact else shown._replace(exact=False)
    is_short = _ends_in_zero(entry.value) and entry.is_exact
    return asked.shown(entry.value) if is_short else shown


def _ends_in_zero(value: object) -> bool:
    """Whether all of a decimal's number may stand before zeros at its end."""
    return isinstance(value, Decimal) and value.as_tuple().digits[-1] == 0


def _is_dust(value: object) -> bool:
    """Whether a number is so small that it is most likely what rounding has left of a zero."""
    return isinstance(value, Decimal) and bool(value) and value.adjusted() < -DUST


def rounds(step: Step, arithmetic: Arithmetic) -> bool:
    """Whether this arithmetic has rounded the step's result."""
    if not arithmetic.tells_carried:
        return False
    values = [entry.value for entry in step.operands]
    known = [state_in(value, exact=True) for value in values]
    return not is_computed_exactly(step.template, values, known, step.value, arithmetic)
