"""A convolution layer as it was written: its kernels, their names, its biases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat
from math import prod
from typing import NamedTuple

from tracer.spec.groups import View
from tracer.spec.ledger import Ledger
from tracer.spec.network import ParameterKind
from tracer.spec.tree.forms import Items
from tracer.spec.tree.limits import MAX_EDGES
from tracer.spec.tree.problems import Problems
from tracer.spec.windows.convolution import Convolution
from tracer.spec.windows.positions import positions
from tracer.spec.windows.shapes import flattened, numbered
from tracer.spec.windows.written import WrittenConvolution
from tracer.spec.wiring import Wiring
from tracer.spec.written import Entry, Nested, WrittenLayer

TURNED = "convolution"


class Kernels(NamedTuple):
    """The kernels of one layer.

    Attributes:
        first: the number of the first one, counted through the network.
        view: what they look at.
        entries: the weights of each: place by place, channel by channel.
        biases: the bias of each; one for all where it is shared; empty for none.
        shared: whether all share one bias.
        turned: whether they are turned when they are laid on.
        units: how many units the layer has.
    """

    first: int
    view: View
    entries: tuple[tuple[Entry, ...], ...]
    biases: tuple[Entry | None, ...]
    shared: bool
    turned: bool
    units: int

    @property
    def edges(self) -> int:
        """At most so many edges, were there no padding."""
        return positions(self.view.axes) * sum(map(len, self.entries))

    def written(self) -> Iterator[Entry]:
        """All that was written."""
        yield from chain.from_iterable(self.entries)
        yield from (entry for entry in self.biases if entry)

    def book(self, ledger: Ledger, first_source: int) -> Wiring:
        """The wiring; a weight without a name is called after its kernel and its place there."""
        axes, grid = self.view.axes, self.view.grid
        places = numbered([*(axis.window for axis in axes), *grid.coordinates[len(axes) :]])
        defaults = (f"k{k}_{place}" for k in self._numbers for place in places)
        parameters = tuple(
            ledger.offset(entry, ParameterKind.WEIGHT, name)
            for entry, name in zip(chain.from_iterable(self.entries), defaults, strict=True)
        )
        channels = grid.channels or 1
        told = (self.view.name, self.view.seen, self.first)
        return Convolution(axes, channels, first_source, parameters, self.turned, *told)

    def book_biases(self, ledger: Ledger, layer: int) -> tuple[int | None, ...]:
        """The number of each unit's bias, for the layer with a number from 1."""
        if self.shared:
            (entry,) = self.biases
            assert entry is not None, "what is shared is there"
            return (ledger.offset(entry, ParameterKind.BIAS, f"b{layer}"),) * self.units
        own = [
            ledger.offset(entry, ParameterKind.BIAS, f"b_k{k}") if entry else None
            for k, entry in zip(self._numbers, self.biases or repeat(None), strict=False)
        ]
        return tuple(own) * (self.units // len(own))

    @property
    def _numbers(self) -> range:
        return range(self.first, self.first + len(self.entries))


def kernels(
    layer: WrittenLayer, written: WrittenConvolution, view: View, first: int, problems: Problems
) -> Kernels | None:
    """The kernels of a layer; None where they are wrong, which is told.

    Args:
        layer: what was written.
        written: its convolution.
        view: what it looks at.
        first: the number of its first kernel.
        problems: where wrong shapes go.
    """
    sizes = [axis.window for axis in view.axes]
    inside = [*sizes, *view.grid.coordinates[len(sizes) :]]
    if written.size is not None:
        each = (Entry(written.node),) * prod(inside)
        found = [each] * (written.filters or 1) if prod(inside) <= MAX_EDGES else []
    else:
        found = list(_written(written, inside, view, problems))
    biases = _biases(layer, len(found), problems)
    shared = isinstance(layer.bias, Entry) and bool(biases)
    if not found:
        return None
    turned = written.operation == TURNED
    units = positions(view.axes) * len(found)
    return Kernels(first, view, tuple(found), biases, shared, turned, units)


def _written(
    written: WrittenConvolution, inside: list[int], view: View, problems: Problems
) -> Iterator[tuple[Entry, ...]]:
    """The weights of each kernel, all of one size."""
    each: tuple[Nested | None, ...] = (
        written.kernels.items if written.kernels else (written.kernel,)
    )
    for kernel in each:
        assert kernel is not None, "one of the two was written"
        found = flattened(kernel, inside, view.grid.words, problems)
        for entry in found or ():
            if entry.absent:
                problems.add(entry.node, "a kernel has a weight at every place; write 0 for none")
        if found is not None:
            yield tuple(found)


def _biases(layer: WrittenLayer, filters: int, problems: Problems) -> tuple[Entry | None, ...]:
    """What is written of biases: one for each filter, or one for all."""
    match layer.bias:
        case Entry() as one:
            return () if one.absent else (one,)
        case Items(node, items):
            if filters and len(items) != filters:
                wanted = f"{filters}, one for each filter"
                problems.add(node, f"found {len(items)} biases, expected {wanted}")
            return tuple(None if entry.absent else entry for entry in items)
    return ()
