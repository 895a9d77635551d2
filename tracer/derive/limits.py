"""How much a trace may hold, and how little a calculation takes at the least.

The least is read off a spec's shapes, so that what is far too large is refused before any of it
is built.
"""

from __future__ import annotations

from tracer.errors import LimitError
from tracer.maths.arithmetic import Arithmetic
from tracer.spec.gathering import Gathering
from tracer.spec.network import ExpressionProgram, Layer, Network, Spec

MOST_VALUES = 4_000_000
"""As many values as a run keeps at most: 200 MB of floats."""

MOST_LONG_VALUES = 1_000_000
"""As many values as a run keeps at most in any other arithmetic."""

LIMITS = (
    f"a trace keeps at most {MOST_LONG_VALUES:,}, or {MOST_VALUES:,} floats (arithmetic: float)"
)

OF_A_UNIT = 5
"""A unit has, for each sample: net, out, and derivatives by out, by net, and of out by net."""

OF_AN_ANSWER = 2
"""Where a learning rule takes no derivative, a unit has net and out for each sample, at least."""


def most_values(arithmetic: Arithmetic) -> int:
    """As many values as a trace keeps at most in an arithmetic."""
    return MOST_VALUES if arithmetic.is_machine else MOST_LONG_VALUES


def refuse_beyond(most: int, total: int, steps: int) -> None:
    """Holds that a run keeps no more values than it may.

    Raises:
        LimitError: it would keep more.
    """
    if total > most:
        unit = "step" if steps <= 1 else "steps"
        raise LimitError(f"{total:,} values in {max(steps, 1):,} training {unit}; {LIMITS}")


def refuse_far_beyond(most: int, spec: Spec) -> None:
    """Holds that one pass through the data alone, as its shapes say, is not too much already.

    Raises:
        LimitError: it is.
    """
    least = least_size(spec)
    if least > most:
        raise LimitError(f"this has {least:,} values at the least; {LIMITS}")


def least_size(spec: Spec) -> int:
    """As many values as a calculation has, at the least."""
    if isinstance(spec, ExpressionProgram):
        return _least_of_program(spec)
    return _least_of_network(spec)


def _least_of_program(program: ExpressionProgram) -> int:
    """Every line and variable has a value; in forward mode one tangent by each variable too."""
    values = len(program.lines) + len(program.variables)
    return values * (1 + len(program.variables)) if program.forward else values


def _least_of_layer(layer: Layer) -> int:
    """What each sample has of a layer's units; of those that gather: out, dE/dout, and shares."""
    if isinstance(layer.wiring, Gathering):
        return 2 * len(layer.units) + len(layer.wiring.pairs)
    return OF_A_UNIT * len(layer.units)


def _least_of_network(network: Network) -> int:
    """A parameter has its value and derivatives, every sample that takes part those of its units.

    In a batch of several, a parameter has a derivative for each sample, and their sum.
    """
    training, samples = network.training, len(network.samples)
    batch = training.batch or samples
    seen = min(samples, batch * max(training.steps, 1))
    of_a_parameter = 2 + (seen if batch > 1 else 0)
    of_units = sum(map(_least_of_layer, network.layers))
    if training.learning_rule:
        units = len(network.units) - len(network.inputs)
        return seen * (len(network.inputs) + OF_AN_ANSWER * units) + len(network.parameters)
    ends = len(network.inputs) + len(network.outputs)
    return seen * (ends + of_units) + of_a_parameter * len(network.parameters)
