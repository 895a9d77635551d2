"""A training step by a learning rule: what the units miss, the changes, the update.

In place of a backward pass: the rows of the rule say what is multiplied with each input.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tracer.derive.network.errors import write_sum
from tracer.derive.network.gradients import BatchGradients, Gradients, Uses
from tracer.derive.network.own_errors import Errors
from tracer.derive.network.places import Places, SamplePlaces, names_of
from tracer.derive.network.roles import ByRole
from tracer.derive.network.updates import write_updates
from tracer.derive.network.uses import NONE, SOURCE, UNIT, Edge, itself
from tracer.derive.program import Layout, Phase, Program
from tracer.derive.recipe import SubStep
from tracer.derive.template import Template, fixed, loss_of_net, repeated
from tracer.maths.expression import Expression
from tracer.rules.backprop import Rule
from tracer.rules.learning import LEARNING_RULES
from tracer.rules.quantity import (
    CHANGE,
    CHANGE_OF_USE,
    DIRECTION,
    ERROR,
    MISS,
    SAMPLE_CHANGE,
    WRONG,
    Kind,
    Quantity,
)
from tracer.spec.network import ParameterKind, Training
from tracer.spec.training.learning import has_classes

CHANGES = {
    ParameterKind.WEIGHT: "weight_change",
    ParameterKind.BIAS: "bias_change",
    ParameterKind.THRESHOLD: "threshold_change",
}

DIRECTIONS = {
    ParameterKind.WEIGHT: "direction",
    ParameterKind.BIAS: "bias_direction",
    ParameterKind.THRESHOLD: "threshold_direction",
}


def has_targets(training: Training) -> bool:
    """Whether samples have targets in a training; some learning rules look at none."""
    rule = LEARNING_RULES.get(training.learning_rule)
    return rule is None or rule.needs_target


class OfOutputs(ByRole, frozen=True, eq=False):
    """Something that each output has, by one rule over its own roles.

    Attributes:
        which: the rule's name in the table of rules.
    """

    which: str

    before: ClassVar[str] = "delta"

    def rule(self, k: int) -> Rule:
        """The rule of that name."""
        rule: Rule = getattr(self.places.rules, self.which)
        return rule

    def template(self, k: int) -> Template:
        """The rule's formula."""
        return fixed(self.rule(k).formula)

    def terms(self, k: int) -> Sequence[Edge]:
        """The output."""
        return (itself(self.places.network.outputs[k]),)


class ErrorsOfNet(Errors, frozen=True, eq=False):
    """The error of each output's net input."""

    def template(self, k: int) -> Template:
        """The loss, over net in place of out."""
        network = self.places.network
        formula = self.rule(k).formula or "value"
        return loss_of_net(network.loss, len(network.outputs), formula)


class Changes(Gradients, frozen=True, eq=False):
    """The change of some parameters, from one sample: the sum over the uses of each."""

    in_terms: ClassVar[str] = "change"

    def _each_use(self, k: int) -> Rule:
        """The rule whose formula is the term of one use."""
        rule: Rule = getattr(self.places.rules, CHANGES[self._kind(k)])
        return rule

    def chain(self, k: int, program: Program) -> Expression | None:
        """None: no derivative is taken."""
        return None

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """Of each use the direction of the change and, where there are several, its part."""
        rule = LEARNING_RULES.get(self.places.network.training.learning_rule)
        parts: list[SubStep] = []
        for edge in self.uses[k]:
            if len(self.uses[k]) > 1:
                parts.append(self._line(k, edge, CHANGE_OF_USE, self._term(k), self._each_use(k)))
            if rule is not None and rule.has_direction:
                parts.append(self._direction(k, edge))
        return tuple(parts)

    def _direction(self, k: int, edge: Edge) -> SubStep:
        """The sign of what is multiplied, by which the parameter grows or falls."""
        rule: Rule = getattr(self.places.rules, DIRECTIONS[self._kind(k)])
        return self._line(k, edge, DIRECTION, rule.formula, rule)

    def _line(self, k: int, edge: Edge, kind: Kind, term: str, rule: Rule) -> SubStep:
        network, formula = self.places.network, repeated(term, 1)
        names = [network.units[edge[end]] for end in (UNIT, SOURCE) if edge[end] != NONE]
        own = network.parameters[self.numbers[k]].name
        quantity = Quantity(kind, own, ":".join(names), self.sample.sample)
        return SubStep(quantity, rule, formula, tuple(self.filled(formula, (edge,), rule)))


class BatchChanges(BatchGradients, frozen=True, eq=False):
    """The samples' changes of some parameters, added up or averaged."""

    of_sample: ClassVar[str] = "change"

    def rule(self, k: int) -> Rule:
        """The sum or the mean over the samples."""
        rules = self.places.rules
        return rules.mean_change if self.places.network.training.mean else rules.batch_change


def write_answers(layout: Layout, places: Places, sample: SamplePlaces) -> int | None:
    """Appends what each output misses, its error, and whether it is wrong, as far as asked.

    Returns:
        The address of the sample's error E; None where the rule has none.
    """
    network = places.network
    rule = LEARNING_RULES[network.training.learning_rule]
    total: int | None = None
    if rule.has_miss:
        addresses = _of_outputs(layout, places, sample, MISS, "miss")
        for unit, address in zip(network.outputs, addresses, strict=True):
            sample.miss[unit] = address
    if rule.has_loss:
        recipe = ErrorsOfNet(places, sample)
        errors = layout.add(ERROR, Phase.ERROR, network.output_names, recipe, sample.sample)
        total = write_sum(layout, places, sample, errors)
    if has_classes(network):
        _of_outputs(layout, places, sample, WRONG, "wrong")
    return total


def _of_outputs(
    layout: Layout, places: Places, sample: SamplePlaces, kind: Kind, which: str
) -> range:
    recipe = OfOutputs(places, sample, which)
    names = places.network.output_names
    return layout.add(kind, Phase.ERROR, names, recipe, sample.sample)


def write_learning(layout: Layout, places: Places) -> None:
    """Appends the changes of all trainable parameters, and the update."""
    if not places.has_update:
        return
    parameters = places.network.parameters
    numbers = [n for n, parameter in enumerate(parameters) if parameter.trainable]
    names = names_of(places, numbers)
    uses: list[Uses] = [tuple(places.uses.of_parameter(number)) for number in numbers]
    single = len(places.samples) == 1
    kind, parts = (CHANGE if single else SAMPLE_CHANGE), list[range]()
    for sample in places.samples:
        recipe = Changes(places, sample, numbers, uses)
        index = 0 if single else sample.sample
        parts.append(layout.add(kind, Phase.CHANGES, names, recipe, index))
    whole = parts[0]
    if not single:
        batch = BatchChanges(places, places.no_sample, numbers, parts)
        whole = layout.add(CHANGE, Phase.CHANGES, names, batch)
    for number, address in zip(numbers, whole, strict=True):
        places.change[number] = address
    places.moves.addresses["change"] = places.change
    write_updates(layout, places, numbers)
