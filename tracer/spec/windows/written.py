"""What an author wrote of grids and windows, before it is put together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracer.spec.tree import nodes
from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Scalar

if TYPE_CHECKING:
    from tracer.spec.written import Nested


class WrittenGrid(NamedTuple):
    """Inputs with a shape."""

    node: nodes.Mapping
    name: Scalar | None = None
    shape: Items[int] | None = None
    channels: int | None = None


class WrittenConvolution(NamedTuple):
    """``convolution`` of a layer."""

    node: nodes.Mapping
    kernel: Nested | None = None
    kernels: Items[Nested] | None = None
    size: Items[int] | int | None = None
    filters: int | None = None
    stride: Items[int] | int | None = None
    padding: Items[int] | int | str | None = None
    operation: str = ""


class WrittenPooling(NamedTuple):
    """``pooling`` of a layer."""

    node: nodes.Mapping
    take: str = ""
    size: Items[int] | int | None = None
    stride: Items[int] | int | None = None
    padding: Items[int] | int | str | None = None
    ties: str = ""
    divide_by: str = ""
