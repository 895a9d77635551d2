"""What is said of activations, against their values at many points."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
import sympy

from tracer.maths.parse import parse
from tracer.proof import numeric
from tracer.proof.precision import MP
from tracer.proof.properties import Properties, properties
from tracer.proof.reals import Real
from tracer.rules.activations import TABLE, Activation, activation

CHANGED = {
    "leaky_relu": (("slope", "1"), ("slope", "-1/2"), ("slope", "0")),
    "elu": (("alpha", "2"), ("alpha", "-1")),
    "selu": (("alpha", "1"),),
    "step": (("at_zero", "1/2"), ("at_zero", "3")),
    "sign": (("at_zero", "0"),),
    "gelu_tanh": (("c", "0"),),
}
ROWS = [activation(row.name) for row in TABLE] + [
    activation(name, ((key, parse(text)),))
    for name, pairs in CHANGED.items()
    for key, text in pairs
]
POINTS = [Fraction(k, 16) for k in range(-160, 161)]
FAR = [Fraction(k) for k in (-1000, -100, 100, 1000)]
TINY = Fraction(1, 10**12)


def named(row: Activation) -> str:
    """The row's name, and its parameters."""
    return f"{row.name} {[getattr(value, 'text', '') for _, value in row.parameters]}"


def value(row: Activation, net: Fraction) -> MP.mpf:
    """The value somewhere, with many digits."""
    return numeric.number(row.value, {"net": Real(net)}).rounded


@pytest.fixture(scope="module")
def found() -> dict[str, Properties]:
    """The properties of every row."""
    return {named(row): properties(row.value) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_monotone_rows_never_turn(row: Activation, found: dict[str, Properties]) -> None:
    """A row is monotone just if its values at many points only rise, or only fall."""
    values = [value(row, at) for at in sorted((*POINTS, *FAR))]
    rises = any(one < other for one, other in pairwise(values))
    falls = any(one > other for one, other in pairwise(values))
    assert found[named(row)].monotone == (not (rises and falls))


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_values_are_in_range(row: Activation, found: dict[str, Properties]) -> None:
    """No value lies outside of the range, and some come close to each end that is a number."""
    says = found[named(row)]
    near = [value(row, at) for at in (*POINTS, Fraction(-100), Fraction(100))]
    far = [value(row, Fraction(sign * 10**6)) for sign in (-1, 1)]
    for end, best, holds in (
        (says.low, min(near), says.has_low),
        (-says.high, -max(near), says.has_high),
    ):
        if not end.is_finite:
            assert max(map(abs, far)) > 10**4
            continue
        gap = best - MP.mpf(str(sympy.N(end, 50)))
        assert MP.mpf("-1e-40") < gap < MP.mpf("0.02")
        assert holds or gap > 0


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_continuous_rows_have_no_jump(row: Activation, found: dict[str, Properties]) -> None:
    """A row is continuous just if a tiny step changes its value a tiny bit, everywhere."""
    steps = [
        abs(value(row, at + side * TINY) - value(row, at)) for at in POINTS for side in (-1, 1)
    ]
    assert found[named(row)].continuous == (max(steps) < MP.mpf("1e-9"))


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_differentiable_rows_have_one_slope(row: Activation, found: dict[str, Properties]) -> None:
    """A row is differentiable just if its slopes to both sides are the same, everywhere."""
    gaps = []
    for at in POINTS:
        here = value(row, at)
        left = (here - value(row, at - TINY)) / MP.convert(TINY)
        right = (value(row, at + TINY) - here) / MP.convert(TINY)
        gaps.append(abs(right - left))
    says = found[named(row)]
    assert says.differentiable == (says.continuous and max(gaps) < MP.mpf("1e-6"))


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_bounds_and_centre_follow_from_the_range(
    row: Activation, found: dict[str, Properties]
) -> None:
    """Bounded is what has two numbers for ends; zero-centred what reaches as far to both sides."""
    says = found[named(row)]
    far = max(abs(value(row, at)) for at in FAR)
    assert says.bounded == (far < 50)
    low, high = value(row, Fraction(-1000)), value(row, Fraction(1000))
    if says.monotone:
        assert says.zero_centred == (abs(low + high) < 1 or (abs(low) > 50 and abs(high) > 50))


@pytest.mark.parametrize(
    ("name", "monotone", "continuous", "differentiable", "bounded"),
    [
        ("sigmoid", True, True, True, True),
        ("tanh", True, True, True, True),
        ("relu", True, True, False, False),
        ("hard_tanh", True, True, False, True),
        ("step", True, False, False, True),
        ("identity", True, True, True, False),
        ("silu", False, True, True, False),
    ],
)
def test_what_textbooks_say(
    name: str, monotone: bool, continuous: bool, differentiable: bool, bounded: bool
) -> None:
    """The best known activations have the properties that every textbook gives them."""
    says = properties(activation(name).value)
    assert (says.monotone, says.continuous) == (monotone, continuous)
    assert (says.differentiable, says.bounded) == (differentiable, bounded)


def test_few_values_are_listed() -> None:
    """Of a function with a few values only, the range is these."""
    step = activation("step", (("at_zero", parse("1/2")),))
    assert [str(one) for one in properties(step.value).values] == ["0", "1/2", "1"]
