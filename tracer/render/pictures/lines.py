"""The picture of a learning rule with two inputs: the line between the classes, epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tracer.derive.epochs import epochs_of
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.notation.said import english
from tracer.render.pictures.separation import Frame, Line, different
from tracer.rules.classes import SIDES
from tracer.rules.learning import LEARNING_RULES
from tracer.sheet.lists import milestones
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network, ParameterKind

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_UNITS = 4
FEW = 12
"""As many lines, at most, are drawn each; of more epochs, some."""

MARGIN = 0.6
MARKS = ("o", "^", "s", "D", "v")
STYLES = ("--", "-.", ":", (0, (6, 2)), (0, (3, 1, 1, 1, 1, 1)))
"""Lines differ by their dashes as well as by their grey."""

ARROW = 0.13
"""How long the arrow to the side of class 1 is, as a part of the frame."""


class Plane(NamedTuple):
    """The inputs that are drawn.

    Attributes:
        axes: the two inputs that vary, by number.
        fixed: the others, each with its value in all samples.
    """

    axes: tuple[int, int]
    fixed: dict[int, float]


def has_lines(trace: Trace) -> bool:
    """Whether a trace learns classes by a rule, from two inputs that vary."""
    spec = trace.spec
    if not (isinstance(spec, Network) and spec.training.learning_rule and epochs_of(trace)):
        return False
    layer = spec.layers[-1]
    tells = all(activation.name in SIDES for activation in layer.activations)
    values = (value for segment in trace.segments for value in segment.values)
    known = tells and len(layer.units) <= MOST_UNITS and None not in values
    return known and _plane(spec) is not None


def _plane(network: Network) -> Plane | None:
    """The two inputs that vary; None where they are not two."""
    columns = [
        [float(value.value) if isinstance(value, Number) else None for value in column]
        for column in zip(*(sample.inputs for sample in network.samples), strict=True)
    ]
    varying = [number for number, column in enumerate(columns) if len(set(column)) > 1]
    if len(varying) != 2 or any(None in column for column in columns):
        return None
    fixed = {n: column[0] or 0.0 for n, column in enumerate(columns) if n not in varying}
    return Plane((varying[0], varying[1]), fixed)


def _lines(trace: Trace, network: Network, k: int, plane: Plane) -> Iterator[Line]:
    """The line at the start, and after each epoch; of a long training, after some."""
    found = epochs_of(trace)
    start = found[0].segments[0]
    yield _line("start", trace, network, k, plane, start, start.program.starts)
    many = len(found) > FEW
    for number in milestones(len(found)) if many else range(1, len(found) + 1):
        last = found[number - 1].segments[-1]
        yield _line(f"epoch {number}", trace, network, k, plane, last, last.program.ends)


def _line(
    label: str,
    trace: Trace,
    network: Network,
    k: int,
    plane: Plane,
    segment: Segment,
    addresses: Sequence[int],
) -> Line:
    values = [float(trace.arithmetic.fraction(segment.values[at]) or 0) for at in addresses]
    layer = network.layers[-1]
    slopes = dict.fromkeys(plane.axes, 0.0)
    constant = 0.0
    for source, parameter in layer.wiring.into(k):
        if source in slopes:
            slopes[source] += values[parameter]
        else:
            constant += values[parameter] * plane.fixed[source]
    bias = layer.biases[k]
    if bias is not None:
        is_threshold = network.parameters[bias].kind is ParameterKind.THRESHOLD
        constant += -values[bias] if is_threshold else values[bias]
    a, b = slopes.values()
    return Line(label, a, b, constant)


def draw(trace: Trace) -> Figure:
    """The samples, and each unit's lines."""
    from tracer.render.pictures.canvas import figure

    network = trace.spec
    assert isinstance(network, Network)
    plane = _plane(network)
    assert plane is not None
    units = network.layers[-1].units
    drawn = figure(5.6 * len(units), 4.8)
    for k, unit in enumerate(units):
        axes = drawn.add_subplot(1, len(units), k + 1)
        _draw_samples(axes, network, k, plane)
        _draw_lines(axes, list(_lines(trace, network, k, plane)))
        axes.set_xlabel(network.inputs[plane.axes[0]])
        axes.set_ylabel(network.inputs[plane.axes[1]])
        axes.set_title(f"unit {unit}" if len(units) > 1 else english(title_of_spec(network)))
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize="small")
    return drawn


def _draw_samples(axes: Any, network: Network, k: int, plane: Plane) -> None:
    """The samples, marked by their target, in a frame that is a little wider than they are."""
    points: dict[str, list[tuple[float, float]]] = {}
    has_targets = LEARNING_RULES[network.training.learning_rule].needs_target
    for sample in network.samples:
        x, y = (_number(sample.inputs[axis]) for axis in plane.axes)
        label = f"target {getattr(sample.targets[k], 'text', '?')}" if has_targets else "samples"
        points.setdefault(label, []).append((x, y))
    for number, (label, places) in enumerate(sorted(points.items())):
        xs, ys = zip(*places, strict=True)
        mark = MARKS[number % len(MARKS)]
        axes.scatter(xs, ys, s=60, marker=mark, label=label, color=f"C{number}", zorder=3)
    xs, ys = zip(*(place for places in points.values() for place in places), strict=True)
    axes.set_xlim(min(xs) - MARGIN, max(xs) + MARGIN)
    axes.set_ylim(min(ys) - MARGIN, max(ys) + MARGIN)
    axes.locator_params(nbins=6)
    axes.grid(alpha=0.3)


def _number(value: object) -> float:
    assert isinstance(value, Number)
    return float(value.value)


def _draw_lines(axes: Any, lines: Sequence[Line]) -> None:
    """The lines, from light to dark, the last one bold; equal ones once."""
    frame, last = Frame(*axes.get_xlim(), *axes.get_ylim()), lines[-1]
    found = different(lines)
    for number, line in enumerate(found):
        grey = str(round(0.8 * (1 - (number + 1) / len(found)), 3))
        is_last = line.key == last.key
        style = "-" if is_last else STYLES[number % len(STYLES)]
        look = {"color": grey, "linestyle": style, "linewidth": 2.5 if is_last else 1.0}
        _draw_line(axes, line, frame, look)
    _draw_side(axes, last, frame)


def _draw_line(axes: Any, line: Line, frame: Frame, look: Any) -> None:
    """One line; where it cannot be seen, the legend says why."""
    ends = line.within(frame)
    if ends:
        axes.plot(*zip(*ends, strict=True), label=line.label, **look)
        return
    why = "outside" if any(line.side) else "no line"
    axes.plot([], [], label=f"{line.label}: {why}", **look)


def _draw_side(axes: Any, line: Line, frame: Frame) -> None:
    """An arrow from a line to where its net input is above 0."""
    ends = line.within(frame)
    if not ends:
        return
    (x0, y0), (x1, y1) = ends
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    long = ARROW * (frame.right - frame.left)
    tip = tuple(at + long * way for at, way in zip(middle, line.side, strict=True))
    arrow = {"arrowstyle": "<-", "linewidth": 1.5}
    axes.annotate("net > 0", middle, tip, arrowprops=arrow, ha="center", va="center")
