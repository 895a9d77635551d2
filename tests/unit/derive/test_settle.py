"""As many digits as it takes: saturation, cancellation, and zeros that are none."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from tests.unit.making import BY_HEAD, SIGMOID, program, spec
from tracer.derive.settle import calculated, settled
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic


def saturated(net: str) -> str:
    """A sigmoid unit whose net input is so large that 1 - out has few digits left."""
    text = SIGMOID.replace("weights: [[0.5]], bias: -0.25", f"weights: [[{net}]]")
    return text.replace("input: 1.5", "input: 1")


def test_fifty_digits_usually_do() -> None:
    """Where nothing cancels the trace carries fifty digits."""
    found = settled(spec(BY_HEAD))
    assert found.arithmetic.name == "decimal:50"
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("net", "digits"),
    [("20", 50), ("100", 100), ("250", 200), ("1000", 800), ("2000", 1600), ("5000", 3200)],
)
def test_saturated_units_get_more_digits(net: str, digits: int) -> None:
    """The slope out*(1 - out) of a saturated sigmoid is right, whatever digits it takes."""
    found = settled(spec(saturated(net)))
    assert found.arithmetic.name == f"decimal:{digits}"
    assert found.unsettled == ""
    with localcontext(prec=60):
        exponential = Decimal(-int(net)).exp()
        right = exponential / (1 + exponential) ** 2
        slope = found["dout_o/dnet_o"].value
        assert abs(slope / right - 1) < Decimal("1e-20")


def test_what_cannot_be_settled_is_named() -> None:
    """Where no number of digits is enough, the trace says so and keeps the most digits."""
    found = settled(spec(saturated("1e5")))
    assert found.arithmetic.name == "decimal:3200"
    assert found.unsettled in {"dE/dout_o", "E_o", "dout_o/dnet_o"}
    assert found.warnings == (
        f"{found.unsettled} is zero as far as decimal:3200 can tell; it may be exactly zero, or "
        "too small to be seen; so may what depends on it",
    )


def test_a_zero_that_is_one() -> None:
    """A sum that is exactly zero needs no more digits."""
    found = settled(program("y = x - 0.3 + 0.1", x="0.2"))
    assert found["y"].value == 0
    assert found.arithmetic.name == "decimal:50"
    assert found.unsettled == ""


def test_a_zero_that_only_seems_so() -> None:
    """A difference that vanishes in fifty digits is found with more."""
    found = settled(program("a = 1 + exp(-x)", "y = a - 1", x="150"))
    assert found.arithmetic.name == "decimal:100"
    with localcontext(prec=40):
        assert abs(found["y"].value / Decimal(-150).exp() - 1) < Decimal("1e-25")


def test_a_zero_that_nobody_can_prove() -> None:
    """Two irrational numbers that are equal leave a zero that no digits can prove."""
    found = settled(program("y = sqrt(2)*sqrt(x) - 2", x="2"))
    assert found.unsettled
    assert found.warnings


def test_a_zero_that_the_interval_cannot_follow() -> None:
    """Where the check for zero itself divides by an interval around zero, the zero is named."""
    found = settled(program("a = sqrt(x)", "z = abs(a) - a", "y = 1/(z + 1e-3900)", x="2"))
    assert found["z"].value == 0
    assert found.unsettled == "z"


def test_letters_are_no_doubt() -> None:
    """What has no value cannot differ."""
    assert settled(program("y = x*z - x", z="1")).unsettled == ""


@pytest.mark.parametrize(
    ("asked", "said", "used"),
    [
        ("", "", "decimal:50"),
        ("", "exact", "exact"),
        ("float", "exact", "float"),
        ("decimal:20", "", "decimal:20"),
        ("decimal", "exact", "decimal:50"),
    ],
)
def test_the_arithmetic_is_asked_for_said_or_the_default(asked: str, said: str, used: str) -> None:
    """What was asked for counts before what the file says, and that before the default."""
    text = BY_HEAD + (f"    arithmetic: {said}\n" if said else "")
    assert calculated(spec(text), asked).arithmetic.name == used


def test_a_chosen_number_of_digits_stays() -> None:
    """Digits that were asked for are not raised."""
    found = calculated(spec(saturated("100")), "decimal:30")
    assert found.arithmetic.name == "decimal:30"
    assert found.arithmetic == arithmetic("decimal:30")


def test_more_digits_where_more_are_shown() -> None:
    """Where a reader wants many digits the trace carries enough of them."""
    assert settled(spec(BY_HEAD), shown=30).arithmetic.name == "decimal:100"
    assert settled(spec(BY_HEAD), shown=120).arithmetic.name == "decimal:200"
    assert calculated(spec(BY_HEAD), shown=120).arithmetic.name == "decimal:200"


def test_a_value_that_exists_with_no_digits() -> None:
    """Where every number of digits fails, the first failure is told."""
    with pytest.raises(CalculationError, match="y: division by zero"):
        settled(program("y = 1/(x - x)", x="3"))


def test_a_zero_that_no_sum_has_made() -> None:
    """A logarithm of what rounding has made 1 of is calculated with more digits."""
    found = settled(program("y = ln(1 + x)", x="1e-90"))
    assert found["y"].value / Decimal("1e-90") - 1 < Decimal("1e-20")
    assert found["y"].value > 0


def test_what_is_too_small_to_exist_is_told_at_once() -> None:
    """A number below the smallest exponent becomes 0: the trace says so, and takes no choice."""
    found = settled(program("a = exp(-x)", "s = sign(a)", x="3000000"))
    assert (found.unsettled, found.arithmetic.name) == ("a", "decimal:50")
    assert not found["s"].is_exact


def test_an_arithmetic_that_was_chosen_is_not_compared() -> None:
    """Only the default arithmetic knows whether its values are settled."""
    assert calculated(program("y = x", x="1"), "decimal:50").unsettled is None
    assert calculated(program("y = x", x="1")).unsettled == ""


SYMMETRIC = """
    inputs: [x]
    layers:
      - {units: [h, k], activation: softmax, weights: [[1], [2]]}
      - {units: [o, p], activation: softmax, weights: [[1, 2], [0, 1]]}
    loss: cross_entropy
    samples: [{input: 1, class: o}]
    training: {learning_rate: 0.01, steps: 3, move_inputs: {direction: descent, sign: yes}}
"""


def test_a_choice_by_a_certain_zero() -> None:
    """Terms that cancel leave 0, whose sign is 0, and not that of what rounding has left."""
    found = settled(spec(SYMMETRIC))
    assert found.unsettled == ""
    for step in (1, 2, 3):
        assert (found[f"dE/dx@{step}"].value, found[f"x+@{step}"].value) == (0, 1)


def test_more_digits_where_none_gave_a_value() -> None:
    """A small calculation whose logarithm underflows with 800 digits has a value with 1,600."""
    found = settled(program("y = ln(1 - 1/(1 + exp(-x)))", x="1900"))
    assert abs(Decimal(found["y"].value) + 1900) < Decimal("1e-40")
