"""The errors of a sample and of a batch, over those of the outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tracer.derive.network.own_errors import Errors
from tracer.derive.network.pairwise import PairwiseErrors
from tracer.derive.network.places import Places, SamplePlaces
from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import NONE, UNIT, Edge, itself
from tracer.derive.program import Layout, Phase
from tracer.derive.template import Template, mean, repeated
from tracer.rules.backprop import Rule
from tracer.rules.quantity import ERROR, SAMPLE_ERROR


class SampleErrors(ByRole, frozen=True, eq=False):
    """The errors of a sample's outputs, added up: one number."""

    in_terms: ClassVar[str] = "by_out"

    def rule(self, k: int) -> Rule:
        """The sum over the outputs."""
        return self.places.rules.total_error

    def template(self, k: int) -> Template:
        """One term for each output."""
        return repeated(self.rule(k).formula, len(self.places.network.outputs))

    def terms(self, k: int) -> Sequence[Edge]:
        """The outputs."""
        return [itself(unit) for unit in self.places.network.outputs]


class BatchErrors(ByRole, frozen=True, eq=False):
    """The errors of a batch's samples, added up or averaged: one number.

    Attributes:
        errors: the address of each sample's error.
    """

    errors: Sequence[int]

    in_terms: ClassVar[str] = "by_out"

    def rule(self, k: int) -> Rule:
        """The sum or the mean over the samples."""
        rules = self.places.rules
        return rules.mean_error if self.places.network.training.mean else rules.batch_error

    def template(self, k: int) -> Template:
        """One term for each sample."""
        build = mean if self.places.network.training.mean else repeated
        return build(self.rule(k).formula, len(self.errors))

    def terms(self, k: int) -> Sequence[Edge]:
        """The samples, in the order of their errors, each in place of a unit."""
        return [(number, NONE, NONE) for number in range(len(self.errors))]

    def column(self, role: str, edges: Sequence[Edge]) -> Sequence[int]:
        """The samples' errors; a sample has no other role here."""
        return [self.errors[edge[UNIT]] if role == "error" else NONE for edge in edges]


def write_errors(layout: Layout, places: Places, sample: SamplePlaces) -> int:
    """Appends the errors of one sample's outputs and their sum; returns the sum's address.

    The sum is the total error where the step's batch has one sample only.
    """
    network = places.network
    recipe = (PairwiseErrors if network.loss.is_pairwise else Errors)(places, sample)
    errors = layout.add(ERROR, Phase.ERROR, network.output_names, recipe, sample.sample)
    return write_sum(layout, places, sample, errors)


def write_sum(layout: Layout, places: Places, sample: SamplePlaces, errors: range) -> int:
    """Appends the sum of the errors of one sample's outputs; returns its address."""
    for unit, address in zip(places.network.outputs, errors, strict=True):
        sample.error[unit] = address
    total = SampleErrors(places, sample)
    if len(places.samples) == 1:
        return layout.add(places.total, Phase.ERROR, ("",), total).start
    return layout.add(SAMPLE_ERROR, Phase.ERROR, ("",), total, sample.sample).start


def write_batch_error(layout: Layout, places: Places, errors: Sequence[int]) -> int:
    """Appends the error of the whole batch, where it has several samples; returns its address."""
    if len(errors) <= 1:
        return errors[0] if errors else NONE
    recipe = BatchErrors(places, places.no_sample, errors)
    return layout.add(places.total, Phase.ERROR, ("",), recipe).start
