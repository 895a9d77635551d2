"""A unit as the witnesses read it: the edges into it, and what it gets without a weight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tracer.maths.expression import Expression, symbols
from tracer.maths.parse import parse
from tracer.proof.dual import slope
from tracer.proof.reals import ZERO, Real
from tracer.rules.couplings import ROWS
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer
from tracer.spec.unrolled import Coupling

BIAS = -1
"""In place of a source: the constant that a bias or threshold is multiplied by."""

BOTH = frozenset(("net", "out"))


class Join(Struct, frozen=True):
    """What a unit gets of others without a weight.

    Attributes:
        formula: over the names of the operands.
        operands: the number of the unit or input that each name stands for.
    """

    formula: Expression
    operands: Mapping[str, int]

    def slope(self, source: int, out: Callable[[int], Real]) -> Real:
        """How fast it changes with one of its operands, where outputs are known."""
        roles = {name: out(number) for name, number in self.operands.items()}
        name = next(name for name, number in self.operands.items() if number == source)
        return slope(self.formula, name, roles)


class Unit(Struct, frozen=True):
    """One unit.

    Attributes:
        number: in the network, the inputs being the first ones.
        name: its name.
        layer: its layer's number, from 0.
        edges: (source, parameter) of every edge into it.
        bias: the parameter that is added; None where there is none.
        sign: -1 where the bias is a threshold.
        activation: out, in ``net``, with the agreed slopes at kinks; where there are mates, over
            the net inputs of these.
        mates: the units of the layer, where the net input of each acts on all their outputs.
        gathers: the units whose outputs the activation is over, where it takes no net input.
        joins: what it gets without a weight.
        cut: the units that feed it, and that get no derivative back: truncated.
        slope_in: what the textbook's slope of the activation is written in, ``net`` or ``out``:
            it matters where an author gives an output that the net input does not make.
    """

    number: int
    name: str
    layer: int
    edges: tuple[tuple[int, int], ...]
    bias: int | None
    sign: int
    activation: Expression
    mates: range = range(0)
    gathers: tuple[int, ...] = ()
    joins: tuple[Join, ...] = ()
    cut: frozenset[int] = frozenset()
    slope_in: frozenset[str] = BOTH

    def roles(self, net: Callable[[int], Any], sent: Callable[[int], Any]) -> dict[Any, Any]:
        """What stands in the activation's formula, of the net input and the output of each unit."""
        if self.gathers:
            return {source: sent(source) for source in self.gathers}
        if self.mates:
            return {("net", unit): net(unit) for unit in self.mates}
        return {"net": net(self.number)}

    @property
    def sources(self) -> frozenset[int]:
        """Everything that feeds it, and gets a derivative back."""
        joined = (number for join in self.joins for number in join.operands.values())
        weighted = (source for source, _ in self.edges)
        return frozenset((*weighted, *self.gathers, *joined)) - self.cut

    def slope_of_joins(self, source: int, out: Callable[[int], Real]) -> Real:
        """How fast what it gets without weights changes with an output, where outputs are known."""
        taking = [join for join in self.joins if source in join.operands.values()]
        return sum((join.slope(source, out) for join in taking), ZERO)

    @property
    def parameters(self) -> frozenset[int]:
        """The parameters that it uses."""
        return frozenset(parameter for _, parameter in self.uses)

    @property
    def uses(self) -> Sequence[tuple[int, int]]:
        """(source, parameter) of every edge, and of the bias."""
        return self.edges if self.bias is None else (*self.edges, (BIAS, self.bias))


def slope_in(layer: Layer, k: int) -> frozenset[str]:
    """What the slope of an activation is written in; all that there is where units go together."""
    if layer.joint or isinstance(layer.wiring, Gathering):
        return BOTH
    return frozenset(map(str, symbols(layer.activations[k].slope)))


def joined(item: Coupling) -> Join:
    """A coupling as a formula over its operands."""
    row = ROWS[item.row]
    operands = dict(zip(row.operands, item.operands, strict=True))
    return Join(parse(row.rule.formula), operands)
