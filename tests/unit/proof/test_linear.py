"""All slopes of a formula from one evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.formulas import formulas
from tests.unit.making import program
from tests.unit.proof.judging import judged
from tracer.derive.trace import trace
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Expression
from tracer.maths.parse import parse
from tracer.proof.bench import witnesses
from tracer.proof.dual import slope, slopes
from tracer.proof.expressions import rederive
from tracer.proof.linear import Form, factors
from tracer.proof.reals import ZERO, Real, are_alike
from tracer.proof.verdicts import Verdict
from tracer.proof.witness import Silent
from tracer.rules.quantity import LOCAL, Quantity

NUMBERS = st.fractions(min_value=-3, max_value=3, max_denominator=20)
THREE = Real(Fraction(3))


def test_a_form_is_added_up_at_the_end() -> None:
    """Every way from the whole to an unknown counts."""
    x: Any = Form(unknown="x")
    y: Any = Form(unknown="y")
    both = x * THREE - y
    whole = both + both / THREE - (-x)
    found = factors(whole)
    assert found["x"].exact == 5
    assert found["y"].exact == Fraction(-4, 3)


def test_zero_is_no_form() -> None:
    """0 times a form is 0; 0 more or less is the same form."""
    x: Any = Form(unknown="x")
    zero: Any = ZERO
    assert x * zero is zero
    assert all(same is x for same in (x + zero, x - zero, zero + x))
    assert factors(zero - x)["x"].exact == -1
    assert factors(zero) == {}


def test_long_sums_need_no_recursion() -> None:
    """A form over ten thousand others is added up like a short one."""
    total: Form = Form(unknown=0)
    for k in range(1, 10_000):
        total = total + Form(unknown=k)
    assert len(factors(total)) == 10_000


@given(formulas(["x", "z"]), NUMBERS, NUMBERS)
def test_all_slopes_are_each_slope(text: str, x: Fraction, z: Fraction) -> None:
    """The slopes that are found together are those that are found one by one."""
    formula, at = parse(text), {"x": Real(x), "z": Real(z)}
    try:
        together = slopes(formula, at)
    except (CalculationError, ZeroDivisionError):
        assume(False)
    for name, found in together.items():
        assert are_alike(found, slope(formula, name, at))


def test_a_slope_that_does_not_exist_does_not_hide_the_others() -> None:
    """(-2)**n has a slope by its base, and none by its exponent."""
    judge = witnesses(program("y = x**n", x="-2", n="3"))[-1]
    by_base = judge.value(Quantity(LOCAL, "y", "x"))
    assert isinstance(by_base, Real)
    assert by_base.exact == 12
    assert isinstance(judge.value(Quantity(LOCAL, "y", "n")), Silent)


def test_an_operation_is_differentiated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sum of many terms costs one evaluation, however many claims there are about it."""
    times: list[int] = []

    def counting(formula: Expression, at: Mapping[Any, Real]) -> dict[Any, Real]:
        times.append(len(at))
        return slopes(formula, at)

    monkeypatch.setattr(rederive, "slopes", counting)
    spec = program(f"y = {' + '.join(['x'] * 300)}", x="2")
    found = judged(trace(spec, arithmetic("exact")))
    assert len(found) > 300
    assert {words(verdict)["re-derivation"] for verdict in found} == {"agrees"}
    assert times == [300]


def words(verdict: Verdict) -> dict[str, str]:
    """Each witness's word."""
    return {finding.witness: finding.outcome.value for finding in verdict.findings}
