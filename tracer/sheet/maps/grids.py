"""The grids of a layer that looks through windows: what it sees, its kernels, its own values.

A map is a grid of one channel or filter. In one direction only, it is a grid of one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown
from tracer.rules.quantity import INPUT, KEPT, OUT, Kind
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.matrix.reading import Address, Reading
from tracer.spec.convolution import Convolution
from tracer.spec.network import Layer
from tracer.spec.windows import joined

ZERO = Cell(Shown("0", True))
ANY = "•"
"""In place of a coordinate: all of them."""

Find = Callable[[tuple[int, ...]], Address]
"""The address at coordinates from 0; None: a zero stands there."""


@dataclass(frozen=True)
class Maps:
    """One convolution layer in one sample.

    Attributes:
        reading: the training step.
        layer: the layer.
        wiring: how it looks.
        sample: the sample, from 1.
    """

    reading: Reading
    layer: Layer
    wiring: Convolution
    sample: int

    @cached_property
    def sizes(self) -> list[int]:
        """How many places the grid that is seen has in each direction."""
        return [axis.size for axis in self.wiring.axes]

    @cached_property
    def windows(self) -> list[int]:
        """How many places a kernel has in each direction."""
        return [axis.window for axis in self.wiring.axes]

    @cached_property
    def counts(self) -> list[int]:
        """How many positions there are in each direction."""
        return [axis.count for axis in self.wiring.axes]

    def grid(self, name: str, lengths: Sequence[int], find: Find) -> Matrix:
        """A grid of what stands at some addresses."""
        rows, columns = lengths if len(lengths) == 2 else (1, *lengths)

        def cell(i: int, j: int) -> Cell:
            address = find((i, j) if len(lengths) == 2 else (j,))
            return ZERO if address is None else self.reading.cell(address)

        mark = MatrixName(None, name)
        return Matrix(mark, [str(k) for k in range(rows)], [str(k) for k in range(columns)], cell)

    def named(self, before: str, number: int | None) -> str:
        """The name of a map: with dots for the coordinates of places, and its channel."""
        mark = f"[{self.sample}]" if len(self.reading.network.samples) > 1 else ""
        if number is None:
            return before + mark
        return "_".join([before, *(ANY for _ in self.sizes), str(number + 1)]) + mark

    @property
    def source_kind(self) -> Kind:
        """The kind of what is seen."""
        first = self.wiring.first_source
        if self.reading.is_dropped(self.reading.network.units[first]):
            return KEPT
        return INPUT if first < len(self.reading.network.inputs) else OUT

    def source(self, place: Sequence[int], channel: int) -> str:
        """The name of a unit or input that is seen."""
        number = joined(place, self.sizes) * self.wiring.channels + channel
        return self.reading.network.units[self.wiring.first_source + number]

    def unit(self, position: Sequence[int], of_filter: int) -> str:
        """The name of a unit of the layer."""
        return self.layer.units[joined(position, self.counts) * self.wiring.filters + of_filter]

    def parameter(self, inner: Sequence[int], channel: int, of_filter: int) -> int:
        """The number of the weight that lies on a place of the window."""
        return self.wiring.weights_at(of_filter, joined(inner, self.windows))[channel]

    def address(self, kind: Kind, name: str) -> Address:
        """Where a quantity of this sample stands."""
        return self.reading.address(kind, name, self.sample)

    @property
    def channel_numbers(self) -> Sequence[int | None]:
        """The channels, as names say them: without a number where there is one."""
        return range(self.wiring.channels) if self.wiring.channels > 1 else (None,)

    @property
    def filter_numbers(self) -> Sequence[int | None]:
        """The filters, as names say them."""
        return range(self.wiring.filters) if self.wiring.filters > 1 else (None,)

    def seen(self, channel: int | None) -> Matrix:
        """What all windows together cover, zeros around it where they reach beyond the grid."""
        ends = [(axis.count - 1) * axis.stride + axis.window for axis in self.wiring.axes]
        name = self.named(self._seen_name, channel)
        return self.grid(name, ends, lambda at: self.covered(at, channel or 0))

    @property
    def _seen_name(self) -> str:
        before = {INPUT: "", OUT: "out_", KEPT: "kept_"}[self.source_kind]
        return before + self.wiring.seen

    def covered(self, at: Iterable[int], channel: int) -> Address:
        """What lies at a place, counted from where the first window starts."""
        place = [k - axis.before for k, axis in zip(at, self.wiring.axes, strict=True)]
        if any(not 0 <= k < size for k, size in zip(place, self.sizes, strict=True)):
            return None
        return self.address(self.source_kind, self.source(place, channel))

    def kernel(self, channel: int | None, of_filter: int | None, turned: bool = False) -> Matrix:
        """A kernel as it lies on a window, or turned by 180 degrees."""

        def find(at: tuple[int, ...]) -> Address:
            inner = self.turned(at) if turned else at
            number = self.parameter(inner, channel or 0, of_filter or 0)
            return self.reading.parameter(number)

        name = self.kernel_name(channel, of_filter)
        is_turned = turned != self.wiring.turned
        return self.grid(f"turned({name})" if is_turned else name, self.windows, find)

    def turned(self, inner: Iterable[int]) -> tuple[int, ...]:
        """The place of a window on the other side of its middle."""
        pairs = zip(inner, self.windows, strict=True)
        return tuple(window - 1 - k for k, window in pairs)

    def kernel_name(self, channel: int | None, of_filter: int | None) -> str:
        """The name of a kernel, as its weights have it where they have none of their own."""
        number = self.wiring.first_kernel + (of_filter or 0)
        if channel is None:
            return f"k{number}"
        return "_".join([f"k{number}", *(ANY for _ in self.sizes), str(channel + 1)])

    def own(self, kind: Kind, before: str, of_filter: int | None) -> Matrix:
        """A quantity of the layer's units, at every position."""
        name = self.named(f"{before}_{self.wiring.name}", of_filter)

        def find(at: tuple[int, ...]) -> Address:
            return self.address(kind, self.unit(at, of_filter or 0))

        return self.grid(name, self.counts, find)

    def addresses(self, kind: Kind) -> list[int]:
        """The addresses of a quantity of all the layer's units."""
        found = (self.address(kind, unit) for unit in self.layer.units)
        return [address for address in found if address is not None]

    @property
    def has_own_weights(self) -> bool:
        """Whether every place of every kernel has a weight of its own, used in no other layer."""
        others = (
            number
            for layer in self.reading.network.layers
            if layer is not self.layer
            for number in layer.wiring.parameters
        )
        mine = self.wiring.kernels
        return len(set(mine)) == len(mine) and set(mine).isdisjoint(others)

    @property
    def places(self) -> int:
        """How many weights a kernel has."""
        return prod(self.windows) * self.wiring.channels
