"""The error as a function of its parameters, in floats: the forward program, evaluated anywhere."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite, nan
from typing import Any

from tracer.derive.compiled import MOST_COMPILED, straight_line
from tracer.derive.evaluate import literal
from tracer.derive.program import Program
from tracer.derive.trace import Trace
from tracer.errors import CalculationError, OutputError, suggestion
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES
from tracer.maths.expression import number
from tracer.rules.quantity import BIAS, GRADIENT, RESULT, THRESHOLD, TOTAL, VARIABLE, WEIGHT
from tracer.spec.network import ExpressionProgram, Network

MOVED = (WEIGHT, BIAS, THRESHOLD, VARIABLE)
ZERO = number(0)
Point = tuple[float, float]


def has_landscape(trace: Trace) -> bool:
    """Whether a trace has an error over two parameters or more, all of them numbers."""
    program = trace.segments[0].program
    known = not (program.has_letters or program.overrides or program.untold)
    small = program.size <= MOST_COMPILED
    return known and small and _goal(program) is not None and len(_names(program)) > 1


def _goal(program: Program) -> int | None:
    """The address of what is minimised."""
    starts = [block.addresses[-1] for block in program.blocks if block.kind in (TOTAL, RESULT)]
    return starts[-1] if starts else None


def _names(program: Program) -> list[str]:
    """The names of the parameters, by the number of their slot; empty for other slots."""
    quantities = (program.quantity(slot.start) for slot in program.slots)
    return [of.unit if of.kind in MOVED else "" for of in quantities]


class Landscape:
    """The error over two parameters, all others as at the start.

    Attributes:
        trace: the trace.
        names: the two parameters.
        start: their values at the start.
    """

    def __init__(self, trace: Trace, weights: str = "") -> None:
        """Makes the function.

        Raises:
            OutputError: these are not two parameters of the trace.
        """
        self.trace = trace
        self._known = _names(trace.segments[0].program)
        self.names = self._chosen(weights)
        self._places = [self._known.index(name) for name in self.names]
        self.error = self._function()
        self.start = self._at(0, starts=True)

    def _chosen(self, weights: str) -> tuple[str, str]:
        asked = [name.strip() for name in weights.split(",")] if weights else self._farthest()
        known = [name for name in self._known if name]
        for name in asked:
            if name not in known:
                hint = suggestion(name, known) or f"; there are: {', '.join(known[:12])}"
                raise OutputError(f"--weights: there is no parameter '{name}'{hint}")
        if len(set(asked)) != 2 or len(asked) != 2:
            raise OutputError("--weights: two different parameters, such as --weights w5,w6")
        return asked[0], asked[1]

    def _farthest(self) -> list[str]:
        """The two parameters that the training moves most, or has the steepest derivatives by."""
        slots = range(len(self._known))
        first, last = self.trace.segments[0], self.trace.segments[-1]
        moves = [
            abs(
                self._value(last, last.program.ends[k])
                - self._value(first, first.program.starts[k])
            )
            for k in slots
        ]
        if not any(moves):
            moves = [self._steepness(name) for name in self._known]
        ranked = sorted((k for k in slots if self._known[k]), key=lambda k: (-moves[k], k))
        return [self._known[k] for k in sorted(ranked[:2])]

    def _steepness(self, name: str) -> float:
        segment = self.trace.segments[0]
        program = segment.program
        found = (b for b in program.blocks if b.kind is GRADIENT and name in b.units)
        for block in found:
            return abs(self._value(segment, block.start + list(block.units).index(name)))
        return 0.0

    def _value(self, segment: Any, address: int) -> float:
        value = segment.values[address]
        found = None if value is None else self.trace.arithmetic.fraction(value)
        return nan if found is None else float(found)

    def _at(self, step: int, starts: bool) -> Point:
        """The two parameters at the start or at the end of a training step, counted from 0."""
        segment = self.trace.segments[step]
        places = segment.program.starts if starts else segment.program.ends
        one, other = (self._value(segment, places[k]) for k in self._places)
        return one, other

    @property
    def goal(self) -> str:
        """What is minimised."""
        spec = self.trace.spec
        return spec.lines[-1].name if isinstance(spec, ExpressionProgram) else "E"

    @property
    def others(self) -> bool:
        """Whether there are other parameters, which stay as at the start."""
        return sum(map(bool, self._known)) > 2

    @property
    def path(self) -> list[Point]:
        """The two parameters before each training step, and after the last."""
        moving = [k for k, one in enumerate(self.trace.segments) if one.program.has_update]
        return [self._at(k, starts=True) for k in moving] + [
            self._at(k, starts=False) for k in moving[-1:]
        ]

    def _function(self) -> Callable[[float, float], float]:
        """The error in floats; nan where there is none."""
        floats, program = arithmetic("float"), _forward(self.trace)
        calculate, goal = straight_line(program, floats), _goal(program)
        assert goal is not None, "the trace has a landscape"
        with floats.scope():
            given = (program.values.get(slot.start, ZERO) for slot in program.slots)
            numbers = [literal(value, floats) for value in given]
            anew = [literal(program.values[at], floats) for at in program.given_anew]

        def error(one: float, other: float) -> float:
            for place, moved in zip(self._places, (one, other), strict=True):
                numbers[place] = moved
            try:
                with floats.scope():
                    found = float(calculate(*numbers, *anew)[goal])
            except (*FAILURES, CalculationError):
                return nan
            return found if isfinite(found) else nan

        return error


def _forward(trace: Trace) -> Program:
    """The forward program over all samples."""
    if isinstance(trace.spec, ExpressionProgram):
        from tracer.derive.expressions.build import expression_program
        from tracer.spec.expressions.descent import placed_program

        return expression_program(placed_program(trace.spec), backward=False)
    from tracer.derive.network.build import step_program
    from tracer.spec.placed import placed

    network: Network = placed(trace.spec)
    return step_program(network, range(len(network.samples)), None, backward=False)
