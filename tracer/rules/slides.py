"""The rules of the calculus slides: one row each, with the function that applies it.

``d(u)`` is whatever stands for the derivative of a part that has not been taken yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Pow,
    Symbol,
    number,
)
from tracer.maths.names import VARIADIC
from tracer.rules.calculus import ONE, ZERO, depends, partial, product

WINS = {"max": ">=", "min": "<="}
"""How the first argument compares with the others where it is the one that counts."""

Derive = Callable[[Expression], Expression]
"""Stands for the derivative of a part."""


class Row(NamedTuple):
    """A rule of differentiation.

    Attributes:
        name: what slides call it.
        says: the rule itself, ``a`` and ``n`` constant, ``u`` and ``v`` not.
        apply: the derivative of an expression by a name, ``d`` being the derivative of a part;
            None where the rule does not fit.
    """

    name: str
    says: str
    apply: Callable[[Expression, str, Derive], Expression | None]


def _constant(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    return None if depends(u, x) else ZERO


def _itself(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    return ONE if u == Symbol(x) else None


def _minus(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    return Neg(d(u.operand)) if isinstance(u, Neg) else None


def _sum(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    return Add(tuple(map(d, u.terms))) if isinstance(u, Add) else None


def _split(u: Expression, x: str) -> tuple[list[Expression], Expression] | None:
    """The constant factors of a product and the rest of it, where there are both."""
    if not isinstance(u, Mul):
        return None
    fixed = [factor for factor in u.factors if not depends(factor, x)]
    free = [factor for factor in u.factors if depends(factor, x)]
    if not fixed or not free:
        return None
    return fixed, free[0] if len(free) == 1 else Mul(tuple(free))


def _linear(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    parts = _split(u, x)
    return product(*parts[0]) if parts and parts[1] == Symbol(x) else None


def _whole_power(u: Expression, x: str) -> bool:
    """Whether it is a constant power of the variable itself."""
    return isinstance(u, Pow) and u.base == Symbol(x) and not depends(u.exponent, x)


def _monomial(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    parts = _split(u, x)
    if not parts or not _whole_power(parts[1], x):
        return None
    return product(*parts[0], partial(parts[1], 0))


def _factor(u: Expression, x: str, d: Derive) -> Expression | None:
    parts = _split(u, x)
    return Mul((*parts[0], d(parts[1]))) if parts else None


def _power(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    return partial(u, 0) if _whole_power(u, x) else None


def _chain_power(u: Expression, x: str, d: Derive) -> Expression | None:
    if not isinstance(u, Pow) or depends(u.exponent, x):
        return None
    return product(partial(u, 0), d(u.base))


def _exponential(u: Expression, x: str, d: Derive) -> Expression | None:
    if not isinstance(u, Pow) or depends(u.base, x):
        return None
    inner = () if u.exponent == Symbol(x) else (d(u.exponent),)
    return product(u, Call("ln", (u.base,)), *inner)


def _any_power(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    if not isinstance(u, Pow):
        return None
    logarithm = Call("ln", (u.base,))
    return Mul(
        (u, Add((Mul((d(u.exponent), logarithm)), Div(Mul((u.exponent, d(u.base))), u.base))))
    )


def _product(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    if not isinstance(u, Mul):
        return None
    parts = u.factors
    return Add(tuple(Mul((*parts[:k], d(part), *parts[k + 1 :])) for k, part in enumerate(parts)))


def _divided(u: Expression, x: str, d: Derive) -> Expression | None:
    if not isinstance(u, Div) or depends(u.denominator, x):
        return None
    return Div(d(u.numerator), u.denominator)


def _reciprocal(u: Expression, x: str, d: Derive) -> Expression | None:
    if not isinstance(u, Div) or depends(u.numerator, x):
        return None
    return Neg(Div(product(u.numerator, d(u.denominator)), Pow(u.denominator, number(2))))


def _quotient(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    if not isinstance(u, Div):
        return None
    above, below = u.numerator, u.denominator
    over = Add((Mul((d(above), below)), Neg(Mul((above, d(below))))))
    return Div(over, Pow(below, number(2)))


def _pieces(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    if not isinstance(u, Cases):
        return None
    return Cases(tuple((test, d(value)) for test, value in u.branches), d(u.otherwise))


def _choice(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    if not isinstance(u, Call) or u.function not in VARIADIC or len(u.arguments) < 2:
        return None
    first, *rest = u.arguments
    other = rest[0] if len(rest) == 1 else Call(u.function, tuple(rest))
    return d(Cases(((Compare(first, WINS[u.function], other), first),), other))


def _called(u: Expression) -> Expression | None:
    """The argument of a function of one argument."""
    known = isinstance(u, Call) and u.function not in VARIADIC
    return u.arguments[0] if known and isinstance(u, Call) else None


def _function(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    return partial(u, 0) if _called(u) == Symbol(x) else None


def _chain(u: Expression, x: str, d: Derive) -> Expression | None:  # noqa: ARG001
    inner = _called(u)
    return None if inner is None else product(partial(u, 0), d(inner))


RULES = (
    Row("constant", "d(a) = 0", _constant),
    Row("the variable itself", "d(x) = 1", _itself),
    Row("minus", "d(-u) = -d(u)", _minus),
    Row("sum", "d(u + v) = d(u) + d(v)", _sum),
    Row("straight line", "d(a·x) = a", _linear),
    Row("power with a factor", "d(a·x^n) = a·n·x^(n-1)", _monomial),
    Row("constant factor", "d(a·u) = a·d(u)", _factor),
    Row("power", "d(x^n) = n·x^(n-1)", _power),
    Row("chain rule", "d(u^n) = n·u^(n-1)·d(u)", _chain_power),
    Row("exponential", "d(a^u) = a^u·ln(a)·d(u)", _exponential),
    Row("power of powers", "d(u^v) = u^v·(d(v)·ln(u) + v·d(u)/u)", _any_power),
    Row("product", "d(u·v) = d(u)·v + u·d(v)", _product),
    Row("constant divisor", "d(u/a) = d(u)/a", _divided),
    Row("reciprocal", "d(a/v) = -a·d(v)/v^2", _reciprocal),
    Row("quotient", "d(u/v) = (d(u)·v - u·d(v))/v^2", _quotient),
    Row("pieces", "each piece is derived by itself", _pieces),
    Row("largest or smallest", "max(u, v) is u where u ≥ v, else v; min the other way", _choice),
    Row("function", "d(f(x)) = f'(x)", _function),
    Row("chain rule", "d(f(u)) = f'(u)·d(u)", _chain),
)
"""In this order; the first one that fits is applied."""
