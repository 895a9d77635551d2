"""The names of a network's inputs, units and layers, and the numbers that units go by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from tracer.spec.groups import INPUTS, Group, groups
from tracer.spec.tree.forms import Items
from tracer.spec.tree.limits import MAX_UNITS
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems
from tracer.spec.windows.shapes import Shape
from tracer.spec.written import WrittenLayer, WrittenNetwork

OF_A_UNIT = frozenset(("net", "out", "target", "delta", "E", "exp"))
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
        written: the groups as they were written, with their shapes.
    """

    groups: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    starts: tuple[int, ...]
    outputs: tuple[int, ...]
    numbers: dict[str, int]
    names: dict[str, int]
    written: tuple[Group, ...]

    def has(self, name: str) -> bool:
        """Whether an input, a unit, a layer, or a quantity of a unit has this name."""
        return name in self.numbers or name in self.names or self.is_quantity(name)

    def is_quantity(self, name: str) -> bool:
        """Whether this is the name of a quantity of a unit, such as ``net_h1``."""
        kind, _, unit = name.partition("_")
        return kind in OF_A_UNIT and unit in self.numbers

    @property
    def shape_of_outputs(self) -> Shape | None:
        """The shape of what has targets, where it is the last layer alone and has one."""
        return self.written[-1].shape if len(self.outputs) == len(self.groups[-1]) else None

    def members(self, group: int) -> range:
        """The numbers of a group's units."""
        return range(self.starts[group], self.starts[group] + len(self.groups[group]))


def scope(written: WrittenNetwork, problems: Problems) -> Scope | None:
    """The names of a network, or None where they cannot be known because of earlier problems."""
    known = groups(written, problems)
    if known is None or written.layers is None:
        return None
    if sum(group.total for group in known) > MAX_UNITS:
        problems.add(written.node, f"more than {MAX_UNITS:,} units")
        return None
    layers = written.layers.items
    found = _numbered(known, layers)
    _complain_of_last(layers[-1], problems)
    _complain_of_names([*known, *(layer.name for layer in layers)], found, problems)
    return found


def _named(known: Sequence[Group]) -> tuple[tuple[str, ...], ...]:
    """Every group's names; those that were only counted become x1, h1 and o1."""
    units = [group.units for group in known]
    taken = {name.text for group in units if isinstance(group, Items) for name in group.items}
    letters = ["x", *("h" for _ in units[2:]), "o"]
    series = {letter: _series(letter, taken) for letter in "xho"}
    return tuple(
        group.shape.names(group.name)
        if group.shape
        else tuple(next(series[letter]) for _ in range(group.units))
        if isinstance(group.units, int)
        else tuple(name.text for name in group.units.items)
        for letter, group in zip(letters, known, strict=True)
    )


def _series(letter: str, taken: set[str]) -> Iterator[str]:
    return (name for k in count(1) if (name := f"{letter}{k}") not in taken)


def _complain_of_names(
    groups: Sequence[Group | Scalar | None], found: Scope, problems: Problems
) -> None:
    """No two inputs, units or layers may have the same name, nor that of a quantity."""
    first: dict[str, int] = {}
    told: set[int] = set()
    for node, name in (pair for group in groups for pair in _names_in(group)):
        if found.is_quantity(name):
            problems.add(node, f"'{name}' is the name of a quantity already")
        if name in first and id(node) not in told:
            problems.add(node, f"the name '{name}' is taken (in line {first[name]})")
            told.add(id(node))
        first.setdefault(name, node.line)


def _names_in(group: Group | Scalar | None) -> Iterator[tuple[Node, str]]:
    """The names that an author gave, or that follow from a shape; each with its place."""
    if isinstance(group, Scalar):
        yield group, group.text
    elif isinstance(group, Group) and isinstance(group.units, Items):
        yield from ((name, name.text) for name in group.units.items)
    elif isinstance(group, Group) and group.shape and group.node:
        if group.view is None:
            yield group.node, group.name
        yield from ((group.node, name) for name in group.shape.names(group.name))


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


def _numbered(known: Sequence[Group], layers: tuple[WrittenLayer, ...]) -> Scope:
    groups = _named(known)
    starts = [0]
    numbers: dict[str, int] = {}
    units = tuple(name for group in groups for name in group)
    for group in groups:
        starts.append(starts[-1] + len(group))
    for number, name in enumerate(units):
        numbers.setdefault(name, number)
    names = {layer.name.text: k for k, layer in enumerate(layers, 1) if layer.name}
    own = {group.name: k for k, group in enumerate(known) if group.shape}
    outputs = tuple(_outputs(layers, starts))
    words = {INPUTS: 0, **own, **names}
    return Scope(groups, units, tuple(starts[:-1]), outputs, numbers, words, tuple(known))
