"""The update straight from delta: where it is told, what it says, and where it is not the whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD as SHARED
from tests.unit.making import network, traced
from tracer.derive.entries import Step
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.maths.plain import plain
from tracer.rules.backprop import Rule
from tracer.rules.variants import conventional
from tracer.spec.training.by_delta import moves_by_delta

ALONE = SHARED.replace("bias: 2}", "bias: [2, 2]}")
NEGATIVE = {"delta": "negative_gradient"}
TWO = """
    inputs: [x]
    layers: [{units: [o], activation: identity, weights: [[w = 2]], bias: [b = 1]}]
    loss: half_squared_error
    samples: [{input: 3, target: 1}, {input: -1, target: 0}]
    training: {learning_rate: 1/10, delta: negative_gradient}
"""


def formula(found: Trace, name: str) -> str:
    """The formula of a step in roles."""
    step = found[name]
    assert isinstance(step, Step)
    return plain(step.template.shown)


@pytest.mark.parametrize(
    ("layer", "name", "says"),
    [
        ("bias: [1, 1]", "w1+", "old + learning_rate*delta*source"),
        ("bias: [1, 1]", "b_h1+", "old + learning_rate*delta"),
        ("threshold: [-1, -1]", "theta_h1+", "old - learning_rate*delta"),
    ],
)
def test_each_kind_of_parameter(layer: str, name: str, says: str) -> None:
    """Weight, bias and threshold move by their own formula, to the same values."""
    text = ALONE.replace("bias: [1, 1]", layer)
    found, usual = traced(text, **NEGATIVE), traced(text)
    assert formula(found, name) == says
    assert found[name].value == usual[name].value


@pytest.mark.parametrize(
    "changes",
    [{}, {"optimizer": "momentum"}, {"l2": "0.1"}, {"batch": "full"}],
    ids=str,
)
def test_what_comes_between_keeps_the_gradient(changes: dict[str, str]) -> None:
    """The gradient's sign, an optimiser, a penalty or several samples: told by the derivative."""
    settings = ", ".join(f"{key}: {value}" for key, value in changes.items() if key != "l2")
    penalty = ", regularization: {l2: 0.1}" if "l2" in changes else ""
    sign = "gradient" if not changes else "negative_gradient"
    online = "" if "batch" in changes else ", batch: online"
    told = f"learning_rate: 1/10, delta: {sign}{online}{penalty}" + (settings and f", {settings}")
    text = TWO.replace("learning_rate: 1/10, delta: negative_gradient", told)
    spec = network(text)
    assert not moves_by_delta(spec)
    assert "gradient" in formula(traced(text), "w+") or changes == {"optimizer": "momentum"}


def test_online_each_step_is_told_by_delta() -> None:
    """Sample by sample there is one product for each update."""
    found = traced(TWO, batch="online", steps="2")
    for step in (1, 2):
        assert formula(found, f"w+@{step}") == "old + learning_rate*delta*source"
    assert formula(traced(TWO), "w+") == "old - learning_rate*gradient"


def test_shared_and_given_values_keep_the_gradient() -> None:
    """A shared bias has several products; a given derivative is what a weight must move by."""
    assert formula(traced(SHARED, **NEGATIVE), "w1+") == "old - learning_rate*gradient"
    given = traced(ALONE + "    given: {dE/dw1: 7}\n", **NEGATIVE)
    usual = traced(ALONE + "    given: {dE/dw1: 7}\n")
    assert given["w1+"].value == usual["w1+"].value == 1 - 7 * usual["learning_rate"].value
    frozen = traced(SHARED, **NEGATIVE, frozen="biases")
    assert formula(frozen, "w1+") == "old + learning_rate*delta*source"


def test_in_place_and_decay() -> None:
    """Lower layers see new weights, and the rate is that of the step: the same either way."""
    for changes in ({"update": "in_place"}, {"decay": "step", "steps": "3"}):
        found, usual = traced(ALONE, **NEGATIVE, **changes), traced(ALONE, **changes)
        assert formula(found, "w1+") == "old + learning_rate*delta*source"
        for name in ("w1+", "w5+", "b_h1+"):
            assert found[name].value == usual[name].value


@pytest.mark.parametrize(
    "changed",
    [
        {"update": Rule("ascent", "old + learning_rate*gradient", "up")},
        {"weight_gradient": Rule("forgotten", "-delta", "no input")},
    ],
    ids=str,
)
def test_a_changed_row_shows(changed: dict[str, Rule]) -> None:
    """Where a rule that the short update leaves out is changed, the update goes by the derivative.

    A mistake would not be seen otherwise.
    """
    rules = replace(conventional(True), **changed)
    found = trace(network(ALONE, **NEGATIVE), arithmetic("exact"), rules)
    assert "gradient" in formula(found, "w1+")


def test_a_zero_input_leaves_the_weight_as_it_is() -> None:
    """Beside an input of 0 no rounding of delta counts: the new weight is all of its number."""
    text = TWO.replace("identity", "sigmoid").replace("input: 3", "input: 0")
    found = traced(text, "decimal", batch="online")
    assert found["w+@1"].value == 2
    assert found["w+@1"].is_exact
