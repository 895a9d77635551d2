"""The forward pass: weighted sums and activations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import ClassVar

from msgspec.structs import replace

from tracer.derive.mixed import summed
from tracer.derive.network.dropped import send_on
from tracer.derive.network.gathered import write_gathered
from tracer.derive.network.joint import write_joint_outputs
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import Edge, itself, joined
from tracer.derive.program import Layout, Phase
from tracer.derive.template import Template, activation_value, repeated
from tracer.maths.parse import parse
from tracer.phrase import phrase
from tracer.rules import couplings
from tracer.rules.backprop import Rule
from tracer.rules.quantity import NET, OUT
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, ParameterKind
from tracer.spec.unrolled import Coupling

BIAS = "bias"


class WeightedSums(ByRole, frozen=True, eq=False):
    """net of each unit of a layer."""

    layer: Layer

    before: ClassVar[str] = "net"
    in_terms: ClassVar[str] = "net"

    def _couplings(self, k: int) -> list[Coupling]:
        """What a unit gets without a weight."""
        return [item for item in self.layer.couplings if item.unit == k]

    def rule(self, k: int) -> Rule:
        """The weighted sum; of a unit without weights, what it gets instead."""
        got = self._couplings(k)
        if got and not self.layer.wiring.into(k):
            return couplings.ROWS[got[0].row].rule
        return _ending_in(self.places.rules.weighted_sum, self._ending(k))

    def template(self, k: int) -> Template:
        """One product for each edge, the couplings, then the bias or minus the threshold."""
        term = self.places.rules.weighted_sum.formula
        count, got = len(self.layer.wiring.into(k)), self._couplings(k)
        if not got:
            return repeated(term, count, self._ending(k))
        terms = (*(parse(term),) * count, *(couplings.value(item.row) for item in got))
        return summed(terms, self._ending(k))

    def _ending(self, k: int) -> str:
        """What is added to the products."""
        bias = self.layer.biases[k]
        if bias is None:
            return ""
        is_threshold = self.places.network.parameters[bias].kind is ParameterKind.THRESHOLD
        return self.places.rules.threshold.formula if is_threshold else BIAS

    def terms(self, k: int) -> Sequence[Edge]:
        """Every edge into the unit, its couplings, and the unit, for its bias."""
        unit = self.layer.first_unit + k
        edges = [(unit, source, parameter) for source, parameter in self.layer.wiring.into(k)]
        return [*edges, *(joined(self.layer, item) for item in self._couplings(k)), itself(unit)]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """How many edges there are, how outputs are coupled, and what is added."""
        return len(terms), self._ending(k), *(item.row for item in self._couplings(k))


@cache
def _ending_in(rule: Rule, ending: str) -> Rule:
    """The rule of a sum, with what is added to its products."""
    if not ending:
        return rule
    if ending == BIAS:
        return replace(rule, why=phrase("{why}, and the bias", why=rule.reason))
    return replace(rule, why=phrase("{why}, minus the threshold", why=rule.reason))


class Activated(ByRole, frozen=True, eq=False):
    """out of each unit of a layer."""

    layer: Layer

    before: ClassVar[str] = "out"

    def rule(self, k: int) -> Rule:
        """The activation."""
        return self.places.rules.activation

    def template(self, k: int) -> Template:
        """The unit's activation."""
        return activation_value(self.layer.activations[k], self.rule(k).formula or "value")

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.layer.first_unit + k),)


def write_forward(layout: Layout, places: Places, sample: SamplePlaces) -> None:
    """Appends one sample's forward pass through every layer."""
    send_on(layout, places, sample, range(len(places.network.inputs)))
    for number, layer in enumerate(places.network.layers, 1):
        _write_outputs(layout, places, sample, layer, number)
        last = layer.first_unit + len(layer.units)
        send_on(layout, places, sample, range(layer.first_unit, last))


def _write_outputs(
    layout: Layout, places: Places, sample: SamplePlaces, layer: Layer, number: int
) -> None:
    """Appends net and out of a layer, its number counted from 1."""
    if isinstance(layer.wiring, Gathering):
        write_gathered(layout, places, sample, layer, layer.wiring)
        return
    numbers = slice(layer.first_unit, layer.first_unit + len(layer.units))
    nets = WeightedSums(places, sample, layer)
    told = (Phase.FORWARD, layer.units)
    sample.net[numbers] = layout.add(NET, *told, nets, sample.sample)
    if layer.joint is not None:
        write_joint_outputs(layout, places, sample, layer, number)
        return
    outs = Activated(places, sample, layer)
    sample.out[numbers] = layout.add(OUT, *told, outs, sample.sample)
