"""Units that gather: their output is made of the outputs of other units, without weights.

A pooling unit gathers what its window covers; a maxout unit gathers its pieces. No edge into such a
layer carries a parameter, so that as a wiring it has none; what it gathers stands beside that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from tracer.spec.windows.positions import Axes, positions
from tracer.spec.wiring import Pair

TAKES = LARGEST, AVERAGE = "max", "average"


class Gathering(Struct, frozen=True, dict=True):
    """Every unit takes the largest of its sources, or their average.

    Attributes:
        takes: ``max`` or ``average``.
        groups: the sources of each unit.
        last_wins: of several that are largest, the last one counts; else the first one.
        divisor: what an average is divided by; 0: as many sources as there are.
        name: what stands before the coordinates in the units' names; empty for maxout.
        seen: the name of what is looked at through windows.
        axes: how these move.
    """

    takes: str
    groups: tuple[tuple[int, ...], ...]
    last_wins: bool = False
    divisor: int = 0
    name: str = ""
    seen: str = ""
    axes: Axes = ()

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """The units that it gathers from, in the network's order."""
        return tuple(sorted({source for group in self.groups for source in group}))

    @property
    def first_source(self) -> int:
        """The first unit of what windows look at: the first window covers it."""
        return self.sources[0]

    @cached_property
    def channels(self) -> int:
        """How many units there are at each position of a window; 1 for maxout."""
        return len(self.groups) // positions(self.axes) if self.axes else 1

    @property
    def parameters(self) -> tuple[int, ...]:
        """None."""
        return ()

    def into(self, unit: int) -> Sequence[Pair]:
        """No edge with a parameter."""
        return ()

    def out_of(self, source: int) -> Sequence[Pair]:
        """No edge with a parameter."""
        return ()

    def uses(self, parameter: int) -> Sequence[Pair]:
        """No use."""
        return ()

    @cached_property
    def pairs(self) -> list[Pair]:
        """(unit, source) of all that is gathered, unit by unit."""
        return [(unit, source) for unit, group in enumerate(self.groups) for source in group]

    @cached_property
    def gatherers(self) -> dict[int, list[int]]:
        """For each source the units that gather it."""
        found: dict[int, list[int]] = {}
        for unit, source in self.pairs:
            found.setdefault(source, []).append(unit)
        return found
