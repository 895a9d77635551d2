"""The picture of a training: its error at the start of each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracer.derive.trace import Trace
from tracer.rules.quantity import TOTAL
from tracer.sheet.words import title_of_spec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FEW = 30
"""As many points, at most, get a mark each."""


def has_errors(trace: Trace) -> bool:
    """Whether a trace has an error in more than one training step."""
    return len(list(_errors(trace))) > 1


def _errors(trace: Trace) -> Iterator[tuple[int, float]]:
    """(training step, error) of every step whose error is a number."""
    for segment in trace.segments:
        for block in segment.program.blocks:
            value = segment.values[block.start] if block.kind is TOTAL else None
            number = None if value is None else trace.arithmetic.fraction(value)
            if number is not None:
                yield segment.step, float(number)


def draw(trace: Trace) -> Figure:
    """The error over the training steps."""
    from tracer.render.pictures.canvas import figure

    steps, errors = zip(*_errors(trace), strict=True)
    drawn = figure()
    axes = drawn.add_subplot()
    axes.plot(steps, errors, marker="o" if len(steps) <= FEW else "")
    axes.locator_params(axis="x", integer=True)
    axes.set_xlabel("training step")
    axes.set_ylabel("E")
    axes.set_title(title_of_spec(trace.spec))
    axes.grid(alpha=0.3)
    return drawn
