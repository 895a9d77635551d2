"""Derivatives rule by rule: which rule is used where, what it makes, and what is refused."""

from __future__ import annotations

import pytest

from tracer.errors import FormulaError, LimitError
from tracer.maths.expression import Call, Symbol
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.rules.limit import by_limit
from tracer.rules.slides import RULES
from tracer.rules.worked import TIDIED, worked

CASES = {
    "a": ("constant", "0"),
    "x": ("the variable itself", "1"),
    "-x": ("minus", "-1"),
    "x + a": ("sum", "1"),
    "a*x": ("straight line", "a"),
    "3*x**4": ("power with a factor", "12*x**3"),
    "3*sin(x)": ("constant factor", "3*cos(x)"),
    "x**5": ("power", "5*x**4"),
    "sin(x)**2": ("chain rule", "2*sin(x)*cos(x)"),
    "2**(3*x)": ("exponential", "3*2**(3*x)*ln(2)"),
    "x**x": ("power of powers", "x**x*(ln(x) + x/x)"),
    "x*exp(x)": ("product", "exp(x) + x*exp(x)"),
    "sin(x)/2": ("constant divisor", "cos(x)/2"),
    "1/sin(x)": ("reciprocal", "-cos(x)/sin(x)**2"),
    "x/sin(x)": ("quotient", "(sin(x) - x*cos(x))/sin(x)**2"),
    "where(x > 0, x, 0)": ("pieces", "where(x > 0, 1, 0)"),
    "max(x, 1)": ("largest or smallest", "where(x >= 1, 1, 0)"),
    "tanh(x)": ("function", "1 - tanh(x)**2"),
    "sqrt(3*x)": ("chain rule", "3/(2*sqrt(3*x))"),
}
"""A formula; the first rule that is applied; the derivative."""


@pytest.mark.parametrize(("formula", "first", "result"), [(f, *c) for f, c in CASES.items()])
def test_each_rule(formula: str, first: str, result: str) -> None:
    """The first rule is the one of its name, and what comes out is the derivative."""
    steps = list(worked(parse(formula), "x", "d/dx"))
    assert steps[0].name == first
    assert plain(steps[-1].after) == result


def test_every_rule_has_its_case() -> None:
    """No row of the table is never used."""
    assert {row.name for row in RULES} == {first for first, _ in CASES.values()}


def test_the_slide_of_deck_000() -> None:
    """(3x^3 + 2x)^4 becomes 4(3x^3 + 2x)^3(9x^2 + 2) by the slides' rules, in their order."""
    steps = list(worked(parse("(3*x**3 + 2*x)**4"), "x", "d/dx"))
    assert [step.name for step in steps] == [
        *("chain rule", "sum", "power with a factor", "straight line", TIDIED[0])
    ]
    assert plain(steps[-1].after) == "4*(3*x**3 + 2*x)**3*(9*x**2 + 2)"


def test_one_call_is_replaced_at_a_time() -> None:
    """Equal parts are derived one after the other, so that each step is one use of one rule."""
    steps = list(worked(parse("sin(x) + sin(x)"), "x", "d/dx"))
    assert plain(steps[1].after) == "cos(x) + d/dx(sin(x))"


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("max(0, x)", "where(0 >= x, 0, 1)"),
        ("min(0, x)", "where(0 <= x, 0, 1)"),
        ("min(x, a, x**2)", "where(x <= min(a, x**2), 1, where(a <= x**2, 0, 2*x))"),
        ("max(3*x, 1)**2", "2*max(3*x, 1)*where(3*x >= 1, 3, 0)"),
        ("abs(x)", "where(x > 0, 1, x < 0, -1, 0)"),
    ],
)
def test_pieces(formula: str, result: str) -> None:
    """The largest, the smallest and the size are derived piece by piece; of equals the first."""
    assert plain(list(worked(parse(formula), "x", "d/dx"))[-1].after) == result


def test_what_has_no_rule_is_refused() -> None:
    """A tree that no formula can be has no rule, and the error says so."""
    with pytest.raises(FormulaError, match=r"no rule for max\(x\): write it with where"):
        list(worked(Call("max", (Symbol("x"),)), "x", "d/dx"))


def test_what_takes_too_long_is_refused() -> None:
    """Hundreds of steps are not told."""
    with pytest.raises(LimitError, match=r"more than 200 steps|too large"):
        list(worked(parse(" + ".join(f"sin({k}*x)*x" for k in range(90))), "x", "d/dx"))


def test_the_limit() -> None:
    """f(x + h), expanded, subtracted, divided by h, h to 0."""
    steps = list(by_limit(parse("x**2"), "x"))
    assert [step.name for step in steps] == [
        *("definition", "expanded", "subtracted", "divided by h", "h goes to 0")
    ]
    assert [plain(step.after) for step in steps] == [
        "lim h→0 (((x + h)**2 - x**2)/h)",
        "lim h→0 (((x**2 + 2*x*h + h**2) - x**2)/h)",
        "lim h→0 ((2*x*h + h**2)/h)",
        "lim h→0 (2*x + h)",
        "2*x",
    ]


def test_a_constant_has_the_limit_0() -> None:
    """What does not change has a difference of 0 at every step."""
    assert plain(list(by_limit(parse("a + 2"), "x"))[-1].after) == "0"
    steps = list(by_limit(parse("7"), "x"))
    assert [plain(step.after) for step in steps] == [
        *["lim h→0 ((7 - 7)/h)"] * 2,
        "lim h→0 (0/h)",
        "lim h→0 (0)",
        "0",
    ]
    assert "h stands in every term" not in {step.says for step in steps}


def test_the_limit_by_its_own_step() -> None:
    """Nothing is derived by h, which is what the limit calls its step."""
    with pytest.raises(FormulaError, match="derive by another letter"):
        list(by_limit(parse("7"), "h"))


@pytest.mark.parametrize(
    ("formula", "error", "says"),
    [
        ("sin(x)", FormulaError, r"sin\(x\) is no polynomial"),
        ("1/x", FormulaError, "is no polynomial"),
        ("x**0.5", FormulaError, "is no polynomial"),
        ("h*x", FormulaError, "the formula has an h of its own"),
        ("x**61", LimitError, "powers up to 60"),
        ("(x + y + z + 1)**20", LimitError, "more than 400 terms"),
    ],
)
def test_limits_that_are_not_worked(formula: str, error: type[Exception], says: str) -> None:
    """What is no polynomial, or a far too long one, is refused with the reason."""
    with pytest.raises(error, match=says):
        list(by_limit(parse(formula), "x"))
