"""Networks and programs before the witnesses, and what each of these says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tracer.derive.entries import Entry, Step
from tracer.derive.settle import settled
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.proof.claims import Claim, Definition, tolerance
from tracer.proof.prove import prove
from tracer.proof.reals import Real
from tracer.proof.verdicts import Finding, Standing, Verdict
from tracer.rules.backprop import Backprop
from tracer.rules.quantity import NET_BY_PARAMETER, RESULT, Quantity
from tracer.spec import Spec

WITNESSES = ("SymPy", "differences", "re-derivation")


@dataclass(frozen=True)
class Handed:
    """What a trace says, as plain data."""

    claims: list[Claim]
    definitions: list[Definition]
    given: dict[Quantity, Fraction]


def handed(trace: Trace, parts: bool = True) -> Handed:
    """Everything that a trace says, the lines of the longer telling included if wanted."""
    claims = [
        Claim(entry.quantity, entry.name, value)
        for entry in _told(trace, parts)
        if (value := _number(trace, entry)) is not None
    ]
    results = [step for step in trace.steps if step.quantity.kind is RESULT]
    definitions = [
        Definition(step.name, step.template.over([operand.name for operand in step.operands]))
        for step in results
    ]
    starts = (trace[item.quantity] for item in trace.spec.given)
    given = {
        entry.quantity: value for entry in starts if (value := _number(trace, entry)) is not None
    }
    return Handed(claims, definitions, given)


def _told(trace: Trace, parts: bool) -> Iterator[Entry]:
    for entry in trace:
        yield entry
        if parts and isinstance(entry, Step) and not entry.is_carried:
            yield from (
                part for part in entry.substeps if part.quantity.kind is not NET_BY_PARAMETER
            )


def _number(trace: Trace, entry: Entry) -> Fraction | None:
    return None if entry.value is None else trace.arithmetic.fraction(entry.value)


def judged(found: Trace, spec: Spec | None = None, parts: bool = True) -> list[Verdict]:
    """The witnesses' word on everything that a trace says.

    Args:
        found: the trace.
        spec: what it claims to be the trace of, if that is another one.
        parts: whether the longer telling is judged too.
    """
    what, allowed = handed(found, parts), tolerance(found.arithmetic.name)
    assert allowed is not None
    verdicts = prove(
        spec or found.spec, what.claims, allowed, definitions=what.definitions, given=what.given
    )
    return list(verdicts)


def proof_of(spec: Spec, numbers: str = "", rules: Backprop | None = None) -> list[Verdict]:
    """The witnesses' word on a spec's own trace; in as many decimals as it takes, if not said."""
    found = trace(spec, arithmetic(numbers), rules) if numbers else settled(spec, rules)
    return judged(found)


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
