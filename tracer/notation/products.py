"""Where factors stand side by side, and where a sign has to stand between them all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    symbols,
)
from tracer.notation.numbers import Shown

SIGN, BLANK = "·", " "


def has_numbers(formula: Expression) -> bool:
    """Whether numbers are put in for quantities: side by side they would read as one number."""
    return any(isinstance(of, Shown) for of in symbols(formula))


def needs_sign(left: Expression, right: Expression) -> bool:
    """Whether two factors cannot stand side by side, however they are set."""
    first = right
    while children(first) and not isinstance(first, Call | Neg | Add | Cases):
        first = children(first)[0]
    if isinstance(left, Cases):
        return True
    return isinstance(first, Number | Neg | Cases) or has_numbers(left) or has_numbers(right)


def between_in_text(symbol: Callable[[Any], str], left: Expression, right: Expression) -> str:
    """What stands between two factors that a book would set side by side, in one line of text.

    A slash reaches as far as there is no sign: 1/2(x - y) would be one over twice a difference.

    Args:
        symbol: writes what a symbol stands for.
        left: a factor.
        right: the one after it.
    """
    if needs_sign(left, right) or isinstance(left, Div | Call) or _has_slash(left, symbol):
        return SIGN
    return "" if isinstance(right, Add) and not isinstance(left, Number) else BLANK


def _has_slash(factor: Expression, symbol: Callable[[Any], str]) -> bool:
    """Whether a factor is the symbol of a derivative, or ends in one."""
    match factor:
        case Symbol(of):
            return "/" in symbol(of) or " " in symbol(of)
        case Mul(factors):
            return _has_slash(factors[-1], symbol)
        case Pow():
            return True
    return False
