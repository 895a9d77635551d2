"""A straight line between two classes: which lines are the same, and where one crosses a frame."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot
from typing import NamedTuple

SAME = 9
"""Lines are the same to so many decimals, whatever the size of their weights."""

Point = tuple[float, float]


class Frame(NamedTuple):
    """The part of the plane that is drawn."""

    left: float
    right: float
    bottom: float
    top: float


class Line(NamedTuple):
    """Where a unit's net input is 0: ``a*x + b*y + c = 0``.

    Attributes:
        label: after which epoch.
    """

    label: str
    a: float
    b: float
    c: float

    @property
    def side(self) -> Point:
        """The direction of length 1 in which the net input grows; (0, 0) where none has."""
        size = hypot(self.a, self.b)
        return (self.a / size, self.b / size) if size else (0.0, 0.0)

    @property
    def key(self) -> tuple[float, ...]:
        """The same for lines that tell the same sides apart."""
        size = hypot(self.a, self.b) or 1.0
        return tuple(round(number / size, SAME) + 0.0 for number in (self.a, self.b, self.c))

    def within(self, frame: Frame) -> tuple[Point, Point] | None:
        """The two points in which it crosses a frame; None where it does not."""
        crossings = sorted({*self._at_x(frame), *self._at_y(frame)})
        return (crossings[0], crossings[-1]) if len(crossings) > 1 else None

    def _at_x(self, frame: Frame) -> Iterable[Point]:
        if self.b:
            points = [(x, -(self.a * x + self.c) / self.b) for x in (frame.left, frame.right)]
            yield from (point for point in points if frame.bottom <= point[1] <= frame.top)

    def _at_y(self, frame: Frame) -> Iterable[Point]:
        if self.a:
            points = [(-(self.b * y + self.c) / self.a, y) for y in (frame.bottom, frame.top)]
            yield from (point for point in points if frame.left <= point[0] <= frame.right)


def different(lines: Iterable[Line]) -> list[Line]:
    """Each line once, where it was first, its label of all that it is the line of."""
    labels: dict[tuple[float, ...], list[str]] = {}
    first: dict[tuple[float, ...], Line] = {}
    for line in lines:
        labels.setdefault(line.key, []).append(line.label)
        first.setdefault(line.key, line)
    return [line._replace(label=_joined(labels[key])) for key, line in first.items()]


def _joined(labels: list[str]) -> str:
    """``epoch 6`` and ``epoch 7`` as ``epochs 6, 7``; what has no number stays before them."""
    numbers = [label.partition(" ")[2] for label in labels if " " in label]
    plain = [label for label in labels if " " not in label]
    if not numbers:
        return ", ".join(plain)
    word = "epoch" if len(numbers) == 1 else "epochs"
    return ", ".join([*plain, f"{word} {', '.join(numbers)}"])
