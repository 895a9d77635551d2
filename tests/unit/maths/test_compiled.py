"""Expressions as Python functions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from tests.unit.maths.strategies import attempt, shown, trees, value
from tracer.errors import CalculationError, IrrationalError, LimitError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, Constants, compiled, explain, python_source
from tracer.maths.expression import Add, Expression, Mul, Neg, Symbol, number, symbols
from tracer.maths.parse import parse

FLOAT, DECIMAL = arithmetic("float"), arithmetic("decimal")


def test_arguments_come_in_the_order_of_the_parameters() -> None:
    """Each positional argument stands for the parameter at its place."""
    function = compiled(parse("a - b"), ["b", "a"], FLOAT)
    assert function(1.0, 5.0) == 4.0


def test_parameters_need_not_be_names() -> None:
    """A symbol may stand for anything; the source uses made-up names."""
    role = ("w", 3)
    assert compiled(Mul((Symbol(role), Symbol(7))), [role, 7], FLOAT)(2.0, 3.0) == 6.0


HOSTILE_NAMES = ["import os", "a0", "_k0", "__builtins__", "lambda", "x; y", "1", "a1)or(1"]


def test_no_text_of_a_user_reaches_python() -> None:
    """Names that are code, keywords or our own made-up names are only places in a list."""
    tree = Add(tuple(map(Symbol, HOSTILE_NAMES)))
    arguments = [float(10**place) for place in range(len(HOSTILE_NAMES))]
    assert compiled(tree, HOSTILE_NAMES, FLOAT)(*arguments) == sum(arguments)


def test_source_has_only_made_up_names() -> None:
    """The printed source consists of given names, numbered constants and known functions."""
    constants = Constants(FLOAT)
    source = python_source(parse("0.5*exp(-net) + 0.5"), {"net": "v7"}, constants)
    assert source == "_k0*_f_exp(-v7) + _k0"
    assert constants.namespace["_k0"] == 0.5


def test_a_program_of_many_steps_compiles_into_one_function() -> None:
    """Sources that share their constants run in one namespace."""
    constants = Constants(FLOAT)
    first = python_source(parse("2*x + 1"), {"x": "v0"}, constants)
    second = python_source(parse("sigmoid(y) - 1"), {"y": "v1"}, constants)
    code = f"def program(v0):\n    v1 = {first}\n    v2 = {second}\n    return v1, v2"
    exec(code, constants.namespace)  # noqa: S102
    assert constants.namespace["program"](-0.5) == (0.0, -0.5)


def test_builtins_are_out_of_reach() -> None:
    """The namespace of the compiled code has no builtins."""
    assert Constants(FLOAT).namespace["__builtins__"] == {}


@given(trees)
def test_every_tree_compiles(tree: Expression) -> None:
    """Whatever a formula can write becomes a function, which gives a float or a known failure."""
    names = symbols(tree)
    function = compiled(tree, names, FLOAT)
    result = attempt(lambda: FLOAT.finish(function(*[0.5] * len(names))), *FAILURES)
    assert isinstance(result, float) or str(explain(result))


@pytest.mark.parametrize("how", ["float", "decimal", "exact", "interval", "by-hand:4"])
def test_long_sums_and_products_do_not_nest(how: str) -> None:
    """Ten thousand terms, and as many factors, are evaluated."""
    chosen = arithmetic(how)
    one, count = chosen.literal(number(1)), 10_000
    places = tuple(map(Symbol, range(count)))
    total = compiled(Add(tuple(map(Neg, places))), range(count), chosen)
    product = compiled(Mul(places), range(count), chosen)
    with chosen.scope():
        assert chosen.fraction(total(*[one] * count)) == -count
        assert chosen.fraction(product(*[one] * count)) == 1


def test_long_sums_are_added_from_left_to_right() -> None:
    """Floats are rounded in the written order, as in a loop, and not compensated."""
    terms = [0.1, 1e16, 1.0, -1e16, *[0.1] * 40]
    expected = 0.0
    for term in terms:
        expected += term
    names = range(len(terms))
    assert compiled(Add(tuple(map(Symbol, names))), names, FLOAT)(*terms) == expected


def test_only_the_branch_that_is_taken_is_evaluated() -> None:
    """A piecewise formula may divide by what is zero in its other branch."""
    for how in ("float", "decimal", "exact", "interval"):
        assert arithmetic(how).fraction(value("where(x == 0, 1, 2/x)", how, {"x": "0"})) == 1
        assert arithmetic(how).fraction(value("where(x == 0, 1, 2/x)", how, {"x": "4"})) == 0.5


@pytest.mark.parametrize(("x", "expected"), [("-2", "10"), ("0", "20"), ("1", "30"), ("5", "40")])
def test_the_first_condition_that_holds_decides(x: str, expected: str) -> None:
    """Conditions are tried in the written order."""
    formula = "where(x < 0, 10, x <= 0, 20, x < 3, 30, 40)"
    assert {shown(formula, how, {"x": x}) for how in ("decimal", "exact")} == {expected}


@pytest.mark.parametrize("how", ["float", "decimal", "interval", "by-hand:6"])
@pytest.mark.parametrize("function", ["sigmoid", "softplus", "relu", "step", "sign", "abs"])
def test_functions_nest_to_any_depth(function: str, how: str) -> None:
    """A function of a function of a function costs one evaluation for each of them."""
    formula = f"{function}(" * 98 + "x" + ")" * 98
    assert value(formula, how, {"x": "1/2"}) is not None


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("relu(x)", ["0", "0", "2"]),
        ("step(x)", ["0", "1", "1"]),
        ("sign(x)", ["-1", "-1", "1"]),
        ("abs(x)", ["2", "0", "2"]),
        ("max(x, 1, -1)", ["1", "1", "2"]),
        ("min(x, 1, -1)", ["-2", "-1", "-1"]),
        ("relu(x - 1)", ["0", "0", "1"]),
        ("step(2*x)", ["0", "1", "1"]),
    ],
)
def test_functions_with_kinks(formula: str, expected: list[str]) -> None:
    """Kinked functions have their textbook values, and at zero the stated convention."""
    assert [shown(formula, "exact", {"x": x}) for x in ("-2", "0", "2")] == expected
    assert [shown(formula, "decimal", {"x": x}) for x in ("-2", "0", "2")] == expected


@pytest.mark.parametrize("how", ["float", "decimal"])
@pytest.mark.parametrize("x", ["1e5", "-1e5"])
def test_saturated_units_have_values(how: str, x: str) -> None:
    """Overflow inside a formula is infinity, so that a saturated sigmoid is 0 or 1."""
    chosen = arithmetic(how)
    for formula, high, low in [("sigmoid(x)", 1, 0), ("1/(1 + exp(-x))", 1, 0), ("tanh(x)", 1, -1)]:
        got = chosen.fraction(value(formula, how, {"x": x}))
        if got is not None:
            assert abs(got - (high if x == "1e5" else low)) < 1e-300
    assert chosen.fraction(value("softplus(x)", how, {"x": x})) in (None, 0, 100_000)


ZERO = "division by zero"


@pytest.mark.parametrize("how", ["exact", "decimal", "by-hand:4", "float", "interval"])
@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1/0", ZERO),
        ("0/0", ZERO),
        ("0**(-1)", ZERO),
        ("1/(0.5 - 0.5)", ZERO),
        ("ln(0)", r"ln\(0\) does not exist"),
        ("ln(-2)", r"ln\(-2\) does not exist"),
        ("log10(0)", r"log10\(0\) does not exist"),
        ("sqrt(-2)", r"sqrt\(-2\) does not exist"),
        ("(-8)**(1/3)", "does not exist among real numbers"),
    ],
)
def test_values_that_do_not_exist_are_told_in_words(how: str, formula: str, message: str) -> None:
    """In every arithmetic a domain error says what does not exist, and why."""
    with pytest.raises(FAILURES) as caught:
        value(formula, how)
    told = explain(caught.value)
    assert isinstance(told, CalculationError)
    with pytest.raises(CalculationError, match=message):
        raise told


@pytest.mark.parametrize("how", ["decimal", "by-hand:4", "float", "interval"])
@pytest.mark.parametrize(
    "formula",
    ["exp(1e20)", "-exp(1e20)", "10**1e9", "exp(1e20) - exp(1e20)", "0*exp(1e20) + exp(1e20)"],
)
def test_results_that_are_too_large_are_refused(how: str, formula: str) -> None:
    """Infinity may not leave a formula, nor may what is no number."""
    with pytest.raises(FAILURES) as caught:
        value(formula, how)
    assert "too large" in str(explain(caught.value))


@pytest.mark.parametrize("how", ["decimal", "float"])
@pytest.mark.parametrize("formula", ["where({} > 0, 1, 2)", "max({}, 1)", "min(1, {})"])
def test_what_is_no_number_decides_nothing(how: str, formula: str) -> None:
    """Infinity minus infinity is refused before a comparison would silently call it smaller."""
    undefined = formula.format("exp(1e9) - exp(1e9)")
    with pytest.raises(FAILURES) as caught:
        value(undefined, how)
    assert "too large" in str(explain(caught.value))


def test_other_failures_are_explained_too() -> None:
    """What an evaluation may raise besides keeps its own words, and ours stay as they are."""
    assert "complex" in str(explain(ValueError("complex")))
    ours = IrrationalError("exp(1) is irrational")
    assert explain(ours) is ours
    assert "too large" in str(explain(OverflowError()))


def test_trees_too_deep_for_python_are_refused() -> None:
    """A tree that the program itself nested beyond all limits is a clear error."""
    deep: Expression = Symbol("x")
    for _ in range(5_000):
        deep = Neg(deep)
    with pytest.raises(LimitError, match="nested too deeply"):
        compiled(deep, ["x"], FLOAT)
    constants = Constants(FLOAT)
    with pytest.raises(LimitError, match="nested too deeply"):
        constants.function(["x"], "(" * 500 + "x" + ")" * 500)


def test_a_literal_that_no_float_can_hold_is_refused() -> None:
    """Compiling says which literal is too large."""
    with pytest.raises(CalculationError, match="1e400 is too large for a float"):
        compiled(parse("x*1e400"), ["x"], FLOAT)


QUOTIENTS = {
    "a/(b - c)*-d": "_f_quotient(a, b - c)*-d",
    "a - (b + c*d/e)": "a - (b + _f_quotient(c*d, e))",
}
"""Decimals divide by a function: a quotient that does not end stays a fraction."""


@pytest.mark.parametrize("how", ["float", "decimal", "by-hand:4", "interval"])
def test_common_operations_are_bare_operators(how: str) -> None:
    """Nothing stands between Python and the four operations, so that they cost what they must."""
    names = {name: name for name in "abcde"}
    for formula in ("a*b + c*d - e", "a/(b - c)*-d", "a - (b + c*d/e)"):
        source = python_source(parse(formula), names, Constants(arithmetic(how)))
        if how == "decimal":
            formula = QUOTIENTS.get(formula, formula)
        assert source.replace("(-d)", "-d") == formula


def test_exact_values_stay_fractions() -> None:
    """Nothing in a compiled formula turns a fraction into a float."""
    result = value("(x + 1/3)**2/2 - max(x, 0)*abs(-x)", "exact", {"x": "1/7"})
    assert result == (Fraction(1, 7) + Fraction(1, 3)) ** 2 / 2 - Fraction(1, 49)
    assert isinstance(result, Fraction)


def test_decimal_scope_is_left_as_it_was() -> None:
    """The precision of the thread outside the scope is not changed."""
    from decimal import getcontext

    before = getcontext().prec
    with DECIMAL.scope():
        assert getcontext().prec == 50
    assert getcontext().prec == before
