"""The numbers of an expression program, and where in it a quantity is to be looked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from tracer.maths.expression import Number
from tracer.proof.claims import Definition
from tracer.proof.expressions.program import (
    Place,
    Program,
    Whole,
    program_of_definitions,
    program_of_lines,
)
from tracer.proof.letters import Given, arbitrary
from tracer.proof.numeric import Numeric
from tracer.proof.reals import Real
from tracer.proof.witness import GIVEN, SilentError
from tracer.rules.quantity import ADJOINT, CONTRIBUTION, RESULT, VARIABLE, Quantity
from tracer.spec.network import ExpressionProgram

VALUES = (VARIABLE, RESULT)


class Question(Struct, frozen=True):
    """How fast one value of a program changes with that at a place."""

    program: Program
    of: str
    by: Place


class ProgramData:
    """An expression program with its numbers.

    Attributes:
        spec: the program.
        lines: the author's own lines.
        operations: the same under the trace's names.
        start: the variables' values.
        given: values of results, at which a partial state starts.
        derivatives: derivatives that are given too.
    """

    def __init__(
        self, spec: ExpressionProgram, definitions: Sequence[Definition], given: Given
    ) -> None:
        self.spec = spec
        self.derivatives = {
            (quantity.kind, quantity.unit): Real(value)
            for quantity, value in given.items()
            if quantity.kind not in VALUES
        }
        values = {q.unit: Real(value) for q, value in given.items() if q.kind in VALUES}
        variables = {
            name: Real(value.value) if isinstance(value, Number) else arbitrary(k)
            for k, (name, value) in enumerate(zip(spec.variables, spec.at, strict=True))
        }
        self.start = variables | values
        self.given = {name: value for name, value in values.items() if name not in variables}
        self.lines = program_of_lines(spec)
        self.operations = (
            program_of_definitions(spec, definitions, self.given) if definitions else self.lines
        )

    def program_of(self, *names: str) -> Program:
        """The program that knows some names: the author's lines, if they do.

        Raises:
            SilentError: none knows them all.
        """
        for program in (self.operations,) if self.given else (self.lines, self.operations):
            if all(name in program for name in names):
                return program
        unknown = next(name for name in names if name not in self.operations)
        raise SilentError(f"no definition of '{unknown}' was handed over")

    def question(self, quantity: Quantity) -> Question:
        """What a quantity is a derivative of, and by what.

        Raises:
            SilentError: that is not known here, or lies behind given values.
        """
        if quantity.kind is CONTRIBUTION:
            name, _, mark = quantity.unit.rpartition("^")
            use = self.operations.use(name, mark)
            return self._checked(Question(self.operations, self.operations.result, use))
        of, by = quantity.unit, quantity.source
        if quantity.kind is ADJOINT:
            of, by = by, of
        return self._checked(Question(self.program_of(of, by), of, Whole(by)))

    def _checked(self, question: Question) -> Question:
        """Refuses derivatives through a result that is given, whose slope may be anything.

        Where a trace does not say how a given result came about, that may be any derivative.
        """
        if not self.given:
            return question
        place = question.by
        undefined = self.given.keys() - question.program.by_name.keys()
        is_given = isinstance(place, Whole) and place.name in self.given
        if self._leads_to_given(place) or (undefined and not is_given):
            raise SilentError(GIVEN)
        return question

    def _leads_to_given(self, place: Place) -> bool:
        """Whether a given result depends on a value, there where it stands."""
        if isinstance(place, Whole):
            return place.name in self._before_given
        return place.user in self.given or place.user in self._before_given

    @cached_property
    def _before_given(self) -> frozenset[str]:
        return self.operations.before(self.given)

    @cached_property
    def offsets(self) -> dict[str, Real]:
        """What given results differ by from what would be computed."""
        found: dict[str, Real] = {}
        for operation in self.operations.operations if self.given else ():
            if operation.name in self.given:
                values = self.operations.run(self.start, Numeric(), offsets=found)
                found[operation.name] = self.given[operation.name] - values[operation.name]
        return found
