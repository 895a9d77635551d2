"""How large a closed form would be, and how deeply nested, told before any of it is built."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache
from math import log10

from msgspec import Struct

from tracer.maths.expression import Call, Expression, Number, Symbol, children
from tracer.maths.functions import FUNCTIONS
from tracer.maths.parse import parse
from tracer.proof.witness import SilentError

MOST_OPERATIONS = 1_000
"""Closed forms with more operations are not given to SymPy."""

MOST_LEVELS = 90
"""Nor are those that are nested deeper: SymPy goes down one call inside the other."""

PER_OPERATION = 80
"""About how many microseconds SymPy takes over a derivative, for each operation of E."""

SHALLOW = 30
"""Of forms with more levels than this, a derivative takes longer: twice as deep, four times."""

READABLE = 10**15
"""Larger numbers are told by their power of ten."""


class Size(Struct, frozen=True):
    """What can be said of a closed form without building it.

    Attributes:
        operations: about how many it has.
        levels: how many of them stand one inside the other, at the deepest place.
    """

    operations: int
    levels: int

    @property
    def work(self) -> int:
        """About how many microseconds SymPy takes over a derivative."""
        deep = max(self.levels, SHALLOW) ** 2
        return PER_OPERATION * self.operations * deep // SHALLOW**2

    @property
    def too_much(self) -> str:
        """What is too much of it for SymPy; empty if nothing is."""
        if self.operations > MOST_OPERATIONS:
            many = f"{told(self.operations)} operations"
            return f"the closed form has {many}, and SymPy gets at most {MOST_OPERATIONS:,}"
        if self.levels > MOST_LEVELS:
            deep = f"{self.levels:,} operations stand one inside the other"
            return f"too deep for closed forms: {deep}, and SymPy gets at most {MOST_LEVELS}"
        return ""

    def refuse_large(self) -> None:
        """Refuses a closed form that SymPy would take too long over.

        Raises:
            SilentError: it is too large or too deep.
        """
        if self.too_much:
            raise SilentError(self.too_much)


def told(count: int) -> str:
    """A number of operations as readers can take it in."""
    if count <= READABLE:
        return f"about {count:,}"
    return f"more than 10^{int((count.bit_length() - 1) * log10(2))}"


def height(formula: Expression, inside: Callable[[Hashable], int]) -> int:
    """How many operations of a formula stand one inside the other, at the deepest place.

    Args:
        formula: any tree; functions count as what they are defined by.
        inside: the height of what each symbol stands for.
    """
    match formula:
        case Symbol(of):
            return inside(of)
        case Number():
            return 0
    deepest = max((height(part, inside) for part in children(formula)), default=0)
    return deepest + (_of_function(formula.function) if isinstance(formula, Call) else 1)


@cache
def _of_function(name: str) -> int:
    definition = FUNCTIONS[name].definition if name in FUNCTIONS else ""
    return height(parse(definition), lambda _: 0) if definition else 1
