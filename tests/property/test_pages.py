"""Printed mathematics is parsed back: every line of random pages says what is so.

A page is read from top to bottom like a sceptical reader does. Each formula's symbols have to
stand above it; the numbers put in have to be those that stand there; and a relation sign has to
hold between the lines that it joins: ``=`` exactly, ``≈`` up to the digits that were left out.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.amount import FEW
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks
from tests.support.programs import Program, by_differences, programs
from tests.support.rounding import MODES
from tests.support.sceptic import ByHandSceptic, Sceptic
from tests.support.tracing import network_of, soon_settled, traced_if_finite
from tests.support.witness import in_digits
from tracer.derive.settle import settled
from tracer.notation.numbers import NumberFormat
from tracer.spec import ExpressionProgram, Network, read_text

RANDOM = st.randoms(use_true_random=False)
WIDTHS = st.integers(40, 140)


def suitable_network(drawn: Drawn, random: Random) -> Network:
    """What the reader makes of a network without a pole or a kink near by."""
    with suitable():
        for sample in range(1, len(drawn.cases) + 1):
            in_digits(drawn, sample)
    return network_of(drawn, random)


DIGITS = st.builds(NumberFormat, st.none() | st.integers(2, 12), st.integers(3, 12))


@FEW
@given(networks(rational=True, most_steps=2, evaluated=True), RANDOM, DIGITS, WIDTHS, st.booleans())
def test_page_in_fractions_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, long: bool
) -> None:
    """A page in exact fractions says in every line what is so."""
    found = traced_if_finite(suitable_network(drawn, random), "exact")
    Sceptic(found, asked, width, long).reads()


@FEW
@given(networks(most_steps=2, evaluated=True), RANDOM, DIGITS, WIDTHS, st.booleans())
def test_page_in_decimals_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, long: bool
) -> None:
    """A page in the default arithmetic says in every line what is so."""
    spec = suitable_network(drawn, random)
    traced_if_finite(spec, "decimal:50")
    Sceptic(soon_settled(spec), asked, width, long).reads()


@pytest.mark.parametrize("numbers", ["float", "decimal:20"])
@FEW
@given(drawn=networks(most_steps=2), random=RANDOM, asked=DIGITS, width=WIDTHS)
def test_page_in_rounded_arithmetic_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, numbers: str
) -> None:
    """A page in floats, or in decimals of 20 digits, says in every line what is so."""
    found = traced_if_finite(suitable_network(drawn, random), numbers)
    Sceptic(found, asked, width).reads()


@FEW
@given(
    networks(most_steps=2),
    RANDOM,
    st.integers(2, 8),
    st.booleans(),
    st.sampled_from(MODES),
    st.booleans(),
)
def test_page_by_hand_holds(
    drawn: Drawn, random: Random, digits: int, significant: bool, mode: str, long: bool
) -> None:
    """By hand, what stands right of a sign is exactly what stands left of it, rounded."""
    numbers = f"by-hand:{digits}{'sig' if significant else ''}:{mode}"
    found = traced_if_finite(suitable_network(drawn, random), numbers)
    ByHandSceptic(found, digits, significant, mode, long).reads()


def suitable_program(program: Program) -> ExpressionProgram:
    """What the reader makes of a program without a pole or a kink near by."""
    with suitable():
        by_differences(program)
    spec = read_text(program.text())
    assert isinstance(spec, ExpressionProgram)
    return spec


@FEW
@given(programs(), DIGITS, WIDTHS)
def test_page_of_a_program_holds(program: Program, asked: NumberFormat, width: int) -> None:
    """An expression program's page in the default arithmetic says in every line what is so."""
    Sceptic(settled(suitable_program(program)), asked, width).reads()


@FEW
@given(programs(rational=True), DIGITS, WIDTHS)
def test_page_of_a_program_in_fractions_holds(
    program: Program, asked: NumberFormat, width: int
) -> None:
    """An expression program's page in exact fractions says in every line what is so."""
    Sceptic(traced_if_finite(suitable_program(program), "exact"), asked, width).reads()


@FEW
@given(programs(), st.integers(3, 8), st.booleans(), st.sampled_from(MODES))
def test_page_of_a_program_by_hand_holds(
    program: Program, digits: int, significant: bool, mode: str
) -> None:
    """By hand, an expression program's lines are exactly the lines above them, rounded."""
    numbers = f"by-hand:{digits}{'sig' if significant else ''}:{mode}"
    found = traced_if_finite(suitable_program(program), numbers)
    ByHandSceptic(found, digits, significant, mode, long=False).reads()
