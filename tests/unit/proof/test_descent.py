"""Descents before the witnesses, who go every step themselves."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import spec
from tests.unit.proof.judging import judged, not_proved, outcomes, proof_of, refuted
from tests.unit.proof.test_optimisers import WRONG
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS

TEXT = """
    expression: [u = x*y + sin(x), f = (u - a)**2 + y**2]
    at: {{x: 1, y: 2, a: 0.5}}
    minimise: {{learning_rate: 0.1, steps: 3, variables: [x, y], {0}}}
"""


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("name", sorted(OPTIMISERS))
def test_every_number_is_proved(name: str, mode: str) -> None:
    """Every number of three steps under an optimiser is proved, in both modes."""
    text = TEXT.format(f"optimizer: {name}, evaluate_after: yes") + f"    mode: {mode}\n"
    assert not not_proved(proof_of(spec(text)))


@pytest.mark.parametrize("name", sorted(DECAYS))
def test_every_rate_is_proved(name: str) -> None:
    """Every number under a decay of the learning rate is proved."""
    assert not not_proved(proof_of(spec(TEXT.format(f"optimizer: adam, decay: {name}"))))


def test_three_witnesses_judge_a_new_point() -> None:
    """SymPy and differences judge velocities and new points as they judge a derivative."""
    found = proof_of(spec(TEXT.format("optimizer: momentum, decay: inverse")))
    for name in ("df/dx@3", "v_x+@2", "y+@3"):
        assert set(outcomes(found, name).values()) == {"agrees"}
    assert outcomes(found, "learning_rate_t@2")["re-derivation"] == "agrees"


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_a_given_state_is_proved(mode: str) -> None:
    """What starts from given velocities, points and settings is proved from there."""
    given = f"    given: {{v_x: 0.5, gamma: 0.8, a: 1, x: 2, v_y+: 1}}\n    mode: {mode}\n"
    assert not not_proved(proof_of(spec(TEXT.format("optimizer: momentum") + given)))


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_mistake_is_refuted(name: str) -> None:
    """A wrong line of an optimiser is refuted here too."""
    gives, formula = WRONG[name]
    rules = replace(TEXTBOOK, moves=((gives, Rule("wrong", formula)),))
    found = trace(spec(TEXT.format(f"optimizer: {name}")), arithmetic("decimal"), rules)
    assert refuted(judged(found))
