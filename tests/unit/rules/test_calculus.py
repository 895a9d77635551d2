"""Derivatives of our own trees: which form they get, and that it is the right one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import compiled
from tracer.maths.expression import Add, Cases, Compare, Expression, Mul, Number, Symbol, number
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.rules.calculus import ONE, ZERO, depends, derivative, partial, product, total

X = Symbol("x")


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        ("3", "0"),
        ("x", "1"),
        ("y", "0"),
        ("-x", "-1"),
        ("x + y", "1"),
        ("x + x", "1 + 1"),
        ("3*x + 1", "3"),
        ("x*y", "y"),
        ("x*x", "x + x"),
        ("2*x*y", "2*y"),
        ("x/3", "1/3"),
        ("3/x", "-3/x**2"),
        ("y/3", "0"),
        ("x**2", "2*x"),
        ("x**3", "3*x**2"),
        ("x**1", "1"),
        ("x**0", "0"),
        ("x**-1", "(-1)*x**(-2)"),
        ("x**(1/2)", "1/2*x**(-1/2)"),
        ("x**2.50", "2.50*x**(3/2)"),
        ("x**-(y)", "(-y)*x**(-y - 1)"),
        ("2**x", "2**x*ln(2)"),
        ("x**y", "y*x**(y - 1)"),
        ("(3*x + 1)**2", "2*(3*x + 1)*3"),
        ("exp(-x)", "exp(-x)*(-1)"),
        ("exp(2*x)", "exp(2*x)*2"),
        ("sin(x)*x", "x*cos(x) + sin(x)"),
        ("abs(x)", "where(x > 0, 1, x < 0, -1, 0)"),
        ("max(0, x)", "where(0 >= x, 0, 1)"),
        ("min(x, y)", "where(x <= y, 1, 0)"),
        ("max(x, y, 3)", "where(x >= max(y, 3), 1, 0)"),
        ("max(x, x)", "1"),
        ("max(y, 3)", "0"),
        ("where(x > 0, x**2, -x)", "where(x > 0, 2*x, -1)"),
        ("where(x > 0, x, x)", "1"),
        ("where(x > 0, 1, 2)", "0"),
    ],
)
def test_the_form_of_a_derivative(formula: str, slope: str) -> None:
    """A derivative is what a person writes down: no terms that are 0, no factors that are 1."""
    assert plain(derivative(parse(formula), "x")) == slope


FORMULAS = [
    "3*x**2 - x/4 + 7",
    "-(x*y)",
    "x*y*x",
    "y/(1 + x**2)",
    "(x + y)/(x - y)",
    "x**y",
    "exp(-x**2)*y",
    "ln(x**2 + 1)",
    "sqrt(x)*sin(y*x)",
    "cos(x)/tan(x)",
    "tanh(x)*sigmoid(y*x)",
    "sinh(x) - cosh(x)*atan(x)",
    "log10(x)",
    "softplus(x)*relu(x) + relu(-x)",
    "max(x**2, y*x, 1)",
    "min(x, -x)",
    "where(x > 1, x**3, x < 0, -x, y*x)",
    "abs(x - y)**3",
    "step(x)*x + sign(-x)*x**2",
]
DIGITS = arithmetic("decimal:90")
SMALL = Decimal("1e-25")


def at(formula: Expression, x: Decimal, y: Decimal = Decimal(1)) -> Decimal:
    """The value of a formula in x and y."""
    with DIGITS.scope():
        value: Decimal = compiled(formula, ("x", "y"), DIGITS)(x, y)
        return value


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("place", [("1.25", "0.75"), ("0.375", "2.5")])
def test_derivatives_agree_with_differences(text: str, place: tuple[str, str]) -> None:
    """At points away from kinks a derivative is the limit of differences, to 45 digits."""
    x, y = map(Decimal, place)
    formula = parse(text)
    slope = at(derivative(formula, "x"), x, y)
    with DIGITS.scope():
        difference = at(formula, x + SMALL, y) - at(formula, x - SMALL, y)
        assert abs(difference / (2 * SMALL) - slope) < Decimal("1e-45") * (1 + abs(slope))


@pytest.mark.parametrize(
    ("formula", "slope"),
    [
        ("abs(x)", 0),
        ("relu(x)", 0),
        ("max(x, 2*x)", 1),
        ("max(2*x, x)", 2),
        ("min(x, 2*x)", 1),
        ("max(x, 2*x, 3*x)", 1),
    ],
)
def test_kinks_follow_the_convention(formula: str, slope: int) -> None:
    """At a kink the row's convention counts, and in a tie the first argument."""
    assert at(derivative(parse(formula), "x"), Decimal(0)) == slope


def test_a_symbol_is_found_anywhere() -> None:
    """A formula depends on a symbol in an argument, an exponent or a condition."""
    for text in ("exp(1 + x)", "2**x", "where(x > 0, 1, 2)", "-(3/x)"):
        assert depends(parse(text), "x")
    assert not depends(parse("exp(1 + y)"), "x")


def test_partials_are_of_one_operation() -> None:
    """A partial derivative takes the operands as they stand, without looking into them."""
    inner = parse("sin(x)")
    assert partial(Add((inner, X)), 0) == ONE
    assert plain(partial(Mul((inner, X, Symbol("y"))), 1)) == "sin(x)*y"
    assert plain(partial(parse("sin(x)/x"), 0)) == "1/x"
    assert plain(partial(parse("sin(x)**2"), 0)) == "2*sin(x)"
    assert plain(partial(parse("exp(sin(x))"), 0)) == "exp(sin(x))"


@pytest.mark.parametrize("leaf", [X, number(3), Cases(((Compare(X, ">", ONE), X),), ONE)])
def test_only_operations_have_partials(leaf: Expression) -> None:
    """A leaf or a piecewise formula is no single operation, and is refused by its name."""
    with pytest.raises(TypeError, match=f"no rule for {type(leaf).__name__}"):
        partial(leaf, 0)


def test_products_are_tidied() -> None:
    """A product drops ones, is 0 with a 0 in it, and writes products out among its factors."""
    y = Symbol("y")
    assert product() == ONE
    assert product(ONE, ONE) == ONE
    assert product(X, ONE) == X
    assert product(X, ZERO, y) == ZERO
    assert product(Mul((X, y)), X) == Mul((X, y, X))


def test_sums_are_tidied() -> None:
    """A sum drops zeros."""
    assert total([]) == ZERO
    assert total([ZERO, X]) == X
    assert total([X, ZERO, X]) == Add((X, X))
    assert isinstance(total([ZERO]), Number)
