"""More digits where a witness has too few: the same question again, with twice as many.

A long calculation loses digits on its way, so that from some line on a number of digits is not
enough. From there on the witnesses carry the number that was, and do not try fewer again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tracer.proof.moves import VAGUE
from tracer.proof.precision import carrying
from tracer.proof.reals import TOO_CLOSE
from tracer.proof.verdicts import Outcome, Standing, Verdict
from tracer.proof.witness import TOO_FEW, Witness

MOST_DIGITS = 1_600
"""More digits than this are carried only where the calculation itself carries more."""

FRUITLESS = 20
"""After so many numbers that no more digits have proved, no more of them are tried."""

NOT_ENOUGH = frozenset((TOO_FEW, VAGUE, TOO_CLOSE))
"""What witnesses say whom more digits may help."""

Bench = Sequence[Witness]
"""The witnesses of one number of digits."""


class Ladder:
    """Benches of witnesses, each carrying twice as many digits as the one before.

    Attributes:
        digits: as many as are carried for now.
    """

    def __init__(self, seat: Callable[[], Bench], digits: int) -> None:
        """Starts at the lowest number of digits.

        Args:
            seat: makes the witnesses.
            digits: as many they carry at first.
        """
        self.digits = digits
        self._seat = seat
        self._benches: dict[int, Bench] = {}
        self._fruitless = 0

    @property
    def bench(self) -> Bench:
        """The witnesses for now."""
        return self._at(self.digits)

    def _at(self, digits: int) -> Bench:
        if digits not in self._benches:
            with carrying(digits):
                self._benches[digits] = self._seat()
        return self._benches[digits]

    def verdict(self, judge: Callable[[Bench], Verdict]) -> Verdict:
        """The first verdict for which the digits are enough; else the first one of all.

        Args:
            judge: asks a bench.
        """
        first = self._judged(judge, self.digits)
        if not _asks_for_more(first) or self._fruitless >= FRUITLESS:
            return first
        for digits in self._more():
            found = self._judged(judge, digits)
            if found.standing is not Standing.UNPROVED:
                self._stay_at(digits)
                return found
            if not _asks_for_more(found):
                break
        self._fruitless += 1
        return first

    def _judged(self, judge: Callable[[Bench], Verdict], digits: int) -> Verdict:
        bench = self._at(digits)
        with carrying(digits):
            return judge(bench)

    def _more(self) -> Iterator[int]:
        """Ever more digits."""
        digits = 2 * self.digits
        while digits <= MOST_DIGITS:
            yield digits
            digits *= 2

    def _stay_at(self, digits: int) -> None:
        self.digits = digits
        self._benches = {more: bench for more, bench in self._benches.items() if more >= digits}


def _asks_for_more(verdict: Verdict) -> bool:
    """Whether nobody speaks for a claim, and somebody might with more digits."""
    return verdict.standing is Standing.UNPROVED and any(
        finding.outcome is Outcome.SILENT and finding.reason in NOT_ENOUGH
        for finding in verdict.findings
    )
