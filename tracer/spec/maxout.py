"""Maxout layers: each piece is a layer of weighted sums, and the layer gathers the largest."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Scalar
from tracer.spec.windows.pooling import LAST
from tracer.spec.written import WrittenLayer, WrittenNetwork


def with_pieces(written: WrittenNetwork) -> WrittenNetwork:
    """The network with a layer for each piece, in front of the layer that gathers them."""
    if written.layers is None:
        return written
    layers = tuple(part for layer in written.layers.items for part in _parts(layer))
    return written._replace(layers=written.layers._replace(items=layers))


def _parts(layer: WrittenLayer) -> Iterator[WrittenLayer]:
    """A layer's pieces, with their units and what feeds them; then the layer."""
    if layer.pieces is not None and isinstance(layer.units, Items):
        for number, piece in enumerate(layer.pieces.items, 1):
            names = tuple(_of_piece(name, number) for name in layer.units.items)
            units = layer.units._replace(items=names)
            called = layer.name and _of_piece(layer.name, number)
            yield piece._replace(units=units, name=called, sources=layer.sources, back=number)
    yield layer


def _of_piece(name: Scalar, number: int) -> Scalar:
    """What a unit or a layer is called in a piece: ``m_1``."""
    return name._replace(text=f"{name.text}_{number}")


def gathered_pieces(layer: WrittenLayer, first_unit: int, units: int) -> Gathering:
    """What the units of a maxout layer gather: each the units of its own in all pieces."""
    assert layer.pieces is not None, "only a maxout layer has pieces"
    count = len(layer.pieces.items)
    starts = range(first_unit - count * units, first_unit, units)
    groups = tuple(tuple(start + k for start in starts) for k in range(units))
    return Gathering(LARGEST, groups, layer.ties == LAST)
