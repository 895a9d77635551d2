"""Which layers of a network are told in the short form of their activation and loss."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tracer.maths.expression import Expression, Number
from tracer.phrase import Phrase, listed, phrase
from tracer.rules.short import PAIRS, Pair, slope
from tracer.spec.network import Layer, Network

SHORT = "short"


def short_form(network: Network, layer: Layer) -> Expression | None:
    """dE/dnet of a layer's units in short, in ``out`` and ``target``; None for the long form.

    Args:
        network: with what is given for a whole training in its place.
        layer: one of its layers.
    """
    known = network.short_forms
    if layer.first_unit not in known:
        known[layer.first_unit] = _found(network, layer)
    return known[layer.first_unit]


def _found(network: Network, layer: Layer) -> Expression | None:
    pair = pair_of(network, layer)
    asked = network.loss.form
    if pair is None or not (asked == SHORT or (pair.is_standard and not asked)):
        return None
    if why_not(network, layer, is_asked=asked == SHORT):
        return None
    settings = layer.joint.settings if layer.joint else ()
    return slope(pair, {**dict(network.loss.parameters), **dict(settings)})


def pair_of(network: Network, layer: Layer) -> Pair | None:
    """The row for a layer's activation with the network's loss, if there is one."""
    names = {layer.joint.name} if layer.joint else {one.name for one in layer.activations}
    if len(names) != 1 or layer.first_unit not in network.outputs:
        return None
    return PAIRS.get((names.pop(), network.loss.name))


def why_not(network: Network, layer: Layer, is_asked: bool) -> Phrase | None:
    """Why a layer with targets has no short form; None if it has one.

    Letters among the targets are taken to add up to 1 only where the short form is asked for.
    """
    pair, units = pair_of(network, layer), frozenset(_units(layer))
    if pair is None:
        text = "{loss} has no short form with the activation of {unit}"
        return phrase(text, loss=network.loss.name, unit=layer.units[0])
    if any(units.intersection(other.wiring.sources) for other in network.layers):
        return phrase("the units of the layer of {unit} feed others besides", unit=layer.units[0])
    return _why_not_one(network, layer, is_asked) if pair.adds_up else None


def _why_not_one(network: Network, layer: Layer, is_asked: bool) -> Phrase | None:
    units = listed(layer.units)
    if not all(_adds_up(network, layer, letters=True)):
        return phrase("the targets of {units} do not add up to 1 in every sample", units=units)
    if not is_asked and not all(_adds_up(network, layer, letters=False)):
        return phrase("nothing says that the targets of {units} add up to 1", units=units)
    return None


def _adds_up(network: Network, layer: Layer, letters: bool) -> Iterator[bool]:
    """Of each sample, whether the layer's targets add up to 1."""
    places = [k for k, unit in enumerate(network.outputs) if unit in _units(layer)]
    for sample in network.samples:
        targets = [sample.targets[k] for k in places]
        numbers = [target.value for target in targets if isinstance(target, Number)]
        is_known = len(numbers) == len(targets)
        yield sum(numbers, Fraction(0)) == 1 if is_known else letters


def _units(layer: Layer) -> range:
    return range(layer.first_unit, layer.first_unit + len(layer.units))
