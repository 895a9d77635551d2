"""Both signs of delta lead to the same parameters, by the derivative or straight from delta."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import FEW, SOME
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks
from tests.support.sceptic import Sceptic
from tests.support.tracing import network_of, traced_if_finite
from tests.support.witness import in_digits
from tests.unit.proof.judging import proof_of
from tracer.derive.settle import settled
from tracer.notation.numbers import NumberFormat
from tracer.proof.verdicts import Standing
from tracer.rules.quantity import UPDATED
from tracer.spec import Network
from tracer.spec.training.by_delta import moves_by_delta


def online(drawn: Drawn) -> Network:
    """The network sample by sample, its delta minus the gradient."""
    spec = network_of(drawn)
    return replace(spec, training=replace(spec.training, batch=1, negative_delta=True))


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


@FEW
@given(networks(most_steps=2, evaluated=True), st.integers(3, 12))
def test_the_page_holds(drawn: Drawn, digits: int) -> None:
    """Every line of a page in decimals says what is so, also where an input is 0."""
    with suitable():
        for sample in range(1, len(drawn.cases) + 1):
            in_digits(drawn, sample)
    traced_if_finite(online(drawn), "decimal:50")
    Sceptic(settled(online(drawn)), NumberFormat(None, digits), 100, long=True).reads()


@FEW
@given(networks(rational=True, most_steps=1))
def test_no_witness_refutes_it(drawn: Drawn) -> None:
    """The witnesses, who never saw the formula, refute no number of such a training."""
    traced_if_finite(online(drawn), "exact")
    found = proof_of(online(drawn), "exact")
    assert not [one.name for one in found if one.standing is Standing.REFUTED]
