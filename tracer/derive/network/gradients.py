"""The derivatives by the parameters, from the cached deltas, and the update."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.uses import NO_SOURCE
from tracer.derive.program import Layout, Phase, Plain, Program, Stretch, SubStep
from tracer.derive.template import Template, fixed, mean, repeated
from tracer.maths.expression import Add, Expression, Mul, Symbol
from tracer.rules.backprop import Backprop, Rule
from tracer.rules.quantity import (
    BY_OUT,
    GRADIENT,
    NET_BY_PARAMETER,
    SAMPLE_GRADIENT,
    SLOPE,
    UPDATED,
    USE,
    Quantity,
)
from tracer.spec.network import ParameterKind

Use = tuple[int, int]
Uses = tuple[Use, ...]

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


@dataclass(frozen=True, slots=True, eq=False)
class Gradients(Plain):
    """dE/dw, dE/db for some parameters, from one sample: the sum over the uses of each.

    Attributes:
        uses: (unit, source) of each use of each parameter; a bias has `NO_SOURCE`.
    """

    places: Places
    sample: SamplePlaces
    numbers: Sequence[int]
    uses: Sequence[Uses]

    def _kind(self, k: int) -> ParameterKind:
        return self.places.network.parameters[self.numbers[k]].kind

    def rule(self, k: int) -> Rule:
        """The chain rule, or the sum over uses where the parameter is shared."""
        rules = self.places.rules
        return rules.uses if len(self.uses[k]) > 1 else rule_of(rules, self._kind(k))

    def template(self, k: int) -> Template:
        """One term for each use."""
        term = rule_of(self.places.rules, self._kind(k)).formula
        return repeated(term, len(self.uses[k]))

    def operands(self, k: int) -> Sequence[int]:
        """Each use's delta, and its source where it has one."""
        uses = self.uses[k]
        if len(uses) == 1:
            return self._use(*uses[0])
        return [address for use in uses for address in self._use(*use)]

    def stretches(self, count: int) -> Iterator[Stretch]:
        """As `Plain` has it, but column by column: most steps of a large network are these."""
        for _, members in groupby(range(count), self._shape):
            places = list(members)
            rule, template = self.rule(places[0]), self.template(places[0])
            yield Stretch(rule, template, self._columns(places), len(places))

    def _shape(self, k: int) -> tuple[ParameterKind, int]:
        """What rule and template depend on."""
        return self._kind(k), len(self.uses[k])

    def _columns(self, places: Sequence[int]) -> list[list[int]]:
        """The operands of parameters of one kind and as many uses."""
        delta, out = self.sample.delta, self.sample.out
        columns = []
        for uses in zip(*(self.uses[k] for k in places), strict=True):
            columns.append([delta[unit] for unit, _ in uses])
            if uses[0][1] != NO_SOURCE:
                columns.append([out[source] for _, source in uses])
        return columns

    def _use(self, unit: int, source: int) -> tuple[int, ...]:
        delta = self.sample.delta[unit]
        return (delta,) if source == NO_SOURCE else (delta, self.sample.out[source])

    def chain(self, k: int, program: Program) -> Expression | None:
        """The product dE/dout * dout/dnet * dnet/dw, summed over the units that use it."""
        terms = tuple(Mul(tuple(map(Symbol, self._factors(unit, k)))) for unit in self._users(k))
        if not terms:
            return None
        return terms[0] if len(terms) == 1 else Add(terms)

    def _users(self, k: int) -> dict[int, list[int]]:
        """The sources that each unit multiplies by the parameter, in its net input."""
        found: dict[int, list[int]] = {}
        for unit, source in self.uses[k]:
            found.setdefault(unit, []).append(source)
        return found

    def _factors(self, unit: int, k: int) -> tuple[Quantity, ...]:
        name, sample = self.places.network.units[unit], self.sample.sample
        factors = (Quantity(kind, name, "", sample) for kind in (BY_OUT, SLOPE))
        return (*factors, self._local_partial(unit, k))

    def _local_partial(self, unit: int, k: int) -> Quantity:
        network = self.places.network
        own = network.parameters[self.numbers[k]].name
        return Quantity(NET_BY_PARAMETER, network.units[unit], own, self.sample.sample)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """dnet/dw of each unit that uses it and, where there are several uses, the part of each."""
        parts: list[SubStep] = []
        for unit, sources in self._users(k).items():
            parts.append(self._local(k, unit, sources))
            if len(self.uses[k]) > 1:
                parts += (self._part(k, unit, source) for source in sources)
        return tuple(parts)

    def _local(self, k: int, unit: int, sources: Sequence[int]) -> SubStep:
        """How a unit's net input changes with the parameter: by all that it is multiplied with."""
        kind = self._kind(k)
        at = tuple(self.sample.out[source] for source in sources if source != NO_SOURCE)
        formula = repeated(LOCAL[kind], len(sources))
        rule = rule_of(self.places.rules, kind)
        return SubStep(self._local_partial(unit, k), rule, formula, at)

    def _part(self, k: int, unit: int, source: int) -> SubStep:
        """What one use adds to the derivative."""
        network, rule = self.places.network, rule_of(self.places.rules, self._kind(k))
        names = [network.units[number] for number in (unit, source) if number != NO_SOURCE]
        own = network.parameters[self.numbers[k]].name
        quantity = Quantity(USE, own, ":".join(names), self.sample.sample)
        return SubStep(quantity, rule, fixed(rule.formula), self._use(unit, source))


@dataclass(frozen=True, slots=True, eq=False)
class BatchGradients(Plain):
    """The samples' derivatives by some parameters, added up or averaged."""

    places: Places
    samples: Sequence[range]

    def rule(self, k: int) -> Rule:
        """The sum or the mean over the samples."""
        rules = self.places.rules
        return rules.batch_mean if self.places.network.training.mean else rules.batch_sum

    def template(self, k: int) -> Template:
        """One term for each sample."""
        build = mean if self.places.network.training.mean else repeated
        return build(self.rule(k).formula, len(self.samples))

    def operands(self, k: int) -> Sequence[int]:
        """The same parameter's derivative in each sample."""
        return [addresses[k] for addresses in self.samples]


@dataclass(frozen=True, slots=True, eq=False)
class Updates(Plain):
    """The new value of each trainable parameter among some.

    Attributes:
        update: the rule: the old value minus the learning rate times the derivative.
        columns: for each role of its formula, the addresses of what stands there, by place.
    """

    update: Rule
    columns: tuple[Sequence[int], ...]

    def rule(self, k: int) -> Rule:
        """The update."""
        return self.update

    def template(self, k: int) -> Template:
        """The rule's formula."""
        return fixed(self.update.formula)

    def operands(self, k: int) -> Sequence[int]:
        """What stands in each role."""
        return [column[k] for column in self.columns]

    def stretches(self, count: int) -> Iterator[Stretch]:
        """All of them."""
        yield Stretch(self.update, self.template(0), self.columns, count)


def write_gradients(layout: Layout, places: Places, groups: Sequence[Sequence[int]]) -> None:
    """Appends the derivatives by groups of parameters: each sample's, then the batch's."""
    single = len(places.samples) == 1
    kind = GRADIENT if single else SAMPLE_GRADIENT
    parts: list[list[range]] = [[] for _ in groups]
    names = [_names(places, numbers) for numbers in groups]
    uses = [[tuple(places.uses.of_parameter(n)) for n in numbers] for numbers in groups]
    for sample in places.samples:
        index = 0 if single else sample.sample
        for k, found in enumerate(parts):
            recipe = Gradients(places, sample, groups[k], uses[k])
            found.append(layout.add(kind, Phase.WEIGHTS, names[k], recipe, index))
    for numbers, found in zip(groups, parts, strict=True):
        whole = found[0] if single else _write_batch(layout, places, numbers, found)
        places.gradient.update(zip(numbers, whole, strict=True))


def _write_batch(
    layout: Layout, places: Places, numbers: Sequence[int], parts: Sequence[range]
) -> range:
    """Appends the derivatives by some parameters over the whole batch."""
    recipe = BatchGradients(places, parts)
    return layout.add(GRADIENT, Phase.WEIGHTS, _names(places, numbers), recipe)


def _names(places: Places, numbers: Sequence[int]) -> list[str]:
    return [places.network.parameters[number].name for number in numbers]


def write_updates(layout: Layout, places: Places, numbers: Sequence[int]) -> None:
    """Appends the new values of the trainable parameters among some."""
    parameters = places.network.parameters
    moved = [number for number in numbers if parameters[number].trainable]
    names = _names(places, moved)
    columns: dict[Hashable, Sequence[int]] = {
        "old": [places.parameters[number] for number in moved],
        "learning_rate": (places.learning_rate,) * len(moved),
        "gradient": [places.gradient[number] for number in moved],
    }
    rule = places.rules.update
    recipe = Updates(rule, tuple(columns[role] for role in fixed(rule.formula).roles))
    addresses = layout.add(UPDATED, Phase.UPDATE, names, recipe)
    places.updated.update(zip(moved, addresses, strict=True))
