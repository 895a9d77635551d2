"""The picture of inputs that moved: each sample before and after, with the outputs beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.said import english
from tracer.rules.quantity import INPUT, OUT, Kind
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_SAMPLES = 6
"""As many samples are drawn, one below the other."""

BEFORE, AFTER = "#9a9a9a", "#b5402a"


class Change(NamedTuple):
    """What became of one sample: its inputs and its outputs, first and last."""

    sample: int
    inputs: tuple[list[float], list[float]]
    outputs: tuple[list[float], list[float]]


def has_moved_inputs(trace: Trace) -> bool:
    """Whether a trace has inputs that moved, all of them numbers."""
    return bool(list(_changes(trace)))


def _changes(trace: Trace) -> Iterator[Change]:
    """The samples whose inputs moved."""
    spec, last = trace.spec, trace.segments[-1]
    if not isinstance(spec, Network) or spec.training.move_inputs is None or last.step == 1:
        return
    for sample in sorted(last.program.samples)[:MOST_SAMPLES]:
        ends = [trace.segments[0], last]
        inputs, outputs = (
            [_numbers(trace, end, kind, sample, names) for end in ends]
            for kind, names in ((INPUT, spec.inputs), (OUT, spec.output_names))
        )
        if all((*inputs, *outputs)):
            yield Change(sample, (inputs[0], inputs[1]), (outputs[0], outputs[1]))


def _numbers(
    trace: Trace, segment: Segment, kind: Kind, sample: int, names: Sequence[str]
) -> list[float]:
    """The numbers of some units in a sample; none where one of them is a letter."""
    found: dict[str, float] = {}
    for block in segment.program.blocks:
        if block.kind is kind and block.sample == sample:
            for unit, address in zip(block.units, block.addresses, strict=True):
                value = segment.values[address]
                number = None if value is None else trace.arithmetic.fraction(value)
                if number is not None:
                    found[unit] = float(number)
    return [found[name] for name in names] if set(names) <= set(found) else []


def draw(trace: Trace) -> Figure:
    """A row for each sample: the inputs before and after, and the outputs as bars."""
    from tracer.render.pictures.canvas import figure

    spec, changes, last = trace.spec, list(_changes(trace)), trace.segments[-1].step
    assert isinstance(spec, Network)
    drawn = figure(8.4, 0.6 + 2.6 * len(changes))
    panels = drawn.subplots(len(changes), 3, squeeze=False)
    for (before, after, bars), change in zip(panels, changes, strict=True):
        both = [*change.inputs[0], *change.inputs[1]]
        limits = (min(0.0, *both), max(1.0, *both))
        mark = f" (sample {change.sample})" if trace.several_samples else ""
        _grid(before, change.inputs[0], _shape(spec), limits, f"before{mark}")
        _grid(after, change.inputs[1], _shape(spec), limits, f"after {last - 1} moves")
        _bars(bars, spec.output_names, change.outputs)
    drawn.suptitle(english(title_of_spec(spec)))
    return drawn


def _shape(spec: Network) -> tuple[int, int]:
    """Rows and columns; inputs without a shape stand in a row."""
    move = spec.training.move_inputs
    sizes = move.shape if move else ()
    rows = sizes[0] if len(sizes) > 1 else 1
    return rows, len(spec.inputs) // rows


def _grid(
    axes: Any,
    values: Sequence[float],
    shape: tuple[int, int],
    limits: tuple[float, float],
    title: str,
) -> None:
    rows, columns = shape
    grid = [values[start : start + columns] for start in range(0, rows * columns, columns)]
    axes.imshow(grid, cmap="gray_r", vmin=limits[0], vmax=limits[1])
    middle = sum(limits) / 2
    for row, numbers in enumerate(grid):
        for column, number in enumerate(numbers):
            colour = "white" if number > middle else "black"
            axes.text(column, row, f"{number:.3g}", ha="center", va="center", color=colour)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(title)


def _bars(axes: Any, names: Sequence[str], outputs: tuple[list[float], list[float]]) -> None:
    places = range(len(names))
    for shift, values, colour, label in (
        (-0.2, outputs[0], BEFORE, "before"),
        (0.2, outputs[1], AFTER, "after"),
    ):
        axes.barh([place + shift for place in places], values, 0.38, color=colour, label=label)
    axes.set_yticks(list(places), names)
    axes.invert_yaxis()
    axes.set_title("outputs")
    axes.legend()
