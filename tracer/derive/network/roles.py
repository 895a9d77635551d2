"""Roles: what the letters of a rule's formula stand for, looked up by their names.

A recipe says of which edges the terms of its formula speak; the table says where each role of an
edge stands. So a changed rule may ask for any role that exists by then, in any order.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from msgspec import Struct, StructMeta

from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.uses import NONE, PARAMETER, PARTNER, SOURCE, THIRD, UNIT, Edge
from tracer.derive.recipe import Plain, Stretch
from tracer.derive.template import Template
from tracer.errors import FormulaError
from tracer.rules.backprop import Rule

BOTH = 4
"""In place of a number of an edge: unit and source together."""


class Role(Struct, frozen=True):
    """Where a role is looked up.

    Attributes:
        places: the attribute that holds its addresses.
        by: which number of an edge they go by; `BOTH`: unit and source.
        of_sample: whether each sample has its own.
    """

    places: str
    by: int
    of_sample: bool = True


ROLES: Mapping[str, Role] = {
    "learning_rate": Role("learning_rate", PARAMETER, of_sample=False),
    "old": Role("parameters", PARAMETER, of_sample=False),
    "weight": Role("parameters", PARAMETER, of_sample=False),
    "bias": Role("offsets", UNIT, of_sample=False),
    "threshold": Role("offsets", UNIT, of_sample=False),
    "strength": Role("strengths", SOURCE, of_sample=False),
    "source": Role("sent", SOURCE),
    "partner": Role("sent", PARTNER),
    "third": Role("sent", THIRD),
    "target": Role("target", UNIT),
    "mask": Role("mask", UNIT),
    "right": Role("out", SOURCE),
    "other": Role("out", SOURCE),
    "net": Role("net", UNIT),
    "largest": Role("largest", UNIT),
    "exponential": Role("exponential", UNIT),
    "layer_sum": Role("layer_sum", UNIT),
    "out": Role("out", UNIT),
    "miss": Role("miss", UNIT),
    "error": Role("error", UNIT),
    "by_kept": Role("by_kept", UNIT),
    "by_out": Role("by_out", UNIT),
    "slope": Role("slope", UNIT),
    "jacobian": Role("jacobian", BOTH),
    "share": Role("share", BOTH),
    "delta": Role("delta", UNIT),
    "gradient": Role("gradient", PARAMETER, of_sample=False),
    "change": Role("change", PARAMETER, of_sample=False),
}
"""Every role, in the order in which a training step makes what stands in it."""


class Recipes(StructMeta, ABCMeta):
    """Of frozen data that leave something to be said."""


class ByRole(Plain, Struct, metaclass=Recipes, frozen=True, eq=False):
    """A recipe whose operands are looked up by their roles.

    Attributes:
        before: the first role of a place itself that does not exist yet; empty: all do.
        in_terms: the first role of an edge that does not exist yet.
    """

    places: Places
    sample: SamplePlaces

    before: ClassVar[str] = ""
    in_terms: ClassVar[str] = "gradient"

    @abstractmethod
    def rule(self, k: int) -> Rule:
        """Why the formula holds."""

    @abstractmethod
    def template(self, k: int) -> Template:
        """The formula in roles."""

    @abstractmethod
    def terms(self, k: int) -> Sequence[Edge]:
        """The edge of each term of the sum; last, for roles outside of it, the place itself."""

    def column(self, role: str, edges: Sequence[Edge]) -> Sequence[int]:
        """The addresses of what stands in a role, one for each edge."""
        row = ROLES[role]
        addresses = getattr(self.sample if row.of_sample else self.places, row.places)
        return list(map(addresses.__getitem__, map(ENDS[row.by], edges)))

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """What rule and template depend on."""
        return self.rule(k), self.template(k)

    def operands(self, k: int) -> Sequence[int]:
        """What stands in each role of the template."""
        return self.filled(self.template(k), self.terms(k), self.rule(k))

    def filled(self, template: Template, terms: Sequence[Edge], rule: Rule) -> list[int]:
        """What stands in each role of a template over some terms."""
        columns = self.columns(template, [(edge,) for edge in terms], rule)
        return [address for (address,) in columns]

    def stretches(self, count: int) -> Iterator[Stretch]:
        """The places in order, joined where rule and template stay the same."""
        terms = [self.terms(k) for k in range(count)]
        for _, members in groupby(range(count), lambda k: self.shape(k, terms[k])):
            places = list(members)
            rule, template = self.rule(places[0]), self.template(places[0])
            by_term = list(zip(*(terms[k] for k in places), strict=True))
            columns = self.columns(template, by_term, rule)
            yield Stretch(rule, template, columns, len(places))

    def columns(
        self, template: Template, by_term: Sequence[Sequence[Edge]], rule: Rule
    ) -> list[Sequence[int]]:
        """For each role of a template, what stands in it: one address for each place."""
        columns = []
        for name, term in _parts(template):
            known = _known(self.before if term < 0 else self.in_terms)
            column = self.column(name, by_term[term]) if name in known else [NONE]
            if NONE in column:
                raise FormulaError(
                    f"the rule '{rule.name}' asks for '{name}', which there is not where it is "
                    f"used; what there may be: {', '.join(known)}"
                )
            columns.append(column)
        return columns


ENDS = (*map(itemgetter, (UNIT, SOURCE, PARAMETER, THIRD)), itemgetter(UNIT, SOURCE))
"""How to take each number out of an edge, and the first two of them together."""


@cache
def _known(before: str) -> tuple[str, ...]:
    """The roles that stand before another one in the table; all of them if none is named."""
    names = tuple(ROLES)
    return names[: names.index(before)] if before else names


@cache
def _parts(template: Template) -> tuple[tuple[str, int], ...]:
    """Each role's name, and the number of its term; the last one where the role is in no term."""
    return tuple(role if isinstance(role, tuple) else (str(role), -1) for role in template.roles)
