"""The inputs and the layers as groups of units, before any unit has a number.

A layer that looks through windows says nothing of its units: they follow from the shape of what it
looks at, so that one group is found after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from tracer.errors import suggestion
from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.windows.grids import axes, per_axis
from tracer.spec.windows.positions import Axes
from tracer.spec.windows.shapes import AXES, CHANNEL, MOST_AXES, Shape, lengths
from tracer.spec.windows.written import WrittenConvolution, WrittenGrid, WrittenPooling
from tracer.spec.written import Units, WrittenLayer, WrittenNetwork

INPUTS = "inputs"


class View(NamedTuple):
    """What a layer looks at, and how.

    Attributes:
        group: the number of the group that it looks at.
        axes: how its window moves.
        grid: the shape of that group.
        seen: what that group is called.
        name: what stands before the coordinates in the names of the layer's units.
    """

    group: int
    axes: Axes
    grid: Shape
    seen: str
    name: str


class Group(NamedTuple):
    """The inputs, or the units of a layer.

    Attributes:
        units: their names, or how many there are.
        shape: their shape, if they have one; their names follow from it.
        name: what stands before the coordinates in such names.
        view: what they look at through windows, if they do.
        node: where the file says of them.
    """

    units: Units
    shape: Shape | None = None
    name: str = ""
    view: View | None = None
    node: Node | None = None

    @property
    def total(self) -> int:
        """How many units there are."""
        return self.units if isinstance(self.units, int) else len(self.units.items)

    @property
    def grid(self) -> Shape:
        """What a window moves over: units without a shape stand in a row."""
        return self.shape or Shape((self.total,))


def groups(written: WrittenNetwork, problems: Problems) -> list[Group] | None:
    """Every group of a network; None where one cannot be known, which has been told."""
    layers = written.layers.items if written.layers else ()
    if written.inputs is None or not layers:
        return None
    first = _of_inputs(written.inputs, problems)
    if first is None:
        return None
    found, names = [first], {INPUTS: 0} | ({first.name: 0} if first.name else {})
    series = {letter: _series(letter, _authored(written)) for letter in "cp"}
    for number, layer in enumerate(layers, 1):
        name = layer.name.text if layer.name else ""
        if layer.convolution is None and layer.pooling is None and layer.units is None:
            return None
        if layer.units is not None:
            group: Group | None = Group(layer.units, node=layer.node)
        else:
            name = name or next(series["c" if layer.convolution else "p"])
            group = _of_windows(layer, name, found, names, problems)
        if group is None:
            return None
        found.append(group)
        names |= {name: number} if name else {}
    return found


def _of_inputs(inputs: Units | WrittenGrid, problems: Problems) -> Group | None:
    if not isinstance(inputs, WrittenGrid):
        return Group(inputs)
    if inputs.shape is None:
        return None
    *sizes, last = inputs.shape.items
    channels = inputs.channels
    if len(sizes) == MOST_AXES and channels is None:
        shape = Shape(tuple(sizes), last)
    elif len(sizes) < MOST_AXES:
        shape = Shape((*sizes, last), channels)
    else:
        what = "one or two, beside 'channels'" if channels else "one to three"
        problems.add(inputs.shape.node, f"found {len(sizes) + 1} numbers, expected {what}")
        return None
    return Group(shape.total, shape, inputs.name.text if inputs.name else "x", node=inputs.node)


def _authored(written: WrittenNetwork) -> set[str]:
    """The names that the author gave to inputs, units and layers."""
    layers = written.layers.items if written.layers else ()
    given = (written.inputs, *(layer.units for layer in layers))
    units = {name.text for group in given if isinstance(group, Items) for name in group.items}
    return units | {layer.name.text for layer in layers if layer.name}


def _series(letter: str, taken: set[str]) -> Iterator[str]:
    return (name for k in count(1) if (name := f"{letter}{k}") not in taken)


def _of_windows(
    layer: WrittenLayer,
    name: str,
    before: Sequence[Group],
    names: dict[str, int],
    problems: Problems,
) -> Group | None:
    """The units of a layer that looks through windows."""
    seen = _seen(layer, len(before), names, problems)
    if seen is None:
        return None
    grid = before[seen].grid
    if layer.pooling is not None:
        moves, channels = _of_pooling(layer.pooling, grid, problems), grid.channels
    else:
        moves, channels = _of_convolution(layer.convolution, grid, problems)
    if not moves:
        return None
    shape = Shape(tuple(axis.count for axis in moves), channels)
    view = View(seen, moves, grid, _called(seen, before[seen], names), name)
    return Group(shape.total, shape, name, view, layer.node)


def _of_pooling(written: WrittenPooling, grid: Shape, problems: Problems) -> Axes | None:
    """How the window of a pooling layer moves; by its own size, where nothing else is said."""
    size = written.size
    node = written.node.content("size")
    window = None if size is None else per_axis(size, len(grid.sizes), node, problems)
    return axes(written, window, written.stride or size, grid, problems) if window else None


def _of_convolution(
    written: WrittenConvolution | None, grid: Shape, problems: Problems
) -> tuple[Axes | None, int | None]:
    """How the kernels of a convolution move, and how many there are if there is a list of them."""
    assert written is not None, "it is one or the other"
    filters = _filters(written, problems)
    window = filters and _window(written, grid, problems)
    several = written.kernels is not None or written.filters is not None
    moves = axes(written, window, written.stride, grid, problems) if window else None
    return moves, filters if several else None


def _called(number: int, group: Group, names: dict[str, int]) -> str:
    """What a group is called on a page."""
    known = (name for name, of in names.items() if of == number and name != INPUTS)
    return group.name or next(known, f"layer {number}" if number else "the inputs")


def _seen(
    layer: WrittenLayer, before: int, names: dict[str, int], problems: Problems
) -> int | None:
    """The group that a layer looks at: the one before, or the one that 'from' names."""
    if layer.sources is None:
        return before - 1
    assert isinstance(layer.sources, Scalar), "a layer that looks through windows has one source"
    word = layer.sources.text
    if word in names:
        return names[word]
    hint = suggestion(word, names) or f"; known: {listed(names)}"
    problems.add(layer.sources, f"no layer before this one is called '{word}'{hint}")
    return None


def _filters(written: WrittenConvolution, problems: Problems) -> int | None:
    """How many kernels there are."""
    said = [field for field in (written.kernel, written.kernels, written.size) if field is not None]
    if not said:
        problems.add(written.node, "'kernel' is missing: rows of weights, such as [[1, 2], [3, 4]]")
    if written.filters is not None and written.size is None:
        node = written.node.content("filters") or written.node
        problems.add(node, "'filters' goes with 'size'; kernels that are written out are counted")
    if len(said) != 1:
        return None
    return len(written.kernels.items) if written.kernels else written.filters or 1


def _window(written: WrittenConvolution, grid: Shape, problems: Problems) -> tuple[int, ...] | None:
    """How many places the kernels have in each direction."""
    dimensions = len(grid.sizes)
    if written.size is not None:
        return per_axis(written.size, dimensions, written.node.content("size"), problems)
    kernel = written.kernels.items[0] if written.kernels else written.kernel
    assert kernel is not None, "one of them was written"
    found = lengths(kernel)
    if len(found) == len(grid.coordinates):
        return tuple(found[:dimensions])
    words = " of ".join(f"{word}s" for word in AXES[dimensions])
    over = f", of {CHANNEL}s at each place" if grid.channels is not None else ""
    deep = f"found lists {len(found)} deep" if found else "found one number"
    wanted = f"lists {len(grid.coordinates)} deep, {words}{over}"
    problems.add(kernel.node, f"{deep}, expected {wanted} (it looks at {grid})")
    return None
