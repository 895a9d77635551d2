"""Every arithmetic against exact fractions, on random expressions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.maths.strategies import (
    attempt,
    powers,
    rational_trees,
    rational_trees_with_cases,
    several,
    small_numbers,
    value,
)
from tracer.errors import CalculationError, FormulaError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.arithmetic.interval import Interval
from tracer.maths.compiled import FAILURES
from tracer.maths.expression import Add, Expression, Mul, Neg, Number, Pow, number, rebuild
from tracer.maths.rational import rational


def exact(tree: Expression) -> Fraction:
    """The tree's exact value; trees without one, or with a huge one, are not tested."""
    try:
        result = value(tree, "exact")
    except FAILURES:
        assume(False)
    assert isinstance(result, Fraction)
    assume(result.numerator.bit_length() < 400 and result.denominator.bit_length() < 400)
    return result


@given(rational_trees)
def test_decimals_agree_with_fractions(tree: Expression) -> None:
    """Hundreds of digits give the exact value to fifty, whatever cancels."""
    true = exact(tree)
    found = arithmetic("decimal:400").fraction(value(tree, "decimal:400"))
    assert found is not None
    assert abs(found - true) <= abs(true) / 10**50 + Fraction(1, 10**100)


@given(rational_trees_with_cases, st.sampled_from([6, 20, 50]))
def test_intervals_contain_the_exact_value(tree: Expression, digits: int) -> None:
    """The exact value lies between the ends, also where a condition is undecided."""
    true = exact(tree)
    try:
        found = value(tree, f"interval:{digits}")
    except CalculationError:
        assume(False)
    assert isinstance(found, Interval)
    assert Fraction(found.lo) <= true <= Fraction(found.hi)


def _polynomial(operands: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Neg, operands),
        st.builds(Add, several(operands)),
        st.builds(Mul, several(operands)),
        st.builds(Pow, operands, powers),
    )


def _without_signs(tree: Expression) -> Expression:
    """The sum of the sizes of all terms: what rounding errors are relative to."""
    if isinstance(tree, Neg):
        return _without_signs(tree.operand)
    if isinstance(tree, Number):
        return number(abs(tree.value))
    return rebuild(tree, _without_signs)


@given(st.recursive(small_numbers, _polynomial, max_leaves=10))
def test_floats_agree_with_fractions(tree: Expression) -> None:
    """Floats give polynomials to 13 digits of their largest terms."""
    true, size = exact(tree), exact(_without_signs(tree))
    found = arithmetic("float").fraction(value(tree, "float"))
    assert found is not None
    assert abs(found - true) <= size / 10**13


@given(rational_trees)
def test_reading_a_value_agrees_with_exact_arithmetic(tree: Expression) -> None:
    """Constant arithmetic in a spec gives what exact arithmetic gives."""
    true = exact(tree)
    found = attempt(lambda: rational(tree), FormulaError)
    if isinstance(found, FormulaError):
        assert "is a function" in str(found) or "bits" in str(found)
    else:
        assert found == true


@pytest.mark.parametrize("how", ["exact", "decimal", "by-hand:4", "by-hand:3sig:cut", "interval"])
def test_a_step_at_its_threshold_is_decided_rightly(how: str) -> None:
    """0.3 - 0.1 reaches 0.2 in decimals, where floats say that it does not."""
    formula = "where(0.3 - 0.1 >= 0.2, 1, 0)"
    assert arithmetic(how).fraction(value(formula, how)) == 1
    assert value(formula, "float") == 0.0
