"""Partial states: traces that start at quantities of the author's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.networks import NUMBERS, Drawn, networks
from tests.support.tracing import few_digits, network_of, traced_if_finite
from tests.unit.making import network
from tests.unit.proof.judging import (
    WITNESSES,
    not_proved,
    of,
    outcomes,
    proof_of,
    refuted,
)
from tracer.maths.expression import Number
from tracer.maths.parse import parse_value
from tracer.proof.witness import CONTESTED
from tracer.rules.quantity import (
    BY_OUT,
    DELTA,
    ERROR,
    GRADIENT,
    INPUT,
    LEARNING_RATE,
    NET,
    OUT,
    SAMPLE_GRADIENT,
    SLOPE,
    TARGET,
    TOTAL,
    WEIGHT,
)
from tracer.spec import GivenValue

ALL = dict.fromkeys(WITNESSES, "agrees")

TEXT = """
    inputs: [x1, x2]
    layers:
      - {{units: [h1, h2], activation: {activation}, weights: [[{w}, 2], [0.5, -1]]}}
      - {{units: [o1], activation: tanh, weights: [[0.5, 0.25]]}}
    samples: [{{input: [0.1, 0.2], target: [{target}]}}]
    training: {{learning_rate: 0.1}}
    given: {given}
"""


def parse_number(written: str) -> Number:
    """The number that a text writes."""
    value = parse_value(written)
    assert isinstance(value, Number)
    return value


def text(given: str, activation: str = "sigmoid", w: str = "p", target: str = "0.5") -> str:
    """A 2-2-1 network with a letter among its weights."""
    return TEXT.format(given=given, activation=activation, w=w, target=target)


def test_given_net_is_a_starting_point() -> None:
    """From a given net input on, all three witnesses confirm every number."""
    found = proof_of(network(text("{net_h1: 0.3}")))
    assert not not_proved(found)
    for name in ("dE/dnet_h1", "dE/dw5", "dE/dw3", "w4+", "dout_h1/dnet_h1"):
        assert outcomes(found, name) == ALL
    assert outcomes(found, "E")["SymPy"] == "agrees"


def test_given_net_overrules_what_would_be_computed() -> None:
    """Where the inputs would make another net input, the given one counts."""
    found = proof_of(network(text("{net_h1: 0.3}", w="7")))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1") == ALL


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "bipolar_sigmoid", "identity"])
def test_given_out_says_what_net_must_be(activation: str) -> None:
    """Where only the output is known, slopes are taken where the activation has that value."""
    found = proof_of(network(text("{out_h1: 0.6}", activation)))
    assert not not_proved(found)
    assert outcomes(found, "dout_h1/dnet_h1") == ALL
    assert outcomes(found, "dE/dnet_h1") == ALL


IN_OUT = ("sigmoid", "tanh", "bipolar_sigmoid")
IN_NET = ("square", "relu", "softplus", "arctan", "gelu_tanh", '"net**3 + net"')
IN_NEITHER = ("identity", "step", '"2*net + 1"')
IN_BOTH = ("elu", "selu", "silu")


@pytest.mark.parametrize("activation", [*IN_OUT, *IN_NET, *IN_NEITHER])
def test_given_out_that_contradicts_its_net_counts_where_it_stands(activation: str) -> None:
    """A slope written in out is that of the given output, one written in net that of the net."""
    found = proof_of(network(text("{out_h1: 0.6, out_o1: -0.2}", activation, w="7"), steps="2"))
    assert not not_proved(found)
    for name in ("dout_h1/dnet_h1@1", "dE/dnet_h1@1", "dE/dw1@1", "w1+@1", "dE/dw1@2"):
        assert outcomes(found, name) == ALL


@pytest.mark.parametrize("activation", IN_BOTH)
def test_given_out_that_contradicts_its_net_is_not_judged(activation: str) -> None:
    """Where a slope is written in net and out, nobody says what it is if they do not fit."""
    found = proof_of(network(text("{out_h1: 0.6}", activation, w="7")))
    assert set(outcomes(found, "dE/dnet_h1").values()) == {"silent"}
    assert of(found, "dE/dnet_h1")["re-derivation"].reason == CONTESTED
    assert outcomes(found, "out_o1")["re-derivation"] == "agrees"


def test_given_out_that_no_net_makes_is_not_judged() -> None:
    """Nor where the slope is written in out, and nothing makes that."""
    found = proof_of(network(text("{out_h1: 2}", w="7")))
    assert set(outcomes(found, "dE/dnet_h1").values()) == {"silent"}
    assert of(found, "dE/dw1")["SymPy"].reason == CONTESTED


def test_given_net_and_out_may_contradict_each_other() -> None:
    """Both may be given, whatever the inputs would make."""
    found = proof_of(network(text("{net_h1: 0.3, out_h1: 0.9}", w="7")))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1") == ALL


@pytest.mark.parametrize("given", ["{'out_h1[1]': 0.6}", "{'out_h1[1]': 0.6, 'out_h2[1]': 0.1}"])
@pytest.mark.parametrize(
    "training", [{}, {"batch": "online"}, {"optimizer": "adam"}, {"update": "in_place"}]
)
def test_given_out_of_one_sample_is_followed_through_all_steps(
    given: str, training: dict[str, str]
) -> None:
    """What is given of one sample holds in the first step, and every later number follows."""
    more = "target: [0.5]}}, {{input: [1, 2], target: [1]}}]"
    whole = TEXT.replace("target: [{target}]}}]", more).format(
        given=given, activation="sigmoid", w="7", target="")  # fmt: skip
    found = proof_of(network(whole, steps="2", evaluate_after="yes", **training))
    assert not not_proved(found)


def test_given_out_that_nothing_makes_is_not_judged() -> None:
    """A sigmoid never gives 2: where it is said to, nobody knows its slope."""
    found = proof_of(network(text("{out_h1: 2}")))
    assert set(outcomes(found, "dE/dnet_h1").values()) == {"silent"}
    assert "no net input was found" in of(found, "dE/dnet_h1")["re-derivation"].reason


DERIVATIVES = ("dE/dnet_h1", "dE/dw5", "dE/dw3", "dE/dx2", "dE/dout_h2", "w5+", "w3+")


@pytest.mark.parametrize(
    "given",
    [
        "{delta_o1: -34, out_h1: 0.6, net_h2: 1}",
        "{dE/dout_o1: 7, net_h1: 0.2, net_h2: 1}",
        "{dE/dnet_h1: 3, net_h1: 0.2, target_o1: 1}",
        "{dE/dout_h1: 3, dE/dout_h2: -2, out_h1: 0.2}",
        "{dout_o1/dnet_o1: 0.3, net_h1: 0.2, target_o1: 1}",
        "{dout_h1/dnet_h1: 2, out_h1: 0.2, target_o1: 1}",
        "{dout_h1/dnet_h1: 2, dE/dnet_h1: 5, dE/dout_h1: 7, net_h1: 0.2, target_o1: 1}",
    ],
)
def test_given_derivatives_are_starting_points(given: str) -> None:
    """From given derivatives on, all three witnesses confirm every other one."""
    found = proof_of(network(text(given, target="t")))
    assert not not_proved(found)
    told = {verdict.name for verdict in found}
    asked = [name for name in DERIVATIVES if name in told]
    assert len(asked) >= 4
    assert [outcomes(found, name) for name in asked] == [ALL] * len(asked)


def test_given_delta_takes_the_place_of_a_contested_slope() -> None:
    """Where delta is given, it does not matter that its net and out do not fit."""
    found = proof_of(network(text("{out_h1: 0.6, delta_h1: 4}", "silu", w="7")))
    assert outcomes(found, "dE/dw1") == ALL
    assert outcomes(found, "dE/dw5") == ALL


@pytest.mark.parametrize(
    "given", ["{dE/dw5: 2}", "{'dE/dw5[1]': 2}", "{'E[2]': 9, 'delta_o1[2]': 1}"]
)
def test_given_derivatives_of_one_sample_are_starting_points(given: str) -> None:
    """Of several samples, each has its own; a batch's gradient may be given too."""
    more = "target: [0.5]}}, {{input: [1, 2], target: [1]}}]"
    spec = network(TEXT.replace("target: [{target}]}}]", more).format(
        given=given, activation="sigmoid", w="7", target=""))  # fmt: skip
    found = proof_of(spec)
    assert not not_proved(found)
    assert outcomes(found, "w5+") == ALL


def test_given_error_changes_no_derivative() -> None:
    """A given error counts in the total, and leaves the derivatives as they are."""
    found = proof_of(network(text("{E_o1: 7}", w="7")))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1") == ALL
    assert outcomes(found, "E")["SymPy"] == "agrees"


def test_given_total_changes_no_derivative() -> None:
    """Nor does a given total."""
    found = proof_of(network(text("{E: 7}", w="7")))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1") == ALL


def test_given_input_and_weight_take_the_place_of_the_files() -> None:
    """What is given counts, instead of the sample's or the parameter's number."""
    found = proof_of(network(text("{x1: 5, w2: 3, target_o1: 1}", w="7")))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1") == ALL


def test_given_values_hold_for_the_first_step_only() -> None:
    """In the second step the network makes its own values again."""
    found = proof_of(network(text("{net_h1: 0.3}", w="7"), steps="2"))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1@2") == ALL


OF_A_STEP = (NET, OUT, ERROR, TOTAL, BY_OUT, SLOPE, DELTA, GRADIENT, SAMPLE_GRADIENT, WEIGHT)
GIVEN = (*OF_A_STEP, INPUT, TARGET, LEARNING_RATE)


@pytest.mark.parametrize("given", ["{x1: 5}", "{target_o1: 7}", "{learning_rate: 3}", "{w2: 4}"])
def test_given_values_that_no_step_changes_hold_in_every_step(given: str) -> None:
    """Inputs, targets, the learning rate and frozen weights are what is given, in every step."""
    found = proof_of(network(text(given, w="7"), steps="3", frozen="w2"))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw1@3") == ALL


@settings(max_examples=40)
@given(networks(most_steps=2), st.data())
def test_random_partial_states_are_not_doubted(drawn: Drawn, data: st.DataObject) -> None:
    """Whatever is given of any network, no witness doubts what the trace makes of it."""
    spec = network_of(drawn)
    whole = traced_if_finite(spec, "decimal:50")
    known = [entry.name for entry in whole if entry.quantity.kind in GIVEN]
    known = [name.removesuffix("@1") for name in known if "@" not in name or name.endswith("@1")]
    chosen = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4, unique=True))
    values = [GivenValue(name, parse_number(data.draw(NUMBERS))) for name in chosen]
    spec = replace(spec, given=tuple(values))
    traced_if_finite(spec, "decimal:50")
    with few_digits():
        assert not refuted(proof_of(spec))
