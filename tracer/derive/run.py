"""Training step after training step: each one's program over the values of the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from tracer.derive.compiled import Machine
from tracer.derive.given import with_given
from tracer.derive.limits import MOST_VALUES, most_values, refuse_beyond, refuse_far_beyond
from tracer.derive.network.build import batches, step_program
from tracer.derive.network.dropped import with_masks
from tracer.derive.program import Program
from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic
from tracer.rules.backprop import TEXTBOOK, Backprop
from tracer.spec.dropout.masks import masks_of
from tracer.spec.expressions.descent import placed_program
from tracer.spec.network import ExpressionProgram, Network, Spec
from tracer.spec.placed import placed


class Segment(NamedTuple):
    """One training step: its program and the values it got."""

    program: Program
    values: Sequence[Any]
    step: int


def run(
    steps: Sequence[Segment],
    arithmetic: Arithmetic,
    ends: Callable[[Sequence[Segment]], bool] | None = None,
) -> tuple[Segment, ...]:
    """Training steps with their values.

    Args:
        steps: the training steps; values that they already have are not looked at.
        arithmetic: how numbers are made.
        ends: whether a training ends after the steps so far; None: it never ends early.

    Raises:
        CalculationError: a value does not exist.
        LimitError: the run would keep more values than the arithmetic allows.
    """
    total = sum(step.program.size for step in steps)
    refuse_beyond(most_values(arithmetic), total, len(steps))
    machine = Machine(arithmetic, len(steps))
    segments: list[Segment] = []
    carried: list[Any] | None = None
    with arithmetic.scope():
        for program, _, step in steps:
            try:
                values = machine.values(program, carried and carried[: len(program.slots)])
            except CalculationError as error:
                raise _in_step(error, step, len(steps)) from None
            segments.append(Segment(program, values, step))
            if ends is not None and ends(segments):
                break
            carried = [values[address] for address in program.ends]
    return tuple(segments)


def _in_step(error: CalculationError, step: int, steps: int) -> CalculationError:
    """The error with its training step, where there are several."""
    if steps == 1:
        return error
    return type(error)(f"training step {step}: {error}", at=error.at)


def plan(spec: Spec, rules: Backprop | None = None, most: int = MOST_VALUES) -> Iterator[Segment]:
    """The training steps without their values.

    Args:
        spec: a network or an expression program.
        rules: the rules in force; None: those that the spec's conventions call for.
        most: as many values as a run may keep.

    Raises:
        LimitError: a run would keep more values.
        UnknownQuantityError: the spec gives a quantity that does not exist.
    """
    refuse_far_beyond(most, spec)
    if isinstance(spec, ExpressionProgram):
        yield from _descent(placed_program(spec), rules or TEXTBOOK, most)
        return
    network, training = placed(spec), spec.training
    steps = training.steps if training.learning_rate is not None else 0
    if not steps:
        network = replace(network, training=replace(training, learning_rate=None))
    programs = _Programs(network, rules)
    seen = range(1, min(len(programs.batches), max(steps, 1)) + 1)
    total = sum(programs.of_step(step).size for step in seen) * max(steps, 1) // len(seen)
    refuse_beyond(most, total, steps)
    yield Segment(with_given(programs.of_step(1), network.given), (), 1)
    for step in range(2, steps + 1):
        yield Segment(programs.of_step(step), (), step)
    if training.evaluate_after and steps:
        everything = range(len(spec.samples))
        program = step_program(network, everything, rules, backward=False)
        yield Segment(program, (), steps + 1)


class _Programs:
    """The programs of training steps; steps with the same batch and the same masks share one."""

    def __init__(self, network: Network, rules: Backprop | None) -> None:
        self.network, self.rules = network, rules
        self.batches = batches(network)
        self._found: dict[object, Program] = {}
        self._by_batch: dict[tuple[int, ...], Program] = {}

    def of_step(self, step: int) -> Program:
        """The program of a training step, from 1."""
        batch = self.batches[(step - 1) % len(self.batches)]
        key = batch, masks_of(self.network.dropouts, step, batch)
        if key not in self._found:
            self._found[key] = self._new(step, batch)
        return self._found[key]

    def _new(self, step: int, batch: tuple[int, ...]) -> Program:
        """A program that no step before has had; of one batch, all have the same blocks."""
        first = self._by_batch.get(batch)
        if first is not None:
            return with_masks(first, self.network.dropouts, step, batch)
        found = step_program(self.network, batch, self.rules, step=step)
        self._by_batch[batch] = found
        return found


def _descent(spec: ExpressionProgram, rules: Backprop, most: int) -> Iterator[Segment]:
    """The steps of an expression: one that moves nothing, or those that minimise it."""
    from tracer.derive.expressions.build import expression_program

    program = expression_program(spec, moves=rules)
    refuse_beyond(most, program.size * max(spec.steps, 1), spec.steps)
    yield Segment(with_given(program, spec.given), (), 1)
    yield from (Segment(program, (), step) for step in range(2, spec.steps + 1))
    if spec.training.evaluate_after and spec.steps:
        yield Segment(expression_program(spec, backward=False), (), spec.steps + 1)
