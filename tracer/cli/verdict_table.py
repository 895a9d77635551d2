"""The table of verdicts in a terminal: a row a number, a column a witness, reasons as footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from tracer.proof.verdicts import Finding, Outcome, Standing, Summary, Verdict
from tracer.render.wrap import WIDTH, wrapped

HEAD = "quantity"
WITNESSES = ("SymPy", "differences", "re-derivation")
WORDS = {Outcome.AGREES: "agrees", Outcome.DISAGREES: "DISAGREES", Outcome.SILENT: "-"}
GAP = "  "
MARKED = f"{WORDS[Outcome.AGREES]} (a)"
"""The widest word, with a mark where it may have one."""
SENTENCES = {
    Standing.PROVED: "{} of {} numbers are proved.",
    Standing.REFUTED: "{} of {} is refuted.",
    Standing.UNPROVED: "{} of {} could not be proved: no witness speaks for them.",
}


class VerdictTable:
    """Writes verdicts one by one.

    Attributes:
        summary: the verdicts so far, counted.
    """

    def __init__(self, names: Sequence[str], values: int) -> None:
        """Fits the columns to the claims.

        Args:
            names: the claims' names.
            values: the width of the column of values.
        """
        others = (values, *(max(len(name), len(MARKED)) for name in WITNESSES))
        room = WIDTH - sum(others) - len(GAP) * len(others)
        longest = max(map(len, (HEAD, *names)))
        self.widths = (max(min(longest, room), len(HEAD)), *others)
        self.total = len(names)
        self.summary = Summary()
        self._reasons: dict[str, str] = {}

    def head(self) -> str:
        """The line of column heads."""
        return self._line((HEAD, "value", *WITNESSES))

    def row(self, verdict: Verdict, value: str) -> str:
        """A verdict's line with its value as the page shows it; under its name if that is long."""
        self.summary.count(verdict)
        said = (value, *map(self._word, verdict.findings))
        if len(verdict.name) <= self.widths[0]:
            return self._line((verdict.name, *said))
        return f"{verdict.name}\n{self._line(('', *said))}"

    def foot(self) -> Iterator[str]:
        """The reasons why witnesses were silent or reserved, and how many claims stand how."""
        yield ""
        for reason, mark in self._reasons.items():
            first, *rest = wrapped(reason, WIDTH - 4)
            yield f"{mark.rjust(3)} {first}"
            yield from (f"    {line}" for line in rest)
        for standing, sentence in SENTENCES.items():
            count = self.summary.standings[standing]
            if count or standing is Standing.PROVED:
                yield sentence.format(count, self.total)

    def _word(self, finding: Finding) -> str:
        """What one witness says, with the mark of its reason if it has one."""
        word = WORDS[finding.outcome]
        if not finding.reason:
            return word
        mark = self._reasons.setdefault(finding.reason, f"({_letter(len(self._reasons))})")
        return f"{word} {mark}"

    def _line(self, cells: Sequence[str]) -> str:
        return GAP.join(map(str.ljust, cells, self.widths)).rstrip()


def _letter(number: int) -> str:
    return ascii_lowercase[number] if number < len(ascii_lowercase) else str(number + 1)


def told(verdict: Verdict, value: str) -> Iterator[str]:
    """What a refuted claim says, its value as the page shows it, and what each witness found."""
    yield f"{verdict.name}: the trace says {value}"
    for finding in verdict.findings:
        yield f"  {finding.witness}: {finding}"
