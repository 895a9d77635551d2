"""The grids of a convolution: what its windows cover, and its kernels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from tracer.sheet.maps.looking import ANY, Looking
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.reading import Address
from tracer.spec.windows.convolution import Convolution
from tracer.spec.windows.positions import joined


class Maps(Looking, frozen=True):
    """One convolution layer in one sample.

    Attributes:
        wiring: how it looks.
    """

    wiring: Convolution

    def parameter(self, inner: Sequence[int], channel: int, of_filter: int) -> int:
        """The number of the weight that lies on a place of the window."""
        return self.wiring.weights_at(of_filter, joined(inner, self.windows))[channel]

    def seen(self, channel: int | None) -> Matrix:
        """What all windows together cover, zeros around it where they reach beyond the grid."""
        ends = [(axis.count - 1) * axis.stride + axis.window for axis in self.wiring.axes]
        name = self.named(self.seen_name, channel)
        return self.grid(name, ends, lambda at: self.covered(at, channel or 0))

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
