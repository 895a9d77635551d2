"""What symbols can say of a network: where its units stand, what its parameters connect."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count

from msgspec.structs import replace

from tracer.notation.naming import ANY_LAYER, NOTHING, Anyone, Ends, Naming, Spot
from tracer.rules.quantity import BIAS, THRESHOLD, WEIGHT
from tracer.spec.network import Network, ParameterKind, Spec
from tracer.spec.training.by_delta import uses_of

KINDS = {
    ParameterKind.WEIGHT: WEIGHT,
    ParameterKind.BIAS: BIAS,
    ParameterKind.THRESHOLD: THRESHOLD,
}
LETTERS = "jikmnpqrsuvz"
MOST_ALONE = 9
"""Numbers up to this need no comma between them."""


def naming_of(spec: Spec, first_layer: int, by_number: bool) -> Naming:
    """What symbols can say of a spec.

    A parameter that has several uses connects no two units alone, and in time there are as many
    copies of a unit as time steps: both keep their own names, as do the variables of formulas.

    Args:
        spec: a network, or an expression program.
        first_layer: the number of the layer of inputs.
        by_number: whether units are told by their numbers.
    """
    if not isinstance(spec, Network):
        return NOTHING
    return with_anyone(_of_network(spec, first_layer, by_number))


def _of_network(spec: Network, first_layer: int, by_number: bool) -> Naming:
    kinds = {parameter.name: KINDS[parameter.kind] for parameter in spec.parameters}
    if spec.time is not None:
        return Naming(parameters=kinds, inputs=frozenset(spec.inputs))
    layers = (spec.inputs, *(layer.units for layer in spec.layers))
    longest = max(*map(len, layers), len(spec.samples)) if by_number else MOST_ALONE + 1
    return Naming(
        spots={
            unit: Spot(str(number), str(place), unit)
            for number, units in enumerate(layers, first_layer)
            for place, unit in enumerate(units, 1)
        },
        ends=dict(_ends(spec)),
        parameters=kinds,
        inputs=frozenset(spec.inputs),
        outputs=frozenset(spec.output_names),
        outputs_are_a_layer=set(spec.output_names) == set(spec.layers[-1].units),
        spread=longest > MOST_ALONE,
    )


def with_anyone(naming: Naming) -> Naming:
    """The places of a network, and of what stands for any of its units and parameters."""
    taken = {*naming.spots, *naming.parameters, *naming.inputs}
    unit, source, weight, bias, threshold = anyone = Anyone(*_free(taken))
    if not naming.spots:
        return replace(naming, anyone=anyone)
    return replace(
        naming,
        anyone=anyone,
        spots={
            **naming.spots,
            unit: Spot(ANY_LAYER, unit, unit),
            source: Spot(ANY_LAYER, source, source),
        },
        ends={
            **naming.ends,
            weight: Ends(unit, source),
            bias: Ends(unit),
            threshold: Ends(unit),
        },
        parameters={**naming.parameters, weight: WEIGHT, bias: BIAS, threshold: THRESHOLD},
    )


def _free(taken: set[str]) -> Iterator[str]:
    """For each name of `Anyone`, the first of some letters that is not taken."""
    for usual in Anyone():
        letters = chain((usual, *LETTERS), (f"{usual}{k}" for k in count(1)))
        found = next(letter for letter in letters if letter not in taken)
        taken = taken | {found}
        yield found


def _ends(network: Network) -> Iterator[tuple[str, Ends]]:
    """What each parameter with one use connects."""
    counts, units = uses_of(network), network.units
    for layer in network.layers:
        for k, (unit, bias) in enumerate(zip(layer.units, layer.biases, strict=True)):
            for source, number in layer.wiring.into(k):
                if counts[number] == 1:
                    yield network.parameters[number].name, Ends(unit, units[source])
            if bias is not None and counts[bias] == 1:
                yield network.parameters[bias].name, Ends(unit)
