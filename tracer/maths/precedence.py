"""How tightly each kind of node holds together: the one table for the parser and every printer."""

from __future__ import annotations

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
)

LOOSEST = 0
SUM = 10
SIGN = 20
PRODUCT = 30
QUOTIENT = 31
POWER = 40
ATOM = 50

BINDING: dict[type[Expression], int] = {
    Add: SUM,
    Neg: SIGN,
    Mul: PRODUCT,
    Div: QUOTIENT,
    Pow: POWER,
    Number: ATOM,
    Symbol: ATOM,
    Call: ATOM,
    Cases: ATOM,
}
"""A quotient may open a product, ``a/b*c``; a product may not: ``(a*b)*c`` is another tree."""
