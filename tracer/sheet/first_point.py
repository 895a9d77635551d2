"""The calculation at the first point of a descent, without the steps that follow."""

from __future__ import annotations

from msgspec.structs import replace

from tracer.derive.trace import Trace, trace
from tracer.spec.expressions.descent import placed_program
from tracer.spec.network import ExpressionProgram, Training


def at_first_point(found: Trace) -> Trace:
    """The trace of the same expression at its first point; one that has no steps as it is."""
    spec = found.spec
    if not isinstance(spec, ExpressionProgram) or not spec.steps:
        return found
    placed = replace(placed_program(spec), moved=(), training=Training())
    alone = trace(replace(placed, given=()), found.arithmetic)
    given = tuple(item for item in placed.given if item.quantity in alone)
    return trace(replace(placed, given=given), found.arithmetic) if given else alone
