"""The steps that minimise an expression, as the witnesses go them: every point is their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from msgspec.structs import replace

from tracer.maths.expression import Number
from tracer.proof.claims import Definition
from tracer.proof.decays import KINDS
from tracer.proof.expressions.data import ProgramData
from tracer.proof.expressions.rederive import Rederivation
from tracer.proof.letters import Given, arbitrary
from tracer.proof.optimisers import Memory, Optimisation, Roles
from tracer.proof.reals import Real
from tracer.proof.witness import Answer, Silent, SilentError, Witness, testimony
from tracer.rules.optimisers import MADE
from tracer.rules.quantity import (
    ADJOINT,
    CONTRIBUTION,
    LOCAL,
    RESULT,
    TANGENT,
    VARIABLE,
    Kind,
    Quantity,
)
from tracer.spec.expressions.descent import placed_program
from tracer.spec.network import ExpressionProgram, Value

OF_A_STEP = frozenset((VARIABLE, RESULT, ADJOINT, CONTRIBUTION, TANGENT, LOCAL))
KEPT = 5
"""As many steps are kept at hand."""


class Descent:
    """All steps, each when it is asked for.

    Attributes:
        spec: the program, with what is given for all steps in its place.
        optimisation: the optimiser.
    """

    def __init__(
        self, spec: ExpressionProgram, definitions: Sequence[Definition], given: Given
    ) -> None:
        self.spec = placed_program(spec)
        self._definitions = definitions
        self._given = {replace(quantity, step=0): value for quantity, value in given.items()}
        self.optimisation = Optimisation(self.spec.training, self._number, self.spec.moved)
        self._states: list[tuple[Mapping[str, Real], Memory]] = []
        self._data: dict[int, ProgramData] = {}

    def _number(self, value: Value, quantity: Quantity) -> Real:
        found = self._given.get(quantity)
        if found is not None:
            return Real(found)
        return Real(value.value) if isinstance(value, Number) else arbitrary(len(self.spec.at))

    @cached_property
    def gradient_kind(self) -> Kind:
        """The kind of the result's derivatives by variables."""
        return TANGENT if self.spec.forward else ADJOINT

    def gradient(self, variable: str) -> Quantity:
        """The result's derivative by a variable."""
        result = self.data(1).operations.result
        units = (result, variable) if self.spec.forward else (variable, result)
        return Quantity(self.gradient_kind, *units)

    def data(self, step: int) -> ProgramData:
        """The program's numbers in a step, from 1."""
        if step not in self._data:
            if len(self._data) >= KEPT:
                del self._data[max(self._data)]
            given = {q: v for q, v in self._given.items() if q.kind in OF_A_STEP}
            data = ProgramData(self.spec, self._definitions, given if step == 1 else {})
            if step > 1:
                data.start = {**data.start, **self._before(step)[0]}
            self._data[step] = data
        return self._data[step]

    def _before(self, step: int) -> tuple[Mapping[str, Real], Memory]:
        """The variables that are moved, and what is remembered, before a step after the first."""
        while len(self._states) < step - 1:
            self._advance(len(self._states) + 1)
        return self._states[step - 2]

    def _advance(self, step: int) -> None:
        judge = Rederivation(self.data(step))
        updates = [
            self.update(step, name, known(judge.value(self.gradient(name))))
            for name in self.spec.moved
        ]
        point = {name: roles["new"] for name, roles in zip(self.spec.moved, updates, strict=True)}
        self._states.append((point, self.optimisation.after(self.shared(step), updates)))

    def memory(self, step: int) -> Memory:
        """What is remembered before a step."""
        return self.optimisation.start if step == 1 else self._before(step)[1]

    def shared(self, step: int) -> dict[str, Real]:
        """What a step's update has for all variables."""
        return self.optimisation.shared(self.memory(step), self._giving(step))

    def update(self, step: int, variable: str, gradient: Real) -> Roles:
        """Everything that a step makes of a variable, from a derivative by it."""
        old, memory = self.data(step).start[variable], self.memory(step)
        n, whole = self.spec.moved.index(variable), self.shared(step)
        return self.optimisation.update(n, memory, whole, old, gradient, self._giving(step))

    def _giving(self, step: int) -> Callable[[Kind, str], Real | None]:
        """What the author gives in a step."""

        def given(kind: Kind, name: str) -> Real | None:
            found = self._given.get(Quantity(kind, name)) if step == 1 else None
            return None if found is None else Real(found)

        return given


def known(answer: Answer) -> Real:
    """A witness's value.

    Raises:
        SilentError: it has none.
    """
    if isinstance(answer, Silent):
        raise SilentError(answer.reason)
    return answer


class Stepwise:
    """A witness of an expression that is asked step by step.

    Attributes:
        descent: the steps.
    """

    def __init__(
        self, descent: Descent, make: Callable[[ProgramData], Witness], counts: bool = False
    ) -> None:
        """A witness of every step.

        Args:
            descent: the steps.
            make: makes the witness of one step.
            counts: whether it also follows what is counted from step to step.
        """
        self.descent, self._make, self._counts = descent, make, counts
        self._witnesses: dict[int, Witness] = {}
        first = self._at(1)
        self.name, self.vague, self.work = first.name, first.vague, first.work
        self.accuracy: Fraction = first.accuracy

    def _at(self, step: int) -> Witness:
        if step not in self._witnesses:
            if len(self._witnesses) >= KEPT:
                del self._witnesses[next(iter(self._witnesses))]
            self._witnesses[step] = self._make(self.descent.data(step))
        return self._witnesses[step]

    def knows(self, quantity: Quantity) -> bool:
        """Whether it can say anything of such a quantity."""
        if quantity.kind in KINDS:
            return self._counts
        return quantity.kind in MADE or self._at(1).knows(replace(quantity, step=0))

    @testimony
    def value(self, quantity: Quantity) -> Real:
        """The quantity's value in its step; what a step makes follows from its derivative."""
        step, asked = max(quantity.step, 1), replace(quantity, step=0)
        if asked.kind in KINDS:
            if not self._counts:
                raise SilentError("counted from step to step")
            return self.descent.shared(step)[KINDS[asked.kind]]
        role = self.descent.optimisation.role(asked.kind)
        if role is None:
            return known(self._at(step).value(asked))
        gradient = known(self._at(step).value(self.descent.gradient(asked.unit)))
        return self.descent.update(step, asked.unit, gradient)[role]
