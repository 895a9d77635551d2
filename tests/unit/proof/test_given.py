"""Partial states: traces that start at quantities of the author's."""

from __future__ import annotations

import pytest

from tests.unit.making import network
from tests.unit.proof.judging import WITNESSES, not_proved, of, outcomes, proof_of

ALL = dict.fromkeys(WITNESSES, "agrees")
GIVEN = "the trace starts at given values"

TEXT = """
    inputs: [x1, x2]
    layers:
      - {{units: [h1, h2], activation: {activation}, weights: [[{w}, 2], [0.5, -1]]}}
      - {{units: [o1], activation: tanh, weights: [[0.5, 0.25]]}}
    samples: [{{input: [0.1, 0.2], target: [{target}]}}]
    training: {{learning_rate: 0.1}}
    given: {given}
"""


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


def test_given_out_that_contradicts_its_net_is_not_judged() -> None:
    """Where net and out do not belong together, nobody says what the slope is."""
    found = proof_of(network(text("{out_h1: 0.6}", w="7")))
    assert set(outcomes(found, "dE/dnet_h1").values()) == {"silent"}
    assert outcomes(found, "out_o1")["re-derivation"] == "agrees"


def test_given_out_that_nothing_makes_is_not_judged() -> None:
    """A sigmoid never gives 2: where it is said to, nobody knows its slope."""
    found = proof_of(network(text("{out_h1: 2}")))
    assert set(outcomes(found, "dE/dnet_h1").values()) == {"silent"}
    assert "no net input was found" in of(found, "dE/dnet_h1")["re-derivation"].reason


def test_given_delta_is_a_starting_point() -> None:
    """Below a given delta, the re-derivation goes on; the others have nothing to differentiate."""
    found = proof_of(network(text("{delta_o1: -34, out_h1: 0.6, net_h2: 1}", target="t")))
    assert not not_proved(found)
    assert outcomes(found, "dE/dw5")["re-derivation"] == "agrees"
    assert of(found, "dE/dw5")["differences"].reason == GIVEN
    assert of(found, "dE/dw5")["SymPy"].reason == GIVEN


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


def test_given_gradient_moves_the_parameter() -> None:
    """A parameter moves by the gradient that is given."""
    found = proof_of(network(text("{dE/dw5: 2}", w="7")))
    assert not not_proved(found)
    assert outcomes(found, "w5+")["re-derivation"] == "agrees"
