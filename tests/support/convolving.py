"""Convolutions and pooling on padded arrays, position by position, as a textbook draws them.

Nothing of it knows of units, edges or steps: an array is padded with zeros, a window is cut out of
it at every position, multiplied with each kernel and added up. ``numpy`` may be that of autograd.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy
from hypothesis import strategies as st
from msgspec import Struct

Draw = Any
Numbers = Any

WHOLE = st.integers(-3, 3)
EXACT = st.one_of(WHOLE, st.builds(Fraction, WHOLE, st.integers(2, 5)))


class Windows(Struct, frozen=True):
    """How windows move.

    Attributes:
        sizes: of the grid.
        window: of the window.
        strides: how far it moves in each direction.
        padding: ``valid``, ``same`` or how much on each side.
    """

    sizes: tuple[int, ...]
    window: tuple[int, ...]
    strides: tuple[int, ...]
    padding: str | tuple[int, ...]

    @property
    def around(self) -> list[tuple[int, int]]:
        """How much padding there is before and after, in each direction."""
        if self.padding == "valid":
            return [(0, 0)] * len(self.sizes)
        if isinstance(self.padding, tuple):
            return [(p, p) for p in self.padding]
        both = [
            max((-(-size // stride) - 1) * stride + window - size, 0)
            for size, window, stride in zip(self.sizes, self.window, self.strides, strict=True)
        ]
        return [(pad // 2, pad - pad // 2) for pad in both]

    @property
    def counts(self) -> tuple[int, ...]:
        """How many positions there are in each direction."""
        padded = [
            before + size + after
            for size, (before, after) in zip(self.sizes, self.around, strict=True)
        ]
        return tuple(
            len(range(0, length - window + 1, stride))
            for length, window, stride in zip(padded, self.window, self.strides, strict=True)
        )

    def cut(self, padded: Numbers) -> list[Numbers]:
        """What the window covers at each position, row by row."""
        return [
            padded[
                tuple(
                    slice(at * stride, at * stride + window)
                    for at, stride, window in zip(position, self.strides, self.window, strict=True)
                )
            ]
            for position in product(*map(range, self.counts))
        ]

    def padded(self, grid: Numbers, np: Any = numpy, fill: float = 0) -> Numbers:
        """A grid with its channels, and what stands around it."""
        return np.pad(grid, [*self.around, (0, 0)], "constant", constant_values=fill)


def convolved(
    windows: Windows,
    grid: Numbers,
    kernels: Numbers,
    biases: Numbers,
    turned: bool,
    np: Any = numpy,
) -> Numbers:
    """The net inputs: an array of positions and filters.

    Args:
        windows: how the kernels move.
        grid: an array of the grid's directions, then channels.
        kernels: an array of filters, the window's directions, then channels.
        biases: one for each filter.
        turned: whether each kernel is turned first.
        np: NumPy, or what stands for it.
    """
    if turned:
        kernels = kernels[(slice(None), *(slice(None, None, -1) for _ in windows.window))]
    covered = np.array([np.reshape(part, (-1,)) for part in windows.cut(windows.padded(grid, np))])
    return np.dot(covered, np.reshape(kernels, (len(kernels), -1)).T) + biases


class Layer(Struct, frozen=True):
    """A convolution layer with its numbers, as text would say it.

    Attributes:
        windows: how its kernels move.
        grid: the numbers that it looks at, channels last.
        kernels: its weights: filters, the window's directions, channels.
        biases: one for each filter; empty for none.
        turned: whether it is a true convolution.
        channels: whether the input says its channels.
        several: whether its kernels are a list.
    """

    windows: Windows
    grid: Numbers
    kernels: Numbers
    biases: tuple[Fraction, ...]
    turned: bool
    channels: bool
    several: bool

    def __repr__(self) -> str:
        """As a spec."""
        return self.spec()

    def spec(self, extra: str = "") -> str:
        """The file, with more lines at its end."""
        shape = [*self.windows.sizes]
        channels = f", channels: {self.grid.shape[-1]}" if self.channels else ""
        return (
            f"inputs: {{name: x, shape: {shape}{channels}}}\n"
            f"layers:\n  - {self.layer()}\nsamples: [{{input: {nested(self.inputs())}}}]\n{extra}"
        )

    def inputs(self) -> Numbers:
        """The grid, without channels where the file says none."""
        return self.grid if self.channels else self.grid[..., 0]

    def layer(self, more: str = "") -> str:
        """The layer, with more fields."""
        each = self.kernels if self.channels else self.kernels[..., 0]
        told = f"kernels: {nested(each)}" if self.several else f"kernel: {nested(each[0])}"
        padding = self.windows.padding
        around = padding if isinstance(padding, str) else list(padding)
        operation = ", operation: convolution" if self.turned else ""
        biases = f", bias: {nested(self.biases)}" if self.biases else ""
        return (
            f"{{name: c, convolution: {{{told}, stride: {list(self.windows.strides)}, "
            f"padding: {around}{operation}}}{biases}{more}}}"
        )

    def names(self) -> list[str]:
        """The units' names: of positions, and at each of filters."""
        return named("c", [*self.windows.counts, *([len(self.kernels)] if self.several else [])])

    def net(self) -> Numbers:
        """The net inputs, as an array of positions and filters."""
        biases = numpy.array(self.biases or [Fraction(0)] * len(self.kernels))
        return convolved(self.windows, self.grid, self.kernels, biases, self.turned)


def nested(numbers: Any) -> str:
    """An array as nested lists."""
    if isinstance(numbers, numpy.ndarray | tuple | list):
        return f"[{', '.join(map(nested, numbers))}]"
    return str(numbers)


def named(before: str, sizes: Sequence[int]) -> list[str]:
    """The name of every place of an array, row by row."""
    places = product(*(range(1, size + 1) for size in sizes))
    return ["_".join([before, *map(str, place)]) for place in places]


@st.composite
def layers(draw: Draw, numbers: st.SearchStrategy[Any] = EXACT) -> Layer:
    """Random convolution layers over random grids."""
    dimensions = draw(st.integers(1, 2))
    windows = draw(all_windows(dimensions))
    channels, several = draw(st.booleans()), draw(st.booleans())
    inside = draw(st.integers(1, 3)) if channels else 1
    filters = draw(st.integers(1, 3)) if several else 1
    biases = draw(st.lists(numbers, min_size=filters, max_size=filters) | st.just([]))
    return Layer(
        windows,
        draw(arrays((*windows.sizes, inside), numbers)),
        draw(arrays((filters, *windows.window, inside), numbers)),
        tuple(biases),
        draw(st.booleans()),
        channels,
        several,
    )


@st.composite
def all_windows(draw: Draw, dimensions: int) -> Windows:
    """Random windows that fit on a grid."""
    each: Callable[[int, int], Any] = lambda least, most: st.tuples(  # noqa: E731
        *(st.integers(least, most) for _ in range(dimensions))
    )
    found: Windows = draw(
        st.builds(
            Windows,
            each(1, 5),
            each(1, 3),
            each(1, 3),
            st.one_of(st.just("valid"), st.just("same"), each(0, 2)),
        ).filter(lambda windows: min(windows.counts) > 0)
    )
    return found


@st.composite
def arrays(draw: Draw, shape: tuple[int, ...], numbers: st.SearchStrategy[Any]) -> Numbers:
    """Random arrays."""
    count = int(numpy.prod(shape))
    found = draw(st.lists(numbers, min_size=count, max_size=count))
    filled = numpy.empty(count, dtype=object)
    filled[:] = [Fraction(number) for number in found]
    return filled.reshape(shape)


def pooled(
    windows: Windows, grid: Numbers, take: str, over_padding: bool = False, np: Any = numpy
) -> Numbers:
    """The largest or the average of what lies under a window, channel by channel.

    Args:
        windows: how it moves.
        grid: an array of the grid's directions, then channels.
        take: ``max`` or ``average``.
        over_padding: whether an average counts padding too.
        np: NumPy, or what stands for it.
    """
    axes = tuple(range(len(windows.sizes)))
    if take == "max":
        padded = windows.padded(grid, np, fill=-1e9)
        return np.array([np.max(part, axes) for part in windows.cut(padded)])
    sums = np.array([np.sum(part, axes) for part in windows.cut(windows.padded(grid, np))])
    there = windows.cut(windows.padded(numpy.ones((*windows.sizes, 1))))
    counts = [
        int(numpy.prod(windows.window)) if over_padding else int(part.sum()) for part in there
    ]
    return sums * numpy.array([[Fraction(1, count)] for count in counts])
