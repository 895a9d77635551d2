"""Losses that compare each output with that of the right class: errors, and their slopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.network.outputs import OutputSums
from tracer.derive.network.own_errors import Errors
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.uses import NONE, Edge, itself
from tracer.derive.program import Program
from tracer.derive.recipe import SubStep
from tracer.derive.template import Template, fixed, loss_slope, sum_of_slopes
from tracer.errors import CalculationError
from tracer.maths.expression import Expression, Neg, Symbol
from tracer.rules.backprop import Rule


def right_unit(places: Places, sample: SamplePlaces) -> int:
    """The unit of a sample's right class.

    Raises:
        CalculationError: the sample has none; a spec that was read from a file always has one.
    """
    right = places.network.samples[sample.sample - 1].right
    if right is None:
        raise CalculationError(f"sample {sample.sample} has no class: no target of it alone is 1")
    return places.network.outputs[right]


class PairwiseErrors(Errors, frozen=True, eq=False):
    """The error of each output beside the right one; that of the right one is 0."""

    def _is_right(self, k: int) -> bool:
        return self.places.network.outputs[k] == right_unit(self.places, self.sample)

    def rule(self, k: int) -> Rule:
        """The loss; of the right class, that it adds nothing."""
        return self.places.rules.right_class if self._is_right(k) else Errors.rule(self, k)

    def template(self, k: int) -> Template:
        """The loss of one output, over its out and the right one."""
        return fixed(self.rule(k).formula) if self._is_right(k) else Errors.template(self, k)

    def terms(self, k: int) -> Sequence[Edge]:
        """The output, with the right one as its source."""
        return ((self.places.network.outputs[k], right_unit(self.places, self.sample), NONE),)

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """Whether it is the right one."""
        return self._is_right(k)


class PairwiseSums(OutputSums, frozen=True, eq=False):
    """dE/dout of each output: of the right one, the sum over all other errors."""

    def _right(self) -> int:
        return right_unit(self.places, self.sample)

    def _is_right(self, k: int) -> bool:
        return self.first + k == self._right()

    def rule(self, k: int) -> Rule:
        """The slope of the loss, by out or by the right one."""
        rules = self.places.rules
        return rules.right_slope if self._is_right(k) else rules.loss_slope

    def template(self, k: int) -> Template:
        """The slope of the own error; of the right one, that of every other error."""
        network, formula = self.places.network, self.rule(k).formula or "slope"
        if not self._is_right(k):
            return loss_slope(network.loss, len(network.outputs), formula)
        assert network.loss.right_slope is not None, "only pairwise losses are told so"
        return sum_of_slopes(network.loss.right_slope, len(network.outputs) - 1, formula)

    def terms(self, k: int) -> Sequence[Edge]:
        """Each output whose error contains the unit, with the right one as its source."""
        right = self._right()
        others = [unit for unit in self.places.network.outputs if unit != right]
        units = [*others, right] if self._is_right(k) else [self.first + k]
        return [(unit, right, NONE) for unit in units]

    def shape(self, k: int, terms: Sequence[Edge]) -> object:
        """Whether it is the right one."""
        return self._is_right(k)

    def chain_terms(self, k: int) -> Iterator[Expression]:
        """Of the right one, the derivative of every other error."""
        is_opposite = isinstance(fixed(self.rule(k).formula or "slope").shown, Neg)
        for edge in self.terms(k)[:-1] if self._is_right(k) else ():
            symbol = Symbol(self._of_error(self.places.network.units[edge[0]], k))
            yield Neg(symbol) if is_opposite else symbol

    def substeps(self, k: int, program: Program) -> tuple[SubStep, ...]:
        """How the error of every output changes with the unit."""
        names = self.places.network.output_names
        units = self.places.network.outputs
        return tuple(self._part(k, *pair) for pair in zip(units, names, strict=True))

    def _part(self, k: int, unit: int, name: str) -> SubStep:
        loss, right = self.places.network.loss, self._right()
        if unit == right or not (self._is_right(k) or unit == self.first + k):
            return self._other(name, k)
        slope = loss.right_slope if self._is_right(k) else loss.slope
        assert slope is not None, "only pairwise losses are told so"
        found, rule = sum_of_slopes(slope, 1), self.rule(k)
        edges = [(unit, right, NONE), itself(self.first + k)]
        operands = tuple(self.filled(found, edges, rule))
        return SubStep(self._of_error(name, k), rule, found, operands)
