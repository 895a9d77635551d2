"""What a trace states, as plain data: all that the witnesses of `trace prove` are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from tracer.derive.entries import Entry, Step
from tracer.derive.epochs import told_totals
from tracer.derive.rounding import NONE as NOT_ROUNDED
from tracer.derive.rounding import Rounding
from tracer.derive.trace import Trace
from tracer.proof.claims import Claim, Definition
from tracer.rules.quantity import RESULT, Quantity, plain_name


class Stated(NamedTuple):
    """A line of the calculation, and its number as a claim; None for one left in letters."""

    step: Step
    claim: Claim | None


def statements(
    trace: Trace, parts: bool = False, rounded: Rounding = NOT_ROUNDED
) -> Iterator[Stated]:
    """Every step that follows from what is given.

    Args:
        trace: the trace.
        parts: whether to include the lines of the longer telling, each after its step.
        rounded: what rounding can have made of its numbers.
    """
    for step in trace.steps:
        if step.is_carried:
            continue
        yield _stated(trace, step, rounded)
        if parts:
            yield from (_stated(trace, part, rounded) for part in step.substeps)
    yield from (_stated(trace, total, rounded) for total in told_totals(trace))


def _stated(trace: Trace, step: Step, rounded: Rounding) -> Stated:
    value = _number(trace, step)
    if value is None:
        return Stated(step, None)
    return Stated(step, Claim(step.quantity, step.name, value, rounded.slack(step)))


def _number(trace: Trace, entry: Entry) -> Fraction | None:
    return None if entry.value is None else trace.arithmetic.fraction(entry.value)


def definitions(trace: Trace) -> list[Definition]:
    """The formulas of an expression program's results, over names; of those that are given too."""
    segment = trace.segments[0]
    return [
        _definition(Step(trace, segment, address))
        for block in segment.program.blocks
        if block.kind is RESULT and block.recipe is not None
        for address in block.addresses
    ]


def _definition(step: Step) -> Definition:
    names = [_in_any_step(operand) for operand in step.operands]
    return Definition(_in_any_step(step), step.template.over(names))


def _in_any_step(entry: Entry) -> str:
    """The name of an entry, without its training step."""
    return plain_name(entry.quantity, entry.trace.several_samples, steps=False)


def starting_values(trace: Trace) -> dict[Quantity, Fraction]:
    """The quantities at which a partial state starts."""
    segment = trace.segments[0]
    found = (trace.entry(segment, address) for address in segment.program.overrides)
    return {
        entry.quantity: value for entry in found if (value := _number(trace, entry)) is not None
    }
