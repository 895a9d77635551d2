"""Dual numbers: their slopes against differences, and the branches that they take at kinks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.formulas import formulas
from tracer.errors import CalculationError
from tracer.maths.parse import parse
from tracer.proof.dual import Dual, dual, slope
from tracer.proof.moves import MOVES, central_difference
from tracer.proof.numeric import Numeric, number
from tracer.proof.precision import MP
from tracer.proof.reals import ONE, Real
from tracer.proof.trees import walked
from tracer.proof.witness import SilentError

NUMBERS = st.fractions(min_value=-4, max_value=4, max_denominator=50)


def of_x(text: str, x: Fraction) -> Fraction | None:
    """The slope of a formula in x, where it is a fraction."""
    return slope(parse(text), "x", {"x": Real(x)}).exact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x*x + 3*x - 1", 7),
        ("1/x", Fraction(-1, 4)),
        ("x**3/2", 6),
        ("-(x - 5)**2", 6),
        ("x**0", 0),
        ("(x - 2)**1", 1),
        ("max(x, 1)", 1),
        ("min(x, 1)", 0),
        ("max(0, 3, x)", 0),
        ("abs(1 - x)", 1),
        ("where(x > 3, x, x == 2, 5*x, 7)", 5),
        ("step(x) + sign(x)", 0),
        ("relu(x)*relu(-x)", 0),
    ],
)
def test_slopes_are_exact(text: str, expected: Fraction) -> None:
    """At x = 2, each rational formula has its exact slope."""
    assert of_x(text, Fraction(2)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max(0, x)", 0),
        ("max(x, 0)", 1),
        ("min(x, -x)", 1),
        ("abs(x)", 0),
        ("abs(x, 1)", 1),
        ("relu(x)", 0),
        ("relu(x, 1/2)", Fraction(1, 2)),
        ("where(x >= 0, 2*x, 3*x)", 2),
        ("where(x > 0, 2*x, 3*x)", 3),
    ],
)
def test_slope_at_a_kink_is_the_one_agreed_on(text: str, expected: Fraction) -> None:
    """Where arguments tie the first one counts, and elsewhere what the function says."""
    assert of_x(text, Fraction(0)) == expected


def test_value_at_a_jump_is_the_one_agreed_on() -> None:
    """A second argument says what step and sign are at 0."""
    at_zero = {"x": Real(Fraction(0))}
    values = [number(parse(t), at_zero).exact for t in ("step(x)", "step(x, 0)", "sign(x, 1/2)")]
    assert values == [1, 0, Fraction(1, 2)]


def test_duals_carry_value_and_slope() -> None:
    """A formula over dual numbers has the value of the formula, and the chain rule's slope."""
    found = dual(parse("u*v"), {"u": Dual(Real(Fraction(3)), ONE), "v": Dual(Real(Fraction(4)))})
    assert found.value.exact == 12
    assert found.slope.exact == 4


@given(formulas(["x"]), NUMBERS)
def test_slopes_are_limits_of_differences(text: str, x: Fraction) -> None:
    """The slope of any formula is the limit of its difference quotient, as far as that is known."""
    formula = parse(text)

    def at(value: Real) -> tuple[Real, list[int]]:
        algebra = Numeric()
        return walked(formula, {"x": value}, algebra), algebra.decisions

    try:
        here, _ = at(Real(x))
        runs = [at(Real(x) + move) for move in MOVES]
        assume(all(decisions == runs[0][1] for _, decisions in runs))
        difference = central_difference(here, [value for value, _ in runs])
        found = slope(formula, "x", {"x": Real(x)})
    except (CalculationError, SilentError, ZeroDivisionError):
        assume(False)
    gap = found - difference
    assert abs(gap.rounded) <= gap.error or gap.exact == 0
    known = max(abs(found.rounded), abs(here.rounded), MP.mpf(1)) * MP.mpf(10) ** -28
    assume(found.error < known)
    assert difference.error < known
