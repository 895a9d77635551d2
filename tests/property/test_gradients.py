"""Every derivative of random networks against three witnesses that share nothing with the program.

What the witnesses derive is the drawn network; the program gets the same network as YAML, in
whichever of the format's forms a random choice falls on.
"""

from __future__ import annotations

from random import Random

import mpmath
from hypothesis import given
from hypothesis import strategies as st

from tests.support.mathematics import DIGITS, suitable
from tests.support.networks import Drawn, networks
from tests.support.tracing import derivative_name, error_name, mark, traced
from tests.support.witness import by_autograd, by_differences, by_duals, in_digits

RANDOM = st.randoms(use_true_random=False)


@given(networks(), RANDOM)
def test_derivatives_are_those_of_autograd(drawn: Drawn, random: Random) -> None:
    """In floats, every dE/dw, dE/db, dE/dx, dE/dout and dE/dnet is that of autograd."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: by_autograd(drawn, sample) for sample in batch}
    found = traced(drawn, random, "float")
    for sample, slopes in witness.items():
        scale = 1 + max(map(abs, slopes.values()))
        for by, slope in slopes.items():
            name = derivative_name(drawn, by, sample)
            assert abs(found[name].value - slope) <= 1e-9 * scale, name


@given(networks(), RANDOM)
def test_derivatives_are_those_of_differences(drawn: Drawn, random: Random) -> None:
    """With 50 digits, every derivative is the limit of differences, to 25 digits."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: by_differences(drawn, sample) for sample in batch}
    found = traced(drawn, random, "decimal:50")
    for sample, slopes in witness.items():
        scale = 1 + max(map(abs, slopes.values()))
        for by, slope in slopes.items():
            name = derivative_name(drawn, by, sample)
            with mpmath.workdps(DIGITS):
                assert abs(mpmath.mpf(str(found[name].value)) - slope) <= 1e-25 * scale, name


@given(networks(), RANDOM)
def test_values_are_those_of_the_formulas(drawn: Drawn, random: Random) -> None:
    """With 50 digits, every net, out and error is what the network's formulas give with 60."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: in_digits(drawn, sample) for sample in batch}
    found = traced(drawn, random, "decimal:50")
    for sample, values in witness.items():
        scale = 1 + max(map(abs, values.values()))
        for key, value in values.items():
            name = error_name(drawn, sample) if key == "E" else key + mark(drawn, sample)
            with mpmath.workdps(DIGITS):
                assert abs(mpmath.mpf(str(found[name].value)) - value) <= 1e-40 * scale, name


@given(networks(rational=True), RANDOM)
def test_derivatives_are_exact_where_everything_is_rational(drawn: Drawn, random: Random) -> None:
    """In fractions, every value and every derivative is equal to that of dual numbers."""
    batch = drawn.batches()[0]
    with suitable():
        witness = {sample: by_duals(drawn, sample) for sample in batch}
    found = traced(drawn, random, "exact")
    for sample, (values, slopes) in witness.items():
        for key, value in values.items():
            name = error_name(drawn, sample) if key == "E" else key + mark(drawn, sample)
            assert found[name].value == value, name
        for by, slope in slopes.items():
            name = derivative_name(drawn, by, sample)
            assert found[name].value == slope, name
