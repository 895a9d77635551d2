"""The picture of convolutions: what is seen, kernels and feature maps as grids of numbers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracer.derive.trace import Trace
from tracer.notation.notation import Notation, terminal
from tracer.notation.said import english
from tracer.render.boxes import text_of
from tracer.render.pictures.numbers import DIGITS
from tracer.rules.quantity import OUT
from tracer.sheet.maps.grids import Maps
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.page import Wanted
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network
from tracer.spec.windows.convolution import Convolution

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PLACES, MOST_GRIDS = 64, 12
"""Larger grids than this, or more of them for a layer, are no picture."""
FONT, WIDEST = 8.0, 7
"""The size of a number, and how many signs fit into a place at that size."""
CELL, ROOM = 0.55, 1.2
"""Inches of a number, and around a grid."""


def has_maps(trace: Trace) -> bool:
    """Whether a trace has convolutions that are small enough to be drawn."""
    spec = trace.spec
    wirings = [one.wiring for one in spec.layers] if isinstance(spec, Network) else []
    found = [wiring for wiring in wirings if isinstance(wiring, Convolution)]
    return bool(found) and all(map(_is_small, found))


def _is_small(wiring: Convolution) -> bool:
    grids = wiring.channels + wiring.filters * (wiring.channels + 1)
    return len(wiring.sources) <= MOST_PLACES * wiring.channels and grids <= MOST_GRIDS


def draw(trace: Trace) -> Figure:
    """A row for each convolution: its channels, its kernels, its outputs, on the first sample."""
    from tracer.render.pictures.canvas import figure

    spec = trace.spec
    assert isinstance(spec, Network), "looked at before"
    reading = Reading(trace, spec, trace.segments[0], Wanted(DIGITS), sys.maxsize)
    wirings = [(layer, layer.wiring) for layer in spec.layers]
    rows = [
        list(_grids(Maps(reading, layer, wiring, 1)))
        for layer, wiring in wirings
        if isinstance(wiring, Convolution)
    ]
    wide = max(sum(_width(one) for one in row) for row in rows)
    high = [max(len(one.rows) for one in row) * CELL + ROOM for row in rows]
    made = figure(wide, sum(high) + ROOM / 2)
    made.suptitle(english(title_of_spec(spec)))
    for part, row in zip(_parts(made, high), rows, strict=True):
        widths = [_width(one) for one in row]
        for axes, matrix in zip(_across(part, widths), row, strict=True):
            _grid(axes, matrix, terminal(trace.several_samples))
    return made


def _width(matrix: Matrix) -> float:
    return len(matrix.columns) * CELL + ROOM


def _parts(made: Figure, high: list[float]) -> Iterator[Figure]:
    """A part of the figure for each layer."""
    found = made.subfigures(len(high), 1, height_ratios=high, squeeze=False)
    yield from (row[0] for row in found)


def _across(part: Figure, widths: list[float]) -> Iterator[Axes]:
    """Places beside each other, one for each grid."""
    settings = {"width_ratios": widths}
    yield from part.subplots(1, len(widths), squeeze=False, gridspec_kw=settings)[0]


def _grids(maps: Maps) -> Iterator[Matrix]:
    """What is seen, the kernels and the outputs of a layer."""
    for channel in maps.channel_numbers:
        yield maps.seen(channel)
    for one in maps.filter_numbers:
        for channel in maps.channel_numbers:
            yield maps.kernel(channel, one)
    for one in maps.filter_numbers:
        yield maps.own(OUT, "out", one)


def _grid(axes: Axes, matrix: Matrix, notation: Notation) -> None:
    """A grid with a number in each place."""
    rows, columns = matrix.shape
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    axes.set_aspect("equal")
    axes.set_title(matrix.name.letter, fontsize=10)
    axes.set_xticks(range(columns + 1), labels=[])
    axes.set_yticks(range(rows + 1), labels=[])
    axes.tick_params(length=0)
    axes.grid(visible=True, color="#333333", linewidth=0.8)
    for i in range(rows):
        for j in range(columns):
            text = text_of(matrix.cell(i, j), notation)
            size = FONT * min(1.0, WIDEST / max(len(text), 1))
            axes.text(j + 0.5, i + 0.5, text, ha="center", va="center", fontsize=size)
