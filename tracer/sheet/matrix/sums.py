"""A step's formula as a sum of products, with the addresses of what stands in each product.

What a matrix equation says is compared with this: an equation is told only where every entry's
own formula says the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache
from typing import NamedTuple

from tracer.derive.program import Program
from tracer.derive.recipe import Stretch
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


class Sums:
    """The formulas of a program's steps as sums of products of addresses, block by block.

    Attributes:
        program: the program.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self._of_block: dict[int, list[Sum | None]] = {}

    def at(self, address: int) -> Sum | None:
        """The formula at an address; None where it is no such sum, or something is given there."""
        program, block = self.program, self.program.block(address)
        if block.recipe is None or address in program.overrides or address in program.untold:
            return None
        known = self._of_block.get(block.start)
        if known is None:
            stretches = block.recipe.stretches(len(block.units))
            known = [one for stretch in stretches for one in _sums(stretch)]
            self._of_block[block.start] = known
        return known[address - block.start]


def _sums(stretch: Stretch) -> Iterator[Sum | None]:
    """The sums of steps that share a template."""
    found = sum_of(stretch.template)
    if found is None:
        yield from (None for _ in range(stretch.size))
        return
    roles = {role: place for place, role in enumerate(stretch.template.roles)}
    rows = zip(*stretch.columns, strict=True) if roles else (() for _ in range(stretch.size))
    shapes = [
        (one.negative, [(roles.get(role), role) for role in one.factors]) for one in found.products
    ]
    for row in rows:
        products = tuple(
            Product(negative, tuple(role if at is None else row[at] for at, role in factors))
            for negative, factors in shapes
        )
        yield Sum(products, found.divisor)
