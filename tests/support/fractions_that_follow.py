"""Fractions that know how they came about: reverse mode in thirty lines, exact."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction


class Followed:
    """A fraction, and what it was made of: (operand, slope) pairs."""

    def __init__(self, value: Fraction, parts: tuple[tuple[Followed, Fraction], ...] = ()) -> None:
        self.value, self.parts = value, parts

    def __add__(self, other: Followed) -> Followed:
        return Followed(self.value + other.value, ((self, Fraction(1)), (other, Fraction(1))))

    def __sub__(self, other: Followed) -> Followed:
        return Followed(self.value - other.value, ((self, Fraction(1)), (other, Fraction(-1))))

    def __mul__(self, other: Followed) -> Followed:
        return Followed(self.value * other.value, ((self, other.value), (other, self.value)))


def derivatives(of: Followed, by: Mapping[str, Followed]) -> dict[str, Fraction]:
    """How fast a number changes with each of those that it was made of."""
    found = {id(of): Fraction(1)}
    for node in reversed(_in_order(of)):
        for operand, slope in node.parts:
            found[id(operand)] = found.get(id(operand), Fraction(0)) + found[id(node)] * slope
    return {name: found.get(id(node), Fraction(0)) for name, node in by.items()}


def _in_order(last: Followed) -> list[Followed]:
    """Everything that a number was made of, operands first."""
    order: dict[int, Followed] = {}
    waiting = [(last, False)]
    while waiting:
        node, is_done = waiting.pop()
        if is_done:
            order[id(node)] = node
        elif id(node) not in order:
            waiting.append((node, True))
            waiting.extend((operand, False) for operand, _ in node.parts)
    return list(order.values())
