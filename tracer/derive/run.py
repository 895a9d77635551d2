"""Training step after training step: each one's program over the values of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from tracer.derive.compiled import Machine
from tracer.derive.given import with_given
from tracer.derive.network.build import batches, step_program
from tracer.derive.program import Program
from tracer.errors import CalculationError, LimitError
from tracer.maths.arithmetic import Arithmetic
from tracer.rules.backprop import Backprop
from tracer.spec.network import ExpressionProgram, Spec
from tracer.spec.placed import placed

MOST_VALUES = 4_000_000
"""As many values as a run keeps at most: 200 MB of floats."""

MOST_LONG_VALUES = 1_000_000
"""As many values as a run keeps at most in any other arithmetic."""


class Segment(NamedTuple):
    """One training step: its program and the values it got."""

    program: Program
    values: Sequence[Any]
    step: int


def run(steps: Sequence[Segment], arithmetic: Arithmetic) -> tuple[Segment, ...]:
    """Training steps with their values.

    Args:
        steps: the training steps; values that they already have are not looked at.
        arithmetic: how numbers are made.

    Raises:
        CalculationError: a value does not exist.
        LimitError: the run would keep more values than `MOST_LONG_VALUES`, and not in floats.
    """
    if not arithmetic.is_machine:
        _refuse_beyond(MOST_LONG_VALUES, sum(step.program.size for step in steps), len(steps))
    machine = Machine(arithmetic, len(steps))
    segments: list[Segment] = []
    parameters: list[Any] | None = None
    with arithmetic.scope():
        for program, _, step in steps:
            try:
                values = machine.values(program, parameters)
            except CalculationError as error:
                raise _in_step(error, step, len(steps)) from None
            segments.append(Segment(program, values, step))
            parameters = [values[address] for address in program.following]
    return tuple(segments)


def _in_step(error: CalculationError, step: int, steps: int) -> CalculationError:
    """The error with its training step, where there are several."""
    return type(error)(f"training step {step}: {error}") if steps > 1 else error


def plan(spec: Spec, rules: Backprop | None = None) -> Iterator[Segment]:
    """The training steps without their values.

    Raises:
        LimitError: a run would keep more values than `MOST_VALUES`.
        UnknownQuantityError: the spec gives a quantity that does not exist.
    """
    if isinstance(spec, ExpressionProgram):
        from tracer.derive.expressions.build import expression_program

        yield Segment(with_given(expression_program(spec), spec.given), (), 1)
        return
    network, training = placed(spec), spec.training
    steps = training.steps if training.learning_rate is not None else 0
    if not steps:
        network = replace(network, training=replace(training, learning_rate=None))
    programs = [step_program(network, batch, rules) for batch in batches(network)]
    _check_limit(programs, steps)
    yield Segment(with_given(programs[0], network.given), (), 1)
    for step in range(2, steps + 1):
        yield Segment(programs[(step - 1) % len(programs)], (), step)
    if training.evaluate_after and steps:
        everything = range(len(spec.samples))
        program = step_program(network, everything, rules, backward=False)
        yield Segment(program, (), steps + 1)


def _check_limit(programs: list[Program], steps: int) -> None:
    total = sum(program.size for program in programs) * max(steps, 1) // len(programs)
    _refuse_beyond(MOST_VALUES, total, steps)


def _refuse_beyond(most: int, total: int, steps: int) -> None:
    if total > most:
        raise LimitError(
            f"{total:,} values in {steps:,} training steps; a trace keeps at most "
            f"{MOST_LONG_VALUES:,}, or {MOST_VALUES:,} floats (arithmetic: float)"
        )
