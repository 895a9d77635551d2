"""What a page says of layers that look through windows: their sizes, and what the names say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from tracer.sheet.rows import Row
from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.network import Network
from tracer.spec.windows.convolution import Convolution
from tracer.spec.windows.positions import Axes, Axis
from tracer.spec.windows.shapes import AXES

NOT_TURNED = "cross-correlation: a kernel is laid on as it is written"
TURNED = "true convolution: a kernel is laid on turned by 180 degrees"
NOTHING_THERE = "padding is 0 and has no edges"
NOT_TAKEN = "nothing is taken from padding"
TIES = (
    "where several that are gathered are largest, the first one wins",
    "where several that are gathered are largest, the last one wins",
)
"""For False and for True."""


def windows(network: Network) -> Iterator[Row]:
    """How each such layer looks at another, and the order of the coordinates in names."""
    found = [layer.wiring for layer in network.layers]
    for wiring in found:
        if isinstance(wiring, Convolution):
            yield "convolution", _convolution(wiring)
        if isinstance(wiring, Gathering) and wiring.axes:
            yield "pooling", _pooling(wiring)
    yield from (("names", text) for text in _names(found))
    gathering = [wiring for wiring in found if isinstance(wiring, Gathering)]
    wins = {wiring.last_wins for wiring in gathering if wiring.takes == LARGEST}
    yield from (("at the kink", TIES[last]) for last in sorted(wins))


def _convolution(wiring: Convolution) -> str:
    count = wiring.filters
    window = _size(axis.window for axis in wiring.axes)
    over = f" over {wiring.channels} channels" if wiring.channels > 1 else ""
    kernels = f"a {window} kernel" if count == 1 else f"{count} kernels of {window}"
    looks = f"{wiring.name} sees {wiring.seen} through {kernels}{over}"
    return f"{looks}, {moves(wiring.axes)}; {TURNED if wiring.turned else NOT_TURNED}"


def _pooling(wiring: Gathering) -> str:
    takes = "the largest" if wiring.takes == LARGEST else "the average"
    window = _size(axis.window for axis in wiring.axes)
    told = f"{wiring.name} takes {takes} of each {window} window on {wiring.seen}"
    padded = f"{told}, {moves(wiring.axes, NOT_TAKEN)}"
    places = prod(axis.window for axis in wiring.axes)
    if wiring.takes == LARGEST or all(len(group) == places for group in wiring.groups):
        return padded
    by = f"{wiring.divisor}, padding too" if wiring.divisor else "as many as there are"
    return f"{padded}; an average divides by {by}"


def moves(axes: Axes, padding: str = NOTHING_THERE) -> str:
    """Stride and padding, in words.

    Args:
        axes: how a window moves.
        padding: what is to be said of padding.
    """
    strides = [axis.stride for axis in axes]
    stride = f"stride {strides[0] if len(set(strides)) == 1 else _size(strides)}"
    sides = [(axis.before, _after(axis)) for axis in axes]
    if not any(map(any, sides)):
        return f"{stride}, no padding"
    if all(after <= before == sides[0][0] for before, after in sides):
        return f"{stride}, padding {sides[0][0]} ({padding})"
    told = (
        f"{before} before and {after} after the {word}s"
        for (before, after), word in zip(sides, AXES[len(axes)], strict=True)
    )
    return f"{stride}, padding {', '.join(told)} ({padding})"


def _after(axis: Axis) -> int:
    """How much padding the windows cover after the last place."""
    end = (axis.count - 1) * axis.stride - axis.before + axis.window
    return max(0, end - axis.size)


def _size(numbers: Iterator[int] | list[int]) -> str:
    """``3x3``."""
    return "x".join(map(str, numbers))


def _names(found: Sequence[object]) -> Iterator[str]:
    """What the coordinates in names say; of kernels, where there are any."""
    told = [wiring for wiring in found if isinstance(wiring, Convolution | Gathering)]
    first = next((wiring for wiring in told if wiring.axes), None)
    if first is None:
        return
    at = range(2, 2 + len(first.axes))
    place = ", ".join(f"{word} {k}" for word, k in zip(AXES[len(first.axes)], at, strict=True))
    marks = "_".join(map(str, at))
    has_kernels = any(isinstance(wiring, Convolution) for wiring in told)
    kernel = f"k1_{marks} is {place} of kernel 1; " if has_kernels else ""
    last = "a channel or filter comes last" if has_kernels else "a channel comes last"
    yield f"{first.name}_{marks} is {place} of {first.name}, counted from 1; {kernel}{last}"
