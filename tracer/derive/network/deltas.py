"""The backward pass through a layer: dout/dnet and dE/dnet of its units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tracer.derive.network.dropped import write_by_kept
from tracer.derive.network.gathered import write_shares
from tracer.derive.network.joint import JointDeltas, write_jacobian
from tracer.derive.network.outputs import OutputSums
from tracer.derive.network.pairwise import PairwiseSums
from tracer.derive.network.paths import PathSums
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, Edge, itself
from tracer.derive.program import Layout, Phase
from tracer.derive.template import Template, activation_slope, fixed, short_slope
from tracer.maths.expression import Expression
from tracer.rules.backprop import Rule
from tracer.rules.quantity import SLOPE
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer
from tracer.spec.short import short_form


class Slopes(ByRole, frozen=True, eq=False):
    """dout/dnet of each unit of a layer."""

    layer: Layer

    before: ClassVar[str] = "slope"

    def rule(self, k: int) -> Rule:
        """The slope of the activation."""
        return self.places.rules.activation_slope

    def template(self, k: int) -> Template:
        """The activation's slope."""
        return activation_slope(self.layer.activations[k], self.rule(k).formula or "slope")

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.layer.first_unit + k),)


class Deltas(ByRole, frozen=True, eq=False):
    """dE/dnet of each unit of a layer."""

    layer: Layer

    before: ClassVar[str] = "delta"

    def rule(self, k: int) -> Rule:
        """The chain rule."""
        return self.places.rules.chain

    def template(self, k: int) -> Template:
        """The product of both factors."""
        return fixed(self.rule(k).formula)

    def terms(self, k: int) -> Sequence[Edge]:
        """The unit."""
        return (itself(self.layer.first_unit + k),)


class ShortDeltas(Deltas, frozen=True, eq=False):
    """dE/dnet of each unit of a layer with targets, in the short form of activation and loss.

    Attributes:
        slope: the short form, in out and target.
    """

    slope: Expression

    def rule(self, k: int) -> Rule:
        """The short form."""
        return self.places.rules.short_form

    def template(self, k: int) -> Template:
        """What the rule makes of it."""
        return short_slope(self.slope, self.rule(k).formula or "slope")


def _signals(places: Places, sample: SamplePlaces, layer: Layer) -> PathSums:
    """The recipe of dE/dout of a layer's units."""
    has_output = sample.target[layer.first_unit] != NONE
    pairwise = PairwiseSums if places.network.loss.is_pairwise else OutputSums
    kind = pairwise if has_output else PathSums
    return kind(places, sample, layer.first_unit, places.seen)


def write_nodes(layout: Layout, places: Places, sample: SamplePlaces, layer: Layer) -> None:
    """Appends dE/dout, dout/dnet and dE/dnet of one layer, for one sample.

    Of a layer that gathers, dE/dout and how each out changes with each of its sources.
    """
    first = layer.first_unit
    deltas: Deltas | JointDeltas
    units, told = slice(first, first + len(layer.units)), (Phase.BACKWARD, layer.units)
    short = short_form(places.network, layer)
    if short is not None:
        in_short = ShortDeltas(places, sample, layer, short)
        sample.delta[units] = layout.add(places.rules.delta, *told, in_short, sample.sample)
        return
    by_out: ByRole = _signals(places, sample, layer)
    dropout = places.dropped.get(first)
    if dropout is not None:
        by_out = write_by_kept(layout, places, sample, dropout, Phase.BACKWARD)
    sample.by_out[units] = layout.add(places.rules.signal, *told, by_out, sample.sample)
    if isinstance(layer.wiring, Gathering):
        write_shares(layout, places, sample, layer, layer.wiring)
        return
    if layer.joint is None:
        slopes, deltas = Slopes(places, sample, layer), Deltas(places, sample, layer)
        sample.slope[units] = layout.add(SLOPE, *told, slopes, sample.sample)
    else:
        write_jacobian(layout, places, sample, layer)
        deltas = JointDeltas(places, sample, layer)
    sample.delta[units] = layout.add(places.rules.delta, *told, deltas, sample.sample)
