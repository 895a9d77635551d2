"""What a row of the benchmarks is: what is measured, of whom, and what was promised."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from msgspec import Struct

from benchmarks import networks
from benchmarks.runs import Run

Command = tuple[str, ...]


class Measure(Struct, frozen=True):
    """What of a run is compared, and how it is written."""

    of: Callable[[Run], float]
    pattern: str
    scale: float = 1.0

    def text(self, value: float) -> str:
        """A value with its unit."""
        return self.pattern.format(value * self.scale)


WHOLE = Measure(lambda run: run.processor, "{:.0f} ms", 1e3)
INSIDE = Measure(lambda run: run.seconds, "{:.0f} ms", 1e3)
A_STEP = Measure(lambda run: run.seconds / run.units, "{:.1f} µs a step", 1e6)
A_PRODUCT = Measure(lambda run: run.seconds / run.units, "{:.1f} µs", 1e6)
MEMORY = Measure(lambda run: float(run.memory), "{:.0f} MB", 1e-6)
SIZE = Measure(lambda run: run.result or 0.0, "{:.0f} KB", 1e-3)
COUNT = Measure(lambda run: run.result or 0.0, "{:.0f} of 4")


class Contender(Struct, frozen=True):
    """A command, what it is called, and the library that it cannot do without."""

    label: str
    command: Command
    needs: str = ""


class Claim(Struct, frozen=True):
    """A row.

    Attributes:
        what: what is measured.
        measure: which number of a run.
        ours: this program.
        theirs: what it is compared with; None for a plain fact.
        ratio: the most that ours may be of theirs; None where nothing is promised.
        below: whether the ratio has to be less than that, where "no more" is enough else.
        most: the most that ours may be in itself, in the measure's own unit.
        same_result: whether both have to get the same number.
    """

    what: str
    measure: Measure
    ours: Contender
    theirs: Contender | None = None
    ratio: float | None = None
    below: bool = False
    most: float | None = None
    same_result: bool = True


class Size(Struct, frozen=True):
    """How much work is done: all of it for the table, next to nothing to see that it runs."""

    small: Sequence[int] = networks.SMALL
    scalar: Sequence[int] = networks.SCALAR
    large: Sequence[int] = networks.LARGE
    sides: tuple[int, int] = (8, 14)
    steps: int = 10_000
    recurrent: tuple[int, int] = (20, 16)
    longer: tuple[int, int] = (80, 16)
    page: Sequence[int] = networks.PAGE
    page_of_200: Sequence[int] = networks.PAGE_OF_200
    long_page: Sequence[int] = networks.LONG_PAGE


def module(name: str, *arguments: str, python: str = sys.executable) -> Command:
    """A module of Python's, run as a program."""
    return (python, "-m", name, *arguments)


def task(name: str, *arguments: str, python: str = sys.executable) -> Command:
    """A task of ours, in a process of its own."""
    return module(f"benchmarks.tasks.{name}", *arguments, python=python)
