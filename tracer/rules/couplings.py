"""Couplings: how a unit's net input is made of other units' outputs, without a weight between.

The gates of a recurrent cell work so: a gate's output stands where a weight would stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from tracer.maths.expression import Expression, Symbol, substitute
from tracer.maths.parse import parse
from tracer.rules.backprop import Rule

OPERANDS = ("a", "b", "c")
"""What a row calls the outputs that it takes."""

ROLES = ("source", "partner", "third")
"""What a trace calls them: the one that an edge starts at, then the others in order."""


class CouplingRow(Struct, frozen=True):
    """A row of the table.

    Attributes:
        name: as a network says it.
        rule: its value over its operands, and why.
        slopes: its derivative by each operand.
    """

    name: str
    rule: Rule
    slopes: tuple[str, ...]

    @property
    def operands(self) -> tuple[str, ...]:
        """The names of its operands."""
        return OPERANDS[: len(self.slopes)]


TABLE = (
    CouplingRow("copy", Rule("taken over", "a", "the output of another unit, as it is"), ("1",)),
    CouplingRow(
        "product",
        Rule("gated", "a*b", "each gate times what it lets through"),
        ("b", "a"),
    ),
    CouplingRow(
        "blend",
        Rule("blend", "(1 - a)*b + a*c", "the gate's share of one output, the rest of the other"),
        ("c - b", "1 - a", "a"),
    ),
)

ROWS: Mapping[str, CouplingRow] = {row.name: row for row in TABLE}


@cache
def value(name: str) -> Expression:
    """What a coupling adds to a net input, in the roles of a trace."""
    row = ROWS[name]
    return _renamed(row.rule.formula, row.operands)


@cache
def slope(name: str, k: int) -> Expression:
    """Its derivative by the operand number `k`, in the roles of an edge that starts there."""
    row = ROWS[name]
    others = tuple(operand for operand in row.operands if operand != row.operands[k])
    return _renamed(row.slopes[k], (row.operands[k], *others))


def _renamed(formula: str, operands: tuple[str, ...]) -> Expression:
    names = zip(operands, ROLES, strict=False)
    return substitute(parse(formula), {operand: Symbol(role) for operand, role in names})
