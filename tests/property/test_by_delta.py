"""Both signs of delta lead to the same parameters, by the derivative or straight from delta."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from tests.support.amount import SOME
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tracer.rules.quantity import UPDATED
from tracer.spec.by_delta import moves_by_delta


@SOME
@given(networks(rational=True, most_steps=2))
def test_both_signs_lead_to_the_same_parameters(drawn: Drawn) -> None:
    """In fractions, sample by sample or not, shared or not: the new parameters are equal."""
    spec = network_of(drawn)
    for batch in (spec.training.batch, 1):
        training = replace(spec.training, batch=batch)
        usual = traced_if_finite(replace(spec, training=training), "exact")
        other = replace(spec, training=replace(training, negative_delta=True))
        found = traced_if_finite(other, "exact")
        short = moves_by_delta(other)
        for entry in usual:
            if entry.quantity.kind is UPDATED:
                mine = found[entry.name]
                assert mine.value == entry.value
                words = {operand.quantity.kind.word for operand in mine.operands}
                assert ("delta" in words) == short
