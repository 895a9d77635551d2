"""The backward pass at units that have targets: dE/dout from their own error, and from others'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.network.paths import PathSums
from tracer.derive.network.uses import NONE, Edge, itself
from tracer.derive.program import Program
from tracer.derive.recipe import SubStep
from tracer.derive.template import Template, fixed, loss_and_paths, loss_slope, loss_worked
from tracer.maths.expression import Expression, Neg, Symbol
from tracer.rules.backprop import Rule
from tracer.rules.quantity import ERROR_BY_OUT, Quantity


class OutputSums(PathSums, frozen=True, eq=False):
    """dE/dout of each unit of a layer that has outputs: the slope of the loss, and its paths."""

    def _is_output(self, k: int) -> bool:
        return self.sample.target[self.first + k] != NONE

    @property
    def _slope_formula(self) -> str:
        """What the rules make of the slope of the loss."""
        return self.places.rules.loss_slope.formula or "slope"

    def rule(self, k: int) -> Rule:
        """The slope of the loss; where the output feeds other units, the sum of both."""
        rules = self.places.rules
        if not self._is_output(k):
            return PathSums.rule(self, k)
        return self.beside_cuts(rules.output_paths if self.paths(k) else rules.loss_slope, k)

    def template(self, k: int) -> Template:
        """The loss's slope, and one product for each path."""
        if not self._is_output(k):
            return PathSums.template(self, k)
        network = self.places.network
        slope = loss_slope(network.loss, len(network.outputs), self._slope_formula)
        if not self.paths(k):
            return slope
        formula = self.places.rules.output_paths.formula or "own + paths"
        return loss_and_paths(slope, self.sum_of_paths(k), formula)

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """What the paths are, and whether the unit has a target."""
        return PathSums.shape(self, k, terms), self._is_output(k)

    def chain_terms(self, k: int) -> Iterator[Expression]:
        """The derivative of the unit's own error, where there is more; then of each path."""
        if self._is_output(k) and self.paths(k):
            own = Symbol(self._of_error(self.name(k), k))
            is_opposite = isinstance(fixed(self._slope_formula).shown, Neg)
            yield Neg(own) if is_opposite else own
        yield from PathSums.chain_terms(self, k)

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """The slope of its own error, and each path's part; without paths, of every error."""
        if not self._is_output(k):
            return PathSums.substeps(self, k, program)
        if self.ways(k):
            return (self._own(k), *(self.part(k, way) for way in self.ways(k)))
        me = self.name(k)
        names = self.places.network.output_names
        return tuple(self._own(k) if name == me else self._other(name, k) for name in names)

    def _own(self, k: int) -> SubStep:
        """The slope of the unit's own error, by the chain rule."""
        network = self.places.network
        worked = loss_worked(network.loss, len(network.outputs))
        return self._slope(self.name(k), k, self.rule(k), worked)

    def _other(self, name: str, k: int) -> SubStep:
        """The slope of another output's error, which does not contain the unit."""
        rule = self.places.rules.other_output
        return self._slope(name, k, rule, fixed(rule.formula))

    def _slope(self, name: str, k: int, rule: Rule, template: Template) -> SubStep:
        operands = tuple(self.filled(template, (itself(self.first + k),), rule))
        return SubStep(self._of_error(name, k), rule, template, operands)

    def _of_error(self, name: str, k: int) -> Quantity:
        """How an output's error changes with the unit's out."""
        return Quantity(ERROR_BY_OUT, name, self.name(k), self.sample.sample)
