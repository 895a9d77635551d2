"""Witnesses whose digits are too few for a number ask again, with more of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from tests.unit.making import spec
from tests.unit.proof.judging import not_proved, outcomes, proof_of
from tracer.proof.ladder import FRUITLESS, MOST_DIGITS, Ladder
from tracer.proof.precision import DIGITS, MP
from tracer.proof.verdicts import Finding, Outcome, Verdict
from tracer.proof.witness import TOO_FEW, Witness

CHAOTIC = """
    expression: f = sin(x)*x**2
    at: {{x: 1}}
    minimise: {{optimizer: momentum, learning_rate: 0.1, steps: {steps}{more}}}
"""


class Asked:
    """Digits that a number takes, and those with which somebody has asked for it."""

    def __init__(self, enough: int, reason: str = TOO_FEW) -> None:
        self.enough, self.reason, self.with_digits = enough, reason, list[int]()

    def __call__(self, bench: Sequence[Witness]) -> Verdict:
        """Agreement where the digits are enough; else silence."""
        self.with_digits.append(MP.dps)
        if MP.dps >= self.enough:
            finding = Finding("W", Outcome.AGREES)
        else:
            finding = Finding("W", Outcome.SILENT, reason=self.reason)
        return Verdict("y", Fraction(1), (finding,))


def ladder() -> Ladder:
    """A ladder without witnesses."""
    return Ladder(lambda: (), DIGITS)


def test_digits_are_doubled_until_they_are_enough() -> None:
    """What a hundred digits do not prove, four hundred may; the next number starts with these."""
    asked, later, found = Asked(350), Asked(1), ladder()
    assert found.verdict(asked).findings[0].outcome is Outcome.AGREES
    assert asked.with_digits == [100, 200, 400]
    found.verdict(later)
    assert later.with_digits == [400]
    assert found.digits == 400


def test_other_reasons_ask_for_no_more_digits() -> None:
    """Who is silent for another reason is asked once."""
    asked = Asked(350, "not a derivative")
    ladder().verdict(asked)
    assert asked.with_digits == [100]


def test_there_is_an_end() -> None:
    """No more digits than so many are tried, and not again and again where they prove nothing."""
    found, asked = ladder(), Asked(10**9)
    assert found.verdict(asked).findings[0].reason == TOO_FEW
    assert max(asked.with_digits) == MOST_DIGITS
    for _ in range(FRUITLESS):
        found.verdict(Asked(10**9))
    last = Asked(10**9)
    found.verdict(last)
    assert last.with_digits == [100]


def test_a_bench_is_seated_once() -> None:
    """For each number of digits the witnesses are made once, carrying these."""
    seated = list[int]()

    def seat() -> tuple[Witness, ...]:
        seated.append(MP.dps)
        return ()

    found = Ladder(seat, DIGITS)
    for enough in (10, 150, 150, 300, 5):
        found.verdict(Asked(enough))
    assert seated == [100, 200, 400]


@pytest.mark.parametrize("more", ["", ", evaluate_after: yes"])
def test_a_long_descent_is_proved(more: str) -> None:
    """Two hundred steps on a rough curve lose more than a hundred digits; all are proved."""
    found = proof_of(spec(CHAOTIC.format(steps=200, more=more)))
    assert not not_proved(found)
    assert set(outcomes(found, "x+@200").values()) == {"agrees"}


def test_a_long_training_is_proved() -> None:
    """So does a network whose weights are thrown about."""
    found = proof_of(
        spec("""
        inputs: [x]
        layers: [{units: [y], activation: "sin(net)*net**2", weights: [[1]]}]
        samples: [{input: [1], target: [-9]}]
        training: {learning_rate: 0.05, steps: 80}
    """)
    )
    assert not not_proved(found)
