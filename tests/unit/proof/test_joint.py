"""Softmax layers before the witnesses."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import network, spec
from tests.unit.proof.judging import not_proved, outcomes, proof_of, refuted
from tracer.rules.backprop import TEXTBOOK
from tracer.rules.joint import TABLE

TEXT = """
    inputs: [x]
    layers:
      - {{units: [a, b, c], activation: {hidden}, weights: [[1], [-1], [u = 2]], bias: [0.1, 0, 0]}}
      - {{units: [p, q], activation: {last}, weights: [[0.5, 0.25, 1], [1, u, -0.75]]}}
    samples: [{{input: 0.4, target: [1, 0]}}{more}]
    training: {{learning_rate: 0.1}}
    given: {given}
"""
EVERYBODY = dict.fromkeys(("SymPy", "differences", "re-derivation"), "agrees")


def text(hidden: str = "softmax", last: str = "softmax", given: str = "{}", more: str = "") -> str:
    """Two layers with a shared weight."""
    return TEXT.format(hidden=hidden, last=last, given=given, more=more)


@pytest.mark.parametrize("name", [row.name for row in TABLE])
@pytest.mark.parametrize("setting", ["", "temperature: 3/2", "shift: 0"])
def test_every_number_of_a_joint_layer_is_proved(name: str, setting: str) -> None:
    """Of hidden and output layers alike, by every witness."""
    activation = f"{{name: {name}, {setting}}}" if setting else name
    found = proof_of(spec(text(activation, "tanh")))
    assert not not_proved(found)
    for quantity in ("dout_a/dnet_b", "dout_a/dnet_a", "dE/dnet_b", "dE/du"):
        assert outcomes(found, quantity) == EVERYBODY
    assert not not_proved(proof_of(spec(text("tanh", activation))))


def test_batches_are_proved() -> None:
    """Several samples and steps change nothing."""
    several = text("square", more=", {input: -0.3, target: [0, 1]}")
    assert not not_proved(proof_of(spec(several, steps="2")))


def test_mixed_layers_are_proved() -> None:
    """Joint layers stand one on the other, and below others that are updated first."""
    assert not not_proved(proof_of(spec(text())))
    assert not not_proved(proof_of(spec(text("softmax", "relu"), update="in_place")))


@pytest.mark.parametrize("row", ["own_slope", "other_slope", "joint_chain", "exponential"])
def test_a_wrong_rule_is_refuted(row: str) -> None:
    """A Jacobian without its factor, or a sum over outputs without its sign, is seen."""
    rule = getattr(TEXTBOOK, row)
    wrong = replace(TEXTBOOK, **{row: replace(rule, formula=f"2*({rule.formula})")})
    assert refuted(proof_of(spec(text()), "decimal:50", wrong))


@pytest.mark.parametrize(
    "given",
    [
        "{net_a: 0.3}",
        "{out_a: 0.3}",
        "{out_p: 0.5, out_q: 0.5}",
        "{exp_a: 2}",
        "{max_layer1: 2}",
        "{sum_layer2: 3}",
        '{"dout_a/dnet_b": 2}',
        '{"dE/dnet_a": 2}',
        '{"dE/dout_p": -1}',
        "{E: 3}",
    ],
)
def test_no_right_number_is_refuted(given: str) -> None:
    """Where the trace starts at given values, witnesses that cannot judge are silent."""
    assert not refuted(proof_of(network(text(given=given))))


def test_a_given_slope_is_used() -> None:
    """The re-derivation takes a given slope of the Jacobian for what it is."""
    found = proof_of(network(text(given='{"dout_a/dnet_b": 2}')))
    assert outcomes(found, "dE/dnet_b")["re-derivation"] == "agrees"


def test_letters_are_left_alone() -> None:
    """A softmax layer of letters has no numbers to prove."""
    letters = "inputs: 2\nlayers: [{units: 2, activation: softmax}]\n"
    assert not refuted(proof_of(spec(letters)))


LOSSES = """
    inputs: [x]
    layers:
      - {{units: [a, b, c], activation: {activation}, weights: [[1], [2], [-1]], bias: [0, 1, 0]}}
    loss: {loss}
    samples: [{{input: 0.5, target: {target}}}, {{input: 2, target: [1, 0, 0]}}]
    training: {{learning_rate: 1}}
"""


@pytest.mark.parametrize(
    ("activation", "loss", "target"),
    [
        ("softmax", "cross_entropy", "[0, 1, 0]"),
        ("softmax", "{name: cross_entropy, form: long}", "[0.2, 0.5, 0.3]"),
        ("softmax", "{name: cross_entropy, base: 2}", "[0, 0, 1]"),
        ("{name: softmax, temperature: 2}", "cross_entropy", "[0.5, 0, 0.5]"),
        ("log_softmax", "negative_log_likelihood", "[0, 1, 0]"),
        ("sigmoid", "{name: binary_cross_entropy, form: short}", "[0, 1, 1/2]"),
        ("sigmoid", "{name: binary_cross_entropy, base: 10}", "[0, 1, 1/2]"),
        ("identity", "multiclass_hinge", "[0, 1, 0]"),
        ("tanh", "{name: multiclass_hinge, margin: 1/3}", "[0, 0, 1]"),
        ("identity", "{name: multiclass_hinge, margin: 1.5}", "[0, 1, 0]"),
    ],
)
def test_every_loss_is_proved(activation: str, loss: str, target: str) -> None:
    """Every number under every loss is proved, in the longer telling too."""
    found = proof_of(spec(LOSSES.format(activation=activation, loss=loss, target=target)))
    assert not not_proved(found)


@pytest.mark.parametrize("row", ["short_form", "right_slope"])
def test_a_wrong_slope_of_a_loss_is_refuted(row: str) -> None:
    """A short form with the wrong sign, or a hinge that forgets half of it, is seen."""
    rule = getattr(TEXTBOOK, row)
    wrong = replace(TEXTBOOK, **{row: replace(rule, formula="slope/2")})
    activation, loss = (
        ("softmax", "cross_entropy") if row == "short_form" else ("tanh", "multiclass_hinge")
    )
    text = LOSSES.format(activation=activation, loss=loss, target="[0, 1, 0]")
    assert refuted(proof_of(spec(text), "decimal:50", wrong))


def test_an_output_of_nothing_is_proved() -> None:
    """Where 0*ln(0) counts as 0, the witnesses know it."""
    text = LOSSES.format(activation="relu", loss="cross_entropy", target="[0, 1, 0]")
    found = proof_of(spec(text))
    assert not not_proved(found)
    assert outcomes(found, "E_c[1]")["re-derivation"] == "agrees"
