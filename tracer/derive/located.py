"""Where a file says how a quantity is calculated that turns out to have no value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.expressions.operations import Operation, Operations
from tracer.derive.network.joint import name_of
from tracer.derive.program import Phase, Program
from tracer.errors import CalculationError, Place
from tracer.maths.plain import plain
from tracer.rules.quantity import (
    ADJOINT,
    BY_OUT,
    CONTRIBUTION,
    DATA_ERROR,
    ERROR,
    EXPONENTIAL,
    JACOBIAN,
    LARGEST,
    LAYER_SUM,
    OUT,
    SAMPLE_ERROR,
    SLOPE,
    TOTAL,
    Quantity,
)
from tracer.spec.network import ExpressionProgram, Layer, Network, Spec

OF_THE_ACTIVATION = frozenset((LARGEST, EXPONENTIAL, LAYER_SUM, OUT, SLOPE, JACOBIAN))
OF_A_USER = frozenset((ADJOINT, CONTRIBUTION))
OF_LOGARITHMS = frozenset(("cross_entropy", "binary_cross_entropy"))
ROUNDING = ("float", "by-hand")
OF_THE_LOSS = frozenset((ERROR, SAMPLE_ERROR, DATA_ERROR, TOTAL))


def located(error: CalculationError, spec: Spec, arithmetic: str = "") -> CalculationError:
    """The error with the place of its quantity, as far as the spec knows where it stood.

    Args:
        error: the error.
        spec: what was calculated.
        arithmetic: the name of the arithmetic, where it may have rounded an output to 0 or 1.
    """
    if error.at is None:
        return error
    program, address = error.at
    if isinstance(spec, ExpressionProgram):
        if program.block(address).phase is Phase.UPDATE:
            return type(error)(error.message, spec.lines[-1].place)
        return _in_line(error, spec, _calculated_by(program, address))
    quantity = program.quantity(address)
    return type(error)(
        _told(error.message, quantity, spec, arithmetic), _in_network(quantity, spec)
    )


def _told(message: str, quantity: Quantity, network: Network, arithmetic: str) -> str:
    """The message; of the logarithm of an output, what its not existing means."""
    if quantity.kind not in OF_THE_LOSS or network.loss.name not in OF_LOGARITHMS:
        return message
    if not message.endswith("does not exist"):
        return message
    told = f"{message}: the error is infinite, or the output is no probability"
    if arithmetic.partition(":")[0] in ROUNDING:
        told += (
            f"; or {arithmetic} has rounded it to 0 or 1: --arithmetic decimal carries more digits"
        )
    return told


def _in_network(quantity: Quantity, network: Network) -> Place | None:
    """Where a network says how a quantity is calculated: the loss, an activation, a layer."""
    layer = _layers(network).get(quantity.unit, network.layers[-1])
    is_output = quantity.unit in network.output_names
    if quantity.kind in OF_THE_LOSS or (quantity.kind is BY_OUT and is_output):
        return network.loss_place or layer.place
    if quantity.kind in OF_THE_ACTIVATION and layer.places:
        known = quantity.unit in layer.units
        return layer.places[layer.units.index(quantity.unit) if known else 0]
    return layer.place


def _layers(network: Network) -> dict[str, Layer]:
    """The layer of each unit; of each input and parameter the first layer that uses it."""
    numbered = enumerate(network.layers, 1)
    own = {name: layer for k, layer in numbered for name in (name_of(k), *layer.units)}
    users = {name: layer for layer in reversed(network.layers) for name in _used(layer, network)}
    return users | own


def _used(layer: Layer, network: Network) -> Iterator[str]:
    """The units and parameters that a layer uses."""
    yield from (network.units[source] for source in layer.wiring.sources)
    yield from (network.parameters[number].name for number in layer.wiring.parameters)
    yield from (network.parameters[bias].name for bias in layer.biases if bias is not None)


def _calculated_by(program: Program, address: int) -> str:
    """The name whose line says how a value is made: of an adjoint, the name that uses it."""
    block, quantity = program.block(address), program.quantity(address)
    if quantity.kind in OF_A_USER and block.recipe is not None:
        operands = map(program.quantity, block.recipe.operands(address - block.start))
        return next((used.unit for used in operands if used.kind is ADJOINT), quantity.unit)
    return quantity.unit


def _in_line(error: CalculationError, spec: ExpressionProgram, name: str) -> CalculationError:
    """The error with the place of a name's line, and the formula of one that no line has."""
    items = Operations(spec).items
    item = next((item for item in items if item.name == name), items[-1])
    line = spec.lines[-1 if item.line is None else item.line]
    last = {item.line: item for item in items}[item.line]
    told = error.message if item is last else _with_formula(error.message, item, items)
    return type(error)(told, line.place)


def _with_formula(message: str, item: Operation, items: Sequence[Operation]) -> str:
    """``v1: ln(0) does not exist`` as ``v1 = ln(x): ln(0) does not exist``."""
    assert item.template is not None
    operands = [items[operand].name for operand in item.operands]
    formula = plain(item.template.over(operands))
    name, _, reason = message.partition(": ")
    if name == item.name:
        return f"{name} = {formula}: {reason}"
    return f"{message} ({item.name} = {formula})"
