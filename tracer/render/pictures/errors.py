"""The picture of a training: its error, or what else is minimised, at the start of each step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tracer.derive.trace import Trace
from tracer.notation.said import english
from tracer.rules.quantity import RESULT, TOTAL
from tracer.sheet.words import title_of_spec
from tracer.spec.network import ExpressionProgram

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OF_A_NETWORK = ("training step", "E")
FEW = 30
"""As many points, at most, get a mark each."""


DECADES = 100
"""Errors whose largest is more times the smallest are drawn with the powers of ten as marks."""


def has_errors(trace: Trace) -> bool:
    """Whether a trace has an error in more than one training step."""
    return len(list(_errors(trace))) > 1


def _errors(trace: Trace) -> Iterator[tuple[int, float]]:
    """(training step, error) of every step whose error is a number."""
    kind = RESULT if isinstance(trace.spec, ExpressionProgram) else TOTAL
    for segment in trace.segments:
        starts = [block.start for block in segment.program.blocks if block.kind is kind]
        value = segment.values[starts[-1]] if starts else None
        number = None if value is None else trace.arithmetic.fraction(value)
        if number is not None:
            yield segment.step, float(number)


def draw(trace: Trace) -> Figure:
    """The error over the training steps."""
    from tracer.render.pictures.canvas import figure

    steps, errors = zip(*_errors(trace), strict=True)
    drawn = figure()
    axes = drawn.add_subplot()
    axes.plot(steps, errors, color="black", linewidth=1.3, marker="o" if len(steps) <= FEW else "")
    axes.locator_params(axis="x", integer=True)
    if min(errors) > 0 and max(errors) > DECADES * min(errors):
        _use_powers(axes)
    spec = trace.spec
    words = ("step", spec.lines[-1].name) if isinstance(spec, ExpressionProgram) else OF_A_NETWORK
    axes.set_xlabel(words[0])
    axes.set_ylabel(words[1])
    axes.set_title(english(title_of_spec(trace.spec)))
    axes.grid(alpha=0.3)
    return drawn


def _use_powers(axes: Any) -> None:
    """Marks at powers of ten, written as people type them."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axes.set_yscale("log")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(alpha=0.15, which="minor")
