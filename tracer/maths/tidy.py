"""Tidy an expression as a person would: numbers multiplied, powers gathered, like terms added.

Nothing is expanded, and nothing is cancelled that could be 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from operator import mul

from tracer.maths.expression import (
    Add,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    rebuild,
    walk,
)
from tracer.maths.powers import bits, shown

MOST_BITS = 4_000
"""Numbers longer than this are left as they stand."""

ONE = Fraction(1)
Term = tuple[Fraction, tuple[Expression, ...]]
"""A number, and the factors that it is multiplied with."""


def tidy(expression: Expression) -> Expression:
    """The same value, written shortly; with decimals only where the expression has some."""
    numbers = (node for node in walk(expression) if isinstance(node, Number))
    return _Tidying(any("." in number.text for number in numbers)).done(expression)


def literal(value: Fraction, decimals: bool = True) -> Number:
    """A number that the program writes: digits where they end soon, else a quotient."""
    text = shown(value)
    return Number(value, str(value) if "about" in text or not decimals else text)


class _Tidying:
    """Tidying under way: whether what is no whole number is written with a point."""

    def __init__(self, decimals: bool) -> None:
        self.decimals = decimals

    def done(self, expression: Expression) -> Expression:
        """The same value, written shortly."""
        node = rebuild(expression, self.done)
        match node:
            case Add(terms):
                return self._sum(terms)
            case Mul() | Neg() | Pow() | Div():
                return self._written(self._term(node))
        return node

    def _literal(self, value: Fraction) -> Number:
        return literal(value, self.decimals)

    def _term(self, node: Expression) -> Term:
        """A tidied node as a number times factors."""
        match node:
            case Number(value):
                return value, ()
            case Neg(operand):
                value, factors = self._term(operand)
                return -value, factors
            case Mul(parts):
                return self._product(parts)
            case Div(numerator, denominator):
                return self._quotient(numerator, denominator)
            case Pow(base, exponent):
                return self._power(base, exponent)
        return ONE, (node,)

    def _product(self, parts: Iterable[Expression]) -> Term:
        terms = [self._term(part) for part in parts]
        value = reduce(mul, (value for value, _ in terms), ONE)
        if not value:
            return value, ()
        return value, self._gathered(factor for _, factors in terms for factor in factors)

    def _gathered(self, factors: Iterable[Expression]) -> tuple[Expression, ...]:
        """Factors with the whole powers of one base made one power, in the order of first use."""
        found: dict[Expression, int] = {}
        for factor in factors:
            base, times = _based(factor)
            found[base] = found.get(base, 0) + times
        return tuple(
            base if times == 1 else Pow(base, self._literal(Fraction(times)))
            for base, times in found.items()
        )

    def _quotient(self, numerator: Expression, denominator: Expression) -> Term:
        above, over = self._term(numerator)
        below, under = self._term(denominator)
        if not below or (not above and not under):
            return (ONE, (Div(numerator, denominator),)) if not below else (above, ())
        value = above / below
        if not under:
            return value, over
        if not above:
            return Fraction(0), ()
        return value, (Div(self._written((ONE, over)), self._written((ONE, under))),)

    def _power(self, base: Expression, exponent: Expression) -> Term:
        match base, exponent:
            case _, Number(value) if value == 1:
                return self._term(base)
            case Number(number), Number(value) if _is_short(number, value):
                return number**value.numerator, ()
            case Pow(inner, Number(first)), Number(second) if _are_counts(first, second):
                return ONE, (Pow(inner, self._literal(first * second)),)
        return ONE, (Pow(base, exponent),)

    def _sum(self, terms: Iterable[Expression]) -> Expression:
        """Like terms added, those that are 0 left out."""
        found: dict[tuple[Expression, ...], Fraction] = {}
        for part in terms:
            for inner in part.terms if isinstance(part, Add) else (part,):
                value, factors = self._term(inner)
                found[factors] = found.get(factors, Fraction(0)) + value
        kept = [self._written((value, factors)) for factors, value in found.items() if value]
        if not kept:
            return self._literal(Fraction(0))
        return kept[0] if len(kept) == 1 else Add(tuple(kept))

    def _written(self, term: Term) -> Expression:
        """A number times factors as an expression; a minus stands in front."""
        value, factors = term
        if not value or not factors:
            return _signed(self._literal(abs(value)), value)
        match factors:
            case (Div(above, below),):
                over, under = _parts(value)
                return _signed(Div(self._scaled(above, over), self._scaled(below, under)), value)
        if "/" in self._literal(abs(value)).text:
            top, bottom = _parts(value)
            product = factors[0] if len(factors) == 1 else Mul(factors)
            return _signed(Div(self._scaled(product, top), self._literal(bottom)), value)
        product = factors[0] if len(factors) == 1 else Mul(factors)
        return _signed(self._scaled(product, abs(value)), value)

    def _scaled(self, expression: Expression, by: Fraction) -> Expression:
        """A product with a number in front; 1 stands nowhere but alone."""
        if by == 1:
            return expression
        match expression:
            case Number(value):
                return self._literal(value * by)
            case Mul((Number(value), *others)):
                return Mul((self._literal(value * by), *others))
            case Mul(factors):
                return Mul((self._literal(by), *factors))
        return Mul((self._literal(by), expression))


def _based(factor: Expression) -> tuple[Expression, int]:
    match factor:
        case Pow(base, Number(exponent)) if exponent.denominator == 1 and exponent > 0:
            return base, exponent.numerator
    return factor, 1


def _is_short(number: Fraction, exponent: Fraction) -> bool:
    whole = exponent.denominator == 1 and exponent >= 0
    return whole and (bits(number) * exponent.numerator) < MOST_BITS


def _are_counts(*values: Fraction) -> bool:
    return all(value.denominator == 1 and value > 0 for value in values)


def _signed(expression: Expression, value: Fraction) -> Expression:
    return Neg(expression) if value < 0 else expression


def _parts(value: Fraction) -> tuple[Fraction, Fraction]:
    """Numerator and denominator of a size."""
    return Fraction(abs(value.numerator)), Fraction(value.denominator)
