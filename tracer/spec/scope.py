"""The names of a network's inputs, units and layers, and the numbers that units go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tracer.spec.forms import Items
from tracer.spec.limits import MAX_UNITS
from tracer.spec.nodes import Scalar
from tracer.spec.problems import Problems
from tracer.spec.written import Units, WrittenLayer, WrittenNetwork

INPUTS = "inputs"


@dataclass(frozen=True, slots=True)
class Scope:
    """Who is who.

    Attributes:
        groups: the inputs' names, then each layer's.
        starts: the number of each group's first unit.
        numbers: the number of each input and unit.
        names: the group that ``inputs`` and each layer's name stand for.
    """

    groups: tuple[tuple[str, ...], ...]
    starts: tuple[int, ...]
    numbers: dict[str, int]
    names: dict[str, int]

    @property
    def units(self) -> tuple[str, ...]:
        """Every input's and unit's name, in the order of their numbers."""
        return tuple(name for group in self.groups for name in group)

    def members(self, group: int) -> range:
        """The numbers of a group's units."""
        return range(self.starts[group], self.starts[group] + len(self.groups[group]))


def scope(written: WrittenNetwork, problems: Problems) -> Scope | None:
    """The names of a network, or None where they cannot be known because of earlier problems."""
    layers = written.layers.items if written.layers else ()
    units = [written.inputs, *(layer.units for layer in layers)]
    if not layers or None in units:
        return None
    known = [group for group in units if group is not None]
    if sum(_size(group) for group in known) > MAX_UNITS:
        problems.add(written.node, f"more than {MAX_UNITS:,} units")
        return None
    groups = _named(known)
    _complain_of_twins([*known, *(layer.name for layer in layers)], problems)
    return _numbered(groups, layers)


def _size(units: Units) -> int:
    return units if isinstance(units, int) else len(units.items)


def _named(units: list[Units]) -> tuple[tuple[str, ...], ...]:
    """Every group's names; those that were only counted become x1, h1 and o1."""
    taken = {name.text for group in units if isinstance(group, Items) for name in group.items}
    letters = ["x", *("h" for _ in units[2:]), "o"]
    series = {letter: _series(letter, taken) for letter in "xho"}
    return tuple(
        tuple(next(series[letter]) for _ in range(group))
        if isinstance(group, int)
        else tuple(name.text for name in group.items)
        for letter, group in zip(letters, units, strict=True)
    )


def _series(letter: str, taken: set[str]) -> Iterator[str]:
    return (name for k in count(1) if (name := f"{letter}{k}") not in taken)


def _complain_of_twins(groups: list[Units | Scalar | None], problems: Problems) -> None:
    """No two inputs, units or layers may have the same name."""
    first: dict[str, int] = {}
    for group in groups:
        names = group.items if isinstance(group, Items) else (group,)
        for name in names:
            if not isinstance(name, Scalar):
                continue
            if name.text in first:
                line = first[name.text]
                problems.add(name, f"the name '{name.text}' is taken (in line {line})")
            first.setdefault(name.text, name.line)


def _numbered(groups: tuple[tuple[str, ...], ...], layers: tuple[WrittenLayer, ...]) -> Scope:
    starts: list[int] = []
    numbers: dict[str, int] = {}
    for group in groups:
        starts.append(len(numbers))
        for name in group:
            numbers.setdefault(name, len(numbers))
    names = {layer.name.text: k for k, layer in enumerate(layers, 1) if layer.name}
    return Scope(groups, tuple(starts), numbers, {INPUTS: 0, **names})
