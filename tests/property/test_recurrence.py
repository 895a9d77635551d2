"""Random recurrent networks against calculations that share nothing with the program."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import autograd.numpy as anp
from autograd import grad
from autograd.tracer import getval
from hypothesis import given, settings

import tracer
from tests.support.fractions_that_follow import Followed, derivatives
from tests.support.recurrence import RATIONAL, Drawn, Functions, recurrences
from tracer.proof.claims import Claim, tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Outcome
from tracer.spec import read_text

FLOATS = Functions(
    {
        "tanh": anp.tanh,
        "sigmoid": lambda net: 1 / (1 + anp.exp(-net)),
        "identity": lambda net: net,
    },
    getval,
)
FRACTIONS = Functions(
    {
        "identity": lambda net: net,
        "relu": lambda net: net if net.value > 0 else net * Followed(Fraction(0)),
    },
    lambda net: Followed(net.value),
)


def traced(drawn: Drawn, arithmetic: str) -> Any:
    """The program's trace."""
    return tracer.trace(read_text(drawn.text()), arithmetic=arithmetic)


def updated(drawn: Drawn, found: Any, slopes: Mapping[str, Any], rate: Any) -> dict[str, Any]:
    """By how much each parameter's new value is not the one that its slope makes."""
    return {
        name: found[f"{name}+"].value - (found[name].value - rate * slopes[name])
        for name in drawn.numbers
    }


@settings(max_examples=40)
@given(recurrences())
def test_backpropagation_through_time_is_autograds(drawn: Drawn) -> None:
    """In floats, E, every dE/dw, dE/dx_t and dE/dh_t0, and every update are those of autograd."""
    values = drawn.values(float)
    slopes = grad(lambda at: drawn.error(at, float, FLOATS))(values)
    found = traced(drawn, "float")
    scale = 1e-9 * (1 + max(abs(slope) for slope in slopes.values()))
    assert abs(found["E"].value - drawn.error(values, float, FLOATS)) <= scale
    for name, slope in slopes.items():
        assert abs(found[f"dE/d{name}"].value - slope) <= scale, name
    assert all(abs(by) <= scale for by in updated(drawn, found, slopes, 0.1).values())


@settings(max_examples=40)
@given(recurrences(RATIONAL))
def test_backpropagation_through_time_is_exact(drawn: Drawn) -> None:
    """With rational activations, every number is that of fractions that follow themselves."""
    values = {name: Followed(value) for name, value in drawn.values(Fraction).items()}
    error = drawn.error(values, lambda text: Followed(Fraction(text)), FRACTIONS)
    slopes = derivatives(error, values)
    found = traced(drawn, "exact")
    assert found["E"].value == error.value
    assert {name: found[f"dE/d{name}"].value for name in slopes} == slopes
    assert not any(updated(drawn, found, slopes, Fraction(1, 10)).values())


@settings(max_examples=8)
@given(recurrences())
def test_witnesses_agree(drawn: Drawn) -> None:
    """Each number of a recurrent network is proved, cut or not, and none is refuted."""
    found = traced(drawn, "decimal:50")
    claims = [Claim(step.quantity, step.name, Fraction(step.value)) for step in found.steps]
    bound = tolerance("decimal:50")
    assert bound is not None
    for verdict in prove(read_text(drawn.text()), claims, bound):
        outcomes = {finding.outcome for finding in verdict.findings}
        assert Outcome.AGREES in outcomes, verdict.name
        assert outcomes <= {Outcome.AGREES, Outcome.SILENT}, verdict.name
