"""Units that gather: their outputs, and how each of these changes with each of its sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from tracer.derive.gathering import largest, share, winner
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, Edge
from tracer.derive.program import Layout, Phase
from tracer.derive.template import Template, mean
from tracer.rules.backprop import Rule
from tracer.rules.quantity import OUT, OUT_BY_INPUT, OUT_BY_KEPT, OUT_BY_OUT, Kind
from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.network import Layer


class Gathered(ByRole, frozen=True, eq=False):
    """out of each unit of a layer that gathers."""

    layer: Layer
    wiring: Gathering

    before: ClassVar[str] = "out"
    in_terms: ClassVar[str] = "net"

    def rule(self, k: int) -> Rule:
        """The largest source, or their average."""
        rules = self.places.rules
        return rules.maximum if self.wiring.takes == LARGEST else rules.average

    def template(self, k: int) -> Template:
        """One term for each source."""
        term, count = self.rule(k).formula, len(self.wiring.groups[k])
        if self.wiring.takes == LARGEST:
            return largest(term, count)
        return mean(term, count, self.wiring.divisor or count)

    def terms(self, k: int) -> Sequence[Edge]:
        """The sources."""
        unit = self.layer.first_unit + k
        return [(unit, source, NONE) for source in self.wiring.groups[k]]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """How many there are."""
        return len(terms)

    def chosen(self, k: int, values: Sequence[Any], value: Any) -> int | None:
        """The winner: of several that are largest, the first or the last one."""
        if self.wiring.takes != LARGEST:
            return None
        equal = [place for place, other in enumerate(values) if other == value]
        return equal[-1 if self.wiring.last_wins else 0] if equal else None


class Shares(ByRole, frozen=True, eq=False):
    """dout/dout of each unit of a layer that gathers, by each of its sources."""

    layer: Layer
    wiring: Gathering

    before: ClassVar[str] = "share"
    in_terms: ClassVar[str] = "share"

    def rule(self, k: int) -> Rule:
        """Who wins, or that all have the same part."""
        rules = self.places.rules
        return rules.winner if self.wiring.takes == LARGEST else rules.share

    def template(self, k: int) -> Template:
        """1 for the winner and 0 for the others; of an average, the part of one."""
        count, at = self._among(k)
        if self.wiring.takes == LARGEST:
            return winner(self.rule(k).formula, count, at, self.wiring.last_wins)
        return share(self.rule(k).formula, self.wiring.divisor or count)

    def terms(self, k: int) -> Sequence[Edge]:
        """All sources of the unit."""
        unit, _ = self.wiring.pairs[k]
        number = self.layer.first_unit + unit
        return [(number, source, NONE) for source in self.wiring.groups[unit]]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """How many sources there are, and which one it is."""
        return self._among(k)

    def _among(self, k: int) -> tuple[int, int]:
        unit, source = self.wiring.pairs[k]
        group = self.wiring.groups[unit]
        return len(group), group.index(source)


def write_gathered(
    layout: Layout, places: Places, sample: SamplePlaces, layer: Layer, wiring: Gathering
) -> None:
    """Appends the outputs of a layer that gathers."""
    recipe = Gathered(places, sample, layer, wiring)
    addresses = layout.add(OUT, Phase.FORWARD, layer.units, recipe, sample.sample)
    sample.out[layer.first_unit : layer.first_unit + len(layer.units)] = addresses


def write_shares(
    layout: Layout, places: Places, sample: SamplePlaces, layer: Layer, wiring: Gathering
) -> None:
    """Appends how each output of a layer that gathers changes with each of its sources."""
    names = places.network.units
    recipe = Shares(places, sample, layer, wiring)
    (kind,) = {_share_kind(places, source) for _, source in wiring.pairs}
    units = [layer.units[unit] for unit, _ in wiring.pairs]
    sources = [names[source] for _, source in wiring.pairs]
    told = (kind, Phase.BACKWARD, units, recipe, sample.sample, sources)
    for (unit, source), address in zip(wiring.pairs, layout.add(*told), strict=True):
        sample.share[layer.first_unit + unit, source] = address


def _share_kind(places: Places, source: int) -> Kind:
    """Whether a source's share is by an input, by an output, or by what dropout keeps of it."""
    if source in places.dropped:
        return OUT_BY_KEPT
    return OUT_BY_INPUT if source < len(places.network.inputs) else OUT_BY_OUT
