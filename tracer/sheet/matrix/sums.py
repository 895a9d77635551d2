"""A step's formula as a sum of products, with the addresses of what stands in each product.

What a matrix equation says is compared with this: an equation is told only where every entry's
own formula says the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache
from typing import NamedTuple

from tracer.derive.program import Program
from tracer.derive.template import Template
from tracer.maths.expression import Add, Div, Expression, Mul, Neg, Number, Symbol


class Product(NamedTuple):
    """A product in a sum.

    Attributes:
        negative: whether it is subtracted.
        factors: roles, in a template; addresses, in a step. Numbers stand as they are.
    """

    negative: bool
    factors: tuple[Hashable, ...]


class Sum(NamedTuple):
    """A sum of products, perhaps divided by a number.

    Attributes:
        products: its terms.
        divisor: what the whole is divided by; None for nothing.
    """

    products: tuple[Product, ...]
    divisor: Number | None = None

    @property
    def lengths(self) -> frozenset[int]:
        """How many factors its terms have."""
        return frozenset(len(product.factors) for product in self.products)


@cache
def sum_of(template: Template) -> Sum | None:
    """The template's formula as a sum of products of roles; None where it is no such sum."""
    shown = template.shown
    divisor = _divisor(shown)
    found = list(_products(shown.numerator if divisor and isinstance(shown, Div) else shown))
    known = [product for product in found if product is not None]
    return Sum(tuple(known), divisor) if len(known) == len(found) else None


def _divisor(shown: Expression) -> Number | None:
    """The number by which a whole formula is divided."""
    whole = isinstance(shown, Div) and isinstance(shown.denominator, Number)
    return shown.denominator if whole else None  # type: ignore[return-value,union-attr]


def _products(expression: Expression) -> Iterator[Product | None]:
    if isinstance(expression, Number) and not expression.value:
        return
    terms = expression.terms if isinstance(expression, Add) else (expression,)
    for term in terms:
        negative = isinstance(term, Neg)
        yield _product(term.operand if isinstance(term, Neg) else term, negative)


def _product(term: Expression, negative: bool) -> Product | None:
    factors = term.factors if isinstance(term, Mul) else (term,)
    found = tuple(_leaf(factor) for factor in factors)
    return None if None in found else Product(negative, found)


def _leaf(factor: Expression) -> Hashable | None:
    match factor:
        case Symbol(of):
            return of
        case Number():
            return factor
    return None


def sum_at(program: Program, address: int) -> Sum | None:
    """The formula of the step at an address as a sum of products of addresses."""
    block = program.block(address)
    if block.recipe is None or address in program.overrides or address in program.untold:
        return None
    k = address - block.start
    template = block.recipe.template(k)
    found = sum_of(template)
    if found is None:
        return None
    put_in = dict(zip(template.roles, block.recipe.operands(k), strict=True))
    products = tuple(
        Product(one.negative, tuple(put_in.get(role, role) for role in one.factors))
        for one in found.products
    )
    return Sum(products, found.divisor)
