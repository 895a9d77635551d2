"""The formulas of a network's trace as lines of Python, for programs that typeset Python.

What is a name in the trace, such as ``dE/dw5``, becomes one in Python; the numbers come along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO
from typing import NamedTuple

import tracer
from benchmarks import networks
from tracer.derive.entries import Step
from tracer.derive.trace import Trace
from tracer.maths.expression import Expression, symbols
from tracer.maths.plain import plain
from tracer.rules.quantity import Quantity, plain_name
from tracer.spec import read


class Formula(NamedTuple):
    """A step as a line of Python.

    Attributes:
        name: what it gives.
        right: the right side.
        operands: the names in it.
    """

    name: str
    right: str
    operands: tuple[str, ...]

    @property
    def line(self) -> str:
        """The assignment."""
        return f"{self.name} = {self.right}"


def traced(shape: Sequence[int]) -> Trace:
    """The trace of a fully connected network."""
    return tracer.trace(read(StringIO(networks.spec(shape))))


def formulas(trace: Trace) -> list[Formula]:
    """Every step's formula."""
    steps = [entry for entry in trace if isinstance(entry, Step)]
    return [Formula(_name(step.quantity), *_right(step.formula)) for step in steps]


def numbers(trace: Trace) -> dict[str, float]:
    """Every value by its name in Python."""
    return {_name(entry.quantity): float(entry.value) for entry in trace}


def _right(formula: Expression) -> tuple[str, tuple[str, ...]]:
    names = [_name(of) for of in symbols(formula) if isinstance(of, Quantity)]
    return plain(formula, _of), tuple(dict.fromkeys(names))


def _of(of: object) -> str:
    return _name(of) if isinstance(of, Quantity) else str(of)


def _name(quantity: Quantity) -> str:
    plainly = plain_name(quantity, samples=False, steps=False).replace("+", "_new")
    return re.sub(r"\W", "_", plainly)
