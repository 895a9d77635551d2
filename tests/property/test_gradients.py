"""Every derivative of random networks against three witnesses that share nothing with the program.

What the witnesses derive is the drawn network; the program gets the same network as YAML, in
whichever of the format's forms a random choice falls on.
"""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.support.agreement import (
    agrees_in_floats,
    agrees_with_differences,
    agrees_with_duals,
    are_close,
    of_each_sample,
    value_name,
)
from tests.support.networks import Drawn, networks
from tests.support.tracing import traced
from tests.support.witness import in_digits

RANDOM = st.randoms(use_true_random=False)


@given(networks(), RANDOM)
def test_derivatives_are_those_of_autograd(drawn: Drawn, random: Random) -> None:
    """In floats, every dE/dw, dE/db, dE/dx, dE/dout and dE/dnet is that of autograd."""
    agrees_in_floats(drawn, random)


@given(networks(), RANDOM)
def test_derivatives_are_those_of_differences(drawn: Drawn, random: Random) -> None:
    """With 50 digits, every derivative is the limit of differences, to 25 digits."""
    agrees_with_differences(drawn, random)


@given(networks(), RANDOM)
def test_values_are_those_of_the_formulas(drawn: Drawn, random: Random) -> None:
    """With 50 digits, every net, out and error is what the network's formulas give with 60."""
    witness = of_each_sample(drawn, in_digits)
    found = traced(drawn, random, "decimal:50")
    for sample, values in witness.items():
        named = {value_name(drawn, key, sample): value for key, value in values.items()}
        are_close(named, found, 1e-40, values)


@given(networks(rational=True), RANDOM)
def test_derivatives_are_exact_where_everything_is_rational(drawn: Drawn, random: Random) -> None:
    """In fractions, every value and every derivative is equal to that of dual numbers."""
    agrees_with_duals(drawn, random)
