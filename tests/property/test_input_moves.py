"""Moved inputs of random networks, against autograd, and exactly against dual numbers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import FEW
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks, value
from tests.support.tracing import mark, network_of, traced_if_finite
from tests.support.witness import by_autograd, by_duals
from tracer.maths.expression import Number
from tracer.rules.input_moves import InputMove
from tracer.spec import Network
from tracer.spec.network import Training

MOVES = st.builds(InputMove, ascent=st.booleans())
RATE = Fraction(1, 4)


def moving(drawn: Drawn, move: InputMove, steps: int) -> Network:
    """The drawn network, whose inputs move while its parameters stay."""
    network = network_of(drawn)
    parameters = tuple(replace(item, trainable=False) for item in network.parameters)
    training = Training(Number(RATE, "1/4"), steps, move_inputs=move)
    return replace(network, parameters=parameters, training=training)


@FEW
@given(networks(trained=False), MOVES)
def test_a_step_is_along_the_derivative_of_autograd(drawn: Drawn, move: InputMove) -> None:
    """In floats, x+ is x plus or minus the rate times what autograd finds."""
    numbers = range(1, len(drawn.cases) + 1)
    with suitable():
        slopes = {sample: by_autograd(drawn, sample) for sample in numbers}
    found = traced_if_finite(moving(drawn, move, 1), "float")
    for sample, case in enumerate(drawn.cases, 1):
        scale = 1 + max(map(abs, slopes[sample].values()))
        for name, text in zip(drawn.inputs, case.inputs, strict=True):
            step = float(RATE) * slopes[sample][name] * (1 if move.ascent else -1)
            there = found[f"{name}+{mark(drawn, sample)}"].value
            assert abs(there - float(value(text)) - step) <= 1e-9 * scale


@FEW
@given(networks(rational=True, trained=False, most_cases=2), MOVES, st.booleans())
def test_two_steps_are_exact(drawn: Drawn, move: InputMove, sign: bool) -> None:
    """In fractions, the second step starts from the first one's end, by the sign or in full."""
    found = traced_if_finite(moving(drawn, replace(move, sign=sign), 2), "exact")
    for step in (1, 2):
        cases = []
        for sample, case in enumerate(drawn.cases, 1):
            with suitable():
                _, slopes = by_duals(drawn, sample)
            moved = []
            for name, text in zip(drawn.inputs, case.inputs, strict=True):
                slope = slopes[name]
                along = Fraction((slope > 0) - (slope < 0)) if sign else slope
                new = value(text) + RATE * along * (1 if move.ascent else -1)
                assert found[f"{name}+{mark(drawn, sample)}@{step}"].value == new
                moved.append(str(new))
            cases.append(replace(case, inputs=tuple(moved)))
        drawn = replace(drawn, cases=tuple(cases))
