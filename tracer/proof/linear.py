"""Linear forms: slopes whose factors are not known yet, so that one evaluation gives all of them.

A dual number whose slope is a form says how it changes with each of many unknowns. A form refers to
the forms that it is made of and is added up only once, at the end, from the last one backwards.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from itertools import count

from tracer.proof.reals import ONE, ZERO, Real

_NUMBERS = count()


class Form:
    """A sum of factors times other forms, or an unknown by itself.

    Attributes:
        number: forms have larger numbers than what they are made of.
        parts: each factor, and what it is a factor of.
        unknown: what it stands for, if it is an unknown.
    """

    __slots__ = ("number", "parts", "unknown")

    exact: Fraction | None = None
    """As a number says it: nobody knows its value."""

    def __init__(self, *parts: tuple[Real, Form], unknown: Hashable = None) -> None:
        self.number = next(_NUMBERS)
        self.parts = parts
        self.unknown = unknown

    def __add__(self, other: Form | Real) -> Form:
        """Of numbers, a form takes only 0."""
        return Form((ONE, self), (ONE, other)) if isinstance(other, Form) else self

    def __sub__(self, other: Form | Real) -> Form:
        return Form((ONE, self), (-ONE, other)) if isinstance(other, Form) else self

    def __mul__(self, factor: Real) -> Form | Real:
        return ZERO if factor.exact == 0 else Form((factor, self))

    def __truediv__(self, divisor: Real) -> Form:
        return Form((ONE / divisor, self))

    def __neg__(self) -> Form:
        return Form((-ONE, self))


def factors(form: Form | Real) -> dict[Hashable, Real]:
    """What each unknown is multiplied by; an unknown that is missing, by 0."""
    if not isinstance(form, Form):
        return {}
    found, weights = {}, {form: ONE}
    for node in sorted(_within(form), key=lambda node: node.number, reverse=True):
        weight = weights.pop(node)
        if not node.parts:
            found[node.unknown] = weight
        for factor, part in node.parts:
            weights[part] = weights.get(part, ZERO) + weight * factor
    return found


def _within(form: Form) -> Iterator[Form]:
    """A form and all that it is made of, each once."""
    seen, waiting = {form}, [form]
    while waiting:
        node = waiting.pop()
        yield node
        new = {part for _, part in node.parts} - seen
        seen |= new
        waiting += new
