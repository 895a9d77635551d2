"""A network's closed forms by their plain names: step 1, from its forward pass to the update."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import sympy
from msgspec.structs import replace

from tracer.maths.expression import Expression, Number, number, substitute
from tracer.proof import bridge
from tracer.proof.network import joint
from tracer.proof.network.data import Data
from tracer.proof.network.forms import Letters, NetworkForms
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import (
    MEASURED,
    Everywhere,
    Kept,
    Measured,
    Net,
    Out,
    SampleError,
    derivative,
)
from tracer.proof.network.names import quantities
from tracer.proof.network.penalty import Penalty
from tracer.proof.network.shape import size
from tracer.proof.network.unit import Unit
from tracer.proof.reals import Real
from tracer.proof.signs import without_sign
from tracer.proof.size import Size
from tracer.proof.symbolic.found import Found
from tracer.proof.symbolic.keeping import Keeping, shorter
from tracer.rules.quantity import (
    DATA_ERROR,
    DATA_GRADIENT,
    GRADIENT,
    PENALTY,
    PENALTY_SLOPE,
    SAMPLE_ERROR,
    STRENGTH,
    TOTAL,
    UPDATED,
    Kind,
    Quantity,
    alias_names,
    plain_name,
)
from tracer.spec.network import Network, Value

RATE = "learning_rate"


def _shown(unit: Unit, network: Network) -> Expression:
    """A unit's activation as readers know it."""
    found = network.layers[unit.layer].joint
    return joint.shown(found, unit.mates, unit.number) if found else shorter(unit.activation)


class NetworkSource:
    """The closed forms of a network's first training step.

    Attributes:
        graph: the network, its activations in their shortest writing.
    """

    def __init__(self, network: Network) -> None:
        self.graph = Graph(network)
        network = self.graph.network
        self.graph.units = [
            replace(unit, activation=_shown(unit, network)) for unit in self.graph.units
        ]
        if not network.loss.is_pairwise:
            count = number(len(self.graph.outputs))
            self.graph.loss = substitute(network.loss.value, {"n": count})
        self.samples = self.graph.batch(1)
        self._several = len(network.samples) > 1
        self.numbers: dict[str, Real] = {}
        self.order: list[str] = []
        outputs = [f"target_{unit.name}" for unit in self.graph.outputs]
        self._targets = [
            self._symbols(outputs, sample, network.samples[sample].targets)
            for sample in self.samples
        ]
        self._parameters = [
            self._symbol(item.name, None, item.value) for item in network.parameters
        ]
        self._inputs = [
            self._symbols(network.inputs, sample, network.samples[sample].inputs)
            for sample in self.samples
        ]
        rate = network.training.learning_rate
        self._rate = None if rate is None else self._symbol(RATE, None, rate)
        rights = [self.graph.right(sample) for sample in self.samples]
        self._penalties = self._penalty_forms()
        self._forms = [
            NetworkForms(self.graph, Letters(self._parameters, *letters), Keeping())
            for letters in zip(
                self._inputs,
                self._targets,
                rights,
                map(self._factors, range(len(self.samples))),
                strict=True,
            )
        ]

    def _factors(self, place: int) -> dict[int, Any]:
        """What dropout multiplies each output by, over the letters of a sample's masks."""
        found: dict[int, Any] = {}
        for dropout in self.graph.network.dropouts:
            sample, keep = self.samples[place], dropout.keep.value
            names = [f"mask_{self.graph.network.units[unit]}" for unit in dropout.units]
            letters = self._symbols(names, sample, dropout.mask(1, sample, place))
            scale = sympy.Rational(keep.denominator, keep.numerator) if dropout.inverted else 1
            found |= {
                unit: scale * letter for unit, letter in zip(dropout.units, letters, strict=True)
            }
        return found

    def _symbols(self, names: Sequence[str], sample: int, values: Sequence[Value]) -> list[Any]:
        """The symbols of a sample's values."""
        pairs = zip(names, values, strict=True)
        return [self._symbol(name, sample, value) for name, value in pairs]

    def _symbol(self, name: str, sample: int | None, value: Value) -> Any:
        """A symbol with a name of its own; of several samples, the number is part of it."""
        own = name if sample is None or not self._several else f"{name}_{sample + 1}"
        while own in self.order:
            own += "_"
        self.order.append(own)
        if isinstance(value, Number):
            self.numbers[own] = Real(value.value)
        return bridge.symbol(own)

    @property
    def size(self) -> Size:
        """What can be said of the form of E."""
        return size(self.graph, len(self.samples), through_cuts=True)

    @property
    def usual(self) -> Sequence[str]:
        """E, and its derivative by each parameter."""
        wanted = (TOTAL, GRADIENT)
        return [
            name
            for name, quantity in self._named.items()
            if quantity.kind in wanted and name == self._plain(quantity)
        ]

    @property
    def names(self) -> Sequence[str]:
        """The names of everything in the first step."""
        return list(self._named)

    def _plain(self, quantity: Quantity) -> str:
        return plain_name(quantity, self._several, steps=False)

    @cached_property
    def _named(self) -> dict[str, Quantity]:
        found: dict[str, Quantity] = {}
        for quantity in quantities(self.graph):
            for name in (self._plain(quantity), *alias_names(quantity, self._several, steps=False)):
                found.setdefault(name, quantity)
        return found

    def form(self, name: str) -> Found | None:
        """The closed form of a quantity; an updated parameter starts with the old one."""
        quantity = self._named.get(name)
        if quantity is None:
            return None
        first = [quantity.unit] if quantity.kind is UPDATED else []
        return Found(self._plain(quantity), self._form(quantity), [*first, *self.order])

    def _form(self, quantity: Quantity) -> Any:
        asked, is_opposite = without_sign(quantity)
        found = self._positive(asked)
        return -found if is_opposite else found

    def _positive(self, quantity: Quantity) -> Any:
        if quantity.kind in (TOTAL, DATA_ERROR, PENALTY):
            return sympy.Add(*self._errors(quantity.kind))
        if quantity.kind in (GRADIENT, DATA_GRADIENT, PENALTY_SLOPE, UPDATED):
            old = self._parameters[self.graph.parameters[quantity.unit]]
            gradient = sympy.Add(*self._gradients(quantity, old))
            return old - self._rate * gradient if quantity.kind is UPDATED else gradient
        forms = self._forms[self.samples.index(quantity.sample - 1)]
        measured = self._measured(quantity)
        if measured is None:
            return self._derivative(quantity, forms)
        return forms.released(forms.form(measured))

    def _penalty_forms(self) -> Any:
        """R, over the parameters' letters."""
        if self.graph.network.training.regularization is None:
            return sympy.Integer(0)
        penalty = Penalty(Data(self.graph, {}), 1)
        weights = [self._parameters[k] for k in penalty.counted]
        terms = []
        for mark, (_, value) in zip(penalty.marks, penalty.settings.penalties, strict=True):
            strength = self._symbol(plain_name(Quantity(STRENGTH, mark)), None, value)
            terms += penalty.form(mark, strength, weights, Keeping())
        return sympy.Add(*terms)

    def _errors(self, kind: Kind) -> Iterator[Any]:
        """The parts of an error: what the samples add, and the penalties."""
        if kind is not PENALTY:
            whole = [forms.released(forms.form(SampleError())) for forms in self._forms]
            yield self._over_batch(whole)
        if kind is not DATA_ERROR:
            yield self._penalties

    def _gradients(self, quantity: Quantity, by: Any) -> Iterator[Any]:
        """The same parts, derived by a parameter."""
        if quantity.kind is not PENALTY_SLOPE:
            yield self._over_batch([self._derivative(quantity, f) for f in self._forms])
        if quantity.kind is not DATA_GRADIENT:
            yield self._penalties.diff(by)

    def _measured(self, quantity: Quantity) -> Measured | None:
        """Where a value of the forward pass is; None for a derivative."""
        if quantity.kind is SAMPLE_ERROR:
            return SampleError()
        kind = MEASURED.get(quantity.kind)
        return None if kind is None else kind(self.graph.numbers[quantity.unit])

    def _over_batch(self, forms: list[Any]) -> Any:
        total = sympy.Add(*forms)
        averaged = self.graph.network.training.mean
        return total / len(forms) if averaged else total

    def _derivative(self, quantity: Quantity, forms: NetworkForms) -> Any:
        """SymPy's derivative; one by something inside the network gets that written out again."""
        meaning = derivative(quantity, self.graph)
        assert meaning is not None
        if isinstance(meaning.by, Everywhere):
            by = forms.letters.parameters[meaning.by.parameter]
            return forms.released(forms.form(meaning.of).diff(by))
        assert isinstance(meaning.by, Kept | Out | Net)
        inner = sympy.Dummy(real=True)
        slope = forms.cut(meaning.by, inner).form(meaning.of).diff(inner)
        return forms.released(slope.xreplace({inner: forms.form(meaning.by)}))
