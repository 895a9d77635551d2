"""SymPy's closed form of an expression program's result, and its derivatives."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tracer.proof import bridge
from tracer.proof.bridge import Pieces, Point
from tracer.proof.expressions.data import VALUES, ProgramData, Question
from tracer.proof.expressions.program import Program, Whole, size_of
from tracer.proof.numeric import Numeric
from tracer.proof.reals import Real
from tracer.proof.witness import (
    GIVEN,
    TOO_FEW,
    SilentError,
    testimony,
)
from tracer.rules.quantity import Quantity


class ClosedForms:
    """The witness that has SymPy differentiate the whole closed form at once.

    Attributes:
        data: the program and its numbers.
    """

    name = "SymPy"
    accuracy = Fraction(0)
    vague = TOO_FEW

    def __init__(self, data: ProgramData) -> None:
        self.data = data
        self.size = size_of(data.operations)
        self.work = self.size.work
        self._letters = {name: bridge.symbol(f"x{k}") for k, name in enumerate(data.start)}
        self._point = Point({self._letters[name]: value for name, value in data.start.items()})

    def knows(self, quantity: Quantity) -> bool:
        """Everything."""
        return True

    @testimony
    def value(self, quantity: Quantity) -> Real:
        """The value of a closed form, or of its derivative."""
        self.size.refuse_large()
        if quantity.kind in VALUES:
            program = self.data.program_of(quantity.unit)
            return self._point.value(self._forms(program)[quantity.unit])
        if self.data.derivatives:
            raise SilentError(GIVEN)
        question = self.data.question(quantity)
        symbol = self._symbol(question)
        forms = question.program.run(
            self._letters, Pieces(self._point), question.by, lambda _: symbol, self._offsets()
        )
        return self._point.value(forms[question.of].diff(symbol))

    def _forms(self, program: Program) -> dict[str, Any]:
        forms: dict[str, Any] = program.run(
            self._letters, Pieces(self._point), offsets=self._offsets()
        )
        return forms

    def _offsets(self) -> dict[str, Any]:
        """A symbol for what each given value differs by from what is computed."""
        symbols = {}
        for name, value in self.data.offsets.items():
            symbols[name] = bridge.symbol(f"given {name}")
            self._point.numbers[symbols[name]] = value
        return symbols

    def _symbol(self, question: Question) -> Any:
        """What stands for the value at the place, which the point gets to know."""
        place, program = question.by, question.program
        symbol = bridge.symbol(f"cut at {place}")
        values = program.run(self.data.start, Numeric(), offsets=self.data.offsets)
        name = place.name if isinstance(place, Whole) else program.operand(place)
        self._point.numbers[symbol] = values[name]
        return symbol
