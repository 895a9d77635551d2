"""The program of one training step of a network, in textbook order.

Forward pass, then the derivatives of all nodes, cached, then those of the weights, and the update
last. With the in-place convention each layer is updated before the one below is derived, so that
the sums over paths meet new weights: the same recipes in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from tracer.derive.network.deltas import write_nodes
from tracer.derive.network.dropped import write_inputs, write_masks
from tracer.derive.network.errors import write_batch_error, write_errors
from tracer.derive.network.forward import write_forward
from tracer.derive.network.gradients import write_gradients
from tracer.derive.network.input_moves import slots_of_inputs
from tracer.derive.network.learning import has_targets, write_answers, write_learning
from tracer.derive.network.penalties import write_penalties, write_strengths
from tracer.derive.network.places import KINDS, Places, SamplePlaces
from tracer.derive.network.states import state_slots, write_inputs_of
from tracer.derive.network.updates import write_updates
from tracer.derive.network.uses import NONE
from tracer.derive.program import Layout, Phase, Program, Slot
from tracer.rules.backprop import Backprop
from tracer.rules.quantity import TARGET
from tracer.rules.variants import conventional
from tracer.spec.network import Network, Training, Value


def batches(network: Network) -> tuple[tuple[int, ...], ...]:
    """The samples of each update in one pass over the data, by number from 0."""
    count = len(network.samples)
    size = network.training.batch or count
    return tuple(tuple(range(first, min(first + size, count))) for first in range(0, count, size))


def step_program(
    network: Network,
    batch: Sequence[int],
    rules: Backprop | None = None,
    backward: bool = True,
    step: int = 1,
) -> Program:
    """The straight-line program of one training step.

    Args:
        network: the network.
        batch: the samples that take part, by number from 0.
        rules: the rules in force; None: those that the network's conventions call for.
        backward: False for a forward pass alone, a test: nothing is dropped in it.
        step: which training step, from 1, where masks of dropout are of each step.
    """
    training = network.training
    rules = rules or conventional(training.negative_delta, training.learning_rule)
    layout, places = Layout(), Places.of(network, rules, step=step, is_test=not backward)
    values = _write_givens(layout, places, batch)
    if backward:
        values |= places.moves.write_states(layout, _moved(network))
    _write_pass(layout, places)
    if backward:
        _order(training)(layout, places)
    slots = tuple(_slots(places))
    return Program(tuple(layout.blocks), values, slots, several_samples=len(network.samples) > 1)


def _moved(network: Network) -> dict[int, str]:
    """The names of the parameters that training changes, by number."""
    parameters = enumerate(network.parameters)
    return {number: parameter.name for number, parameter in parameters if parameter.trainable}


def _order(training: Training) -> Callable[[Layout, Places], None]:
    """What is written after the forward pass."""
    if training.learning_rule:
        return write_learning
    return _in_place if training.in_place else _textbook


def _slots(places: Places) -> Iterator[Slot]:
    """What this step hands to the next: the parameters, by number; then what is remembered."""
    trained = places.network.training.learning_rate is not None
    for number, parameter in enumerate(places.network.parameters):
        new = places.updated[number]
        changes = trained and parameter.trainable
        yield Slot(places.parameters[number], None if new == NONE else new, changes)
    yield from slots_of_inputs(places)
    yield from places.moves.slots()
    yield from state_slots(places)


def _write_givens(layout: Layout, places: Places, batch: Sequence[int]) -> dict[int, Value]:
    """Appends the learning rate and other settings, samples, parameters; returns their values."""
    values = places.moves.write_settings(layout) | write_strengths(layout, places)
    for place, number in enumerate(batch):
        values |= _write_sample(layout, places, number)
        values |= write_masks(layout, places, places.samples[-1], place)
    return values | _write_parameters(layout, places)


def _write_parameters(layout: Layout, places: Places) -> dict[int, Value]:
    """Appends the parameters; returns their values."""
    parameters, addresses = places.network.parameters, list[int]()
    for kind, group in groupby(parameters, key=lambda parameter: parameter.kind):
        addresses += layout.add(KINDS[kind], Phase.GIVEN, [parameter.name for parameter in group])
    places.put_parameters(addresses)
    given = (parameter.value for parameter in parameters)
    return dict(zip(addresses, given, strict=True))


def _write_sample(layout: Layout, places: Places, number: int) -> dict[int, Value]:
    network, data = places.network, places.network.samples[number]
    sample = SamplePlaces.of(number + 1, len(network.units))
    inputs = write_inputs_of(layout, network, sample.sample)
    wanted = network.output_names if has_targets(network.training) else ()
    targets = layout.add(TARGET, Phase.GIVEN, wanted, sample=sample.sample)
    sample.out[: len(network.inputs)] = inputs
    for unit, address in zip(network.outputs, targets, strict=False):
        sample.target[unit] = address
    places.samples.append(sample)
    return dict(zip((*inputs, *targets), (*data.inputs, *data.targets), strict=False))


def _write_pass(layout: Layout, places: Places) -> None:
    """Appends every sample's forward pass and error, then the batch's error."""
    errors = []
    write = write_answers if places.network.training.learning_rule else write_errors
    for sample in places.samples:
        write_forward(layout, places, sample)
        errors.append(write(layout, places, sample))
    data = write_batch_error(layout, places, [error for error in errors if error is not None])
    write_penalties(layout, places, data)


def _textbook(layout: Layout, places: Places) -> None:
    """All node derivatives, all weight derivatives, the inputs', all updates."""
    layers = places.network.layers
    for sample in places.samples:
        for layer in reversed(layers):
            write_nodes(layout, places, sample, layer)
    groups = list(_parameters_from_the_top(places))
    write_gradients(layout, places, groups)
    for sample in places.samples:
        write_inputs(layout, places, sample)
    if places.has_update:
        places.moves.begin(layout)
        for numbers in groups:
            write_updates(layout, places, numbers)


def _in_place(layout: Layout, places: Places) -> None:
    """Layer by layer from the top: node derivatives, weight derivatives, update."""
    layers = places.network.layers
    if places.has_update:
        places.moves.begin(layout)
    for layer, numbers in zip(reversed(layers), _parameters_from_the_top(places), strict=True):
        for sample in places.samples:
            write_nodes(layout, places, sample, layer)
        write_gradients(layout, places, [numbers])
        if places.has_update:
            write_updates(layout, places, numbers)
            places.see_updates()
    for sample in places.samples:
        write_inputs(layout, places, sample)


def _parameters_from_the_top(places: Places) -> Iterator[Sequence[int]]:
    """The parameters of each layer, the last layer first; a shared one in its lowest layer."""
    layers = places.network.layers
    owned: set[int] = set()
    groups: list[Sequence[int]] = []
    for layer in layers:
        biases = dict.fromkeys(bias for bias in layer.biases if bias is not None)
        numbers = [n for n in (*layer.wiring.parameters, *biases) if n not in owned]
        owned.update(numbers)
        groups.append(numbers)
    return reversed(groups)
