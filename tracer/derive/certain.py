"""Choices that hang on a certain zero: made by the zero, not by what rounding has left of it.

Where a derivative is 0 because its terms cancel, 1e-51 may stand in its place, and its sign would
be that of a rounding. So the same steps are calculated once more with these values held at 0.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from tracer.derive.exact_steps import decides
from tracer.derive.program import Program
from tracer.derive.run import Segment
from tracer.derive.zeros import Place
from tracer.maths.expression import Number, number

ZERO: Number = number(0)


def hangs_on(segments: Sequence[Segment], zeros: Collection[Place]) -> bool:
    """Whether some step chooses between cases by one of these values."""
    places = frozenset(zeros)
    return any(
        decides(template) and any((segment.step, at) in places for row in columns for at in row)
        for segment in segments
        for block in segment.program.blocks
        if block.recipe is not None
        for _, template, columns, _ in segment.program.stretches(block)
    )


def held_at_zero(segments: Sequence[Segment], zeros: Collection[Place]) -> list[Segment]:
    """The same steps without their values, some of which are given as 0."""
    held: dict[int, dict[int, Number]] = {}
    for step, address in zeros:
        held.setdefault(step, {})[address] = ZERO
    return [
        Segment(_with(segment.program, held.get(segment.step, {})), (), segment.step)
        for segment in segments
    ]


def _with(program: Program, held: Mapping[int, Number]) -> Program:
    return replace(program, overrides={**program.overrides, **held}) if held else program
