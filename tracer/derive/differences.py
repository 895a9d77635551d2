"""Numerical derivatives: the forward part of a program at moved numbers, and its differences.

Nothing is derived here. A given number is moved, the steps up to the error or the result are
calculated again in the arithmetic of the trace, and a difference quotient is taken in it, so that
whatever the arithmetic rounds is seen.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from msgspec.structs import replace

from tracer.derive.entries import Entry, Step
from tracer.derive.evaluate import evaluate
from tracer.derive.program import Phase, Program
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.errors import CalculationError, LimitError, TracerError
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Expression,
    Neg,
    Number,
    walk,
)
from tracer.maths.names import KINKED, VARIADIC
from tracer.maths.parse import parse
from tracer.rules.backprop import Rule
from tracer.rules.quantity import (
    ADJOINT,
    BIAS,
    BY_INPUT,
    GRADIENT,
    INPUT,
    LARGEST,
    RESULT,
    SAMPLE_ERROR,
    TANGENT,
    THRESHOLD,
    TOTAL,
    VARIABLE,
    WEIGHT,
    Kind,
)

MOST_WORK = 4_000_000
"""As many values are calculated for one check, at most."""

FORWARD_PHASES = (Phase.GIVEN, Phase.CARRIED, Phase.FORWARD, Phase.ERROR)

KINK = "over a kink"
NO_VALUE = "no value there"


class Slope(NamedTuple):
    """A derivative that can be checked.

    Attributes:
        entry: the derivative, as the trace has it.
        of: the address of what is derived.
        by: the address of the given number by which it is.
    """

    entry: Step
    of: int
    by: int


class Difference(NamedTuple):
    """A difference quotient.

    Attributes:
        value: in the arithmetic of the check; None where a moved value does not exist.
        remark: what a reader should know of it; empty for nothing.
    """

    value: Any
    remark: str = ""


def slopes(trace: Trace) -> tuple[Slope, ...]:
    """The derivatives of a trace's first training step that differences can check, in order.

    Raises:
        TracerError: letters are left, or quantities in the middle are given: then nothing can be
            moved.
    """
    segment = trace.segments[0]
    program = segment.program
    if program.has_letters:
        raise TracerError("differences need numbers, and some of this calculation are letters")
    if program.overrides:
        raise TracerError("differences move what a file gives; this one starts in the middle")
    found = _Places(trace)
    return tuple(
        Slope(entry, *places)
        for entry in trace.entries(segment)
        if isinstance(entry, Step) and (places := found.of(entry)) is not None
    )


class _Places:
    """Where the two sides of a derivative stand."""

    def __init__(self, trace: Trace) -> None:
        self.known: dict[tuple[Kind, str, int], int] = {}
        self.parameters: dict[str, int] = {}
        program = trace.segments[0].program
        for block in program.blocks:
            for k, address in enumerate(block.addresses):
                self.known.setdefault((block.kind, block.units[k], block.sample), address)
        for address in program.starts:
            quantity = program.quantity(address)
            if quantity.kind in (WEIGHT, BIAS, THRESHOLD):
                self.parameters[quantity.unit] = address

    def of(self, entry: Entry) -> tuple[int, int] | None:
        """The addresses of what is derived and by what; None for any other quantity."""
        quantity = entry.quantity
        unit, source, sample = quantity.unit, quantity.source, quantity.sample
        total = self.known.get((TOTAL, "", 0))
        pairs = {
            GRADIENT: (total, self.parameters.get(unit)),
            BY_INPUT: (
                self.known.get((SAMPLE_ERROR, "", sample), total),
                self.known.get((INPUT, unit, sample)),
            ),
            ADJOINT: (self._line(source), self.known.get((VARIABLE, unit, 0))),
            TANGENT: (self._line(unit), self.known.get((VARIABLE, source, 0))),
        }
        of, by = pairs.get(quantity.kind, (None, None))
        return None if of is None or by is None else (of, by)

    def _line(self, name: str) -> int | None:
        return self.known.get((RESULT, name, 0))


class Moving:
    """The forward part of a program, calculated again with one given number moved.

    Attributes:
        trace: in whose arithmetic everything is calculated.
    """

    def __init__(self, trace: Trace, checks: int) -> None:
        self.trace = trace
        whole = trace.segments[0].program
        blocks = [block for block in whole.blocks if block.phase in FORWARD_PHASES]
        last = max((block.start for block in blocks), default=0)
        kept = tuple(block for block in whole.blocks if block.start <= last)
        self.program = Program(kept, whole.values, several_samples=whole.several_samples)
        if self.program.size * checks > MOST_WORK:
            raise LimitError(
                f"{checks:,} forward passes over {self.program.size:,} values are too many: "
                f"differences calculate up to {MOST_WORK:,} values"
            )
        self.here = self._values({})
        self._decisions = self._decided(self.here)

    def difference(self, rule: Rule, slope: Slope, step: Number) -> Difference:
        """A difference quotient, calculated in the trace's arithmetic."""
        arithmetic = self.trace.arithmetic
        try:
            ahead, behind = (self._moved(slope, step, sign) for sign in (1, -1))
        except CalculationError:
            return Difference(None, NO_VALUE)
        values: dict[Hashable, Any] = {
            "ahead": ahead[slope.of],
            "behind": behind[slope.of],
            "here": self.here[slope.of],
            "h": arithmetic.literal(step),
        }
        needed = [ahead, behind] if "behind" in rule.formula else [ahead]
        try:
            with arithmetic.scope():
                function = compiled(parse(rule.formula), tuple(values), arithmetic)
                quotient = arithmetic.finish(function(*values.values()))
        except FAILURES:
            return Difference(None, NO_VALUE)
        kink = any(self._decided(moved) != self._decisions for moved in needed)
        return Difference(quotient, KINK if kink else "")

    def _moved(self, slope: Slope, step: Number, sign: int) -> Sequence[Any]:
        """Every value after a step ahead or behind: the sum is rounded as the arithmetic does."""
        arithmetic = self.trace.arithmetic
        start, by = (
            arithmetic.fraction(value) for value in (self.here[slope.by], arithmetic.literal(step))
        )
        if start is None or by is None:
            raise CalculationError("a number has no value of its own, and cannot be moved")
        return self._values({slope.by: _number(start + sign * by)})

    def _values(self, moved: dict[int, Number]) -> Sequence[Any]:
        program = replace(self.program, values={**self.program.values, **moved})
        return evaluate(program, self.trace.arithmetic)

    def _decided(self, values: Sequence[Any]) -> list[int]:
        """How each comparison of the forward pass comes out."""
        arithmetic = self.trace.arithmetic
        found = []
        with arithmetic.scope():
            for template, operands in self._comparing():
                known = [values[address] for address in operands]
                for sides in _sides(template):
                    value = compiled(sides, template.roles, arithmetic)(*known)
                    number = arithmetic.fraction(value) or Fraction(0)
                    found.append((number > 0) - (number < 0))
        return found

    def _comparing(self) -> Iterator[tuple[Template, Sequence[int]]]:
        """The steps whose formula has pieces, with the addresses of their operands.

        The largest net input of a softmax is taken off for safety, and makes no kink.
        """
        for block in self.program.blocks:
            if block.kind is LARGEST:
                continue
            for k in range(len(block.units)) if block.recipe else ():
                assert block.recipe is not None
                template = block.recipe.template(k)
                if _sides(template):
                    yield template, block.recipe.operands(k)

    @property
    def at_a_kink(self) -> bool:
        """Whether some comparison ties where nothing is moved: the slope there is a convention."""
        return 0 in self._decisions


@cache
def _sides(template: Template) -> tuple[Expression, ...]:
    """For each comparison that a formula makes: its left side less its right one."""
    found: list[Expression] = []
    for node in walk(template.shown):
        match node:
            case Cases(branches):
                found += [Add((test.left, Neg(test.right))) for test, _ in branches]
            case Call(function, arguments) if function in VARIADIC:
                found += [Add((one, Neg(other))) for one, other in combinations(arguments, 2)]
            case Call(function, arguments) if function in KINKED:
                found.append(arguments[0])
    return tuple(found)


def _number(value: Fraction) -> Number:
    return Number(value, str(value))
