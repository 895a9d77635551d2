"""Puts every claim of a trace before the witnesses, one verdict after the other.

SymPy and the differences take more time for each claim the larger the network is. Where all claims
would take too long, each of them judges as many as it can, drawn at random with a fixed seed; the
re-derivation judges all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from tracer.proof.agreement import word
from tracer.proof.claims import Claim, Definition, Tolerance
from tracer.proof.letters import Given
from tracer.proof.precision import DIGITS, carrying
from tracer.proof.verdicts import Finding, Outcome, Verdict
from tracer.proof.witness import MOST_OPERATIONS, Answer, Mute, Silent, Witness
from tracer.rules.quantity import Quantity
from tracer.spec.network import ExpressionProgram, Network, Spec

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
        digits: as many the witnesses carry of what is not rational.
    """
    start = given or {}
    with carrying(digits):
        judges = witnesses(spec, definitions, start)
        waiting = [claim for claim in claims if claim.quantity not in start]
        drawn = [_drawn(judge, waiting, seed) for judge in judges]
    for number, claim in enumerate(waiting):
        with carrying(digits):
            findings = [
                _finding(judge, claim, _answer(judge, claim.quantity, number, chosen), tolerance)
                for judge, chosen in zip(judges, drawn, strict=True)
            ]
        yield Verdict(claim.name, claim.value, tuple(findings))


def witnesses(
    spec: Spec, definitions: Sequence[Definition] = (), given: Given | None = None
) -> tuple[Witness, ...]:
    """The witnesses for a spec: SymPy, differences, re-derivation."""
    if isinstance(spec, Network):
        return _for_network(spec, given or {})
    return _for_program(spec, definitions, given or {})


def _for_network(network: Network, given: Given) -> tuple[Witness, ...]:
    from tracer.proof.network.data import Data
    from tracer.proof.network.differences import Differences
    from tracer.proof.network.graph import Graph
    from tracer.proof.network.rederive import Rederivation
    from tracer.proof.network.shape import operations
    from tracer.proof.network.training import Training

    training = Training(Data(Graph(network), given))
    others = (Differences(training), Rederivation(training))
    size = operations(training.data.graph)
    if size > MOST_OPERATIONS:
        return (Mute.of_size("SymPy", size), *others)
    from tracer.proof.network.closed_form import ClosedForms

    return (ClosedForms(training), *others)


def _for_program(
    spec: ExpressionProgram, definitions: Sequence[Definition], given: Given
) -> tuple[Witness, ...]:
    from tracer.proof.expressions.data import ProgramData
    from tracer.proof.expressions.differences import Differences
    from tracer.proof.expressions.program import operations_of
    from tracer.proof.expressions.rederive import Rederivation

    if spec.steps:
        return _for_steps(spec, definitions, given)
    data = ProgramData(spec, definitions, given)
    others = (Differences(data), Rederivation(data))
    size = operations_of(data.operations)
    if size > MOST_OPERATIONS:
        return (Mute.of_size("SymPy", size), *others)
    from tracer.proof.expressions.closed_form import ClosedForms

    return (ClosedForms(data), *others)


def _for_steps(
    spec: ExpressionProgram, definitions: Sequence[Definition], given: Given
) -> tuple[Witness, ...]:
    """The witnesses for a program that is minimised."""
    from tracer.proof.expressions.descent import Descent, Stepwise
    from tracer.proof.expressions.differences import Differences
    from tracer.proof.expressions.program import operations_of
    from tracer.proof.expressions.rederive import Rederivation

    descent = Descent(spec, definitions, given)
    others = (Stepwise(descent, Differences), Stepwise(descent, Rederivation, counts=True))
    size = operations_of(descent.data(1).operations)
    if size > MOST_OPERATIONS:
        return (Mute.of_size("SymPy", size), *others)
    from tracer.proof.expressions.closed_form import ClosedForms

    return (Stepwise(descent, ClosedForms), *others)


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
