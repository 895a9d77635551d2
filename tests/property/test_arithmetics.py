"""The same network in every arithmetic: each says of the others' numbers what it promises."""

from __future__ import annotations

from decimal import Context
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.support.amount import SOME
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, soon_settled, traced_if_finite
from tests.support.witness import in_digits
from tracer.maths.arithmetic.interval import Interval
from tracer.spec import Network

RANDOM = st.randoms(use_true_random=False)
WIDE = Context(prec=200)


def suitable_network(drawn: Drawn, random: Random) -> Network:
    """What the reader makes of a network without a pole or a kink near by."""
    with suitable():
        for sample in range(1, len(drawn.cases) + 1):
            in_digits(drawn, sample)
    return network_of(drawn, random)


@SOME
@given(networks(rational=True), RANDOM)
def test_intervals_contain_the_exact_values(drawn: Drawn, random: Random) -> None:
    """Every exact value lies in the interval of its quantity, and that interval is narrow."""
    spec = suitable_network(drawn, random)
    exact = traced_if_finite(spec, "exact")
    for entry in traced_if_finite(spec, "interval:20"):
        low, high = ends(entry.value)
        assert low <= exact[entry.name].value <= high, entry.name
        assert high - low <= Fraction(1, 10**6) * (1 + abs(low)), entry.name


@SOME
@given(networks(), RANDOM)
def test_intervals_contain_longer_calculations(drawn: Drawn, random: Random) -> None:
    """The values with 80 digits lie in the intervals with 20, also of irrational functions."""
    spec = suitable_network(drawn, random)
    longer = traced_if_finite(spec, "decimal:80")
    for entry in traced_if_finite(spec, "interval:20"):
        low, high = ends(entry.value)
        slack = Fraction(1, 10**60)
        assert low - slack <= Fraction(longer[entry.name].value) <= high + slack, entry.name


def ends(value: Interval) -> tuple[Fraction, Fraction]:
    """An interval's ends as fractions."""
    return Fraction(value.lo), Fraction(value.hi)


@SOME
@given(networks(rational=True), RANDOM)
def test_decimals_are_the_exact_values(drawn: Drawn, random: Random) -> None:
    """Decimals carried to 60 digits are the fractions to 40, relative to the largest value."""
    spec = suitable_network(drawn, random)
    exact = traced_if_finite(spec, "exact")
    size = 1 + max(abs(entry.value) for entry in exact)
    for entry in traced_if_finite(spec, "decimal:60"):
        distance = abs(Fraction(entry.value) - exact[entry.name].value)
        assert distance <= size * Fraction(1, 10**40), entry.name


@SOME
@given(networks(), RANDOM)
def test_floats_are_the_decimals(drawn: Drawn, random: Random) -> None:
    """Floats are the decimals to nine digits, relative to the largest value."""
    spec = suitable_network(drawn, random)
    decimals = traced_if_finite(spec, "decimal:50")
    size = 1 + max(abs(float(entry.value)) for entry in decimals)
    for entry in traced_if_finite(spec, "float"):
        assert abs(entry.value - float(decimals[entry.name].value)) <= 1e-9 * size, entry.name


@SOME
@given(networks(), RANDOM)
def test_default_digits_are_right(drawn: Drawn, random: Random) -> None:
    """The default carries as many digits as it takes: 49 of every value are right."""
    spec = suitable_network(drawn, random)
    found, longer = soon_settled(spec), traced_if_finite(spec, "decimal:300")
    for entry in found:
        exact = Fraction(longer[entry.name].value)
        distance = abs(Fraction(entry.value) - exact)
        is_dust = not entry.value and abs(exact) < Fraction(1, 10**200)
        assert distance <= abs(exact) / 10**49 or is_dust, entry.name


@SOME
@given(networks(), RANDOM, st.sampled_from((3, 4, 7)), st.booleans())
def test_by_hand_no_step_carries_more_digits(
    drawn: Drawn, random: Random, digits: int, significant: bool
) -> None:
    """By hand, the value of no step has more decimals, or significant digits, than asked for."""
    spec = suitable_network(drawn, random)
    found = traced_if_finite(spec, f"by-hand:{digits}{'sig' if significant else ''}")
    for step in found.steps:
        _, coefficient, exponent = step.value.as_tuple()
        if significant:
            assert len(coefficient) <= digits, step.name
        else:
            assert exponent == -digits, step.name
