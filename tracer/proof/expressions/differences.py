"""Central differences of an expression program's evaluation."""

from __future__ import annotations

from fractions import Fraction

from tracer.proof.expressions.data import VALUES, ProgramData, Question
from tracer.proof.expressions.program import Program
from tracer.proof.moves import ACCURACY, MOVES, VAGUE, central_difference
from tracer.proof.numeric import Numeric
from tracer.proof.reals import Real
from tracer.proof.witness import AT_A_KINK, GIVEN, NO_DERIVATIVE, SilentError, testimony
from tracer.rules.quantity import Quantity

OPERATION = 15
"""About how many microseconds an operation takes, in all moves together."""


class Differences:
    """The witness that uses no rule of differentiation.

    Attributes:
        data: the program and its numbers.
    """

    name = "differences"
    accuracy: Fraction = ACCURACY
    vague = VAGUE

    def __init__(self, data: ProgramData) -> None:
        self.data = data
        self._unmoved: dict[int, dict[str, Real]] = {}

    @property
    def work(self) -> int:
        """As if all of the program were computed again."""
        return OPERATION * self.data.operations.length

    def knows(self, quantity: Quantity) -> bool:
        """Derivatives."""
        return quantity.kind not in VALUES

    @testimony
    def value(self, quantity: Quantity) -> Real:
        """The difference quotient."""
        if quantity.kind in VALUES:
            raise SilentError(NO_DERIVATIVE)
        if self.data.derivatives:
            raise SilentError(GIVEN)
        question = self.data.question(quantity)
        runs = [self._moved(question, by) for by in MOVES]
        if any(decisions != runs[0][1] for _, decisions in runs):
            raise SilentError(AT_A_KINK)
        here, of = self._here(question.program), question.of
        return central_difference(here[of], [values[of] for values, _ in runs])

    def _here(self, program: Program) -> dict[str, Real]:
        """All values with nothing moved."""
        key = id(program)
        if key not in self._unmoved:
            data = self.data
            self._unmoved[key] = program.run(data.start, Numeric(), offsets=data.offsets)
        return self._unmoved[key]

    def _moved(self, question: Question, by: Real) -> tuple[dict[str, Real], list[int]]:
        """All values with one place moved, and the decisions on the way to them."""
        algebra, program = Numeric(), question.program
        values = program.run(
            self.data.start,
            algebra,
            question.by,
            lambda value: value + by,
            self.data.offsets,
            self._here(program),
        )
        return values, algebra.decisions
