"""Names in an unrolled network: what a cell's members are called, at each time step, and weights.

The unit h1 is ``h1_t2`` at time step 2 and ``h1_t0`` before the first one; its gate f is ``f1_t2``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from tracer.spec.recurrent.cells import OUTPUT, Cell
from tracer.spec.scope import Scope
from tracer.spec.written import Entry

PLAIN_UNIT = re.compile(r"h(\d*)")


def at(name: str, time: int) -> str:
    """A unit's or input's name at a time step, from 1; 0 is before the first one."""
    return f"{name}_t{time}"


def members(
    cell: Cell, units: Sequence[str], activation: str, taken: Container[str]
) -> Mapping[str, tuple[str, ...]]:
    """What each of a cell's letters is called for each of its units.

    Args:
        cell: the cell.
        units: its units' names.
        activation: what tells its squashed state apart; no name if it is a formula.
        taken: other units' names: where one of these would be in the way, names say the unit.
    """
    curve = activation if activation.isidentifier() else "act"
    letters = {letter: letter.replace("act", curve) for letter in cell.letters}
    numbers = [found[1] for unit in units if (found := PLAIN_UNIT.fullmatch(unit))]
    short = {key: tuple(f"{name}{k}" for k in numbers) for key, name in letters.items()}
    names = [name for group in short.values() for name in group]
    if len(numbers) < len(units) or any(name in taken for name in names):
        short = {key: tuple(f"{name}_{unit}" for unit in units) for key, name in letters.items()}
    return {**short, OUTPUT: tuple(units)}


class Namer:
    """Names for parameters that their author has only given a number."""

    def __init__(self, scope: Scope, authored: Iterable[str]) -> None:
        """No names so far.

        Args:
            scope: the names of units and layers.
            authored: the names that the author gave to parameters.
        """
        self._scope = scope
        self._taken = set(authored)
        self._counts = Counter[str]()

    def weight(self, entry: Entry, letter: str) -> Entry:
        """The next weight of a letter: ``w1``, ``w2``, ..."""
        self._counts[letter] += 1
        if entry.name is not None:
            return entry
        while not self._is_free(name := f"{letter}{self._counts[letter]}"):
            self._counts[letter] += 1
        return self._named(entry, name)

    def bias(self, entry: Entry, name: str) -> Entry:
        """A bias, under a name that is wanted for it, or one like it."""
        if entry.name is not None:
            return entry
        own, k = name, 2
        while not self._is_free(own):
            own, k = f"{name}_{k}", k + 1
        return self._named(entry, own)

    def _is_free(self, name: str) -> bool:
        return name not in self._taken and not self._scope.has(name)

    def _named(self, entry: Entry, name: str) -> Entry:
        self._taken.add(name)
        return entry._replace(name=name)
