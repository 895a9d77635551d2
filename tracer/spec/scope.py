"""The names of a network's inputs, units and layers, and the numbers that units go by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from tracer.spec.forms import Items
from tracer.spec.limits import MAX_UNITS
from tracer.spec.nodes import Scalar
from tracer.spec.problems import Problems
from tracer.spec.written import Units, WrittenLayer, WrittenNetwork

INPUTS = "inputs"
OF_A_UNIT = frozenset(("net", "out", "target", "delta", "E"))
"""What stands before a unit's name in the names of quantities, as in ``net_h1``."""


class Scope(NamedTuple):
    """Who is who.

    Attributes:
        groups: the inputs' names, then each layer's.
        units: every input's and unit's name, in the order of their numbers.
        starts: the number of each group's first unit.
        outputs: the numbers of the units that have targets.
        numbers: the number of each input and unit.
        names: the group that ``inputs`` and each layer's name stand for.
    """

    groups: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    starts: tuple[int, ...]
    outputs: tuple[int, ...]
    numbers: dict[str, int]
    names: dict[str, int]

    def has(self, name: str) -> bool:
        """Whether an input, a unit, a layer, or a quantity of a unit has this name."""
        return name in self.numbers or name in self.names or self.is_quantity(name)

    def is_quantity(self, name: str) -> bool:
        """Whether this is the name of a quantity of a unit, such as ``net_h1``."""
        kind, _, unit = name.partition("_")
        return kind in OF_A_UNIT and unit in self.numbers

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
    found = _numbered(_named(known), layers)
    _complain_of_last(layers[-1], problems)
    _complain_of_names([*known, *(layer.name for layer in layers)], found, problems)
    return found


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


def _complain_of_names(
    groups: list[Units | Scalar | None], found: Scope, problems: Problems
) -> None:
    """No two inputs, units or layers may have the same name, nor that of a quantity."""
    first: dict[str, int] = {}
    for group in groups:
        names = group.items if isinstance(group, Items) else (group,)
        for name in names:
            if not isinstance(name, Scalar):
                continue
            if found.is_quantity(name.text):
                problems.add(name, f"'{name.text}' is the name of a quantity already")
            if name.text in first:
                line = first[name.text]
                problems.add(name, f"the name '{name.text}' is taken (in line {line})")
            first.setdefault(name.text, name.line)


def _complain_of_last(layer: WrittenLayer, problems: Problems) -> None:
    """The last layer is an output, whatever it says."""
    if layer.output is False:
        node = next(value for key, value in layer.node.pairs if key.text == "output")
        problems.add(node, "the last layer always is an output; leave this out")


def _outputs(layers: tuple[WrittenLayer, ...], starts: list[int]) -> Iterator[int]:
    """The numbers of the units that have targets, in order."""
    for k, layer in enumerate(layers, 1):
        if layer.output or k == len(layers):
            yield from range(starts[k], starts[k + 1])


def _numbered(groups: tuple[tuple[str, ...], ...], layers: tuple[WrittenLayer, ...]) -> Scope:
    starts = [0]
    numbers: dict[str, int] = {}
    units = tuple(name for group in groups for name in group)
    for group in groups:
        starts.append(starts[-1] + len(group))
    for number, name in enumerate(units):
        numbers.setdefault(name, number)
    names = {layer.name.text: k for k, layer in enumerate(layers, 1) if layer.name}
    outputs = tuple(_outputs(layers, starts))
    return Scope(groups, units, tuple(starts[:-1]), outputs, numbers, {INPUTS: 0, **names})
