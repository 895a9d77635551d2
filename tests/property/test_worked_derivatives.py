"""Random formulas derived rule by rule, tidied, and from the definition: the same in numbers."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.mathematics import suitable
from tests.support.programs import Program, by_duals, programs
from tracer.errors import FormulaError, LimitError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import (
    Add,
    Expression,
    Mul,
    Neg,
    Number,
    Symbol,
    number,
    substitute,
    symbols,
    walk,
)
from tracer.maths.parse import parse
from tracer.maths.tidy import tidy
from tracer.proof.same import Sameness, is_derivative
from tracer.rules.limit import by_limit
from tracer.rules.worked import worked

EXACT = arithmetic("exact")


def value(formula: Expression, at: dict[str, str]) -> Any:
    """A formula's value in fractions; None where it has none."""
    names = tuple(map(str, symbols(formula)))
    numbers = [Fraction(at[name]) for name in names]
    try:
        with EXACT.scope():
            found = compiled(formula, names, EXACT)
            literals = [EXACT.literal(Number(number, str(number))) for number in numbers]
            return EXACT.finish(found(*literals))
    except FAILURES:
        return None


def formula_of(program: Program) -> Expression:
    """The last line of a program over its variables, with the lines before it put in."""
    known: dict[Hashable, Expression] = {}
    last: Expression = parse("0")
    for name, sign, text in program.lines:
        before = known.get(name, Symbol(name))
        found = substitute(parse(text), known)
        last = known[name] = {
            "=": found,
            "+=": Add((before, found)),
            "-=": Add((before, Neg(found))),
            "*=": Mul((before, found)),
        }[sign]
    assume(sum(1 for _ in walk(last)) < 200)
    return last


@given(programs(rational=True, forward=False))
def test_rules_give_the_derivative(program: Program) -> None:
    """In fractions, what the rules make and tidy is what dual numbers have, wherever both exist."""
    formula = formula_of(program)
    with suitable():
        _, slopes = by_duals(program)
    for name, slope in slopes.items():
        try:
            *_, last = worked(formula, name, "d")
        except (FormulaError, LimitError):
            continue
        found = value(last.after, dict(program.at))
        assert found is None or found == slope


@given(programs(rational=True, forward=False))
def test_tidying_changes_no_value(program: Program) -> None:
    """A tidied formula has the same value, and is not longer once it is tidied again."""
    formula = formula_of(program)
    short = tidy(formula)
    before, after = value(formula, dict(program.at)), value(short, dict(program.at))
    assert before is None or before == after
    assert tidy(short) == short


@given(st.lists(st.fractions(min_value=-9, max_value=9, max_denominator=7), min_size=1, max_size=6))
def test_the_limit_of_a_polynomial(coefficients: list[Fraction]) -> None:
    """The limit has k times the coefficient of the power k, one power lower."""
    text = " + ".join(f"({number})*x**{k}" for k, number in enumerate(coefficients))
    *_, last = by_limit(parse(text), "x")
    at = Fraction(3, 7)
    expected = sum(k * number * at ** (k - 1) for k, number in enumerate(coefficients) if k)
    assert value(last.after, {"x": str(at)}) == expected


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=5))
def test_a_wrong_derivative_is_refuted(coefficients: list[int]) -> None:
    """The witnesses agree with the right derivative, and with none that is off by one."""
    formula = parse(" + ".join(f"({number})*x**{k}" for k, number in enumerate(coefficients)))
    *_, last = worked(formula, "x", "d")
    assert is_derivative(last.after, formula, "x")[0] is Sameness.PROVED
    wrong = Add((last.after, number(1)))
    assert is_derivative(wrong, formula, "x")[0] is Sameness.REFUTED
