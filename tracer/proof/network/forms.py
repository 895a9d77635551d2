"""The closed forms of a network: each value as one expression of parameters, inputs and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sympy
from msgspec import Struct, field

from tracer.proof import bridge
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import (
    Along,
    Error,
    Everywhere,
    InUnit,
    InUse,
    Kept,
    Measured,
    Net,
    Out,
    Place,
    SampleError,
)
from tracer.proof.network.shape import reached
from tracer.proof.network.unit import BIAS, Unit
from tracer.proof.trees import Algebra, walked


class Letters(Struct, frozen=True):
    """SymPy's symbols for what a sample's forward pass starts from.

    Attributes:
        parameters: of weights, biases and thresholds.
        inputs: of the inputs.
        targets: of the outputs' targets.
        right: the output that a pairwise loss compares the others with.
        factors: of what dropout multiplies outputs by on their way, by unit.
    """

    parameters: Sequence[Any]
    inputs: Sequence[Any]
    targets: Sequence[Any]
    right: int | None = None
    factors: Mapping[int, Any] = field(default_factory=dict)


class GivenLetters(Struct, frozen=True):
    """SymPy's symbols for what the author gives of a sample (see `tracer.proof.network.state`).

    Attributes:
        offsets: what is added at some places.
        signals: derivatives of the error by what is at some places.
        kept: what units send on whose signal is given.
        shifts: what is added to a net input where an activation is taken farther on.
        lines: (out, slope, net) of the straight lines that stand for activations.
    """

    offsets: Mapping[Measured, Any] = field(default_factory=dict)
    signals: Mapping[Net | Out, Any] = field(default_factory=dict)
    kept: Mapping[int, Any] = field(default_factory=dict)
    lines: Mapping[int, tuple[Any, Any, Any]] = field(default_factory=dict)
    shifts: Mapping[int, Any] = field(default_factory=dict)


NOTHING = GivenLetters()


class NetworkForms:
    """The closed forms of one sample's forward pass.

    Attributes:
        graph: the network.
        letters: the symbols.
        algebra: how formulas become SymPy's expressions.
        given: the symbols for what is given.
        place: where a symbol stands for the value, if anywhere.
        symbol: that symbol.
    """

    def __init__(
        self,
        graph: Graph,
        letters: Letters,
        algebra: Algebra,
        given: GivenLetters = NOTHING,
    ) -> None:
        self.graph = graph
        self.letters = letters
        self.algebra = algebra
        self.given = given
        self.place: Place | None = None
        self.symbol: Any = None
        self._found: dict[Measured, Any] = {}

    def cut(self, place: Place, symbol: Any) -> NetworkForms:
        """The forms in which a symbol stands for the value at a place, and nothing before it."""
        found = NetworkForms(self.graph, self.letters, self.algebra, self.given)
        found.place, found.symbol = place, symbol
        after = reached(self.graph, place)
        found._found = {
            of: form
            for of, form in self._found.items()
            if not isinstance(of, SampleError) and of.unit not in after
            if not (isinstance(of, Error) and self.letters.right in after)
        }
        return found

    def form(self, of: Measured) -> Any:
        """The closed form of what is measured."""
        if of not in self._found:
            self._found[of] = self._built(of)
        return self._found[of]

    def _built(self, of: Measured) -> Any:
        if of == self.place:
            return self.symbol
        match of:
            case Out(number) if number < self.graph.inputs:
                return self.letters.inputs[number]
            case Out(number) if number in self.given.lines:
                out, slope, net = self.given.lines[number]
                return out + slope * (self.form(Net(number)) - net)
            case Out(number):
                unit = self.graph.unit(number)
                roles = unit.roles(self._argument, lambda source: self._received(unit, source))
                found = walked(unit.activation, roles, self.algebra)
            case Net(number):
                found = self._weighted_sum(self.graph.unit(number))
            case Kept(number):
                found = self.letters.factors[number] * self._before_dropout(number)
            case Error(number):
                found = self._missed(number)
            case _:
                errors = [self.form(Error(unit.number)) for unit in self.graph.outputs]
                signals = [by * self.form(at) for at, by in self.given.signals.items()]
                found = sympy.Add(*errors, *signals)
        return found + self.given.offsets[of] if of in self.given.offsets else found

    def _argument(self, number: int) -> Any:
        """The net input at which an activation is taken."""
        net = self.form(Net(number))
        return net + self.given.shifts[number] if number in self.given.shifts else net

    def _missed(self, number: int) -> Any:
        """The error of an output."""
        right = self.letters.right
        if number == right:
            return sympy.Integer(0)
        target = self.letters.targets[self.graph.output_places[number]]
        net = self.graph.judges_net
        out = self.form(Net(number)) if net else self._sent(number)
        roles = {"out": out, "target": target}
        if right is not None:
            roles["right"] = self._sent(right)
        return walked(self.graph.loss, roles, self.algebra)

    def sent(self, number: int) -> Kept | Out:
        """What the units that it feeds get of a unit or input."""
        return Kept(number) if number in self.letters.factors else Out(number)

    def _sent(self, number: int) -> Any:
        """The form of that."""
        if number in self.letters.factors:
            return self.form(Kept(number))
        return self._before_dropout(number)

    def _before_dropout(self, number: int) -> Any:
        if number in self.given.kept and self.place != Out(number):
            return self.given.kept[number]
        return self.form(Out(number))

    def _weighted_sum(self, unit: Unit) -> Any:
        terms = []
        for source, parameter in unit.uses:
            weight = self._weight(unit.number, source, parameter)
            terms.append(weight * self._received(unit, source))
        for join in unit.joins:
            roles = {name: self._received(unit, of) for name, of in join.operands.items()}
            terms.append(walked(join.formula, roles, self.algebra))
        return sympy.Add(*terms)

    def _weight(self, unit: int, source: int, parameter: int) -> Any:
        places: tuple[Place, ...] = (
            Everywhere(parameter),
            InUnit(parameter, unit),
            InUse(parameter, unit, source),
        )
        return self.symbol if self.place in places else self.letters.parameters[parameter]

    def _received(self, unit: Unit, source: int) -> Any:
        if source == BIAS:
            return sympy.Integer(unit.sign)
        if source in unit.cut:
            return held(source)
        if self.place == Along(source, unit.number):
            return self.symbol
        return self._sent(source)

    def released(self, form: Any) -> Any:
        """A form in which nothing is held as a number any more."""
        for source in reversed(self.graph.held):
            form = form.xreplace({held(source): self.form(self.sent(source))})
        return form


def held(source: int) -> Any:
    """The symbol for an output that a unit takes as a number: no derivative goes through it."""
    return bridge.symbol(f"held {source}")
