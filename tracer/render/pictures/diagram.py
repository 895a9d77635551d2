"""What a drawn graph consists of: boxes with lines of text, and arrows that may carry some."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Look(Enum):
    """How a box looks, so that its part in the calculation is seen without colours."""

    GIVEN = "given"
    MADE = "made"
    RESULT = "result"


class Box(NamedTuple):
    """A node of the graph.

    Attributes:
        upper: lines on the way forward: what it is, its value.
        lower: lines on the way back: its derivative.
        look: its part in the calculation.
    """

    upper: tuple[str, ...]
    lower: tuple[str, ...] = ()
    look: Look = Look.MADE


class Arrow(NamedTuple):
    """An edge, from an operand to what uses it.

    Attributes:
        tail: the number of the box that it leaves.
        head: the number of the box that it enters.
        label: lines that stand on it.
    """

    tail: int
    head: int
    label: tuple[str, ...] = ()


class Diagram(NamedTuple):
    """A graph to be drawn.

    Attributes:
        title: what stands above it.
        boxes: in an order in which no arrow leads back.
        arrows: the edges.
        legend: what the parts of a box are.
    """

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    legend: str = ""
