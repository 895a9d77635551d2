"""The derivative from its definition, for polynomials: the limit of a difference quotient."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.errors import FormulaError
from tracer.maths.expression import (
    Add,
    Call,
    Div,
    Expression,
    Neg,
    Symbol,
    substitute,
    symbols,
)
from tracer.maths.polynomial import as_expression, divided_by, plus, polynomial, without
from tracer.rules.worked import Work

STEP = "h"
LIMIT = "lim h→0 "


def by_limit(formula: Expression, x: str) -> Iterator[Work]:
    """The steps from ``(f(x + h) - f(x))/h`` to what it tends to.

    Args:
        formula: a polynomial in `x`; other letters are constants.
        x: the variable.

    Raises:
        FormulaError: it is no polynomial, or one of its letters is h.
        LimitError: multiplied out it is far too long.
    """
    if STEP in symbols(formula):
        raise FormulaError("the limit calls its step h, and the formula has an h of its own")
    if x == STEP:
        raise FormulaError("the limit calls its step h: derive by another letter")
    try:
        here = polynomial(formula)
    except FormulaError as error:
        raise FormulaError(
            f"the limit is worked out for polynomials; {error}. The rules know more than "
            "polynomials: leave out --limit"
        ) from None
    h = Symbol(STEP)
    moved = substitute(formula, {x: Add((Symbol(x), h))})
    yield Work(
        "definition",
        "the limit of (f(x + h) - f(x))/h as h goes to 0",
        _limit(Div(Add((moved, Neg(formula))), h)),
    )
    ahead = polynomial(moved)
    both = Add((as_expression(ahead, x), Neg(as_expression(here, x))))
    yield Work("expanded", "f(x + h) and f(x) multiplied out", _limit(Div(both, h)))
    rise = plus(ahead, here, -1)
    over_h = _limit(Div(as_expression(rise, x), h))
    yield Work("subtracted", "what has no h drops out", over_h)
    quotient = divided_by(rise, STEP)
    says = "h stands in every term" if rise else "0 divided by what is not 0"
    yield Work("divided by h", says, _limit(as_expression(quotient, x)))
    yield Work("h goes to 0", "terms with h vanish", as_expression(without(quotient, STEP), x))


def _limit(expression: Expression) -> Expression:
    """What the expression tends to: a call that nobody evaluates."""
    return Call(LIMIT, (expression,))
