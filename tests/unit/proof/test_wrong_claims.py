"""What is wrong is caught: by each witness that speaks, and by the name of the quantity."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, network
from tests.unit.proof.judging import (
    WITNESSES,
    handed,
    judged,
    not_proved,
    of,
    outcomes,
    proof_of,
    refuted,
)
from tracer.derive.settle import settled
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.maths.parse import parse
from tracer.proof.claims import Claim, Tolerance, tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Outcome
from tracer.rules.backprop import TEXTBOOK
from tracer.spec import Network

ALL = list(WITNESSES)
BOTH = ["SymPy", "re-derivation"]
THRESHOLDS = BY_HEAD.replace("bias: [1, 1]", "threshold: [1, 1]")


def who_disagrees(spec: Network, claimed: Network, name: str) -> list[str]:
    """The witnesses who refute what the trace of another network claims for this one."""
    found = judged(trace(claimed, arithmetic("exact")), spec)
    return [witness for witness, word in outcomes(found, name).items() if word == "disagrees"]


@pytest.mark.parametrize(
    ("text", "rule", "formula", "first", "witnesses"),
    [
        (BY_HEAD, "weighted_sum", "weight + source", "net_h1", BOTH),
        (THRESHOLDS, "threshold", "threshold", "net_h1", BOTH),
        (BY_HEAD, "loss_slope", "-slope", "dE/dout_o1", ALL),
        (BY_HEAD, "chain", "by_out", "dE/dnet_h1", ALL),
        (BY_HEAD, "paths", "delta", "dE/dout_h1", ALL),
        (BY_HEAD, "input_paths", "delta", "dE/dx1", ALL),
        (BY_HEAD, "weight_gradient", "delta*source*2", "dE/dw5", ALL),
        (BY_HEAD, "bias_gradient", "-delta", "dE/db2", ALL),
        (THRESHOLDS, "threshold_gradient", "delta", "dE/dtheta_h1", ALL),
        (BY_HEAD, "update", "old + learning_rate*gradient", "w5+", ALL),
        (BY_HEAD, "update", "old - gradient", "w5+", ALL),
    ],
)
def test_wrong_rule_is_caught(
    text: str, rule: str, formula: str, first: str, witnesses: list[str]
) -> None:
    """The first number that a wrong rule makes is refuted by every witness that speaks of it."""
    rules = replace(TEXTBOOK, **{rule: replace(getattr(TEXTBOOK, rule), formula=formula)})
    found = judged(trace(network(text), arithmetic("exact"), rules), parts=False)
    assert refuted(found)[0] == first
    assert [w for w, word in outcomes(found, first).items() if word == "disagrees"] == witnesses


def test_wrong_slope_of_an_activation_is_caught() -> None:
    """A sigmoid whose slope lacks the factor 1 - out is refuted by all three."""
    right = network(SIGMOID)
    layer = right.layers[0]
    row = replace(layer.activations[0], slope=parse("out"))
    wrong = replace(right, layers=(replace(layer, activations=(row,)),))
    found = proof_of(wrong, "decimal:50")
    assert refuted(found)[0] == "dout_o/dnet_o"
    assert set(outcomes(found, "dout_o/dnet_o").values()) == {"disagrees"}
    assert not not_proved(proof_of(right, "decimal:50"))


def test_wrong_slope_of_a_loss_is_caught() -> None:
    """A cross-entropy whose slope is that of the squared error is refuted by all three."""
    right = network(SIGMOID + "    loss: binary_cross_entropy\n")
    slope = parse("out - target")
    wrong = replace(right, loss=replace(right.loss, slope=slope, stable_slope=slope))
    found = proof_of(wrong, "decimal:50")
    assert refuted(found)[0] == "dE/dout_o"
    assert set(outcomes(found, "dE/dout_o").values()) == {"disagrees"}


def test_wrong_slope_at_a_kink_is_caught() -> None:
    """At a kink, the re-derivation refutes another slope than the one agreed on."""
    right = network("""
        inputs: [x]
        layers: [{units: [y], activation: relu, weights: [[1]], bias: -1}]
        samples: [{input: [1], target: [2]}]
    """)
    layer = right.layers[0]
    row = replace(layer.activations[0], slope=parse("1"))
    found = proof_of(replace(right, layers=(replace(layer, activations=(row,)),)), "exact")
    assert outcomes(found, "dout_y/dnet_y")["re-derivation"] == "disagrees"


def test_new_weights_used_too_early_are_caught() -> None:
    """Numbers of an update in place are refuted where all weights should change at once."""
    spec, claimed = network(BY_HEAD), network(BY_HEAD, update="in_place")
    assert who_disagrees(spec, claimed, "dE/dout_h1") == ALL
    assert who_disagrees(spec, claimed, "w1+") == ALL
    assert not who_disagrees(spec, claimed, "w5+")


def test_old_weights_used_too_long_are_caught() -> None:
    """Gradients are refuted, by derivation alone, where the update should be in place."""
    spec, claimed = network(BY_HEAD, update="in_place"), network(BY_HEAD)
    assert who_disagrees(spec, claimed, "dE/dout_h1") == ["re-derivation"]
    assert who_disagrees(spec, claimed, "w1+") == ["re-derivation"]


def test_sum_in_place_of_a_mean_is_caught() -> None:
    """A batch whose gradients are added up is refuted where they should be averaged."""
    spec, claimed = network(IN_A_ROW, reduction="mean"), network(IN_A_ROW)
    assert who_disagrees(spec, claimed, "dE/dw") == ALL
    assert who_disagrees(spec, claimed, "w+") == ALL
    assert who_disagrees(spec, claimed, "E") == BOTH
    assert not who_disagrees(spec, claimed, "dE/dw[2]")


def test_weights_that_did_not_move_are_caught() -> None:
    """A second step that starts from the first weights is refuted."""
    spec = network(IN_A_ROW, steps="2", batch="1")
    still = network(IN_A_ROW.replace("1/20", "0"), steps="2", batch="1")
    assert who_disagrees(spec, still, "net_z[2]@2") == BOTH
    assert who_disagrees(spec, still, "dE/dw@2") == ALL


@pytest.mark.parametrize(
    ("numbers", "off"), [("decimal:50", Fraction(1, 10**20)), ("exact", Fraction(1, 10**300))]
)
def test_every_number_counts(numbers: str, off: Fraction) -> None:
    """Any number of a trace that is off by a little is refuted by whoever speaks of it."""
    what = handed(trace(network(BY_HEAD), arithmetic(numbers)))
    allowed = tolerance(numbers)
    assert allowed is not None
    changed = [replace(claim, value=claim.value * (1 + off)) for claim in what.claims]
    for claim, verdict in zip(changed, prove(network(BY_HEAD), changed, allowed), strict=True):
        spoken = [item for item in verdict.findings if item.outcome is not Outcome.SILENT]
        assert verdict.name == claim.name
        assert spoken
        close = [item for item in spoken if item.witness == "differences" and numbers == "exact"]
        agree = [item.witness for item in spoken if item.outcome is Outcome.AGREES]
        assert agree == [item.witness for item in close] or claim.value == 0


def test_a_wrong_zero_is_caught() -> None:
    """A derivative that should be 0, and is claimed to be small, is refuted."""
    spec = network("""
        inputs: [x]
        layers: [{units: [y], activation: square, weights: [[0.5]]}]
        samples: [{input: [2], target: [1]}]
    """)
    what = handed(trace(spec, arithmetic("decimal:50")))
    claims = [
        Claim(claim.quantity, claim.name, Fraction(1, 10**30))
        for claim in what.claims
        if claim.name == "dE/dw1"
    ]
    (verdict,) = prove(spec, claims, Tolerance(Fraction(1, 10**24)))
    assert {finding.outcome for finding in verdict.findings} == {Outcome.DISAGREES}


def test_numbers_beside_large_ones_are_held_to_their_own_digits() -> None:
    """A number of usual size is refuted where another branch has numbers of twenty digits."""
    spec = network("""
        inputs: [x]
        layers:
          - {units: [h1, h2], activation: tanh, weights: [[0.5], [1]]}
          - {units: [y1, y2], weights: {y1: {h1: 1e20}, y2: {h2: 2}}}
        samples: [{input: [1], target: [0, 1]}]
    """)
    claims = handed(settled(spec), parts=False, rounds=False).claims
    assert max(claim.value for claim in claims) > 10**39
    right = proof_of(spec)
    assert not not_proved(right)
    for factor in (3, 1 + Fraction(1, 10**20), -1, 0):
        changed = [replace(claim, value=claim.value * factor) for claim in claims]
        verdicts = list(prove(spec, changed, Tolerance(Fraction(1, 10**24))))
        assert refuted(verdicts) == [claim.name for claim in claims if claim.value]


def test_a_refuted_number_is_told_with_the_right_one() -> None:
    """The finding says what the witness found instead."""
    rules = replace(TEXTBOOK, chain=replace(TEXTBOOK.chain, formula="by_out"))
    found = judged(trace(network(BY_HEAD), arithmetic("exact"), rules))
    assert str(of(found, "dE/dnet_h1")["re-derivation"]) == "disagrees: 96"
    assert str(of(found, "dE/dnet_o1")["SymPy"]) == "agrees"
