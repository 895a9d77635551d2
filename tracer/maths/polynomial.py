"""Polynomials in any letters, as sums of monomials: what the limit of a difference needs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction

from tracer.errors import FormulaError, LimitError
from tracer.maths.expression import (
    Add,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    number,
)
from tracer.maths.plain import plain
from tracer.maths.tidy import literal, tidy

Monomial = tuple[tuple[str, int], ...]
Polynomial = Mapping[Monomial, Fraction]
"""The coefficient of each monomial; a monomial is a product of powers, sorted by their letters."""

MOST_TERMS = 400
HIGHEST = 60


def polynomial(expression: Expression) -> Polynomial:
    """An expression multiplied out.

    Raises:
        FormulaError: it is no polynomial.
        LimitError: it has too many terms, or too high a power.
    """
    match expression:
        case Number(value):
            return {(): value} if value else {}
        case Symbol(of):
            return {((str(of), 1),): Fraction(1)}
        case Neg(operand):
            return _scaled(polynomial(operand), Fraction(-1))
        case Add(terms):
            found: Polynomial = {}
            for term in terms:
                found = plus(found, polynomial(term))
            return found
        case Mul(factors):
            product: Polynomial = {(): Fraction(1)}
            for factor in factors:
                product = times(product, polynomial(factor))
            return product
        case Div(numerator, denominator):
            below = polynomial(denominator)
            if set(below) == {()}:
                return _scaled(polynomial(numerator), 1 / below[()])
        case Pow(base, exponent):
            power = tidy(exponent)
            if isinstance(power, Number) and power.value.denominator == 1 and power.value >= 0:
                return _power(polynomial(base), power.value.numerator)
    raise FormulaError(f"{plain(expression)} is no polynomial")


def plus(one: Polynomial, other: Polynomial, sign: int = 1) -> Polynomial:
    """The sum, or the difference where the sign is -1."""
    found = dict(one)
    for monomial, value in other.items():
        found[monomial] = found.get(monomial, Fraction(0)) + sign * value
    return {monomial: value for monomial, value in found.items() if value}


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    """The product.

    Raises:
        LimitError: it has too many terms.
    """
    found: dict[Monomial, Fraction] = {}
    for left, a in one.items():
        for right, b in other.items():
            monomial = _joined(left, right)
            found[monomial] = found.get(monomial, Fraction(0)) + a * b
            if len(found) > MOST_TERMS:
                raise LimitError(f"multiplied out this has more than {MOST_TERMS} terms")
    return {monomial: value for monomial, value in found.items() if value}


def divided_by(dividend: Polynomial, letter: str) -> Polynomial:
    """Every term divided by a letter that stands in all of them."""
    return {_joined(monomial, ((letter, -1),)): value for monomial, value in dividend.items()}


def without(found: Polynomial, letter: str) -> Polynomial:
    """The terms in which a letter does not stand: what is left where it is 0."""
    return {
        monomial: value
        for monomial, value in found.items()
        if all(name != letter for name, _ in monomial)
    }


def as_expression(found: Polynomial, first: str) -> Expression:
    """A polynomial as a sum, by falling powers of one letter."""

    def place(monomial: Monomial) -> tuple[int, int, Monomial]:
        powers = dict(monomial)
        return (-powers.get(first, 0), sum(powers.values()), monomial)

    terms = [_term(monomial, found[monomial], first) for monomial in sorted(found, key=place)]
    if not terms:
        return number(0)
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _term(monomial: Monomial, value: Fraction, first: str) -> Expression:
    powers = sorted(monomial, key=lambda pair: (pair[0] != first, pair[0]))
    factors: list[Expression] = [
        Symbol(name) if power == 1 else Pow(Symbol(name), number(power)) for name, power in powers
    ]
    if abs(value) != 1 or not factors:
        factors.insert(0, literal(abs(value)))
    product = factors[0] if len(factors) == 1 else Mul(tuple(factors))
    return Neg(product) if value < 0 else product


def _power(base: Polynomial, exponent: int) -> Polynomial:
    if exponent > HIGHEST:
        raise LimitError(f"powers up to {HIGHEST} are multiplied out; this one is {exponent}")
    found: Polynomial = {(): Fraction(1)}
    for _ in range(exponent):
        found = times(found, base)
    return found


def _scaled(found: Polynomial, factor: Fraction) -> Polynomial:
    return {monomial: value * factor for monomial, value in found.items()}


def _joined(left: Monomial, right: Monomial) -> Monomial:
    powers: dict[Hashable, int] = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted((str(name), power) for name, power in powers.items() if power))
