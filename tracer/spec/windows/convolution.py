"""The wiring of a convolution: the same few weights at every position of a window.

A unit stands at a position of the window and belongs to one filter; its edges come from the places
that the window covers there. Each of them carries the weight that the filter's kernel has at that
place of the window, so that a kernel's weights are shared by all positions. Everything follows by
arithmetic from the number of a unit, a source or a parameter. Over padding there are no edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import prod

from msgspec import Struct

from tracer.spec.windows.positions import Axes, covered, covering, positions
from tracer.spec.wiring import Pair


class Convolution(Struct, frozen=True, dict=True):
    """Every unit looks through a window, with the kernel of its filter.

    Units are counted position by position and, at each, filter by filter; sources place by place
    and, at each, channel by channel.

    Attributes:
        axes: how the window moves, in each direction.
        channels: how many sources there are at each place of the grid.
        first_source: the number of the first one.
        kernels: the parameters' numbers: filter by filter, place by place, channel by channel.
        turned: whether the kernel is turned by 180 degrees when it is laid on the grid.
        name: what stands before the coordinates in the units' names.
        seen: the name of what it looks at.
        first_kernel: the number of its first kernel, counted through the network.
    """

    axes: Axes
    channels: int
    first_source: int
    kernels: tuple[int, ...]
    turned: bool = False
    name: str = ""
    seen: str = ""
    first_kernel: int = 1

    @cached_property
    def places(self) -> int:
        """How many places the window has."""
        return prod(axis.window for axis in self.axes)

    @cached_property
    def filters(self) -> int:
        """How many kernels there are."""
        return len(self.kernels) // (self.places * self.channels)

    @cached_property
    def sources(self) -> range:
        """All places of the grid, also those that no window covers."""
        count = prod(axis.size for axis in self.axes) * self.channels
        return range(self.first_source, self.first_source + count)

    @cached_property
    def parameters(self) -> tuple[int, ...]:
        """The kernels' parameters, each once, in the order of first use."""
        return tuple(dict.fromkeys(self.kernels))

    def into(self, unit: int) -> Sequence[Pair]:
        """(source, parameter) of every edge into a unit of the layer."""
        position, of_filter = divmod(unit, self.filters)
        return [
            (self.first_source + place * self.channels + channel, parameter)
            for inner, place in self._covered[position].items()
            for channel, parameter in enumerate(self.weights_at(of_filter, inner))
        ]

    def out_of(self, source: int) -> Sequence[Pair]:
        """(unit, parameter) of every edge from a source into the layer."""
        if source not in self.sources:
            return ()
        place, channel = divmod(source - self.first_source, self.channels)
        return [
            (position * self.filters + of_filter, self.weights_at(of_filter, inner)[channel])
            for position, inner in covering(self.axes, place)
            for of_filter in range(self.filters)
        ]

    def uses(self, parameter: int) -> Sequence[Pair]:
        """(unit, source) of every edge that carries a parameter."""
        return sorted(
            (position * self.filters + of_filter, first + channel)
            for of_filter, inner, channel in self._held_at.get(parameter, ())
            for position, first in self._sources_under(inner)
        )

    def weights_at(self, of_filter: int, inner: int) -> tuple[int, ...]:
        """The parameters of a filter at a place of the window, one for each channel."""
        held = self.places - 1 - inner if self.turned else inner
        start = (of_filter * self.places + held) * self.channels
        return self.kernels[start : start + self.channels]

    def _sources_under(self, inner: int) -> Iterator[tuple[int, int]]:
        """(position, first source) where a place of the window lies on the grid."""
        for position, places in enumerate(self._covered):
            if inner in places:
                yield position, self.first_source + places[inner] * self.channels

    @cached_property
    def _covered(self) -> list[dict[int, int]]:
        """For each position the place of the grid under each place of the window."""
        return [dict(covered(self.axes, position)) for position in range(positions(self.axes))]

    @cached_property
    def _held_at(self) -> dict[int, list[tuple[int, int, int]]]:
        """(filter, place of the window, channel) of every place at which a parameter stands."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for of_filter in range(self.filters):
            for inner in range(self.places):
                for channel, parameter in enumerate(self.weights_at(of_filter, inner)):
                    found.setdefault(parameter, []).append((of_filter, inner, channel))
        return found
