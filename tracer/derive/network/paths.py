"""The backward pass between layers: sums over the units that a unit or an input feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import ClassVar

from msgspec.structs import replace

from tracer.derive.gathering import sum_of
from tracer.derive.mixed import summed, weighted
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import PARAMETER, UNIT, Edge, Way, itself
from tracer.derive.program import Program
from tracer.derive.recipe import SubStep
from tracer.derive.template import Template, fixed
from tracer.maths.expression import Add, Expression, Mul, Neg, Symbol
from tracer.maths.parse import parse
from tracer.phrase import phrase
from tracer.rules.backprop import Rule
from tracer.rules.quantity import (
    INPUT_PATH,
    NET_BY_INPUT,
    NET_BY_OUT,
    OUT_BY_INPUT,
    OUT_BY_OUT,
    Kind,
    Quantity,
)


class PathSums(ByRole, frozen=True, eq=False):
    """dE/dout of units that feed others: the sum over the units that they feed.

    Attributes:
        first: the number of the block's first unit.
        weights: the address of each parameter when the recipe was written, so that an in-place
            update shows here as new weights.
    """

    first: int
    weights: Sequence[int]

    before: ClassVar[str] = "by_out"

    def ways(self, k: int) -> list[Way]:
        """Every way out of a unit, those that are cut among them."""
        return list(self.places.uses.ways(self.first + k))

    def paths(self, k: int) -> list[Way]:
        """Every way out of a unit by which a derivative comes back."""
        return [way for way in self.ways(k) if not way.is_cut]

    def through(self, k: int, edge: Edge) -> Rule:
        """The rule whose formula is the term of a path."""
        rules = self.places.rules
        if self.places.uses.gathers(edge[UNIT]):
            return rules.gathered_paths if self._is_unit(k) else rules.gathered_input_paths
        return rules.paths if self._is_unit(k) else rules.input_paths

    def rule(self, k: int) -> Rule:
        """The sum over paths, or that there is none; of different paths, the first one's."""
        paths = self.paths(k)
        if paths:
            return self.beside_cuts(self.through(k, paths[0].edge), k)
        return self.places.rules.cut if self.ways(k) else self.places.rules.no_path

    def beside_cuts(self, rule: Rule, k: int) -> Rule:
        """A rule, saying so where a unit has ways that are cut."""
        unit = self.first + k
        is_plain = not self.places.uses.is_mixed(unit)
        return rule if is_plain or len(self.paths(k)) == len(self.ways(k)) else beside_cuts(rule)

    def template(self, k: int) -> Template:
        """One product for each path."""
        return self.sum_of_paths(k) if self.paths(k) else fixed(self.rule(k).formula)

    def sum_of_paths(self, k: int) -> Template:
        """One product for each path."""
        paths = self.paths(k)
        if not any(way.weight for way in paths):
            return sum_of(tuple(self.through(k, way.edge).formula for way in paths))
        return summed(tuple(self._formula(self.through(k, way.edge), way) for way in paths))

    def terms(self, k: int) -> Sequence[Edge]:
        """The edge of each path, and the unit."""
        unit = self.first + k
        if self.places.uses.is_mixed(unit):
            return [*(way.edge for way in self.paths(k)), itself(unit)]
        return [*self.places.uses.of_unit(unit), itself(unit)]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """Where the paths lead, what stands for the weight of each, and whether any is cut."""
        gathers = self.places.uses.gathers
        if not self.places.uses.is_mixed(self.first + k):
            return [gathers(edge[UNIT]) for edge in terms[:-1]]
        return [(way._replace(edge=()), gathers(way.edge[UNIT])) for way in self.ways(k)]

    def column(self, role: str, edges: Sequence[Edge]) -> Sequence[int]:
        """What stands in a role, a weight being the one that the layer sees."""
        if role != "weight":
            return super().column(role, edges)
        return [self.weights[edge[PARAMETER]] for edge in edges]

    def chain(self, k: int, program: Program) -> Expression | None:
        """The sum of delta * dnet/dout over the units fed."""
        terms = tuple(self.chain_terms(k))
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else Add(terms)

    def chain_terms(self, k: int) -> Iterator[Expression]:
        """delta * dnet/dout for each unit fed; dE/dout * dout/dout for each that gathers."""
        for way in self.paths(k):
            product = Mul(tuple(map(Symbol, self._factors(k, way.edge))))
            is_opposite = isinstance(fixed(self.through(k, way.edge).formula).shown, Neg)
            yield Neg(product) if is_opposite else product

    def _factors(self, k: int, edge: Edge) -> tuple[Quantity, Quantity]:
        """What the unit that is fed has, and how that changes with what feeds it."""
        through, rules = self.places.network.units[edge[UNIT]], self.places.rules
        if self.places.uses.gathers(edge[UNIT]):
            kinds = rules.signal, self.share_kind(k)
        else:
            kinds = rules.delta, self.local_kind(k)
        outer, local = kinds
        sample = self.sample.sample
        return Quantity(outer, through, "", sample), Quantity(local, through, self.name(k), sample)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """Each path's own part, where there are several, or where some are cut."""
        ways = self.ways(k)
        return tuple(self.part(k, way) for way in ways) if len(ways) > 1 else ()

    def part(self, k: int, way: Way) -> SubStep:
        """What comes through one path: nothing through one that is cut."""
        kind = self.path_kind(k)
        through = self.places.network.units[way.edge[UNIT]]
        rule = self.places.rules.cut if way.is_cut else self.through(k, way.edge)
        term = fixed(rule.formula) if way.is_cut else summed((self._formula(rule, way),))
        quantity = Quantity(kind, self.name(k), through, self.sample.sample)
        return SubStep(quantity, rule, term, tuple(self.filled(term, (way.edge,), rule)))

    def local_kind(self, k: int) -> Kind:
        """How a net input changes with what comes in."""
        return NET_BY_OUT if self._is_unit(k) else NET_BY_INPUT

    def share_kind(self, k: int) -> Kind:
        """How the output of a unit that gathers changes with what comes in."""
        return OUT_BY_OUT if self._is_unit(k) else OUT_BY_INPUT

    def path_kind(self, k: int) -> Kind:
        """What a path's part is a part of."""
        return self.places.rules.signal_path if self._is_unit(k) else INPUT_PATH

    def _formula(self, rule: Rule, way: Way) -> Expression:
        """What one path adds, in roles."""
        return weighted(rule.formula, way.weight) if way.weight else parse(rule.formula)

    def name(self, k: int) -> str:
        """A unit's name."""
        return self.places.network.units[self.first + k]

    def _is_unit(self, k: int) -> bool:
        return self.first + k >= len(self.places.network.inputs)


@cache
def beside_cuts(rule: Rule) -> Rule:
    """The same rule, with a word on the ways that are cut."""
    told = phrase("{why}; the way into the next time step is cut", why=rule.reason)
    return replace(rule, why=told)
