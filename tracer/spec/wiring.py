"""Which units feed each unit of a layer, and through which parameter.

A dense layer answers by arithmetic, so that a hundred thousand weights need no table; any other
layer keeps its edges. Both answer the same three questions, which are all that the forward pass,
the sum over paths and the weight derivatives ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from msgspec import Struct

Pair = tuple[int, int]


class Wiring(Protocol):
    """The edges into one layer; units of the layer count from 0, sources over the network."""

    @property
    def sources(self) -> Sequence[int]:
        """The units that feed this layer, in order."""

    @property
    def parameters(self) -> Sequence[int]:
        """The parameters on the edges, each once, in the order of first use."""

    def into(self, unit: int) -> Sequence[Pair]:
        """(source, parameter) of every edge into a unit of the layer."""

    def out_of(self, source: int) -> Sequence[Pair]:
        """(unit, parameter) of every edge from a source into the layer."""

    def uses(self, parameter: int) -> Sequence[Pair]:
        """(unit, source) of every edge that carries a parameter."""


class Dense(Struct, frozen=True):
    """Every source feeds every unit; parameters are counted row by row.

    Attributes:
        sources: the sources' numbers, consecutive.
        units: how many units the layer has.
        first_parameter: the number of the first unit's first weight.
    """

    sources: range
    units: int
    first_parameter: int

    @property
    def parameters(self) -> range:
        """One for each edge."""
        count = self.units * len(self.sources)
        return range(self.first_parameter, self.first_parameter + count)

    def into(self, unit: int) -> Sequence[Pair]:
        """(source, parameter) of every edge into a unit of the layer."""
        start = self.first_parameter + unit * len(self.sources)
        return tuple(zip(self.sources, range(start, start + len(self.sources)), strict=True))

    def out_of(self, source: int) -> Sequence[Pair]:
        """(unit, parameter) of every edge from a source into the layer."""
        if source not in self.sources:
            return ()
        start = self.first_parameter + source - self.sources.start
        return tuple(enumerate(range(start, self.parameters.stop, len(self.sources))))

    def uses(self, parameter: int) -> Sequence[Pair]:
        """(unit, source) of every edge that carries a parameter."""
        if parameter not in self.parameters:
            return ()
        unit, offset = divmod(parameter - self.first_parameter, len(self.sources))
        return ((unit, self.sources[offset]),)


class Sparse(Struct, frozen=True, dict=True):
    """Any edges at all: missing ones, shared parameters, several sources.

    Attributes:
        edges: (unit, source, parameter), in the order in which a person would write the sum.
    """

    edges: tuple[tuple[int, int, int], ...]

    @cached_property
    def sources(self) -> tuple[int, ...]:
        """The units that feed this layer, in the network's order."""
        return tuple(sorted({source for _, source, _ in self.edges}))

    @cached_property
    def parameters(self) -> tuple[int, ...]:
        """The parameters on the edges, each once, in the order of first use."""
        return tuple(dict.fromkeys(parameter for _, _, parameter in self.edges))

    @cached_property
    def _into(self) -> dict[int, tuple[Pair, ...]]:
        return _grouped((unit, (source, parameter)) for unit, source, parameter in self.edges)

    @cached_property
    def _out_of(self) -> dict[int, tuple[Pair, ...]]:
        return _grouped((source, (unit, parameter)) for unit, source, parameter in self.edges)

    @cached_property
    def _uses(self) -> dict[int, tuple[Pair, ...]]:
        return _grouped((parameter, (unit, source)) for unit, source, parameter in self.edges)

    def into(self, unit: int) -> Sequence[Pair]:
        """(source, parameter) of every edge into a unit of the layer."""
        return self._into.get(unit, ())

    def out_of(self, source: int) -> Sequence[Pair]:
        """(unit, parameter) of every edge from a source into the layer."""
        return self._out_of.get(source, ())

    def uses(self, parameter: int) -> Sequence[Pair]:
        """(unit, source) of every edge that carries a parameter."""
        return self._uses.get(parameter, ())


def _grouped(pairs: Iterable[tuple[int, Pair]]) -> dict[int, tuple[Pair, ...]]:
    groups: dict[int, list[Pair]] = {}
    for key, pair in pairs:
        groups.setdefault(key, []).append(pair)
    return {key: tuple(group) for key, group in groups.items()}
