"""Every row of the tables before SymPy: its slope is the derivative of its value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.formulas import formulas
from tracer.errors import CalculationError
from tracer.maths import functions
from tracer.maths.expression import Call, Expression, Symbol
from tracer.maths.parse import parse
from tracer.proof import numeric
from tracer.proof.bridge import Building, Pieces, Point, symbol
from tracer.proof.precision import MP
from tracer.proof.reals import Real, are_alike
from tracer.proof.trees import walked
from tracer.proof.witness import SilentError
from tracer.rules import activations, loss_rows, losses
from tracer.rules.calculus import derivative

POINTS = [Fraction(text) for text in ("-9", "-7/3", "-1/2", "-1/9", "1/7", "2/3", "5/4", "8")]
"""On both sides of every kink, and far from it."""

INSIDE = [Fraction(text) for text in ("1/100", "1/3", "1/2", "9/10")]
"""Between 0 and 1, where a cross-entropy exists."""

SETTINGS: dict[str, tuple[tuple[str, Expression], ...]] = {
    "leaky_relu": (("slope", parse("1/4")),),
    "elu": (("alpha", parse("3/2")),),
}
KINKED = {"relu", "leaky_relu", "elu", "selu", "hard_tanh", "hard_sigmoid", "step", "sign"}
PIECEWISE = {*KINKED, "softsign"}

ROWS = [activations.activation(row.name) for row in activations.TABLE] + [
    activations.activation(name, settings) for name, settings in SETTINGS.items()
]
SMOOTH = [row for row in ROWS if row.name not in PIECEWISE]
BASED = {"binary_cross_entropy", "cross_entropy"}
LOSSES = [losses.loss(row.name) for row in loss_rows.TABLE if not row.right_slope] + [
    losses.loss(name, (("base", parse("2")),)) for name in sorted(BASED)
]
PAIRWISE = [losses.loss(row.name) for row in loss_rows.TABLE if row.right_slope]
PRIMITIVES = [row for row in functions.TABLE if not row.definition]
DEFINED = [row for row in functions.TABLE if row.definition]


def named(row: Any) -> str:
    """The row's name, and what is set in it."""
    return str(row.name)


def sympy_slope(formula: Expression, by: str, at: dict[str, Fraction]) -> Real:
    """The value of SymPy's derivative of a formula, on the piece where the point lies."""
    letters = {name: symbol(name) for name in at}
    point = Point({letters[name]: Real(value) for name, value in at.items()})
    return point.value(walked(formula, letters, Pieces(point)).diff(letters[by]))


def assert_same(one: Real, other: Real) -> None:
    """Both are the same number: exactly, if they are fractions; else to sixty digits."""
    if one.exact is not None and other.exact is not None:
        assert one.exact == other.exact
    else:
        scale = max(abs(one.rounded), abs(other.rounded), MP.mpf(1))
        assert abs(one.rounded - other.rounded) <= scale * MP.mpf(10) ** -60


@pytest.mark.parametrize("x", POINTS, ids=str)
@pytest.mark.parametrize("row", ROWS, ids=named)
def test_activation_slope_is_its_derivative(row: activations.Activation, x: Fraction) -> None:
    """SymPy's derivative of a row's value is its slope, on every piece."""
    out = numeric.number(row.value, {"net": Real(x)})
    slope = numeric.number(row.slope, {"net": Real(x), "out": out})
    assert_same(sympy_slope(row.value, "net", {"net": x}), slope)


@pytest.mark.parametrize("row", SMOOTH, ids=named)
def test_smooth_activation_slope_is_its_derivative_everywhere(row: activations.Activation) -> None:
    """SymPy simplifies the difference between derivative and slope to 0."""
    net = symbol("net")
    value = walked(row.value, {"net": net}, Building())
    slope = walked(row.slope, {"net": net, "out": value}, Building())
    assert sympy.simplify((value.diff(net) - slope).rewrite(sympy.exp)) == 0


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_activation_computes_what_it_shows(row: activations.Activation) -> None:
    """The form that never overflows has the same value, at kinks too."""
    for x in (*POINTS, Fraction(0), Fraction(1), Fraction(-1)):
        at = {"net": Real(x)}
        assert_same(numeric.number(row.stable, at), numeric.number(row.value, at))


@pytest.mark.parametrize(
    ("name", "setting", "points"),
    [
        ("relu", "at_zero", [0]),
        ("leaky_relu", "at_zero", [0]),
        ("elu", "at_zero", [0]),
        ("selu", "at_zero", [0]),
        ("hard_tanh", "at_kink", [-1, 1]),
        ("hard_sigmoid", "at_kink", [-3, 3]),
    ],
)
def test_slope_at_a_kink_is_as_set(name: str, setting: str, points: list[int]) -> None:
    """At each of its kinks, a row's slope is the number that was set."""
    row = activations.activation(name, ((setting, parse("3/8")),))
    for point in points:
        at = {"net": Real(Fraction(point))}
        out = numeric.number(row.value, at)
        assert numeric.number(row.slope, {**at, "out": out}).exact == Fraction(3, 8)


def test_only_known_rows_have_kinks() -> None:
    """A row with a convention is one of those whose kinks are tested here."""
    kinked = {row.name for row in activations.TABLE if row.convention}
    assert kinked == KINKED


@pytest.mark.parametrize("row", LOSSES, ids=named)
@pytest.mark.parametrize("out", INSIDE, ids=str)
def test_loss_slope_is_its_derivative(row: losses.Loss, out: Fraction) -> None:
    """SymPy's derivative of a loss by out is its slope, in both ways of writing it."""
    for target in (Fraction(0), Fraction(1), Fraction(2, 7)):
        at = {"out": out, "target": target, "n": Fraction(3)}
        found = sympy_slope(row.value, "out", at)
        numbers = {name: Real(value) for name, value in at.items()}
        assert_same(found, numeric.number(row.slope, numbers))
        assert_same(found, numeric.number(row.worked, numbers))


@pytest.mark.parametrize("row", LOSSES, ids=named)
def test_loss_slope_is_its_derivative_everywhere(row: losses.Loss) -> None:
    """SymPy simplifies the difference between derivative and slope to 0."""
    letters = {name: symbol(name) for name in losses.ROLES}
    value, slope, worked = (
        walked(formula, letters, Building()) for formula in (row.value, row.slope, row.worked)
    )
    assert sympy.simplify(value.diff(letters["out"]) - slope) == 0
    assert sympy.simplify(worked - slope) == 0


@pytest.mark.parametrize("row", LOSSES, ids=named)
@pytest.mark.parametrize("target", [0, 1, Fraction(2, 7)], ids=str)
def test_loss_computes_what_it_shows(row: losses.Loss, target: Fraction) -> None:
    """Where the shown formula has a value, so has the computed one: the same."""
    for out in INSIDE:
        at = {"out": Real(out), "target": Real(Fraction(target)), "n": Real(Fraction(3))}
        assert_same(numeric.number(row.computed, at), numeric.number(row.value, at))
        assert_same(numeric.number(row.computed_slope, at), numeric.number(row.slope, at))


@pytest.mark.parametrize(
    ("name", "out", "target", "value", "slope"),
    [
        ("cross_entropy", 0, 0, 0, 0),
        ("cross_entropy", 1, 1, 0, -1),
        ("binary_cross_entropy", 0, 0, 0, 1),
        ("binary_cross_entropy", 1, 1, 0, -1),
    ],
)
def test_nothing_times_a_logarithm_of_nothing(
    name: str, out: int, target: int, value: int, slope: int
) -> None:
    """0*ln(0) counts as 0, and the slope is that of what is left."""
    row, at = losses.loss(name), {"out": Real(Fraction(out)), "target": Real(Fraction(target))}
    assert numeric.number(row.computed, at).exact == value
    assert numeric.number(row.computed_slope, at).exact == slope


@pytest.mark.parametrize("name", sorted(BASED))
def test_an_infinite_error_is_no_number(name: str) -> None:
    """The logarithm of an output 0 whose target is not 0 does not exist."""
    at = {"out": Real(Fraction(0)), "target": Real(Fraction(1))}
    with pytest.raises(CalculationError):
        numeric.number(losses.loss(name).computed, at)


@pytest.mark.parametrize("row", PAIRWISE, ids=named)
@pytest.mark.parametrize("by", ["out", "right"])
@pytest.mark.parametrize("out", ["-3", "1/2", "7"])
def test_pairwise_slope_is_its_derivative(row: losses.Loss, by: str, out: str) -> None:
    """SymPy's derivative by out and by the right output are the two slopes."""
    at = {"out": Fraction(out), "right": Fraction(1, 4)}
    slope = row.slope if by == "out" else row.right_slope
    assert slope is not None
    numbers = {name: Real(value) for name, value in at.items()}
    assert_same(sympy_slope(row.value, by, at), numeric.number(slope, numbers))


@pytest.mark.parametrize("at_zero", ["0", "1", "1/2"])
def test_slope_where_a_margin_is_just_kept(at_zero: str) -> None:
    """Where out - right + margin is 0, the slopes are the number that was set, and minus it."""
    row = losses.loss("multiclass_hinge", (("margin", parse("2")), ("at_zero", parse(at_zero))))
    at = {"out": Real(Fraction(1)), "right": Real(Fraction(3))}
    assert row.right_slope is not None
    assert numeric.number(row.slope, at).exact == Fraction(at_zero)
    assert numeric.number(row.right_slope, at).exact == -Fraction(at_zero)


def of_x(row: functions.Function, x: Real) -> dict[str, Real]:
    """The roles of a function's row: the argument, the value, and what holds at the kink."""
    at_zero = parse(row.at_zero or "0")
    value = numeric.number(Call(row.name, (Symbol("x"),)), {"x": x})
    return {"x": x, "y": value, "at_zero": numeric.number(at_zero, {})}


@pytest.mark.parametrize("row", functions.TABLE, ids=named)
def test_function_slope_is_its_derivative(row: functions.Function) -> None:
    """SymPy's derivative of a function is its row's slope, wherever the function exists."""
    for x in POINTS:
        if x < 0 and row.name in ("ln", "sqrt", "log10"):
            continue
        found = sympy_slope(Call(row.name, (Symbol("x"),)), "x", {"x": x})
        assert_same(found, numeric.number(parse(row.slope), of_x(row, Real(x))))


@pytest.mark.parametrize("row", DEFINED, ids=named)
def test_definition_is_the_function(row: functions.Function) -> None:
    """A function has the value of its definition, and of the form that never overflows."""
    for x in (*POINTS, Fraction(0)):
        roles = of_x(row, Real(x))
        for text in filter(None, (row.definition, row.stable)):
            assert_same(numeric.number(parse(text), roles), roles["y"])


def test_every_primitive_is_known_to_sympy() -> None:
    """Each function without a definition is one of SymPy's, or has a kink of its own."""
    assert {row.name for row in PRIMITIVES} - {"abs"} <= Building().functions


NUMBERS = st.fractions(min_value=-4, max_value=4, max_denominator=50)


@given(formulas(["x", "z"]), NUMBERS, NUMBERS)
def test_derivatives_of_formulas_are_those_of_sympy(text: str, x: Fraction, z: Fraction) -> None:
    """Whatever people write, our rules of calculus find the derivative that SymPy finds."""
    formula = parse(text)
    at = {"x": x, "z": z}
    try:
        found = sympy_slope(formula, "x", at)
        ours = numeric.number(
            derivative(formula, "x"), {name: Real(value) for name, value in at.items()}
        )
    except (CalculationError, SilentError, ZeroDivisionError):
        assume(False)
    assume(abs(found.rounded) < MP.mpf(10) ** 20)
    scale = max(abs(found.rounded), MP.mpf(1))
    assert abs(found.rounded - ours.rounded) <= scale * MP.mpf(10) ** -40


@given(formulas(["net"]), NUMBERS)
def test_own_activation_is_a_row_like_others(text: str, x: Fraction) -> None:
    """The slope of a user's own activation is the derivative of its value."""
    row = activations.own_activation(text)
    try:
        found = sympy_slope(row.value, "net", {"net": x})
        out = numeric.number(row.value, {"net": Real(x)})
        slope = numeric.number(row.slope, {"net": Real(x), "out": out})
    except (CalculationError, SilentError, ZeroDivisionError):
        assume(False)
    assume(abs(found.rounded) < MP.mpf(10) ** 20)
    scale = max(abs(found.rounded), MP.mpf(1))
    assert abs(found.rounded - slope.rounded) <= scale * MP.mpf(10) ** -40


def test_wrong_slope_is_seen() -> None:
    """A sigmoid's slope without one of its factors is not the derivative."""
    row = activations.activation("sigmoid")
    found = sympy_slope(row.value, "net", {"net": Fraction(1)})
    out = numeric.number(row.value, {"net": Real(Fraction(1))})
    assert not are_alike(found, out)
