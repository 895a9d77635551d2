"""What pseudo-codes take for granted of a network, and what is said where it is not so."""

from __future__ import annotations

from tracer.rules.learning import LEARNING_RULES
from tracer.sheet.codes.records import Condition
from tracer.spec.gathering import Gathering
from tracer.spec.network import Network, ParameterKind
from tracer.spec.training.by_delta import uses_of
from tracer.spec.training.method import GRADIENT_DESCENT

ONE_BY_ONE = Condition(
    lambda network: network.training.batch == 1 or len(network.samples) == 1,
    "it updates after every example: set training.batch to online",
)
IN_FULL = Condition(
    lambda network: network.training.batch in (None, len(network.samples)),
    "it derives the loss of all data: set training.batch to full",
)
HALF_SQUARED = Condition(
    lambda network: network.loss.name == "half_squared_error",
    "its error is that of half the squared error: set loss to half_squared_error",
)
LEARNS = Condition(
    lambda network: network.training.learning_rate is not None,
    "it updates weights: give training.learning_rate",
)
PLAIN = Condition(
    lambda network: (
        network.training.optimiser == GRADIENT_DESCENT
        and network.training.decay is None
        and network.training.regularization is None
        and network.training.move_inputs is None
        and not network.dropouts
        and not network.training.learning_rule
    ),
    "it moves weights down the plain gradient: no optimiser, decay, penalty, dropout, learning "
    "rule, moved inputs",
)
AT_ONCE = Condition(
    lambda network: not network.training.in_place,
    "all its deltas are taken with the old weights: set training.update to simultaneous",
)
FROM_THE_START = Condition(
    lambda network: not network.given,
    "it starts from inputs: leave out given",
)
UNIT_BY_UNIT = Condition(
    lambda network: (
        not any(layer.joint or isinstance(layer.wiring, Gathering) for layer in network.layers)
    ),
    "each of its outputs is a function of its own weighted sum: no softmax, pooling or maxout",
)
NO_SHARING = Condition(
    lambda network: not _shares(network),
    "each of its weights belongs to one edge: here some that are trained are used by several",
)
SIGMOIDS = Condition(
    lambda network: all(
        activation.name == "sigmoid" for layer in network.layers for activation in layer.activations
    ),
    "its slope is o(1 - o): set the activation of every unit to sigmoid",
)
ONE_HIDDEN = Condition(
    lambda network: (
        len(network.layers) <= 2 and len(network.outputs) == len(network.layers[-1].units)
    ),
    "a hidden unit feeds output units only: it has one hidden layer",
)
NOT_DROPPED = Condition(
    lambda network: not network.dropouts and network.training.regularization is None,
    "it knows no dropout and no penalty",
)


def learns_by(*rules: str) -> Condition:
    """That a network learns by one of these rules.

    Args:
        rules: names of learning rules.
    """
    assert all(rule in LEARNING_RULES for rule in rules), "learning rules that there are"
    return Condition(
        lambda network: network.training.learning_rule in rules,
        f"it learns without a derivative: set training.learning_rule to {' or '.join(rules)}",
    )


def _shares(network: Network) -> bool:
    """Whether a parameter that is trained is used more than once."""
    counts = uses_of(network)
    return any(
        count > 1 and network.parameters[number].trainable for number, count in counts.items()
    )


def has_biases(network: Network) -> bool:
    """Whether some unit has a bias or a threshold."""
    plain = ParameterKind.WEIGHT
    return any(parameter.kind is not plain for parameter in network.parameters)
