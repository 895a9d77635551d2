"""The witness that derives everything once more from the inputs alone, for networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from tracer.proof.decays import KINDS
from tracer.proof.network import joint
from tracer.proof.network.lessons import LESSONS, OF_EPOCHS
from tracer.proof.network.meaning import Along, Derivative, InUse, Net, derivative
from tracer.proof.network.of_dropout import DROPOUTS
from tracer.proof.network.penalised import penalised
from tracer.proof.network.recursion import Step
from tracer.proof.network.training import Training
from tracer.proof.reals import ZERO, Real
from tracer.proof.witness import GIVEN, NOT_KNOWN, TOO_FEW, SilentError, testimony
from tracer.rules.optimisers import MADE
from tracer.rules.quantity import (
    BIAS,
    BY_INPUT,
    BY_OUT,
    DATA_ERROR,
    DATA_GRADIENT,
    DELTA,
    ERROR,
    ERROR_BY_OUT,
    EXPONENTIAL,
    GRADIENT,
    INPUT,
    INPUT_PATH,
    JACOBIAN,
    KEPT_PATH,
    LARGEST,
    LAYER_SUM,
    LEARNING_RATE,
    MOVED_INPUT,
    NET,
    NET_BY_INPUT,
    NET_BY_KEPT,
    NET_BY_OUT,
    NET_BY_PARAMETER,
    OUT,
    OUT_BY_INPUT,
    OUT_BY_KEPT,
    OUT_BY_OUT,
    PATH,
    PENALTY,
    PENALTY_SLOPE,
    SAMPLE_ERROR,
    SAMPLE_GRADIENT,
    SLOPE,
    STATE,
    STRENGTH,
    TARGET,
    THRESHOLD,
    TOTAL,
    UPDATED,
    USE,
    WEIGHT,
    Kind,
    Quantity,
)


class Rederivation:
    """The recursion of `tracer.proof.network.recursion`, asked quantity by quantity.

    Attributes:
        training: the training that it runs itself.
    """

    name = "re-derivation"
    accuracy = Fraction(0)
    vague = TOO_FEW
    work = 1

    def __init__(self, training: Training) -> None:
        self.training = training

    def knows(self, quantity: Quantity) -> bool:
        """Everything."""
        return True

    @testimony
    def value(self, quantity: Quantity) -> Real:
        """The quantity's value by the textbook's recursion."""
        sum_of = OF_EPOCHS.get(quantity.kind)
        if sum_of is not None:
            return sum_of(self.training, quantity)
        find = METHODS.get(quantity.kind)
        if find is None:
            raise SilentError(NOT_KNOWN)
        return find(self.training.step(quantity.step), quantity)


def _unit(step: Step, quantity: Quantity) -> tuple[int, int]:
    return step.graph.numbers[quantity.unit], quantity.sample - 1


def _target(step: Step, quantity: Quantity) -> Real:
    names = [unit.name for unit in step.graph.outputs]
    return step.data.targets(quantity.sample - 1)[names.index(quantity.unit)]


def _parameter(step: Step, quantity: Quantity) -> int:
    return step.graph.parameters[quantity.unit]


def _path(step: Step, quantity: Quantity) -> Real:
    graph = step.graph
    source, through = graph.numbers[quantity.unit], graph.numbers[quantity.source]
    layer = graph.unit(source).layer if source >= graph.inputs else -1
    parts = [
        step.part(unit, parameter, layer, quantity.sample - 1)
        for unit, parameter in graph.fed[source]
        if unit.number == through
    ]
    if source not in graph.unit(through).cut:
        parts.append(step.joined(graph.unit(through), source, quantity.sample - 1))
    if graph.unit(through).gathers:
        parts.append(step.passed_on(graph.unit(through), source, quantity.sample - 1))
    return sum(parts, ZERO)


def _share(step: Step, quantity: Quantity) -> Real:
    numbers = step.graph.numbers
    gatherer = step.graph.unit(numbers[quantity.unit])
    return step.share(gatherer, numbers[quantity.source], quantity.sample - 1)


def _use(step: Step, quantity: Quantity) -> Real:
    place = _meaning(step, quantity).by
    assert isinstance(place, InUse)
    return step.use(place.unit, place.source, quantity.sample - 1)


def _net_by_parameter(step: Step, quantity: Quantity) -> Real:
    """What the parameter is multiplied by, in all its uses in the unit."""
    unit, parameter = step.graph.numbers[quantity.unit], step.graph.parameters[quantity.source]
    uses = step.graph.unit(unit).uses
    sample = quantity.sample - 1
    received = [step.received(unit, source, sample) for source, used in uses if used == parameter]
    return sum(received, ZERO)


def _net_by_source(step: Step, quantity: Quantity) -> Real:
    meaning = _meaning(step, quantity)
    assert isinstance(meaning.of, Net)
    assert isinstance(meaning.by, Along)
    unit, by, sample = step.graph.unit(meaning.of.unit), meaning.by.source, quantity.sample - 1
    weights = [step.parameters[weight] for source, weight in unit.edges if source == by]
    joined = unit.slope_of_joins(by, lambda number: step.sent(number, sample))
    return sum(weights, joined)


def _error_by_out(step: Step, quantity: Quantity) -> Real:
    unit, source = step.graph.numbers[quantity.unit], step.graph.numbers[quantity.source]
    sample, right = quantity.sample - 1, step.graph.right(quantity.sample - 1)
    if unit == right:
        return ZERO
    if unit == source:
        return step.slope_of_error(unit, sample)
    if step.graph.feeds[source]:
        raise SilentError(NOT_KNOWN)
    return step.slope_by_right(unit, sample) if source == right else ZERO


def _jacobian(step: Step, quantity: Quantity) -> Real:
    unit, source = step.graph.numbers[quantity.unit], step.graph.numbers[quantity.source]
    return step.jacobian(unit, source, quantity.sample - 1)


def _largest(step: Step, quantity: Quantity) -> Real:
    return joint.largest(_nets(step, _layer(step, quantity), quantity.sample - 1))


def _exponential(step: Step, quantity: Quantity) -> Real:
    unit = step.graph.unit(step.graph.numbers[quantity.unit])
    return _weights(step, unit.layer, quantity.sample - 1)[unit.number - unit.mates.start]


def _layer_sum(step: Step, quantity: Quantity) -> Real:
    return sum(_weights(step, _layer(step, quantity), quantity.sample - 1), ZERO)


def _layer(step: Step, quantity: Quantity) -> int:
    """The layer that a quantity is named after."""
    names = [f"layer{number}" for number in range(1, len(step.graph.by_layer) + 1)]
    return names.index(quantity.unit)


def _nets(step: Step, layer: int, sample: int) -> list[Real]:
    return [step.net(unit.number, sample) for unit in step.graph.by_layer[layer]]


def _weights(step: Step, layer: int, sample: int) -> list[Real]:
    """The exponentials of a layer with a joint activation."""
    found, nets = step.graph.network.layers[layer].joint, _nets(step, layer, sample)
    if found is None or step.data.gives_stages(sample):
        raise SilentError(GIVEN if found else NOT_KNOWN)
    return [joint.exponential(found, nets, k) for k in range(len(nets))]


def _made(step: Step, quantity: Quantity) -> Real:
    role = step.data.optimisation.role(quantity.kind)
    if role is None:
        raise SilentError(NOT_KNOWN)
    return step.update.moved(_parameter(step, quantity))[role]


def _meaning(step: Step, quantity: Quantity) -> Derivative:
    found = derivative(quantity, step.graph)
    assert found is not None
    return found


METHODS: Mapping[Kind, Callable[[Step, Quantity], Real]] = {
    **dict.fromkeys((INPUT, STATE, OUT), lambda step, asked: step.out(*_unit(step, asked))),
    TARGET: _target,
    LEARNING_RATE: lambda step, _: step.data.learning_rate,
    **dict.fromkeys(
        (WEIGHT, BIAS, THRESHOLD),
        lambda step, quantity: step.parameters[_parameter(step, quantity)],
    ),
    NET: lambda step, quantity: step.net(*_unit(step, quantity)),
    ERROR: lambda step, quantity: step.error(*_unit(step, quantity)),
    SAMPLE_ERROR: lambda step, quantity: step.sample_error(quantity.sample - 1),
    TOTAL: lambda step, _: step.total(),
    STRENGTH: lambda step, quantity: penalised(step).penalties.strength(quantity.unit),
    MOVED_INPUT: lambda step, quantity: step.moved_input(*_unit(step, quantity)),
    DATA_ERROR: lambda step, _: step.data_error(),
    DATA_GRADIENT: lambda step, quantity: step.data_gradient(_parameter(step, quantity)),
    PENALTY: lambda step, quantity: penalised(step).penalty(quantity.unit),
    PENALTY_SLOPE: lambda step, quantity: penalised(step).penalty_slope(
        _parameter(step, quantity), quantity.source
    ),
    **dict.fromkeys((BY_OUT, BY_INPUT), lambda step, asked: step.by_out(*_unit(step, asked))),
    SLOPE: lambda step, quantity: step.slope(*_unit(step, quantity)),
    JACOBIAN: _jacobian,
    LARGEST: _largest,
    EXPONENTIAL: _exponential,
    LAYER_SUM: _layer_sum,
    DELTA: lambda step, quantity: step.delta(*_unit(step, quantity)),
    SAMPLE_GRADIENT: lambda step, quantity: step.sample_gradient(
        _parameter(step, quantity), quantity.sample - 1
    ),
    GRADIENT: lambda step, quantity: step.gradient(_parameter(step, quantity)),
    **dict.fromkeys(MADE, _made),
    UPDATED: lambda step, quantity: step.updated(_parameter(step, quantity)),
    **dict.fromkeys(KINDS, lambda step, quantity: step.update.shared[KINDS[quantity.kind]]),
    **dict.fromkeys((PATH, INPUT_PATH, KEPT_PATH), _path),
    USE: _use,
    NET_BY_PARAMETER: _net_by_parameter,
    **dict.fromkeys((NET_BY_OUT, NET_BY_INPUT, NET_BY_KEPT), _net_by_source),
    ERROR_BY_OUT: _error_by_out,
    **dict.fromkeys((OUT_BY_OUT, OUT_BY_KEPT, OUT_BY_INPUT), _share),
    **LESSONS,
    **DROPOUTS,
}
