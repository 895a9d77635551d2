"""The shape of a group of units, and nested lists of numbers that have it.

Units of a shape are counted row by row, at each place channel by channel; their coordinates, from
1, are part of their names: ``x_2_3`` is row 2, column 3; ``x_2_3_1`` its channel 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from tracer.spec.tree.forms import Items
from tracer.spec.tree.problems import Problems
from tracer.spec.written import Entry, Nested

AXES = {1: ("place",), 2: ("row", "column")}
CHANNEL = "channel"
MOST_AXES = max(AXES)


class Shape(NamedTuple):
    """Places in one or two directions, and at each as many units as there are channels.

    Attributes:
        sizes: how many places there are in each direction: rows, columns.
        channels: how many units stand at each place; None: one, and names do not say which.
    """

    sizes: tuple[int, ...]
    channels: int | None = None

    @property
    def coordinates(self) -> tuple[int, ...]:
        """How many values each coordinate of a unit has."""
        return self.sizes if self.channels is None else (*self.sizes, self.channels)

    @property
    def words(self) -> tuple[str, ...]:
        """What each coordinate is called."""
        channel = () if self.channels is None else (CHANNEL,)
        return (*AXES[len(self.sizes)], *channel)

    @property
    def total(self) -> int:
        """How many units there are."""
        return prod(self.coordinates)

    def names(self, before: str) -> tuple[str, ...]:
        """The units' names, in order."""
        return tuple(f"{before}_{numbers}" for numbers in numbered(self.coordinates))

    def __str__(self) -> str:
        """As ``4x4`` or ``8x8x3``."""
        return "x".join(map(str, self.coordinates))


def numbered(sizes: Sequence[int]) -> list[str]:
    """The coordinates of every place, from 1, joined for a name: ``1_1``, ``1_2``, ..."""
    return ["_".join(map(str, at)) for at in product(*(range(1, size + 1) for size in sizes))]


def flattened(
    lists: Nested, sizes: Sequence[int | None], words: Sequence[str], problems: Problems
) -> list[Entry] | None:
    """The numbers of nested lists, in order; None where their shape is wrong, which is told.

    Args:
        lists: what was written.
        sizes: how long the lists are at each depth; None: as long as the first one.
        words: what each item is called at each depth.
        problems: where wrong lengths go.
    """
    first = [*lengths(lists), *(1 for _ in sizes)]
    expected = [size or first[k] for k, size in enumerate(sizes)]
    found = list[Entry]()
    fits = _collect(lists, expected, words, found, problems)
    return found if fits else None


def lengths(lists: Nested) -> list[int]:
    """How long the first list is at each depth."""
    found = []
    while isinstance(lists, Items):
        found.append(len(lists.items))
        if not lists.items:
            break
        lists = lists.items[0]
    return found


def _collect(
    lists: Nested,
    sizes: Sequence[int],
    words: Sequence[str],
    found: list[Entry],
    problems: Problems,
) -> bool:
    """Adds the numbers of a list to those found; tells the first wrong length in it."""
    if isinstance(lists, Entry):
        if sizes:
            problems.add(lists.node, f"found one number, expected a list of {_many(sizes, words)}")
            return False
        found.append(lists)
        return True
    if not sizes:
        problems.add(lists.node, "found a list, expected a number")
        return False
    if len(lists.items) != sizes[0]:
        wanted = _many(sizes, words)
        problems.add(lists.node, f"found a list of {len(lists.items)}, expected {wanted}")
        return False
    fits = [_collect(item, sizes[1:], words[1:], found, problems) for item in lists.items]
    return all(fits)


def _many(sizes: Sequence[int], words: Sequence[str]) -> str:
    """``4 rows``, ``1 column``."""
    return f"{sizes[0]} {words[0]}{'' if sizes[0] == 1 else 's'}"
