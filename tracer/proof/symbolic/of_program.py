"""An expression program's closed forms by their plain names: results, and their derivatives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import sympy

from tracer.maths.expression import Number
from tracer.proof import bridge
from tracer.proof.expressions.program import Whole, program_of_lines, size_of
from tracer.proof.reals import Real
from tracer.proof.size import Size
from tracer.proof.symbolic.found import Found
from tracer.proof.symbolic.keeping import Keeping
from tracer.spec.network import ExpressionProgram


class ProgramSource:
    """The closed forms of an expression program.

    Attributes:
        program: the author's lines.
        order: the variables' names.
        numbers: the values of those that have one.
    """

    def __init__(self, spec: ExpressionProgram) -> None:
        self.program = program_of_lines(spec)
        self.order = list(spec.variables)
        self.numbers = {
            name: Real(value.value)
            for name, value in zip(spec.variables, spec.at, strict=True)
            if isinstance(value, Number)
        }
        self._symbols = {name: bridge.symbol(name) for name in spec.variables}
        self._result = spec.lines[-1].name

    @property
    def size(self) -> Size:
        """What can be said of the result's form."""
        return size_of(self.program)

    @cached_property
    def _forms(self) -> dict[str, Any]:
        """The closed form of every line."""
        return self.program.run(self._symbols, Keeping())

    @property
    def usual(self) -> Sequence[str]:
        """The result, and its derivative by each variable."""
        return [self._result, *(f"d{self._result}/d{name}" for name in self.order)]

    @property
    def names(self) -> Sequence[str]:
        """The names of all lines, and every derivative."""
        return [*self._results, *self._derivatives]

    @cached_property
    def _results(self) -> dict[str, str]:
        """The operation behind the last value of each of the author's names."""
        known = {name: name for name in self.program.by_name if "," not in name}
        return known | {self._result: self.program.result}

    @cached_property
    def _derivatives(self) -> dict[str, tuple[str, str]]:
        """(of, by) of each derivative's name."""
        places = (*self.program.variables, *self._results.values())
        shown = {operation: name for name, operation in self._results.items()}
        return {
            f"d{name}/d{shown.get(place, place)}": (of, place)
            for name, of in self._results.items()
            for place in places
        }

    def form(self, name: str) -> Found | None:
        """The closed form of a result or a derivative."""
        if name in self._results:
            return Found(name, self._forms[self._results[name]], self.order)
        if name not in self._derivatives:
            return None
        of, by = self._derivatives[name]
        inner = sympy.Dummy(real=True)
        cut = self.program.run(self._symbols, Keeping(), Whole(by), lambda _: inner)
        slope = cut[of].diff(inner).xreplace({inner: self._forms[by]})
        return Found(name, slope, self.order)
