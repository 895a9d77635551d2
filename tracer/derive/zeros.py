"""Zeros that are certain: differences of numbers that come about in the same way.

Two hidden units with equal weights have equal outputs, whatever these are; their difference is 0,
which no number of digits can prove. So the whole calculation is done again in the remainders of a
large prime, where a function's value is any number that its arguments alone decide. What is 0
there, for one choice of functions and for another, is 0 by the rules of the four operations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from hashlib import blake2b

from tracer.derive.run import Segment
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
    substitute,
)

PRIME = 2**61 - 1
CHOICES = ("one", "other")

Place = tuple[int, int]
"""A training step, and an address in it."""

ExactValues = Callable[[Place], Fraction | None]
"""The values that are exact as they were carried."""


class Zeros:
    """Tells of values that seem to be 0 whether they certainly are."""

    def __init__(self, segments: Sequence[Segment], exact: ExactValues) -> None:
        self._calculations = [_Remainders(segments, exact, choice) for choice in CHOICES]

    def is_certain(self, segment: Segment, address: int) -> bool:
        """Whether a value is 0 for a reason, and not for want of digits."""
        place = (segment.step, address)
        try:
            return not any(calculation.of(place) for calculation in self._calculations)
        except ZeroDivisionError:
            return False


class _Remainders:
    """A calculation in the remainders of a prime, for one choice of functions."""

    def __init__(self, segments: Sequence[Segment], exact: ExactValues, choice: str) -> None:
        self._segments, self._exact, self._choice = segments, exact, choice
        self._found: dict[Place, int] = {}

    def of(self, place: Place) -> int:
        """The remainder of a value; what it depends on is calculated first."""
        waiting = [place]
        while waiting:
            at = waiting[-1]
            formula, before = self._origin(at)
            missing = [origin for origin in before if origin not in self._found]
            if missing and at not in self._found:
                waiting += missing
                continue
            waiting.pop()
            if at not in self._found:
                self._found[at] = self._value(formula, self._found)
        return self._found[place]

    def _origin(self, place: Place) -> tuple[Expression, list[Place]]:
        """The formula of a value, over the places of its operands."""
        step, address = place
        exact = self._exact(place)
        if exact is not None:
            return Number(exact, ""), []
        program = self._segments[step - 1].program
        block = program.block(address)
        if block.recipe is not None and address not in program.overrides:
            k = address - block.start
            before = [(step, operand) for operand in block.recipe.operands(k)]
            template = block.recipe.template(k)
            places = dict(zip(template.roles, map(Symbol, before), strict=True))
            return substitute(template.computed, places), before
        if step > 1 and address in program.numbers_of_slots:
            number = program.numbers_of_slots[address]
            carried = (step - 1, self._segments[step - 2].program.ends[number])
            return Symbol(carried), [carried]
        return Call("given", (Number(Fraction(step), ""), Number(Fraction(address), ""))), []

    def _value(self, node: Expression, known: dict[Place, int]) -> int:
        """A formula's remainder."""
        match node:
            case Number(value):
                return value.numerator * _inverse(value.denominator) % PRIME
            case Symbol(of):
                return known[of]  # type: ignore[index]
            case Neg(operand):
                return -self._value(operand, known) % PRIME
            case Add(terms):
                return sum(self._value(term, known) for term in terms) % PRIME
            case Mul(factors):
                values = (self._value(factor, known) for factor in factors)
                return reduce(lambda left, right: left * right % PRIME, values, 1)
            case Div(dividend, divisor):
                return self._value(dividend, known) * _inverse(self._value(divisor, known)) % PRIME
            case Pow(base, Number(value)) if value.denominator == 1 and value >= 0:
                return pow(self._value(base, known), value.numerator, PRIME)
        return self._any(node, known)

    def _any(self, node: Expression, known: dict[Place, int]) -> int:
        """Some number: always the same for the same function of the same remainders."""
        inner = [self._value(child, known) for child in children(node)]
        text = f"{self._choice} {_head(node)} {inner}"
        return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")


def _head(node: Expression) -> str:
    """What a node does with its children."""
    match node:
        case Call(function, _):
            return function
        case Cases(branches, _):
            return " ".join(test.relation for test, _ in branches)
    return type(node).__name__


def _inverse(value: int) -> int:
    if not value % PRIME:
        raise ZeroDivisionError
    return pow(value, -1, PRIME)
