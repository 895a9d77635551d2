"""What a page says of layers that look through windows: their sizes, and what the names say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from tracer.phrase import Phrase, counted, listed, phrase
from tracer.sheet.rows import Row
from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.network import Network
from tracer.spec.windows.convolution import Convolution
from tracer.spec.windows.positions import Axes, Axis
from tracer.spec.windows.shapes import AXES

NOT_TURNED = Phrase("cross-correlation: a kernel is laid on as it is written")
TURNED = Phrase("true convolution: a kernel is laid on turned by 180 degrees")
NOTHING_THERE = Phrase("padding is 0 and has no edges")
NOT_TAKEN = Phrase("nothing is taken from padding")
TIES = (
    Phrase("where several that are gathered are largest, the first one wins"),
    Phrase("where several that are gathered are largest, the last one wins"),
)
"""For False and for True."""


def windows(network: Network) -> Iterator[Row]:
    """How each such layer looks at another, and the order of the coordinates in names."""
    found = [layer.wiring for layer in network.layers]
    for wiring in found:
        if isinstance(wiring, Convolution):
            yield Phrase("convolution"), _convolution(wiring)
        if isinstance(wiring, Gathering) and wiring.axes:
            yield Phrase("pooling"), _pooling(wiring)
    yield from ((Phrase("names"), text) for text in _names(found))
    gathering = [wiring for wiring in found if isinstance(wiring, Gathering)]
    wins = {wiring.last_wins for wiring in gathering if wiring.takes == LARGEST}
    yield from ((Phrase("at the kink"), TIES[last]) for last in sorted(wins))


def _convolution(wiring: Convolution) -> Phrase:
    window = _size(axis.window for axis in wiring.axes)
    kernels = counted(
        wiring.filters, "a {window} kernel", "{count} kernels of {window}", window=window
    )
    if wiring.channels > 1:
        text = "{kernels} over {channels} channels"
        kernels = phrase(text, kernels=kernels, channels=wiring.channels)
    return phrase(
        "{layer} sees {seen} through {kernels}, {moves}; {way}",
        layer=wiring.name,
        seen=wiring.seen,
        kernels=kernels,
        moves=moves(wiring.axes),
        way=TURNED if wiring.turned else NOT_TURNED,
    )


def _pooling(wiring: Gathering) -> Phrase:
    largest = "{layer} takes the largest of each {window} window on {seen}, {moves}"
    average = "{layer} takes the average of each {window} window on {seen}, {moves}"
    parts = {
        "layer": wiring.name,
        "window": _size(axis.window for axis in wiring.axes),
        "seen": wiring.seen,
        "moves": moves(wiring.axes, NOT_TAKEN),
    }
    if wiring.takes == LARGEST:
        return phrase(largest, **parts)
    told = phrase(average, **parts)
    places = prod(axis.window for axis in wiring.axes)
    if all(len(group) == places for group in wiring.groups):
        return told
    if wiring.divisor:
        text = "{told}; an average divides by {divisor}, padding too"
        return phrase(text, told=told, divisor=wiring.divisor)
    return phrase("{told}; an average divides by as many as there are", told=told)


def moves(axes: Axes, padding: Phrase = NOTHING_THERE) -> Phrase:
    """Stride and padding, in words.

    Args:
        axes: how a window moves.
        padding: what is to be said of padding.
    """
    strides = [axis.stride for axis in axes]
    stride = str(strides[0]) if len(set(strides)) == 1 else _size(strides)
    sides = [(axis.before, _after(axis)) for axis in axes]
    if not any(map(any, sides)):
        return phrase("stride {stride}, no padding", stride=stride)
    if all(after <= before == sides[0][0] for before, after in sides):
        text = "stride {stride}, padding {size} ({padding})"
        return phrase(text, stride=stride, size=sides[0][0], padding=padding)
    told = (
        phrase(BESIDE[word], before=before, after=after)
        for (before, after), word in zip(sides, AXES[len(axes)], strict=True)
    )
    text = "stride {stride}, padding {sides} ({padding})"
    return phrase(text, stride=stride, sides=listed(told), padding=padding)


BESIDE = {
    "row": "{before} before and {after} after the rows",
    "column": "{before} before and {after} after the columns",
    "place": "{before} before and {after} after the places",
}
"""How much padding there is on both sides, by what lies in that direction."""


def _after(axis: Axis) -> int:
    """How much padding the windows cover after the last place."""
    end = (axis.count - 1) * axis.stride - axis.before + axis.window
    return max(0, end - axis.size)


def _size(numbers: Iterator[int] | list[int]) -> str:
    """``3x3``."""
    return "x".join(map(str, numbers))


def _names(found: Sequence[object]) -> Iterator[Phrase]:
    """What the coordinates in names say; of kernels, where there are any."""
    told = [wiring for wiring in found if isinstance(wiring, Convolution | Gathering)]
    first = next((wiring for wiring in told if wiring.axes), None)
    if first is None:
        return
    at = range(2, 2 + len(first.axes))
    words = AXES[len(first.axes)]
    place = listed(phrase(NUMBERED[word], number=k) for word, k in zip(words, at, strict=True))
    marks = "_".join(map(str, at))
    names = {"unit": f"{first.name}_{marks}", "place": place, "layer": first.name}
    if any(isinstance(wiring, Convolution) for wiring in told):
        yield phrase(WITH_KERNELS, kernel=f"k1_{marks}", **names)
    else:
        yield phrase("{unit} is {place} of {layer}, counted from 1; a channel comes last", **names)


NUMBERED = {"row": "row {number}", "column": "column {number}", "place": "place {number}"}
WITH_KERNELS = (
    "{unit} is {place} of {layer}, counted from 1; {kernel} is {place} of kernel 1; a channel or "
    "filter comes last"
)
