"""No wrong number is ever proved, and no right one refuted, whatever numbers stand beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from random import Random

from hypothesis import given, reject, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.networks import Drawn, mixed
from tests.support.tracing import few_digits, network_of
from tests.unit.proof.judging import Standings, handed, standings
from tracer.derive.settle import calculated
from tracer.derive.trace import Trace
from tracer.errors import CalculationError
from tracer.proof.claims import Claim
from tracer.proof.verdicts import Standing

RANDOM = st.randoms(use_true_random=False)
CHANGES: dict[str, Callable[[Fraction], Fraction]] = {
    "three times": lambda value: 3 * value,
    "zero": lambda value: value * 0,
    "the other sign": lambda value: -value,
    "a little more": lambda value: value * (1 + Fraction(1, 10**9)),
}
A_LITTLE = "a little more"
MUCH = [what for what in CHANGES if what != A_LITTLE]
FEW = settings(max_examples=20)
ROUNDED = st.sampled_from(("decimal:50", "decimal:12", "float"))


def traced(drawn: Drawn, random: Random, numbers: str) -> Trace:
    """The trace in an arithmetic; by default in as many decimals as it takes."""
    with few_digits():
        try:
            return calculated(network_of(drawn, random), numbers)
        except CalculationError:
            reject()


def proved(found: Standings) -> list[Claim]:
    """The claims that the witnesses prove."""
    return [claim for claim, standing in found if standing is Standing.PROVED]


def wrong(claims: Iterable[Claim], changes: Iterable[str]) -> list[Claim]:
    """Each claim in each of the ways in which it can be wrong."""
    return [
        replace(claim, name=f"{claim.name}, {what}", value=CHANGES[what](claim.value))
        for claim in claims
        for what in changes
        if claim.value and not (claim.slack and what == A_LITTLE)
    ]


@FEW
@given(mixed(), RANDOM)
def test_only_right_numbers_are_proved(drawn: Drawn, random: Random) -> None:
    """Every number of a settled trace is proved; no wrong one is, settled or not."""
    trace = traced(drawn, random, "")
    claims = handed(trace, parts=False, rounds=bool(trace.unsettled)).claims
    found = standings(trace, claims)
    assert trace.unsettled or proved(found) == claims
    assert not proved(standings(trace, wrong(proved(found), CHANGES)))


@FEW
@given(mixed(), RANDOM, ROUNDED)
def test_rounding_is_no_mistake(drawn: Drawn, random: Random, numbers: str) -> None:
    """Where digits are lost no number is refuted for it, and still no wrong one is proved."""
    trace = traced(drawn, random, numbers)
    claims = handed(trace, parts=False).claims
    found = standings(trace, claims)
    assert Standing.REFUTED not in {standing for _, standing in found}
    assert not proved(standings(trace, wrong(proved(found), MUCH)))
