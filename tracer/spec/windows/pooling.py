"""A pooling layer as it was written: what its units gather, and how."""

from __future__ import annotations

from tracer.spec.gathering import AVERAGE, LARGEST, Gathering
from tracer.spec.groups import View
from tracer.spec.tree.limits import MAX_EDGES
from tracer.spec.tree.problems import Problems
from tracer.spec.windows.positions import covered, positions
from tracer.spec.windows.written import WrittenPooling

LAST, WINDOW = "last", "window"


def pooling(
    written: WrittenPooling, view: View, first_source: int, problems: Problems
) -> Gathering | None:
    """What the units of a layer gather; None where that cannot be, which is told.

    Args:
        written: what was written.
        view: what they look at.
        first_source: the number of the first unit of that.
        problems: where settings without meaning go.
    """
    takes = written.take or LARGEST
    _complain(written, takes, problems)
    channels, places = view.grid.channels or 1, 1
    for axis in view.axes:
        places *= axis.window
    if positions(view.axes) * places * channels > MAX_EDGES:
        problems.add(written.node, f"more than {MAX_EDGES:,} edges")
        return None
    groups = tuple(
        tuple(first_source + place * channels + channel for _, place in under)
        for under in (covered(view.axes, position) for position in range(positions(view.axes)))
        for channel in range(channels)
    )
    if not all(groups):
        problems.add(written.node, "a window lies on padding alone: there is nothing to take")
        return None
    divisor = places if written.divide_by == WINDOW else 0
    last = written.ties == LAST
    return Gathering(takes, groups, last, divisor, view.name, view.seen, view.axes)


def _complain(written: WrittenPooling, takes: str, problems: Problems) -> None:
    """Settings that mean nothing beside the others."""
    if written.ties and takes != LARGEST:
        problems.add(written.node.content("ties") or written.node, "an average has no ties")
    if written.divide_by and takes != AVERAGE:
        node = written.node.content("divide_by") or written.node
        problems.add(node, "a maximum is not divided by anything")
