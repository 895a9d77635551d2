"""The conventions of an expression: how it is derived, and how it is minimised."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.expressions.operations import Operations
from tracer.phrase import Phrase, counted, listed, phrase
from tracer.rules.kinks import kinks
from tracer.rules.quantity import ADJOINT, Quantity
from tracer.sheet.moves import update_rows
from tracer.sheet.rows import Row
from tracer.spec.expressions.descent import placed_program
from tracer.spec.network import ExpressionProgram

MODE = Phrase("mode")


def expression_rows(program: ExpressionProgram) -> Iterator[Row]:
    """(what is chosen, the choice) of an expression: its mode, its steps, its kinks."""
    if program.forward:
        yield MODE, Phrase("forward: one sweep for each variable, from the variables to the result")
    else:
        yield MODE, Phrase("reverse: one sweep, from the result back to the variables")
    if program.steps:
        yield Phrase("minimised"), _minimised(program)
        operations = Operations(program)
        result = operations.items[operations.result].name
        gradient = Quantity(ADJOINT, program.moved[0], result)
        yield from update_rows(placed_program(program).training, gradient)
    found = (clause for line in program.lines for clause in kinks(line.formula))
    yield from ((Phrase("at the kink"), clause) for clause in dict.fromkeys(found))


def _minimised(program: ExpressionProgram) -> Phrase:
    """What is minimised, by moving which variables."""
    still = [name for name in program.variables if name not in program.moved]
    function, moved = program.lines[-1].name, listed(program.moved)
    if not still:
        return phrase("{function}, by moving {moved}", function=function, moved=moved)
    return counted(
        len(still),
        "{function}, by moving {moved}; {still} stays",
        "{function}, by moving {moved}; {still} stay",
        function=function,
        moved=moved,
        still=listed(still),
    )
