"""What the formulas of a trace have to take care of, since a spreadsheet calculates in doubles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import Add, Cases, Expression, Neg, walk
from tracer.render.spreadsheet.numbers import as_double
from tracer.render.spreadsheet.style import Care

LARGE = 600.0
"""Where a value is larger than this, its exponential may be beyond a spreadsheet's numbers."""


def care_of(trace: Trace) -> Care:
    """What a trace's formulas have to take care of; floats are compared as they are."""
    decides_as_doubles = trace.arithmetic.name == "float"
    return Care(_has_large(trace), not decides_as_doubles and any(_ties(trace)))


def _has_large(trace: Trace) -> bool:
    """Whether some value is so large that its exponential is beyond a spreadsheet's numbers."""
    values = (value for segment in trace.segments for value in segment.values)
    doubles = (as_double(value, trace.arithmetic) for value in values)
    return any(abs(found) > LARGE for found in doubles if found is not None)


def _ties(trace: Trace) -> Iterator[bool]:
    """For each comparison of a trace whether its two sides are the same."""
    for segment in trace.segments:
        for template, operands in _comparing(segment):
            if None not in operands:
                yield from _same(template, operands, trace.arithmetic)


def _comparing(segment: Segment) -> Iterator[tuple[Template, Sequence[Any]]]:
    """The steps whose formula compares, with the values of their operands."""
    program, values = segment.program, segment.values
    for block in program.blocks if values else ():
        for _, template, columns, size in program.stretches(block) if block.recipe else ():
            if _sides(template):
                rows = zip(*columns, strict=True) if columns else [()] * size
                yield from ((template, [values[at] for at in row]) for row in rows)


def _same(template: Template, operands: Sequence[Any], arithmetic: Arithmetic) -> Iterator[bool]:
    with arithmetic.scope():
        for side in _sides(template):
            try:
                value = compiled(side, template.roles, arithmetic)(*operands)
            except FAILURES:
                continue
            yield arithmetic.fraction(value) == 0


@cache
def _sides(template: Template) -> tuple[Expression, ...]:
    """For each comparison of a formula: its left side less its right one."""
    return tuple(
        Add((test.left, Neg(test.right)))
        for node in walk(template.computed)
        if isinstance(node, Cases)
        for test, _ in node.branches
    )
