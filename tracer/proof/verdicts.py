"""What the witnesses say of one claim, and of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction

from msgspec import Struct, field

from tracer.proof.reals import Real


class Outcome(Enum):
    """What one witness says of one claim."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    SILENT = "silent"


class Standing(Enum):
    """What becomes of a claim: refuted by one witness, proved by at least one, or neither."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNPROVED = "unproved"


class Finding(Struct, frozen=True):
    """One witness's word on one claim.

    Attributes:
        witness: its name.
        outcome: what it says.
        found: the value that it found; None where it has none.
        reason: why it is silent, or why it agrees to a few digits only; empty otherwise.
    """

    witness: str
    outcome: Outcome
    found: Real | None = None
    reason: str = ""

    def __str__(self) -> str:
        """``agrees``, ``disagrees: 0.25``, ``silent: not a derivative``."""
        told = self.reason or ("" if self.outcome is Outcome.AGREES else self.found)
        return f"{self.outcome.value}: {told}" if told else str(self.outcome.value)


class Verdict(Struct, frozen=True):
    """All witnesses' word on one claim.

    Attributes:
        name: the quantity's plain name.
        value: what the trace says.
        findings: one for each witness, always in the same order.
    """

    name: str
    value: Fraction
    findings: tuple[Finding, ...]

    @property
    def standing(self) -> Standing:
        """Whether the claim is proved."""
        outcomes = {finding.outcome for finding in self.findings}
        if Outcome.DISAGREES in outcomes:
            return Standing.REFUTED
        return Standing.PROVED if Outcome.AGREES in outcomes else Standing.UNPROVED


class Summary(Struct):
    """Verdicts, counted as they come.

    Attributes:
        standings: how many claims stand how.
        outcomes: how often each witness said what.
    """

    standings: Counter[Standing] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, Outcome]] = field(default_factory=Counter)

    def count(self, verdict: Verdict) -> None:
        """Adds one verdict."""
        self.standings[verdict.standing] += 1
        self.outcomes.update((item.witness, item.outcome) for item in verdict.findings)


def summary(verdicts: Iterable[Verdict]) -> Summary:
    """All verdicts, counted."""
    counted = Summary()
    for verdict in verdicts:
        counted.count(verdict)
    return counted
