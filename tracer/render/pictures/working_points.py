"""Where units work: their activations as functions, and the net inputs and outputs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite, nan
from typing import Any, NamedTuple

from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.errors import CalculationError, UnknownQuantityError, suggestion
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.rules.quantity import OUT, SLOPE
from tracer.spec.network import Network

POINTS = 800
USUAL = 5.0
"""As far to both sides of 0 an activation is drawn, unless a unit works further out."""

BEYOND = 1.0
"""So far beyond the last net input."""

STEEP = 0.2
"""A part of the height that a curve cannot climb between two points: it has jumped."""


class Point(NamedTuple):
    """A unit at work.

    Attributes:
        unit: its name.
        sample: the sample; 0 where there is only one.
        net: its net input.
        out: its output.
        slope: of its activation there; None where it is not asked for.
    """

    unit: str
    sample: int
    net: float
    out: float
    slope: float | None

    @property
    def name(self) -> str:
        """The unit, and the sample where there are several."""
        return f"{self.unit}[{self.sample}]" if self.sample else self.unit


class Activity(NamedTuple):
    """An activation with the units that have it.

    Attributes:
        title: what it is called.
        value: its formula in net.
        slope: its slope's, in net and out; None where it is not asked for.
        points: the units at work.
    """

    title: str
    value: Template
    slope: Template | None
    points: tuple[Point, ...]

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it is drawn."""
        nets = [point.net for point in self.points]
        return min(-USUAL, min(nets) - BEYOND), max(USUAL, max(nets) + BEYOND)

    def curves(self) -> tuple[list[float], list[float], list[float]]:
        """Net inputs, and the output and the slope at each; gaps where there is a jump."""
        low, high = self.span
        nets = [low + (high - low) * k / POINTS for k in range(POINTS + 1)]
        outs = [_at(self.value, {"net": net}) for net in nets]
        slopes = [
            nan if self.slope is None else _at(self.slope, {"net": net, "out": out})
            for net, out in zip(nets, outs, strict=True)
        ]
        return nets, _with_gaps(outs), _with_gaps(slopes)


def activities(trace: Trace, unit: str = "") -> tuple[Activity, ...]:
    """The activations at work in the first training step, each with its units.

    Args:
        trace: of a network.
        unit: the only unit to look at; empty for all.

    Raises:
        UnknownQuantityError: no unit of that name has an activation of its own.
    """
    segment, found = trace.segments[0], dict[Template, list[Point]]()
    slopes: dict[Template, Template | None] = {}
    for point, value, slope in _points(trace, segment):
        if unit in ("", point.unit):
            found.setdefault(value, []).append(point)
            slopes.setdefault(value, slope)
    if unit and not found:
        known = list(dict.fromkeys(point.unit for point, _, _ in _points(trace, segment)))
        hint = suggestion(unit, known) or f"; there are: {', '.join(known[:12])}"
        raise UnknownQuantityError(f"no unit '{unit}' has an activation and numbers here{hint}")
    titles = _titles(trace)
    return tuple(
        Activity(titles.get(points[0].unit, "activation"), value, slopes[value], tuple(points))
        for value, points in found.items()
    )


def has_activities(trace: Trace) -> bool:
    """Whether some unit has an activation of its own, and numbers."""
    return isinstance(trace.spec, Network) and any(True for _ in _points(trace, trace.segments[0]))


def _points(trace: Trace, segment: Segment) -> Iterator[tuple[Point, Template, Template | None]]:
    """Each unit at work, with the formulas of its output and of its slope."""
    slopes = {
        (unit, block.sample): block.start + k
        for block in segment.program.blocks
        if block.kind is SLOPE
        for k, unit in enumerate(block.units)
    }
    for block in segment.program.blocks:
        if block.kind is not OUT or block.recipe is None:
            continue
        for k, unit in enumerate(block.units):
            template, operands = block.recipe.template(k), block.recipe.operands(k)
            if template.roles != ("net",):
                continue
            net, out = (_number(trace, segment, at) for at in (operands[0], block.start + k))
            if net is None or out is None:
                continue
            at = slopes.get((unit, block.sample))
            slope = None if at is None else _number(trace, segment, at)
            sample = block.sample if trace.several_samples else 0
            yield Point(unit, sample, net, out, slope), template, _template(segment, at)


def _number(trace: Trace, segment: Segment, address: int) -> float | None:
    value = segment.values[address]
    number = None if value is None else trace.arithmetic.fraction(value)
    try:
        found = nan if number is None else float(number)
    except OverflowError:
        return None
    return found if isfinite(found) else None


def _template(segment: Segment, address: int | None) -> Template | None:
    """The formula of a slope, if it is one in net and out."""
    if address is None:
        return None
    block = segment.program.block(address)
    template = block.recipe.template(address - block.start) if block.recipe else None
    return template if template and set(template.roles) <= {"net", "out"} else None


def _at(template: Template, known: dict[str, float]) -> float:
    floats = arithmetic("float")
    operands = [known[str(role)] for role in template.roles]
    try:
        with floats.scope():
            found = float(compiled(template.computed, template.roles, floats)(*operands))
    except (*FAILURES, CalculationError):
        return nan
    return found if isfinite(found) else nan


def _with_gaps(heights: Sequence[float]) -> list[float]:
    """Heights in which a jump is a gap, and no steep line."""
    known = [height for height in heights if isfinite(height)]
    most = STEEP * (max(known) - min(known)) if known else 0.0
    found = list(heights)
    for k in range(1, len(found)):
        if most and abs(heights[k] - heights[k - 1]) > most:
            found[k] = nan
    return found


def _titles(trace: Trace) -> dict[str, str]:
    """The name of each unit's activation."""
    spec: Any = trace.spec
    return {
        unit: one.name
        for layer in spec.layers
        for unit, one in zip(layer.units, layer.activations, strict=True)
    }
