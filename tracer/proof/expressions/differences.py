"""Central differences of an expression program's evaluation."""

from __future__ import annotations

from fractions import Fraction

from tracer.proof.expressions.data import VALUES, ProgramData, Question
from tracer.proof.moves import ACCURACY, MOVE, central_difference
from tracer.proof.numeric import Numeric
from tracer.proof.reals import ZERO, Real
from tracer.proof.witness import AT_A_KINK, GIVEN, NO_DERIVATIVE, SilentError, testimony
from tracer.rules.quantity import Quantity

OPERATION = 50
"""About how many microseconds an operation takes."""


class Differences:
    """The witness that uses no rule of differentiation.

    Attributes:
        data: the program and its numbers.
    """

    name = "differences"
    accuracy: Fraction = ACCURACY

    def __init__(self, data: ProgramData) -> None:
        self.data = data

    @property
    def work(self) -> int:
        """As if all of the program were computed again."""
        return OPERATION * len(self.data.operations.operations)

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
        ahead, one = self._moved(question, MOVE)
        behind, other = self._moved(question, -MOVE)
        if one != other:
            raise SilentError(AT_A_KINK)
        here, _ = self._moved(question, ZERO)
        of = question.of
        return central_difference(behind[of], here[of], ahead[of], here.values())

    def _moved(self, question: Question, by: Real) -> tuple[dict[str, Real], list[int]]:
        """All values with one place moved, and the decisions on the way to them."""
        algebra = Numeric()
        values = question.program.run(
            self.data.start, algebra, question.by, lambda value: value + by, self.data.offsets
        )
        return values, algebra.decisions
