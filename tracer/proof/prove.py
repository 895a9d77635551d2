"""Puts every claim of a trace before the witnesses, one verdict after the other.

SymPy and the differences take more time for each claim the larger the network is. Where all claims
would take too long, each of them judges as many as it can, drawn at random with a fixed seed; the
re-derivation judges all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from random import Random

from tracer.proof.agreement import word
from tracer.proof.bench import witnesses
from tracer.proof.claims import Claim, Definition, Tolerance
from tracer.proof.ladder import Ladder
from tracer.proof.letters import Given
from tracer.proof.precision import DIGITS
from tracer.proof.verdicts import Finding, Outcome, Verdict
from tracer.proof.witness import Answer, Silent, Witness
from tracer.rules.quantity import Quantity
from tracer.spec.network import Spec

MOST_WORK = 5_000_000
"""As many microseconds a witness spends on all claims together, about."""

FEWEST = 50
"""As many claims a witness judges in any case."""


def prove(
    spec: Spec,
    claims: Sequence[Claim],
    tolerance: Tolerance,
    *,
    definitions: Sequence[Definition] = (),
    given: Given | None = None,
    seed: int = 0,
    digits: int = DIGITS,
) -> Iterator[Verdict]:
    """A verdict on every claim, in order, each as soon as it is reached.

    Args:
        spec: what was traced.
        claims: what the trace says; what it was given is left out.
        tolerance: how closely the witnesses have to agree.
        definitions: of an expression program's intermediate results, in the order of evaluation.
        given: values at which a partial state starts.
        seed: draws the claims that slow witnesses judge, where there are too many.
        digits: as many the witnesses carry at first of what is not rational.
    """
    start = given or {}
    waiting = [claim for claim in claims if claim.quantity not in start]
    ladder = Ladder(lambda: witnesses(spec, definitions, start), digits)
    drawn = [_drawn(judge, waiting, seed) for judge in ladder.bench]
    for number, claim in enumerate(waiting):
        yield ladder.verdict(partial(_verdict, claim, number, drawn, tolerance))


def _verdict(
    claim: Claim,
    number: int,
    drawn: Sequence[frozenset[int] | None],
    tolerance: Tolerance,
    judges: Sequence[Witness],
) -> Verdict:
    """What all witnesses say of a claim."""
    findings = (
        _finding(judge, claim, _answer(judge, claim.quantity, number, chosen), tolerance)
        for judge, chosen in zip(judges, drawn, strict=True)
    )
    return Verdict(claim.name, claim.value, tuple(findings))


def _drawn(judge: Witness, claims: Sequence[Claim], seed: int) -> frozenset[int] | None:
    """The numbers of the claims that a witness judges; None for all."""
    known = [number for number, claim in enumerate(claims) if judge.knows(claim.quantity)]
    most = max(MOST_WORK // judge.work, FEWEST)
    if len(known) <= most or judge.work <= 1:
        return None
    return frozenset(Random(seed).sample(known, most))


def _answer(
    judge: Witness, quantity: Quantity, number: int, drawn: frozenset[int] | None
) -> Answer:
    if drawn is not None and number not in drawn and judge.knows(quantity):
        return Silent(f"not among the {len(drawn):,} claims drawn for it")
    return judge.value(quantity)


def _finding(judge: Witness, claim: Claim, answer: Answer, tolerance: Tolerance) -> Finding:
    if isinstance(answer, Silent):
        return Finding(judge.name, Outcome.SILENT, reason=answer.reason)
    outcome, reason = word(claim, answer, tolerance.widened(judge.accuracy), judge.vague)
    return Finding(judge.name, outcome, answer, reason)
