"""Expression programs once more from the start: sums over uses, and dual numbers."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from tracer.errors import CalculationError
from tracer.proof.dual import Differentials, Dual, slope, slopes
from tracer.proof.expressions.data import VALUES, ProgramData
from tracer.proof.expressions.program import OneUse, Program, Whole
from tracer.proof.numeric import Numeric
from tracer.proof.reals import ONE, ZERO, Real
from tracer.proof.witness import NOT_KNOWN, TOO_FEW, SilentError, testimony
from tracer.rules.quantity import ADJOINT, CONTRIBUTION, LOCAL, TANGENT, Quantity


class Rederivation:
    """The witness that derives everything once more.

    Adjoints are summed over the uses from the result backwards; tangents are the slopes of an
    evaluation in dual numbers.

    Attributes:
        data: the program and its numbers.
    """

    name = "re-derivation"
    accuracy = Fraction(0)
    vague = TOO_FEW
    work = 1

    def __init__(self, data: ProgramData) -> None:
        self.data = data
        self._values: dict[int, dict[str, Real]] = {}
        self._tangents: dict[str, dict[str, Dual]] = {}
        self._slopes: dict[str, dict[int, Real]] = {}
        self._locals: dict[tuple[str, str], Real] = {}

    def knows(self, quantity: Quantity) -> bool:
        """Everything."""
        return True

    @testimony
    def value(self, quantity: Quantity) -> Real:
        """The quantity's value."""
        data, name = self.data, quantity.unit
        if quantity.kind in VALUES:
            return self._run(data.program_of(name))[name]
        question = data.question(quantity)
        if quantity.kind is ADJOINT:
            return self._adjoint(name)
        if quantity.kind is CONTRIBUTION:
            assert isinstance(question.by, OneUse)
            return self._contribution(question.by)
        if quantity.kind is TANGENT:
            return self._tangent(name, quantity.source)
        if quantity.kind is LOCAL:
            return self._local(name, quantity.source)
        raise SilentError(NOT_KNOWN)

    def _run(self, program: Program) -> dict[str, Real]:
        found = self._values.get(id(program))
        if found is None:
            found = program.run(self.data.start, Numeric(), offsets=self.data.offsets)
            self._values[id(program)] = found
        return found

    def _adjoint(self, name: str) -> Real:
        if name not in self.data.operations:
            raise SilentError(f"no definition of '{name}' was handed over")
        return self._adjoints.get(name, ZERO)

    @cached_property
    def _adjoints(self) -> dict[str, Real]:
        """The adjoint of everything that reaches the result, from the last operation backwards."""
        program, given = self.data.operations, self.data.derivatives
        found = {program.result: ONE}
        for operation in reversed(program.operations):
            own = given.get((ADJOINT, operation.name), found.get(operation.name))
            if own is None:
                continue
            found[operation.name] = own
            for k, operand in enumerate(operation.operands):
                part = own * self._slope(OneUse(operation.name, k))
                found[operand] = found.get(operand, ZERO) + part
        return found | {name: value for (kind, name), value in given.items() if kind is ADJOINT}

    def _contribution(self, use: OneUse) -> Real:
        return self._adjoint(use.user) * self._slope(use)

    def _slope(self, use: OneUse) -> Real:
        """How fast one operation's value changes with one of its uses.

        Raises:
            CalculationError: that does not exist.
        """
        if use.user not in self._slopes:
            self._slopes[use.user] = self._all_slopes(use.user)
        found = self._slopes[use.user].get(use.k)
        if found is None:
            found = self._slopes[use.user][use.k] = self._one_slope(use)
        return found

    def _all_slopes(self, user: str) -> dict[int, Real]:
        """Those of all uses at once, if all of them exist; else none."""
        try:
            found = slopes(self.data.operations.by_name[user].formula, self._roles(user))
        except (CalculationError, ZeroDivisionError):
            return {}
        return {k: slope for (_, k), slope in found.items()}

    def _one_slope(self, use: OneUse) -> Real:
        operation = self.data.operations.by_name[use.user]
        return slope(operation.formula, (operation.operands[use.k], use.k), self._roles(use.user))

    def _roles(self, user: str) -> dict[tuple[str, int], Real]:
        """The value of each use."""
        program = self.data.operations
        values = self._run(program)
        operands = program.by_name[user].operands
        return {(operand, k): values[operand] for k, operand in enumerate(operands)}

    def _local(self, user: str, operand: str) -> Real:
        if (user, operand) not in self._locals:
            uses = self.data.operations.by_name[user].places.get(operand, ())
            slopes = (self._slope(OneUse(user, k)) for k in uses)
            self._locals[user, operand] = sum(slopes, ZERO)
        return self._locals[user, operand]

    def _tangent(self, name: str, variable: str) -> Real:
        program = self.data.program_of(name, variable)
        key = f"{id(program)} {variable}"
        if key not in self._tangents:
            start = {of: Dual(value) for of, value in self.data.start.items()}
            offsets = {of: Dual(value) for of, value in self.data.offsets.items()}
            self._tangents[key] = program.run(
                start,
                Differentials(),
                Whole(variable),
                lambda value: Dual(value.value, ONE),
                offsets,
            )
        found: Real = self._tangents[key][name].slope
        return found
