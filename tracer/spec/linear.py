"""Linear networks: which they are, and the specs whose forward passes give their one matrix.

The outputs of a linear network for the rows of the identity, without biases, are the rows of its
matrix; its outputs for an input of zeros are its bias. So both are calculated by a forward pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec.structs import replace

from tracer.errors import Place, Problem, SpecError, TracerError
from tracer.maths.expression import Add, Div, Expression, Mul, Neg, Number, Symbol, symbols
from tracer.rules.losses import loss
from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.network import Layer, Network, Sample, Training

ZERO, ONE = Number(Fraction(0), "0"), Number(Fraction(1), "1")
NET = "net"


def is_linear(value: Expression) -> bool:
    """Whether a formula is a number times net, so that nothing is added and nothing bent."""
    match value:
        case Symbol(of):
            return of == NET
        case Neg(operand):
            return is_linear(operand)
        case Add(terms):
            return all(map(is_linear, terms))
        case Mul(factors):
            with_net = [factor for factor in factors if symbols(factor)]
            return len(with_net) == 1 and is_linear(with_net[0])
        case Div(numerator, denominator):
            return is_linear(numerator) and not symbols(denominator)
    return False


def refuse_unless_linear(network: Network) -> None:
    """Refuses a network that is not one matrix.

    Raises:
        SpecError: units that are not linear, each with its place in the file.
        TracerError: the same without a file; or letters, or given values in the middle.
    """
    found = list(_bent(network))
    if found:
        problems = [Problem(place, "", text) for place, text in found if place]
        if len(problems) == len(found):
            raise SpecError(tuple(problems))
        raise TracerError("\n".join(text for _, text in found))
    letter = next(_letters(network), None)
    if letter is not None:
        raise TracerError(f"one matrix is made of numbers, and {letter} is a letter")
    if network.given:
        name = network.given[0].quantity
        raise TracerError(f"one matrix leads from the inputs, and '{name}' is given in the middle")


def _letters(network: Network) -> Iterator[str]:
    """Parameters and inputs that have no number."""
    yield from (one.name for one in network.parameters if isinstance(one.value, Symbol))
    for number, sample in enumerate(network.samples, 1):
        where = f" of sample {number}" if len(network.samples) > 1 else ""
        for name, value in zip(network.inputs, sample.inputs, strict=True):
            if isinstance(value, Symbol):
                yield f"the input {name}{where}"


def _bent(network: Network) -> Iterator[tuple[Place | None, str]]:
    """The units that are not linear, each with its place and what it is instead."""
    for found in network.dropouts:
        unit = network.units[found.units.start]
        yield None, f"{unit} has dropout: one matrix has no masks"
    for layer in network.layers:
        if isinstance(layer.wiring, Gathering):
            yield layer.place, _gathered(layer)
        for item in layer.couplings:
            unit = layer.units[item.unit]
            yield layer.place, f"{unit} gets outputs without weights: one matrix has no gates"
        for k, (unit, activation) in enumerate(zip(layer.units, layer.activations, strict=True)):
            name = layer.joint.name if layer.joint else activation.name
            if layer.joint or not is_linear(activation.value):
                place = layer.places[k] if layer.places else None
                yield place, f"{unit} is not linear: {name}; a linear unit is a multiple of net"


def _gathered(layer: Layer) -> str:
    """Why a layer that pools, or takes the largest of its pieces, is not in one matrix."""
    takes = layer.wiring.takes if isinstance(layer.wiring, Gathering) else ""
    if takes == LARGEST:
        return f"{layer.units[0]} takes the largest of several outputs, which is not linear"
    return f"{layer.units[0]} takes an average without weights: one matrix is made of weights"


def of_weights(network: Network) -> Network:
    """The network without biases, over the rows of the identity."""
    count = range(len(network.inputs))
    rows = [tuple(ONE if i == j else ZERO for j in count) for i in count]
    layers = tuple(replace(layer, biases=(None,) * len(layer.units)) for layer in network.layers)
    return _over(replace(network, layers=layers), rows)


def of_biases(network: Network) -> Network:
    """The network over one input of zeros."""
    return _over(network, [(ZERO,) * len(network.inputs)])


def forward_only(network: Network) -> Network:
    """The network over its own samples, all at once and without training."""
    return replace(network, training=Training(), loss=loss("half_squared_error"))


def _over(network: Network, rows: list[tuple[Number, ...]]) -> Network:
    """The network over other inputs; its targets mean nothing."""
    targets = (ZERO,) * len(network.outputs)
    samples = tuple(Sample(row, targets) for row in rows)
    return forward_only(replace(network, samples=samples))


def collapsed(network: Network, rows: list[list[Fraction]], biases: list[Fraction]) -> Network:
    """One layer of identity units from the inputs to the outputs.

    Args:
        network: the linear network.
        rows: the weights from each input to each output.
        biases: of the outputs.
    """
    from tracer.rules.activations import activation
    from tracer.spec.network import Parameter, ParameterKind
    from tracer.spec.wiring import Dense

    inputs, outputs = len(network.inputs), network.output_names
    weights = [
        Parameter(f"w{k * inputs + i + 1}", ParameterKind.WEIGHT, _number(rows[i][k]))
        for k in range(len(outputs))
        for i in range(inputs)
    ]
    offsets = [
        Parameter(f"b_{name}", ParameterKind.BIAS, _number(value))
        for name, value in zip(outputs, biases, strict=True)
    ]
    first = len(weights)
    layer = Layer(
        units=outputs,
        first_unit=inputs,
        activations=(activation("identity"),) * len(outputs),
        wiring=Dense(range(inputs), len(outputs), 0),
        biases=tuple(range(first, first + len(outputs))),
    )
    numbers = tuple(range(inputs, inputs + len(outputs)))
    made = replace(
        network, layers=(layer,), outputs=numbers, parameters=(*weights, *offsets), given=()
    )
    return forward_only(made)


def _number(value: Fraction) -> Number:
    return Number(value, str(value))
