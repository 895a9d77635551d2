"""A long formula in pieces: a page can break it between them, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from tracer.maths.expression import Add, Expression, Mul, Neg, children
from tracer.maths.precedence import POWER, PRODUCT, QUOTIENT, SIGN
from tracer.maths.printer import Style, operand, written

SHORT = 3
"""A product of fewer numbers and symbols than this stands on one line."""


class Fence(Struct, frozen=True):
    """Brackets that stand in different pieces.

    Attributes:
        opens: what opens.
        closes: what closes.
        group: what makes one of several parts.
    """

    opens: str
    closes: str
    group: str


def pieces(formula: Expression, style: Style, fence: Fence) -> Iterator[str]:
    """A formula's pieces: a sum term by term, a product factor by factor.

    Args:
        formula: any formula.
        style: how it is written.
        fence: brackets that may be broken inside.
    """
    match formula:
        case Add(terms):
            yield from _sum(terms, style)
        case Mul(factors) if _size(formula) >= SHORT:
            yield from _product(factors, style, fence)
        case Neg(Mul(factors) as product) if _size(product) >= SHORT:
            first, *rest = _product(factors, style, fence)
            yield fence.group.format(style.negative.template.format(first))
            yield from rest
        case _:
            yield written(formula, style)


def _sum(terms: Sequence[Expression], style: Style) -> Iterator[str]:
    """Each term with the sign before it."""
    yield operand(terms[0], style, SIGN, leading=True)
    for term in terms[1:]:
        taken, sign = (term.operand, style.minus) if isinstance(term, Neg) else (term, style.plus)
        yield sign + operand(taken, style, PRODUCT)


def _product(factors: Sequence[Expression], style: Style, fence: Fence) -> Iterator[str]:
    """Each factor with the sign before it; a long sum among them term by term."""
    for k, factor in enumerate(factors):
        sign = _between(factors[k - 1], factor, style) if k else ""
        if isinstance(factor, Add) and _size(factor) > SHORT:
            yield from _fenced(factor, style, fence, sign)
        else:
            yield sign + operand(factor, style, POWER if k else QUOTIENT, leading=not k)


def _between(left: Expression, right: Expression, style: Style) -> str:
    """The sign between two factors."""
    return style.between(left, right) if style.between else style.times


def _fenced(formula: Add, style: Style, fence: Fence, sign: str) -> Iterator[str]:
    """A sum in brackets: its first piece opens them, its last one closes them."""
    first, *middle, last = _sum(formula.terms, style)
    yield sign + fence.group.format(fence.opens + first)
    yield from middle
    yield fence.group.format(last + fence.closes)


def _size(formula: Expression) -> int:
    """How many numbers and symbols stand in a formula."""
    inner = children(formula)
    return sum(map(_size, inner)) if inner else 1
