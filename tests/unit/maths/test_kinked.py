"""What holds at the kink of a function can be said in the formula."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracer.errors import FormulaError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import compiled
from tracer.maths.expression import Number, substitute
from tracer.maths.parse import parse, parse_value
from tracer.maths.plain import plain
from tracer.phrase import in_english
from tracer.rules.calculus import derivative
from tracer.rules.kinks import kinks

ARITHMETICS = ("exact", "decimal", "by-hand:6", "float", "interval")


def value(formula: str, x: str, name: str) -> Fraction:
    """The value of a formula in x."""
    numbers = arithmetic(name)
    with numbers.scope():
        function = compiled(parse(formula), ("x",), numbers)
        written = parse_value(x)
        assert isinstance(written, Number)
        found = numbers.fraction(function(numbers.literal(written)))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ARITHMETICS)
@pytest.mark.parametrize(
    ("formula", "at_zero"),
    [("step(x)", 1), ("step(x, 0)", 0), ("step(x - x, 1/2)", Fraction(1, 2)), ("sign(x, 0)", 0)],
)
def test_a_jump_has_the_value_that_the_formula_says(
    formula: str, at_zero: Fraction, name: str
) -> None:
    """step and sign have at 0 the value of their second argument, else the table's."""
    assert value(formula, "0", name) == at_zero


@pytest.mark.parametrize("name", ARITHMETICS)
@pytest.mark.parametrize("formula", ["relu(x, 7)", "abs(x, 7)", "relu(2*x, 7) - x", "abs(-x, 7)"])
def test_a_value_without_a_jump_ignores_the_second_argument(formula: str, name: str) -> None:
    """The value of relu and abs does not depend on what is said of their slope."""
    assert value(formula, "3", name) == 3


@pytest.mark.parametrize(
    ("formula", "slope"), [("relu(x, 1/2)", Fraction(1, 2)), ("abs(x, -1)", -1), ("relu(x)", 0)]
)
def test_the_slope_at_the_kink_is_what_the_formula_says(formula: str, slope: Fraction) -> None:
    """The derivative of relu and abs at 0 is the second argument."""
    assert value(plain(derivative(parse(formula), "x")), "0", "exact") == slope


def test_what_is_said_of_a_kink_must_be_a_number() -> None:
    """A second argument with a name in it is refused, with its place."""
    with pytest.raises(FormulaError, match="must be a number") as caught:
        parse("1 + relu(x, y)")
    assert caught.value.column == 4


def test_smooth_functions_take_one_argument() -> None:
    """A function without a kink has no second argument."""
    with pytest.raises(FormulaError, match="one argument"):
        parse("exp(x, 1)")


def test_kinks_are_said_in_words() -> None:
    """Each convention that a formula depends on is one clause."""
    found = kinks(parse("relu(x) + step(x, 0) + max(x, 1) + relu(x)"))
    assert tuple(map(in_english, found)) == (
        "relu'(0) = 0",
        "step(0) = 0",
        "where the arguments of max tie, the first one counts",
    )


def test_a_second_argument_survives_substitution() -> None:
    """A formula with a kink prints back as it was written, also over other names."""
    formula = substitute(parse("relu(x, 1/2)"), {"x": parse("net")})
    assert plain(formula) == "relu(net, 1/2)"
