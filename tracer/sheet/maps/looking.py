"""The grids of a layer that looks through windows: what it sees, its own values.

A map is a grid of one channel or filter. In one direction only, it is a grid of one row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct

from tracer.derive.entries import Given
from tracer.notation.matrices import MatrixName
from tracer.notation.numbers import Shown, shown_value
from tracer.rules.quantity import INPUT, KEPT, OUT, Kind
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.matrix.reading import Address, Reading
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer
from tracer.spec.windows.convolution import Convolution
from tracer.spec.windows.positions import joined

ZERO = Cell(Shown("0", True))
ANY = "•"
"""In place of a coordinate: all of them."""

Find = Callable[[tuple[int, ...]], Address]
"""The address at coordinates from 0; None: a zero stands there."""


class Looking(Struct, frozen=True, dict=True):
    """One layer that looks through windows, in one sample.

    Attributes:
        reading: the training step.
        layer: the layer.
        wiring: how it looks.
        sample: the sample, from 1.
    """

    reading: Reading
    layer: Layer
    wiring: Convolution | Gathering
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
            return ZERO if address is None else self.cell(address)

        mark = MatrixName(None, name)
        return Matrix(mark, [str(k) for k in range(rows)], [str(k) for k in range(columns)], cell)

    def cell(self, address: Address) -> Cell:
        """What stands at an address; a given decimal number too is rounded where it is long."""
        found = self.reading.cell(address)
        entry = None if address is None else self.reading.entry(address)
        if not isinstance(entry, Given) or not isinstance(found.shown, Shown):
            return found
        numbers, arithmetic = self.reading.wanted.numbers, self.reading.trace.arithmetic
        if entry.value is None or "/" in found.shown.text:
            return found
        rounded = shown_value(entry.value, arithmetic, numbers)
        return found if rounded.exact else found._replace(shown=rounded)

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
        return self.layer.units[joined(position, self.counts) * self.breadth + of_filter]

    def address(self, kind: Kind, name: str) -> Address:
        """Where a quantity of this sample stands."""
        return self.reading.address(kind, name, self.sample)

    @property
    def breadth(self) -> int:
        """How many units stand at each position: filters, or the channels that are gathered."""
        wiring = self.wiring
        return wiring.filters if isinstance(wiring, Convolution) else wiring.channels

    @property
    def channel_numbers(self) -> Sequence[int | None]:
        """The channels, as names say them: without a number where there is one."""
        return range(self.wiring.channels) if self.wiring.channels > 1 else (None,)

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
    def filter_numbers(self) -> Sequence[int | None]:
        """The filters, or the channels that are gathered, as names say them."""
        return range(self.breadth) if self.breadth > 1 else (None,)

    @property
    def seen_name(self) -> str:
        """What is seen, as maps of it are called."""
        before = {INPUT: "", OUT: "out_", KEPT: "kept_"}[self.source_kind]
        return before + self.wiring.seen

    @property
    def is_alone(self) -> bool:
        """Whether what is seen acts on the error through this layer alone."""
        network, seen = self.reading.network, set(self.wiring.sources)
        others = (layer for layer in network.layers if layer is not self.layer)
        fed = any(not seen.isdisjoint(layer.wiring.sources) for layer in others)
        return not fed and seen.isdisjoint(network.outputs)
