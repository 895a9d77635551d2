"""Traces of networks of every kind are proved, and by whom."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.networks import Drawn, networks
from tests.support.tracing import few_digits, network_of, traced_if_finite
from tests.unit.making import BY_HEAD, IN_A_ROW, TWO_OUTPUT_LAYERS, network
from tests.unit.proof.judging import (
    WITNESSES,
    judged,
    not_proved,
    of,
    outcomes,
    proof_of,
    refuted,
)
from tracer.derive.settle import settled
from tracer.proof.verdicts import Verdict
from tracer.rules import activations, loss_rows
from tracer.spec import Spec

RANDOM = st.randoms(use_true_random=False)
OFFSETS = (
    "bias: 0.2",
    "bias: [0.1, -0.3]",
    "threshold: 0.4",
    "threshold: [0.3, none]",
    "bias: none",
)

TWO_LAYERS = """
    inputs: [x1, x2]
    layers:
      - {{units: [h1, h2], activation: {hidden}, weights: [[0.5, -0.25], [0.3, 0.75]], {offset}}}
      - {{units: [o1, o2], activation: {output}, weights: [[0.6, 0.2], [-0.4, 0.1]], {offset}}}
    loss: {loss}
    samples: [{{input: [0.8, -0.6], target: [0, 1]}}{more}]
    training: {{learning_rate: 0.5}}
"""


def two_layers(
    hidden: str, output: str, loss: str, offset: int, more: str = "", **settings: str
) -> Spec:
    """A 2-2-2 network with one sample or more."""
    parts = {"hidden": hidden, "output": output, "loss": loss, "offset": OFFSETS[offset]}
    return network(TWO_LAYERS.format(more=more, **parts), **settings)


def who_agrees(found: list[Verdict], name: str) -> list[str]:
    """The witnesses that confirm a quantity."""
    return [witness for witness, word in outcomes(found, name).items() if word == "agrees"]


@pytest.mark.parametrize(
    ("row", "loss"),
    list(product([row.name for row in activations.TABLE], [row.name for row in loss_rows.TABLE])),
)
def test_every_activation_under_every_loss_is_proved(row: str, loss: str) -> None:
    """Any activation before any loss: each number is proved, each gradient by all three."""
    number = [item.name for item in activations.TABLE].index(row)
    found = proof_of(two_layers(row, "sigmoid", loss, number % len(OFFSETS)))
    assert not not_proved(found)
    for name in ("dE/dw1", "dE/dw5", "w2+", "dE/dnet_h1", "dE/dx1", "dE/dout_h2:o1"):
        assert who_agrees(found, name) == list(WITNESSES)
    for name in ("net_h1", "out_o2", "E_o1", "E"):
        assert who_agrees(found, name) == ["SymPy", "re-derivation"]
        assert of(found, name)["differences"].reason == "not a derivative"


@pytest.mark.parametrize("offset", range(len(OFFSETS)), ids=lambda k: OFFSETS[k])
@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("batch", ["full", "1"])
def test_every_bias_in_every_batch_is_proved(offset: int, reduction: str, batch: str) -> None:
    """Shared, own and absent biases and thresholds, added up or averaged, in two steps."""
    another = ", {input: [1/3, 2], target: [1, 0.25]}"
    settings = {"batch": batch, "reduction": reduction, "steps": "2"}
    found = proof_of(two_layers("tanh", "square", "sse", offset, another, **settings))
    assert not not_proved(found)
    assert who_agrees(found, "dE/dw5[1]@1" if batch == "full" else "dE/dw5@2") == list(WITNESSES)


WIRED = """
    inputs: [x1, x2]
    layers:
      - units: [a1, a2]
        activation: [relu, net**2]
        weights: {a1: {x1: s = 0.5}, a2: {x1: s, x2: 2}}
      - {units: [b1], from: [a1, a2, x2], activation: tanh, weights: [[s, -0.5, 1]], bias: t = 0.1}
      - {units: [y1, y2], from: [b1, a1], weights: [[1, s], [2, u = 0.3]], bias: [t, none]}
    samples: [{input: [1, -1], target: [0, 1]}, {input: [-1, 0.5], target: [1, 1]}]
    training: {learning_rate: 0.1, steps: 2, frozen: [u]}
"""


def test_skips_and_shared_parameters_are_proved() -> None:
    """Edges that skip layers, and a parameter used in three layers, part by part."""
    found = proof_of(network(WIRED))
    assert not not_proved(found)
    for name in (
        "dE/ds[1]@1",
        "dE/ds:a1:x1[1]@1",
        "dE/dt@2",
        "dE/dout_a1:y1[2]@1",
        "dE/dx2:b1[1]@2",
    ):
        assert who_agrees(found, name) == list(WITNESSES)


def test_exact_numbers_are_met_exactly() -> None:
    """In fractions, SymPy and the re-derivation find the very same fractions."""
    found = proof_of(network(BY_HEAD), "exact")
    assert not not_proved(found)
    for name in ("E", "dE/dw1", "w1+", "dE/dnet_h2"):
        values = [of(found, name)[witness].found for witness in ("SymPy", "re-derivation")]
        assert all(value is not None and value.exact is not None for value in values)


@pytest.mark.parametrize("numbers", ["float", "decimal:20", "decimal:50", "exact"])
def test_every_arithmetic_is_proved_as_closely_as_it_is_right(numbers: str) -> None:
    """A trace is proved in any arithmetic whose numbers are the calculation's own."""
    assert not not_proved(proof_of(network(IN_A_ROW, steps="4", batch="2"), numbers))


def test_comparisons_are_decided_exactly() -> None:
    """A step unit that compares 0.3 - 0.1 with 0.2 is seen to stand on its threshold."""
    spec = network("""
        inputs: [x1, x2]
        layers: [{units: [y], activation: step, weights: [[1, -1]], threshold: 0.2}]
        samples: [{input: [0.3, 0.1], target: [0]}]
        training: {learning_rate: 0.5}
    """)
    found = proof_of(spec)
    assert not not_proved(found)
    assert next(verdict.value for verdict in found if verdict.name == "out_y") == 1


def test_at_a_kink_only_the_convention_is_confirmed() -> None:
    """On a kink, SymPy and the differences say so; the re-derivation knows the convention."""
    spec = network("""
        inputs: [x]
        layers:
          - {units: [h], activation: {name: relu, at_zero: 1/2}, weights: [[1]], bias: -1}
          - {units: [y], weights: [[3]]}
        samples: [{input: [1], target: [2]}]
        training: {learning_rate: 1}
    """)
    found = proof_of(spec, "exact")
    assert not not_proved(found)
    assert who_agrees(found, "dE/dnet_h") == ["re-derivation"]
    for witness in ("SymPy", "differences"):
        assert "at a kink" in of(found, "dE/dnet_h")[witness].reason
    assert who_agrees(found, "dE/dout_h") == list(WITNESSES)


def test_updates_in_place_are_confirmed_by_derivation_alone() -> None:
    """Behind new weights nothing is a gradient; before them all three agree."""
    found = proof_of(network(BY_HEAD, update="in_place"), "exact")
    assert not not_proved(found)
    for name in ("dE/dout_h1", "dE/dnet_h1", "dE/dw1", "w1+", "dE/dx1"):
        assert who_agrees(found, name) == ["re-derivation"]
        assert "no longer the gradient" in of(found, name)["SymPy"].reason
    for name in ("dE/dnet_o1", "dE/dw5", "w5+", "dout_h1/dnet_h1"):
        assert who_agrees(found, name) == list(WITNESSES)


def test_frozen_weights_keep_an_update_in_place_a_gradient() -> None:
    """Where no weight on the way has changed, the in-place numbers are gradients after all."""
    text = BY_HEAD.replace("learning_rate: 0.1", "learning_rate: 0.1, frozen: [weights]")
    found = proof_of(network(text, update="in_place"), "exact")
    assert who_agrees(found, "dE/dnet_h1") == list(WITNESSES)


def test_negative_deltas_are_proved() -> None:
    """Where delta is minus the gradient, all three witnesses confirm that."""
    found = proof_of(network(BY_HEAD, delta="negative_gradient"), "exact")
    assert not not_proved(found)
    assert who_agrees(found, "delta_h1") == list(WITNESSES)
    assert who_agrees(found, "error_h1") == list(WITNESSES)


@settings(max_examples=25)
@given(networks(most_steps=2), RANDOM)
def test_random_networks_are_proved(drawn: Drawn, random: Random) -> None:
    """Every number of any network is confirmed by a witness, and doubted by none."""
    spec = network_of(drawn, random)
    traced_if_finite(spec, "decimal:50")
    with few_digits():
        found = settled(spec)
    assume(not found.unsettled)
    assert not not_proved(judged(found))


@settings(max_examples=25)
@given(networks(rational=True), RANDOM)
def test_random_networks_are_proved_exactly(drawn: Drawn, random: Random) -> None:
    """In fractions, every number of any network is met."""
    found = traced_if_finite(network_of(drawn, random), "exact")
    assert not not_proved(judged(found))


@settings(max_examples=15)
@given(networks(in_place=True, most_steps=3), RANDOM)
def test_random_networks_in_place_are_proved(drawn: Drawn, random: Random) -> None:
    """Whatever an update in place does to the numbers, they are met."""
    spec = network_of(drawn, random)
    traced_if_finite(spec, "decimal:50")
    with few_digits():
        found = settled(spec)
    assume(not found.unsettled)
    assert not not_proved(judged(found))


def test_fully_connected_layers_that_share_weights_are_proved() -> None:
    """A weight of several full layers gets its derivative from all of them."""
    spec = network("""
        inputs: [x1, x2]
        layers:
          - {units: [a1, a2], weights: [[p = 1, q = 2], [r = 3, s = 4]]}
          - {units: [b1, b2], weights: [[q, r], [s, t = 5]]}
          - {units: [c1, c2], weights: [[p, q], [r, s]]}
          - {units: [d1], weights: [[s, t]]}
        samples: [{input: [1, 2], target: [1]}]
        training: {learning_rate: 1}
    """)
    found = proof_of(spec, "exact")
    assert not not_proved(found)
    for name in ("dE/dp", "dE/ds", "dE/dt", "s+"):
        assert who_agrees(found, name) == list(WITNESSES)


def test_outputs_in_several_layers() -> None:
    """All three witnesses agree on an output that feeds others, and on the longer telling."""
    for more in ({}, {"delta": "negative_gradient"}, {"steps": "2", "frozen": "w2"}):
        assert not not_proved(proof_of(network(TWO_OUTPUT_LAYERS, **more)))
    given = TWO_OUTPUT_LAYERS + "    given: {dE/dout_h: 3, out_o: 2}\n"
    assert not refuted(proof_of(network(given, steps="2")))
