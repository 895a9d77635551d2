"""The decks' pseudo-codes as data: their lines, what each of them makes, what they assume."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind
from tracer.spec.gathering import Gathering
from tracer.spec.method import GRADIENT_DESCENT
from tracer.spec.network import Network, ParameterKind


class Where(Enum):
    """Of which units a line speaks."""

    ALL = "all"
    OUTPUTS = "outputs"
    OTHERS = "others"


class CodeLine(NamedTuple):
    """A line of a pseudo-code.

    Attributes:
        text: the line, indented as it stands in its block.
        makes: the kinds of quantities that it gives.
        where: of which units.
    """

    text: str
    makes: tuple[Kind, ...] = ()
    where: Where = Where.ALL


class Condition(NamedTuple):
    """What a pseudo-code takes for granted.

    Attributes:
        holds: whether it is so in a network.
        otherwise: what is to be said where it is not, and what would be right.
    """

    holds: Callable[[Network], bool]
    otherwise: str


class PseudoCode(NamedTuple):
    """A pseudo-code.

    Attributes:
        name: as ``--pseudocode`` calls it.
        title: what it is.
        lines: its lines, numbered from 1 on the page.
        names: what its letters are called here.
        assumes: what it takes for granted.
        changes: settings under which the trace has the code's own quantities.
        remarks: slips and conventions.
    """

    name: str
    title: str
    lines: tuple[CodeLine, ...]
    names: tuple[tuple[str, str], ...]
    assumes: tuple[Condition, ...]
    changes: Mapping[str, str]
    remarks: tuple[str, ...] = ()


SLOPES_OF_OUTPUTS = (kinds.BY_OUT, kinds.SIGNAL, kinds.SLOPE, kinds.DELTA, kinds.NEGATIVE_DELTA)

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
        and network.training.regularization is None
        and network.training.move_inputs is None
        and not network.dropouts
        and not network.training.learning_rule
    ),
    "it moves weights down the plain gradient: no optimiser, penalty, dropout, learning rule, "
    "moved inputs",
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
    lambda network: len(network.layers) <= 2 and len(network.outputs) == len(_last(network)),
    "a hidden unit feeds output units only: it has one hidden layer",
)


def _last(network: Network) -> tuple[str, ...]:
    return network.layers[-1].units


def _shares(network: Network) -> bool:
    """Whether a parameter that is trained is used more than once."""
    used: set[int] = set()
    for layer in network.layers:
        for unit, bias in enumerate(layer.biases):
            numbers = [number for _, number in layer.wiring.into(unit)]
            for number in [*numbers, *([] if bias is None else [bias])]:
                if number in used and network.parameters[number].trainable:
                    return True
                used.add(number)
    return False


def has_biases(network: Network) -> bool:
    """Whether some unit has a bias or a threshold."""
    plain = ParameterKind.WEIGHT
    return any(parameter.kind is not plain for parameter in network.parameters)


NEGATIVE = {"delta": "negative_gradient"}
BACK = (ONE_BY_ONE, HALF_SQUARED, LEARNS, PLAIN, AT_ONCE, FROM_THE_START, UNIT_BY_UNIT, NO_SHARING)

AIMA = PseudoCode(
    "aima",
    "BACK-PROP-LEARNING, as deck 002 has it from Russell and Norvig",
    (
        CodeLine("weights w_ij ← small random numbers"),
        CodeLine("repeat"),
        CodeLine("  for each example (x, y)"),
        CodeLine("    for each input node i:  a_i ← x_i", (kinds.INPUT,)),
        CodeLine("    for each later layer, each node j in it:"),
        CodeLine("      v_j ← Σ_i w_ij·a_i", (kinds.NET,)),
        CodeLine("      a_j ← h(v_j)", (kinds.OUT,)),
        CodeLine(
            "    for each output node j:  Δ[j] ← h'(v_j)·(y_j - a_j)",
            SLOPES_OF_OUTPUTS,
            Where.OUTPUTS,
        ),
        CodeLine("    for each layer before it, from the last to the first, each node i:"),
        CodeLine("      Δ[i] ← h'(v_i)·Σ_j w_ij·Δ[j]", SLOPES_OF_OUTPUTS, Where.OTHERS),
        CodeLine("    for each weight:  w_ij ← w_ij + α·a_i·Δ[j]", (kinds.GRADIENT, kinds.UPDATED)),
        CodeLine("until some criterion is met"),
        CodeLine("return the network"),
    ),
    (("v_j", "net_j"), ("a_j", "out_j"), ("Δ[j]", "δ_j = -∂E/∂net_j"), ("α", "η")),
    BACK,
    NEGATIVE,
    (
        "Line 6 has v_i on the slide of deck 002, where it must be v_j: the sum goes over i, and "
        "what it gives belongs to the node j.",
    ),
)

MITCHELL = PseudoCode(
    "mitchell",
    "Backpropagation for one hidden layer of sigmoids, as deck 003 has it from Mitchell",
    (
        CodeLine("weights w_ji ← small random numbers"),
        CodeLine("until done: for each training example (x, t)"),
        CodeLine(
            "  1. put x in, and compute the output o_u of every unit u", (kinds.NET, kinds.OUT)
        ),
        CodeLine(
            "  2. for each output unit k:  δ_k ← o_k·(1 - o_k)·(t_k - o_k)",
            SLOPES_OF_OUTPUTS,
            Where.OUTPUTS,
        ),
        CodeLine(
            "  3. for each hidden unit h:  δ_h ← o_h·(1 - o_h)·Σ_k w_kh·δ_k",
            SLOPES_OF_OUTPUTS,
            Where.OTHERS,
        ),
        CodeLine(
            "  4. for each weight:  w_ji ← w_ji + α·δ_j·x_ji", (kinds.GRADIENT, kinds.UPDATED)
        ),
    ),
    (("o_u", "out_u"), ("δ_u", "δ_u = -∂E/∂net_u"), ("x_ji", "the input i of unit j"), ("α", "η")),
    (*BACK, SIGMOIDS, ONE_HIDDEN),
    NEGATIVE,
)

LOOP = PseudoCode(
    "loop",
    "The loop of gradient descent, as deck 000 has it",
    (
        CodeLine("while True:"),
        CodeLine("  W_gradient = evaluate_gradient(loss, data, W)", (kinds.TOTAL, kinds.GRADIENT)),
        CodeLine("  W += -alpha*W_gradient", (kinds.UPDATED,)),
    ),
    (("W", "every weight and bias"), ("W_gradient", "∂E/∂w"), ("alpha", "η")),
    (IN_FULL, LEARNS, PLAIN, AT_ONCE, FROM_THE_START),
    {},
)

PSEUDOCODES = (AIMA, MITCHELL, LOOP)
"""Every pseudo-code, by its name on the command line."""

NAMES = tuple(code.name for code in PSEUDOCODES)
