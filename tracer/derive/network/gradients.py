"""The derivatives by the parameters, from the cached deltas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tracer.derive.network.penalties import parted, write_penalised
from tracer.derive.network.places import Places, names_of
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, SOURCE, UNIT, Edge
from tracer.derive.program import Layout, Phase, Program
from tracer.derive.recipe import SubStep
from tracer.derive.template import Template, mean, repeated
from tracer.maths.expression import Add, Expression, Mul, Neg, Symbol
from tracer.rules.backprop import Backprop, Rule
from tracer.rules.quantity import (
    BY_OUT,
    NEGATIVE_DELTA,
    NET_BY_PARAMETER,
    SAMPLE_GRADIENT,
    SLOPE,
    USE,
    Quantity,
)
from tracer.spec.network import ParameterKind

Uses = tuple[Edge, ...]

FEW_USERS = 4
"""Of more units than that, the chain of a shared parameter starts at their deltas."""

RULES = {
    ParameterKind.WEIGHT: "weight_gradient",
    ParameterKind.BIAS: "bias_gradient",
    ParameterKind.THRESHOLD: "threshold_gradient",
}


LOCAL = {
    ParameterKind.WEIGHT: "source",
    ParameterKind.BIAS: "1",
    ParameterKind.THRESHOLD: "-1",
}
"""What a unit's net input grows by with a parameter, for each of its uses there."""


def rule_of(rules: Backprop, kind: ParameterKind) -> Rule:
    """The rule by which a parameter of that kind gets its derivative."""
    rule: Rule = getattr(rules, RULES[kind])
    return rule


class Gradients(ByRole, frozen=True, eq=False):
    """dE/dw, dE/db for some parameters, from one sample: the sum over the uses of each."""

    numbers: Sequence[int]
    uses: Sequence[Uses]

    in_terms: ClassVar[str] = "gradient"

    def _kind(self, k: int) -> ParameterKind:
        return self.places.network.parameters[self.numbers[k]].kind

    def rule(self, k: int) -> Rule:
        """The chain rule, or the sum over uses where the parameter is shared."""
        rules = self.places.rules
        return rules.uses if len(self.uses[k]) > 1 else self._each_use(k)

    def _each_use(self, k: int) -> Rule:
        """The rule whose formula is the term of one use."""
        return rule_of(self.places.rules, self._kind(k))

    def template(self, k: int) -> Template:
        """One term for each use."""
        return repeated(self._term(k), len(self.uses[k]))

    def _term(self, k: int) -> str:
        """The formula of one use."""
        return self.rule(k).formula or self._each_use(k).formula

    def terms(self, k: int) -> Sequence[Edge]:
        """The uses of the parameter."""
        return self.uses[k]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """The kind of parameter, and how often it is used."""
        return self._kind(k), len(terms)

    def chain(self, k: int, program: Program) -> Expression | None:
        """The product dE/dout * dout/dnet * dnet/dw, summed over the units that use it.

        Where dE/dnet of a unit is no such product, it stands as it is; so it does where there are
        many units, as in a convolution.
        """
        users = self._users(k)
        terms = tuple(self._product(unit, k, len(users) > FEW_USERS) for unit in users)
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else Add(terms)

    def _users(self, k: int) -> dict[int, list[Edge]]:
        """The edges by which each unit uses the parameter in its net input."""
        found: dict[int, list[Edge]] = {}
        for edge in self.uses[k]:
            found.setdefault(edge[UNIT], []).append(edge)
        return found

    def _product(self, unit: int, k: int, short: bool) -> Expression:
        name, sample, rules = self.places.network.units[unit], self.sample.sample, self.places.rules
        is_product = self.sample.slope[unit] != NONE and not short
        kinds = (BY_OUT, SLOPE) if is_product else (rules.delta,)
        factors = (
            *(Quantity(kind, name, "", sample) for kind in kinds),
            self._local_partial(unit, k),
        )
        product = Mul(tuple(map(Symbol, factors)))
        return Neg(product) if not is_product and rules.delta is NEGATIVE_DELTA else product

    def _local_partial(self, unit: int, k: int) -> Quantity:
        network = self.places.network
        own = network.parameters[self.numbers[k]].name
        return Quantity(NET_BY_PARAMETER, network.units[unit], own, self.sample.sample)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """dnet/dw of each unit that uses it and, where there are several uses, the part of each."""
        parts: list[SubStep] = []
        for unit, edges in self._users(k).items():
            parts.append(self._local(k, unit, edges))
            if len(self.uses[k]) > 1:
                parts += (self._part(k, edge) for edge in edges)
        return tuple(parts)

    def _local(self, k: int, unit: int, edges: Sequence[Edge]) -> SubStep:
        """How a unit's net input changes with the parameter: by all that it is multiplied with."""
        formula, rule = repeated(LOCAL[self._kind(k)], len(edges)), self._each_use(k)
        operands = tuple(self.filled(formula, edges, rule))
        return SubStep(self._local_partial(unit, k), rule, formula, operands)

    def _part(self, k: int, edge: Edge) -> SubStep:
        """What one use adds to the derivative."""
        network, rule = self.places.network, self._each_use(k)
        term = repeated(self._term(k), 1)
        names = [network.units[edge[end]] for end in (UNIT, SOURCE) if edge[end] != NONE]
        own = network.parameters[self.numbers[k]].name
        quantity = Quantity(USE, own, ":".join(names), self.sample.sample)
        return SubStep(quantity, rule, term, tuple(self.filled(term, (edge,), rule)))


class BatchGradients(ByRole, frozen=True, eq=False):
    """The samples' derivatives by some parameters, added up or averaged.

    Attributes:
        numbers: the parameters'.
        samples: the addresses of each sample's derivatives by them.
    """

    numbers: Sequence[int]
    samples: Sequence[range]

    in_terms: ClassVar[str] = ""
    of_sample: ClassVar[str] = "gradient"

    def rule(self, k: int) -> Rule:
        """The sum or the mean over the samples."""
        rules = self.places.rules
        return rules.batch_mean if self.places.network.training.mean else rules.batch_sum

    def template(self, k: int) -> Template:
        """One term for each sample."""
        build = mean if self.places.network.training.mean else repeated
        return build(self.rule(k).formula, len(self.samples))

    def terms(self, k: int) -> Sequence[Edge]:
        """The samples, each in place of a unit, with the place in the block as a source."""
        return [(j, k, self.numbers[k]) for j in range(len(self.samples))]

    def column(self, role: str, edges: Sequence[Edge]) -> Sequence[int]:
        """What stands in a role; what is added up is that of the term's sample."""
        if role != self.of_sample:
            return super().column(role, edges)
        return [self.samples[j][k] for j, k, _ in edges]


def write_gradients(layout: Layout, places: Places, groups: Sequence[Sequence[int]]) -> None:
    """Appends the derivatives by groups of parameters: of each sample, and of all."""
    groups = [part for numbers in groups for part in parted(places, numbers)]
    single = len(places.samples) == 1
    parts: list[list[range]] = [[] for _ in groups]
    names = [names_of(places, numbers) for numbers in groups]
    kinds = [places.gradient_of(numbers) if single else SAMPLE_GRADIENT for numbers in groups]
    uses = [[tuple(places.uses.of_parameter(n)) for n in numbers] for numbers in groups]
    for sample in places.samples:
        index = 0 if single else sample.sample
        for k, found in enumerate(parts):
            recipe = Gradients(places, sample, groups[k], uses[k])
            found.append(layout.add(kinds[k], Phase.WEIGHTS, names[k], recipe, index))
    for numbers, found in zip(groups, parts, strict=True):
        data = found[0] if single else _write_batch(layout, places, numbers, found)
        whole = write_penalised(layout, places, numbers, data)
        for number, address in zip(numbers, whole, strict=True):
            places.gradient[number] = address


def _write_batch(
    layout: Layout, places: Places, numbers: Sequence[int], parts: Sequence[range]
) -> range:
    """Appends the derivatives by some parameters over the whole batch."""
    recipe = BatchGradients(places, places.no_sample, numbers, parts)
    kind = places.gradient_of(numbers)
    return layout.add(kind, Phase.WEIGHTS, names_of(places, numbers), recipe)
