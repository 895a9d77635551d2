"""Optimisers before the witnesses, who move weights by formulas of their own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import spec
from tests.unit.proof.judging import judged, not_proved, of, outcomes, proof_of, refuted
from tracer.derive.settle import settled
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS
from tracer.spec import Spec

NET = """
    inputs: [x1, x2]
    layers:
      - {{units: [h1, h2], activation: tanh, weights: [[0.1, 0.2], [a = 0.3, a]], bias: 0.1}}
      - {{units: [o], activation: sigmoid, weights: [[0.5, -0.4]], threshold: 0.2}}
    samples: [{{input: [1, 2], target: 1}}, {{input: [0.5, -1], target: 0}}]
    training: {{learning_rate: 0.1, steps: 3, {0}}}
"""

WRONG = {
    "momentum": ("v_new", "gamma*v + gradient"),
    "momentum_change": ("change_new", "learning_rate*gradient + alpha*change"),
    "momentum_pytorch": ("v_new", "mu*v + learning_rate*gradient"),
    "momentum_average": ("v_new", "beta*v + gradient"),
    "nesterov": ("new", "old - learning_rate*v_new"),
    "nesterov_change": ("new", "old + change_new"),
    "adagrad": ("s_new", "s + 2*gradient**2"),
    "rmsprop": ("s_new", "rho*s + gradient**2"),
    "adam": ("mhat", "m_new"),
}
"""A mistake in each optimiser: what the wrong line gives, and its formula."""


def net(text: str) -> Spec:
    """A network of two layers, in which a weight is shared."""
    return spec(NET.format(text))


@pytest.mark.parametrize("how", ["update: in_place", "batch: online", "frozen: [a]"])
@pytest.mark.parametrize("name", sorted(OPTIMISERS))
def test_every_number_is_proved(name: str, how: str) -> None:
    """Every number of three steps under an optimiser is proved, in place and online too."""
    assert not not_proved(proof_of(net(f"optimizer: {name}, {how}")))


@pytest.mark.parametrize("name", sorted(DECAYS))
@pytest.mark.parametrize("numbers", ["", "float", "decimal:30"])
def test_every_rate_is_proved(name: str, numbers: str) -> None:
    """Every number under a decay of the learning rate is proved, in floats too."""
    found = net(f"optimizer: adam, decay: {name}, evaluate_after: yes")
    assert not not_proved(proof_of(found, numbers))


@pytest.mark.parametrize("inside", ["yes", "no"])
@pytest.mark.parametrize("name", ["adagrad", "rmsprop", "adam"])
def test_epsilon_inside_and_outside(name: str, inside: str) -> None:
    """Wherever epsilon stands, the witnesses have it there too."""
    text = f"optimizer: {{name: {name}, epsilon: 0.1, epsilon_inside: {inside}}}"
    assert not not_proved(proof_of(net(text)))
    other = "no" if inside == "yes" else "yes"
    wrong = net(text.replace(f"inside: {inside}", f"inside: {other}"))
    assert refuted(judged(settled(net(text)), wrong, rounds=False))


def test_three_witnesses_judge_what_is_remembered() -> None:
    """SymPy and differences judge velocities and averages as they judge a derivative."""
    found = proof_of(net("optimizer: adam, decay: step"))
    for name in ("m_a+@2", "v_a+@2", "mhat_a@2", "vhat_a@2", "a+@2"):
        assert set(outcomes(found, name).values()) == {"agrees"}
    assert outcomes(found, "t+@2")["re-derivation"] == "agrees"
    assert of(found, "t+@2")["SymPy"].reason == "counted from step to step"


def test_a_given_state_is_proved() -> None:
    """What starts from given velocities, averages and counts is proved from there."""
    given = "    given: {t: 3, m_a: 0.5, v_a: 2, beta1: 0.8, v_w1+: 0.3, mhat_w2: 1}\n"
    found = spec(NET.format("optimizer: adam, decay: inverse") + given)
    assert not not_proved(proof_of(found))
    moved = spec(NET.format("optimizer: momentum") + "    given: {v_a: 0.5, dE/dw1: 2}\n")
    assert not not_proved(proof_of(moved))


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_mistake_is_refuted(name: str) -> None:
    """A wrong line of an optimiser is refuted, where its number is wrong first."""
    gives, formula = WRONG[name]
    rules = replace(TEXTBOOK, moves=((gives, Rule("wrong", formula)),))
    found = refuted(judged(trace(net(f"optimizer: {name}"), arithmetic("decimal"), rules)))
    assert found
    assert all("@1" in quantity or "@2" in quantity or "@3" in quantity for quantity in found)
    assert not [quantity for quantity in found if "@1" in quantity and quantity.startswith("dE")]


@pytest.mark.parametrize("name", sorted(DECAYS))
def test_a_wrong_rate_is_refuted(name: str) -> None:
    """A learning rate that falls otherwise than it is said to is refuted."""
    rules = replace(TEXTBOOK, moves=(("rate", Rule("wrong", "2*learning_rate")),))
    found = judged(trace(net(f"decay: {name}"), arithmetic("decimal"), rules))
    assert "learning_rate_t@1" in refuted(found)
