"""How far rounding can take the outputs of a linear network from the true ones.

Every number goes along as its size and a bound of its error; each operation adds what rounding its
result may do, one unit in the last place. The numbers of the trace are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.compiled import compiled
from tracer.maths.expression import Add, Div, Expression, Mul, Neg, Number, symbols, walk
from tracer.spec.network import Network, Value

Unit = Callable[[Fraction], Fraction]
"""The most that rounding changes a number of at most some size."""

ZERO, ONE = Fraction(0), Fraction(1)
CLOSELY = "interval:60"


class Slack(Struct, frozen=True):
    """A number as it is carried.

    Attributes:
        size: at most as large is the true number.
        error: at most as far from it is the one that is carried.
    """

    size: Fraction = ZERO
    error: Fraction = ZERO

    def plus(self, other: Slack, unit: Unit) -> Slack:
        """A sum or a difference."""
        return _rounded(self.size + other.size, self.error + other.error, unit)

    def times(self, other: Slack, unit: Unit) -> Slack:
        """A product."""
        error = self.error * (other.size + other.error) + self.size * other.error
        return _rounded(self.size * other.size, error, unit)


def _rounded(size: Fraction, error: Fraction, unit: Unit) -> Slack:
    most = size + error
    return Slack(size, error + unit(most)) if most else Slack()


def unit_of(numbers: Arithmetic) -> Unit:
    """What rounding does in an arithmetic: nothing in fractions, and in intervals, telling it."""
    kind, _, rest = numbers.name.partition(":")
    count = rest.split(":")[0]
    if kind == "float":
        return lambda size: size / 2**52 + Fraction(1, 2**1074)
    if kind == "decimal" or count.endswith("sig"):
        relative = Fraction(10) ** (1 - int(count.removesuffix("sig")))
        return lambda size: size * relative
    if kind == "by-hand":
        absolute = Fraction(10) ** -int(count)
        return lambda size: absolute + size / 10**48
    return lambda _: ZERO


def outputs(network: Network, inputs: Sequence[Slack], unit: Unit) -> list[Slack]:
    """The outputs of a linear network for some inputs."""
    parameters = [literal(one.value, unit) for one in network.parameters]
    found = list(inputs)
    for layer in network.layers:
        for k, activation in enumerate(layer.activations):
            bias = layer.biases[k]
            net = Slack() if bias is None else parameters[bias]
            for source, weight in layer.wiring.into(k):
                net = net.plus(found[source].times(parameters[weight], unit), unit)
            found.append(_applied(activation.value, net, unit))
    return [found[number] for number in network.outputs]


def literal(value: Value, unit: Unit) -> Slack:
    """A number of the file."""
    return _rounded(abs(value.value), ZERO, unit) if isinstance(value, Number) else Slack()


def _applied(formula: Expression, net: Slack, unit: Unit) -> Slack:
    """A linear formula of net."""
    if not symbols(formula):
        return _constant(formula, unit)
    match formula:
        case Neg(operand):
            return _applied(operand, net, unit)
        case Div(numerator, denominator):
            return _applied(numerator, net, unit).times(
                _constant(Div(Number(ONE, "1"), denominator), unit), unit
            )
        case Add(parts):
            total = Slack()
            for part in parts:
                total = total.plus(_applied(part, net, unit), unit)
            return total
        case Mul(parts):
            total = Slack(ONE)
            for part in parts:
                total = total.times(_applied(part, net, unit), unit)
            return total
    return net


def _constant(formula: Expression, unit: Unit) -> Slack:
    """A formula without net, from a close interval around it."""
    closely = arithmetic(CLOSELY)
    with closely.scope():
        found = compiled(formula, (), closely)()
    low, high = Fraction(found.lo), Fraction(found.hi)
    size = max(abs(low), abs(high))
    return Slack(size, high - low + 4 * len(list(walk(formula))) * unit(size))
