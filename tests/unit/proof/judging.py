"""Networks and programs before the witnesses, and what each of these says."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from tracer.cli.stated import definitions, starting_values, statements
from tracer.derive.rounding import NONE, rounding
from tracer.derive.settle import settled
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.proof.claims import Claim, Definition, digits_beside, tolerance
from tracer.proof.prove import prove
from tracer.proof.reals import Real
from tracer.proof.verdicts import Finding, Standing, Verdict
from tracer.rules.backprop import Backprop
from tracer.rules.quantity import Quantity
from tracer.spec import Spec

WITNESSES = ("SymPy", "differences", "re-derivation")


Standings = list[tuple[Claim, Standing]]


class Handed(Struct, frozen=True):
    """What a trace says, as plain data."""

    claims: list[Claim]
    definitions: list[Definition]
    given: dict[Quantity, Fraction]


def handed(trace: Trace, parts: bool = True, rounds: bool = True) -> Handed:
    """Everything that a trace says.

    Args:
        trace: the trace.
        parts: whether the lines of the longer telling are included.
        rounds: whether its numbers are rounded: not where their digits are settled.
    """
    rounded = rounding(trace) if rounds else NONE
    claims = [claim for _, claim in statements(trace, parts, rounded) if claim is not None]
    return Handed(claims, definitions(trace), starting_values(trace))


def judged(
    found: Trace, spec: Spec | None = None, parts: bool = True, rounds: bool = True
) -> list[Verdict]:
    """The witnesses' word on everything that a trace says.

    Args:
        found: the trace.
        spec: what it claims to be the trace of, if that is another one.
        parts: whether the longer telling is judged too.
        rounds: whether its numbers are rounded: not where their digits are settled.
    """
    what, allowed = handed(found, parts, rounds), tolerance(found.arithmetic.name)
    assert allowed is not None
    return list(
        prove(
            spec or found.spec,
            what.claims,
            allowed,
            definitions=what.definitions,
            given=what.given,
            digits=digits_beside(found.arithmetic.name),
        )
    )


def standings(found: Trace, claims: list[Claim]) -> Standings:
    """How claims about a network stand, each with its claim."""
    allowed = tolerance(found.arithmetic.name)
    assert allowed is not None
    digits = digits_beside(found.arithmetic.name)
    verdicts = prove(found.spec, claims, allowed, given=starting_values(found), digits=digits)
    return [(claim, item.standing) for claim, item in zip(claims, verdicts, strict=True)]


def proof_of(spec: Spec, numbers: str = "", rules: Backprop | None = None) -> list[Verdict]:
    """The witnesses' word on a spec's own trace; in as many decimals as it takes, if not said."""
    found = trace(spec, arithmetic(numbers), rules) if numbers else settled(spec, rules)
    return judged(found, rounds=bool(numbers or found.unsettled))


def not_proved(found: list[Verdict]) -> list[str]:
    """What is not proved, in words."""
    return [
        f"{verdict.name} = {Real(verdict.value)}: {'; '.join(map(str, verdict.findings))}"
        for verdict in found
        if verdict.standing is not Standing.PROVED
    ]


def of(found: list[Verdict], name: str) -> dict[str, Finding]:
    """What each witness says of one quantity."""
    verdict = next(verdict for verdict in found if verdict.name == name)
    return {finding.witness: finding for finding in verdict.findings}


def outcomes(found: list[Verdict], name: str) -> dict[str, str]:
    """Each witness's word on one quantity: agrees, disagrees or silent."""
    return {witness: finding.outcome.value for witness, finding in of(found, name).items()}


def refuted(found: list[Verdict]) -> list[str]:
    """The names of what a witness does not agree with, in order."""
    return [verdict.name for verdict in found if verdict.standing is Standing.REFUTED]
