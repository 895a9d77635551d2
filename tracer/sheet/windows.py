"""What a page says of layers that look through windows: their sizes, and what the names say."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.spec.convolution import Convolution
from tracer.spec.network import Network
from tracer.spec.shapes import AXES
from tracer.spec.windows import Axes, Axis

Row = tuple[str, str]

NOT_TURNED = "cross-correlation: a kernel is laid on as it is written"
TURNED = "true convolution: a kernel is laid on turned by 180 degrees"
NOTHING_THERE = "padding is 0 and has no edges"


def windows(network: Network) -> Iterator[Row]:
    """How each such layer looks at another, and the order of the coordinates in names."""
    found = [layer.wiring for layer in network.layers]
    convolutions = [wiring for wiring in found if isinstance(wiring, Convolution)]
    for wiring in convolutions:
        yield "convolution", _convolution(wiring)
    if convolutions:
        yield "names", _names(convolutions[0])


def _convolution(wiring: Convolution) -> str:
    count = wiring.filters
    window = _size(axis.window for axis in wiring.axes)
    over = f" over {wiring.channels} channels" if wiring.channels > 1 else ""
    kernels = f"a {window} kernel" if count == 1 else f"{count} kernels of {window}"
    looks = f"{wiring.name} sees {wiring.seen} through {kernels}{over}"
    return f"{looks}, {moves(wiring.axes)}; {TURNED if wiring.turned else NOT_TURNED}"


def moves(axes: Axes) -> str:
    """Stride and padding, in words."""
    strides = [axis.stride for axis in axes]
    stride = f"stride {strides[0] if len(set(strides)) == 1 else _size(strides)}"
    sides = [(axis.before, _after(axis)) for axis in axes]
    if not any(map(any, sides)):
        return f"{stride}, no padding"
    if all(after <= before == sides[0][0] for before, after in sides):
        return f"{stride}, padding {sides[0][0]} ({NOTHING_THERE})"
    told = (
        f"{before} before and {after} after the {word}s"
        for (before, after), word in zip(sides, AXES[len(axes)], strict=True)
    )
    return f"{stride}, padding {', '.join(told)} ({NOTHING_THERE})"


def _after(axis: Axis) -> int:
    """How much padding the windows cover after the last place."""
    end = (axis.count - 1) * axis.stride - axis.before + axis.window
    return max(0, end - axis.size)


def _size(numbers: Iterator[int] | list[int]) -> str:
    """``3x3``."""
    return "x".join(map(str, numbers))


def _names(wiring: Convolution) -> str:
    at = range(2, 2 + len(wiring.axes))
    place = ", ".join(f"{word} {k}" for word, k in zip(AXES[len(wiring.axes)], at, strict=True))
    marks = "_".join(map(str, at))
    return (
        f"{wiring.name}_{marks} is {place} of {wiring.name}, counted from 1; "
        f"k1_{marks} is {place} of kernel 1; a channel or filter comes last"
    )
