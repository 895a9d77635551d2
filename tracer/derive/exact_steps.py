"""Whether one step's result is all that its formula gives, with nothing rounded.

A rounded operand need not matter: beside a factor 0 no other counts, and a choice between two cases
comes out the same a little to either side.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
    Underflow,
    localcontext,
)
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tracer.derive.template import Template
from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.arithmetic.stand_in import StandIn
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    children,
    walk,
)

MOVES = (Fraction(1, 10**15 + 37), Fraction(-3, 10**15 + 91))
"""What rounded operands are moved by, to see whether a choice notices."""

WITHOUT_ROUNDING = Context(
    prec=1_000, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow, Underflow]
)
"""Sums and products of decimals are decimals: these are quicker than fractions."""

CHOOSING = ("max", "min", "step", "sign")


State = int
"""What is known of a value, or of a part of a formula; plain numbers, for there are many."""

ROUNDED, EXACT, ZERO = 0, 1, 2


def is_computed_exactly(
    template: Template,
    operands: Sequence[Any],
    known: Sequence[State],
    value: Any,
    numbers: Arithmetic,
) -> bool:
    """Whether a result is all that a formula gives.

    Args:
        template: the formula.
        operands: the carried values of its roles.
        known: what is known of them.
        value: the carried result.
        numbers: the arithmetic that carried them.
    """
    if not decides(template):
        state = state_of(template, tuple(known))
        if state != EXACT:
            return state == ZERO
    if _is_polynomial(template) and all(type(operand) is Decimal for operand in operands):
        with suppress(ArithmeticError, CalculationError), localcontext(WITHOUT_ROUNDING):
            return bool(_over_decimals(template)(*operands) == value)
    fractions = [fraction_of(operand, numbers) for operand in operands]
    found = fraction_of(value, numbers)
    if not decides(template) or all(known):
        return _gives(_over_fractions(template), fractions, found)
    return all(
        _gives(_over_stand_ins(template, by), _moved(fractions, known, by), found) for by in MOVES
    )


def state_in(value: Any, exact: bool) -> State:
    """What is known of a value that is exact, or is not."""
    if not exact:
        return ROUNDED
    return EXACT if value else ZERO


@lru_cache(maxsize=2_048)
def state_of(template: Template, operands: tuple[State, ...]) -> State:
    """What is known of a result without looking at numbers."""
    return _state(template.computed, dict(zip(template.roles, operands, strict=True)))


def _state(node: Expression, states: Mapping[Hashable, State]) -> State:
    """What is known of a formula without a choice, from what is known of its operands."""
    match node:
        case Number(value):
            return EXACT if value else ZERO
        case Symbol(of):
            return states[of]
        case Neg(operand):
            return _state(operand, states)
        case Mul(factors):
            found = [_state(factor, states) for factor in factors]
            return ZERO if ZERO in found else min(found)
        case Div(dividend, divisor):
            above, below = _state(dividend, states), _state(divisor, states)
            return above if above == ZERO else min(above, below, EXACT)
        case Add() | Pow() | Call():
            parts = (_state(child, states) for child in children(node))
            return min(EXACT, *parts)
    raise TypeError(node)


@lru_cache(maxsize=512)
def decides(template: Template) -> bool:
    """Whether a formula chooses between cases."""
    return any(
        isinstance(node, Cases) or (isinstance(node, Call) and node.function in CHOOSING)
        for node in walk(template.computed)
    )


@lru_cache(maxsize=512)
def _is_polynomial(template: Template) -> bool:
    """Whether a formula has only sums and products in it."""
    return all(isinstance(node, Add | Mul | Neg | Symbol) for node in walk(template.computed))


@lru_cache(maxsize=512)
def adds(template: Template) -> bool:
    """Whether a formula has a sum in it, whose terms may cancel."""
    return any(isinstance(node, Add) for node in walk(template.computed))


def fraction_of(value: Any, numbers: Arithmetic) -> Fraction | None:
    """The exact rational value that was carried; None for none, and for a letter."""
    return None if value is None else numbers.fraction(value)


def _moved(
    fractions: Sequence[Fraction | None], known: Sequence[State], by: Fraction
) -> list[Fraction | None]:
    """The operands, of which those that are not exact are a little off."""
    return [
        number if exact or number is None else number * (1 + by * (k + 1)) + by / 10**30
        for k, (number, exact) in enumerate(zip(fractions, known, strict=True))
    ]


def _gives(
    formula: Callable[..., Fraction], fractions: Sequence[Fraction | None], found: Fraction | None
) -> bool:
    """Whether a formula over fractions is just a number."""
    if found is None or any(fraction is None for fraction in fractions):
        return False
    try:
        return bool(formula(*fractions) == found)
    except (*FAILURES, CalculationError):
        return False


@lru_cache(maxsize=512)
def _over_decimals(template: Template) -> Callable[..., Decimal]:
    """A formula as a function of decimals, in whatever context it is called."""
    return compiled(template.computed, template.roles, arithmetic("decimal"))


@lru_cache(maxsize=512)
def _over_fractions(template: Template) -> Callable[..., Fraction]:
    """A formula as a function of fractions; it refuses what is irrational."""
    return compiled(template.computed, template.roles, arithmetic("exact"))


@lru_cache(maxsize=512)
def _over_stand_ins(template: Template, off: Fraction) -> Callable[..., Fraction]:
    """A formula as a function of fractions, in which irrational values are off by a part."""
    return compiled(template.computed, template.roles, StandIn(off))
