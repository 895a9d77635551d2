"""The witnesses and learning rules: who can judge what, and that a wrong rule is caught."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import spec
from tests.unit.proof.judging import judged, not_proved, of, outcomes, proof_of, refuted
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.rules.learning import LEARNING_RULES
from tracer.rules.variants import conventional
from tracer.spec import find

TEXT = """
    inputs: [x1, x2]
    layers:
      - {units: [y], activation: sign, weights: [[2, -3]], threshold: [t = 1]}
    samples:
      - {input: [5, -1], target: -1}
      - {input: [0, 2], target: 1}
    training: {learning_rule: perceptron, learning_rate: 1/10, batch: online, steps: 2}
"""


@pytest.mark.parametrize("name", ["perceptron_and", "perceptron_or", "perceptron_xor", "hebb"])
def test_examples_are_proved(name: str) -> None:
    """Every number of the examples is proved, with the sums over epochs."""
    found = proof_of(find(name))
    assert not_proved(found) == []
    assert any(verdict.name == "errors_epoch2" for verdict in found) == (name != "hebb")


@pytest.mark.parametrize("loss", ["half_squared_error", "squared_error", "mean_squared_error"])
@pytest.mark.parametrize("batch", ["online", "full"])
def test_adaline_goes_down_a_slope(loss: str, batch: str) -> None:
    """All three witnesses speak for Adaline's changes: they are multiples of the derivative."""
    rule = TEXT.replace("perceptron", "adaline").replace("online", batch) + f"    loss: {loss}"
    found = proof_of(spec(rule), "exact")
    assert not_proved(found) == []
    for name in ("change_w1@1", "w2+@1", "t+@2"):
        assert set(outcomes(found, name).values()) == {"agrees"}
    assert outcomes(found, "E@1")["SymPy"] == "agrees"


def test_a_rule_without_derivative_has_one_witness() -> None:
    """SymPy and differences say that the perceptron's change is no derivative."""
    found = of(proof_of(spec(TEXT), "exact"), "change_w1@1")
    assert found["re-derivation"].outcome.value == "agrees"
    assert found["SymPy"].reason == found["differences"].reason
    assert "takes no derivative" in found["SymPy"].reason


@pytest.mark.parametrize(
    ("row", "formula", "first"),
    [
        ("miss", "out - target", "error_y[1]@1"),
        ("miss", "target - net", "error_y[1]@1"),
        ("wrong", "0", "wrong_y[1]@1"),
        ("weight_change", "learning_rate*miss", "change_w1@1"),
        ("threshold_change", "learning_rate*miss", "change_t@1"),
        ("direction", "sign(miss, 0)", "direction_w2:y:x2[1]@1"),
        ("update", "old - change", "w1+@1"),
    ],
)
def test_a_wrong_row_is_caught(row: str, formula: str, first: str) -> None:
    """The first number that a wrong row makes is refuted by name."""
    rules = conventional(negative_delta=False, learning_rule="perceptron")
    changed = replace(rules, **{row: replace(getattr(rules, row), formula=formula)})
    found = trace(spec(TEXT), arithmetic("exact"), changed)
    assert refuted(judged(found))[0] == first


@pytest.mark.parametrize("claimed", LEARNING_RULES)
@pytest.mark.parametrize("rule", ["perceptron", "adaline", "hebb_supervised"])
def test_another_rule_is_caught(rule: str, claimed: str) -> None:
    """What one rule calculates is refuted as another rule's, unless it is the same rule."""
    if not LEARNING_RULES[claimed].needs_target:
        return
    found = trace(spec(TEXT.replace("perceptron", claimed)), arithmetic("exact"))
    assert bool(refuted(judged(found, spec(TEXT.replace("perceptron", rule))))) == (rule != claimed)
