"""How windows lie on a layer: size, stride and padding as written, checked and counted."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.windows.positions import Axes, Axis
from tracer.spec.windows.shapes import AXES, Shape
from tracer.spec.windows.written import WrittenConvolution, WrittenPooling

SAME, VALID = "same", "valid"

PerAxis = int | Items[int] | None


def axes(
    written: WrittenConvolution | WrittenPooling,
    window: Sequence[int],
    stride: PerAxis,
    grid: Shape,
    problems: Problems,
) -> Axes | None:
    """How a window moves over a grid in each direction; None where it cannot, which is told.

    Args:
        written: what was written, with its padding.
        window: how many places the window has in each direction.
        stride: what was written of it, or what stands for it.
        grid: the shape of what it moves over.
        problems: where wrong numbers go.
    """
    count = len(grid.sizes)
    strides = per_axis(stride or 1, count, written.node.content("stride"), problems)
    padding = written.padding if isinstance(written.padding, int | Items) else 0
    before = per_axis(padding, count, written.node.content("padding"), problems)
    if strides is None or before is None:
        return None
    if written.padding == SAME:
        return tuple(map(_same, grid.sizes, window, strides))
    found = tuple(map(_padded, grid.sizes, window, strides, before))
    names = AXES[count]
    for axis, name in zip(found, names, strict=True):
        if axis.count < 1:
            had = f"{axis.size} with padding {axis.before}" if axis.before else f"{axis.size}"
            fits = f"a window of {axis.window} {name}s does not fit on {had}"
            problems.add(written.node, fits)
    return found if all(axis.count > 0 for axis in found) else None


def per_axis(
    written: int | Items[int], count: int, node: Node | None, problems: Problems
) -> tuple[int, ...] | None:
    """A number for each direction; one number stands for all."""
    if isinstance(written, int):
        return (written,) * count
    if len(written.items) != count:
        wanted = f"{count} ({', '.join(f'{name}s' for name in AXES[count])})"
        found = f"found a list of {len(written.items)}"
        problems.add(node or written.node, f"{found}, expected {wanted}")
        return None
    return written.items


def _padded(size: int, window: int, stride: int, before: int) -> Axis:
    """With as much padding on both sides."""
    return Axis(size, window, stride, before, (size + 2 * before - window) // stride + 1)


def _same(size: int, window: int, stride: int) -> Axis:
    """With so much padding that no stride is cut off; of an odd number, one more stands after."""
    count = -(-size // stride)
    padding = max((count - 1) * stride + window - size, 0)
    return Axis(size, window, stride, padding // 2, count)
