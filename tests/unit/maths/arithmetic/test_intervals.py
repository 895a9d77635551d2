"""Interval arithmetic."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.maths.arithmetic.test_decimals import POSITIVE, WITNESSES
from tests.unit.maths.strategies import RELATIONS, attempt, value
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.arithmetic.interval import Interval, decided, rounding
from tracer.maths.expression import Number, number
from tracer.maths.parse import parse

INTERVAL = arithmetic("interval:20")
INSIDE = st.fractions(0, 1, max_denominator=64)


def interval(low: Decimal | str | int, high: Decimal | str | int) -> Interval:
    """An interval of twenty digits."""
    return Interval(Decimal(low), Decimal(high), rounding(20))


small = st.decimals(-20, 20, places=3)
ordered = st.tuples(small, small).map(sorted)
intervals = ordered.map(lambda ends: interval(ends[0], ends[1]))


def inside(x: Interval, share: Fraction) -> Fraction:
    """The number at a share of the way from one end to the other."""
    return Fraction(x.lo) + share * (Fraction(x.hi) - Fraction(x.lo))


def apply(formula: str, **values: Interval) -> Interval:
    """The formula over intervals."""
    from tracer.maths.compiled import compiled

    with INTERVAL.scope():
        result = compiled(parse(formula), list(values), INTERVAL)(*values.values())
    assert isinstance(result, Interval)
    return result


OPERATIONS = ["a + b", "a - b", "a*b", "a/b", "-a", "max(a, b)", "min(a, b, 1)", "abs(a)"]
OPERATIONS += ["a**2", "a**3", "a**0", "a**(-1)", "a**(-2)", "where(a < b, a, b*b)", "a**65"]


@pytest.mark.parametrize("formula", OPERATIONS)
@given(a=intervals, b=intervals, shares=st.tuples(INSIDE, INSIDE))
def test_an_operation_contains_what_any_of_its_numbers_give(
    formula: str, a: Interval, b: Interval, shares: tuple[Fraction, Fraction]
) -> None:
    """For numbers inside the operands, the exact result is inside the result."""
    found = attempt(lambda: apply(formula, a=a, b=b), CalculationError)
    if isinstance(found, CalculationError):
        assert "division by zero" in str(found)
        assert (b if "/" in formula else a).contains_zero
        return
    where = {"a": number(inside(a, shares[0])), "b": number(inside(b, shares[1]))}
    true = value(formula, "exact", where)
    assert Fraction(found.lo) <= true <= Fraction(found.hi)


@pytest.mark.parametrize("name", WITNESSES)
@given(x=intervals, share=INSIDE)
def test_a_function_contains_what_any_of_its_numbers_give(
    name: str, x: Interval, share: Fraction
) -> None:
    """For a number inside the argument, the function's true value is inside the result."""
    if name in POSITIVE:
        x = interval(abs(x.lo), abs(x.lo) + abs(x.hi) + 1)
        assume(x.lo > 0 or name == "sqrt")
    found = attempt(lambda: apply(f"{name}(x)", x=x), CalculationError)
    if isinstance(found, CalculationError):
        assert name == "tan"
        assert "contains a pole" in str(found)
        assert _contains_pole(x)
        return
    with mpmath.workdps(60):
        point = inside(x, share)
        true = WITNESSES[name](mpmath.mpf(point.numerator) / point.denominator)
        assert mpmath.mpf(str(found.lo)) <= true <= mpmath.mpf(str(found.hi))


def _contains_pole(x: Interval) -> bool:
    """Whether an odd multiple of pi/2 lies between the ends."""
    low, high = (float(end) / math.pi - 0.5 for end in (x.lo, x.hi))
    return math.floor(high) >= math.ceil(low)


@pytest.mark.parametrize("name", [*WITNESSES, "power"])
def test_functions_of_a_point_are_tight(name: str) -> None:
    """The value at one number is enclosed to its last digits."""
    formula = "x**1.3" if name == "power" else f"{name}(x)"
    found = apply(formula, x=interval("0.7", "0.7"))
    assert found.lo < found.hi
    assert found.hi - found.lo <= abs(found.lo) * Decimal("2e-19")


@pytest.mark.parametrize(
    ("formula", "ends", "expected"),
    [
        ("x**2", ("-2", "3"), ("0", "9")),
        ("x**2", ("-3", "-2"), ("4", "9")),
        ("x**3", ("-2", "3"), ("-8", "27")),
        ("x**(-2)", ("2", "4"), ("0.0625", "0.25")),
        ("abs(x)", ("-2", "3"), ("0", "3")),
        ("max(0, x)", ("-2", "3"), ("0", "3")),
        ("relu(x)", ("-2", "3"), ("0", "3")),
        ("exp(x)", ("0", "0"), ("1", "1")),
        ("ln(x)", ("1", "1"), ("0", "0")),
        ("sqrt(x)", ("4", "9"), ("2", "3")),
        ("log10(x)", ("0.1", "100"), ("-1", "2")),
        ("sin(x)", ("0", "0"), ("0", "0")),
        ("sin(x)", ("1", "2"), (None, "1")),
        ("sin(x)", ("4", "5"), ("-1", None)),
        ("sin(x)", ("-1", "8"), ("-1", "1")),
        ("cos(x)", ("-1", "1"), (None, "1")),
        ("cos(x)", ("3", "4"), ("-1", None)),
        ("cos(x)", ("-100", "100"), ("-1", "1")),
        ("sin(x)", ("0", "1e1001"), ("-1", "1")),
        ("cosh(x)", ("-1", "2"), ("1", None)),
        ("tanh(x)", ("-1e9", "1e9"), ("-1", "1")),
        ("step(x)", ("-1", "1"), ("0", "1")),
        ("where(x > 0, 5, 7)", ("-1", "1"), ("5", "7")),
        ("where(x > 0, 5, 7)", ("0", "0"), ("7", "7")),
        ("where(x == 0, 5, 7)", ("0", "0"), ("5", "5")),
        ("where(x == 0, 5, 7)", ("0", "1"), ("5", "7")),
        ("where(x == 0, 5, 7)", ("1", "2"), ("7", "7")),
        ("1/(1 + exp(x))", ("1e9", "2e9"), ("0", None)),
    ],
)
def test_ends_that_are_known(
    formula: str, ends: tuple[str, str], expected: tuple[str | None, str | None]
) -> None:
    """Even powers, tops and bottoms of waves, kinks and exact values have tight ends."""
    found = apply(formula, x=interval(*ends))
    low, high = expected
    assert low is None or found.lo == Decimal(low)
    assert high is None or found.hi == Decimal(high)


@pytest.mark.parametrize(
    ("formula", "ends"),
    [
        ("sin(x)", ("1", "1.5")),
        ("sin(x)", ("2", "4")),
        ("cos(x)", ("4", "6")),
        ("tan(x)", ("2", "4")),
    ],
)
def test_waves_between_their_tops_are_tight(formula: str, ends: tuple[str, str]) -> None:
    """Where a wave has no top inside, its values at the ends are the ends."""
    found = apply(formula, x=interval(*ends))
    at_ends = [apply(formula, x=interval(end, end)) for end in ends]
    assert found.lo == min(end.lo for end in at_ends)
    assert found.hi == max(end.hi for end in at_ends)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1/x", r"the divisor \[-1, 2\] contains 0"),
        ("x**(-1)", "division by zero"),
        ("ln(x)", r"ln\(\[-1, 2\]\) does not exist everywhere"),
        ("sqrt(x)", r"sqrt\(\[-1, 2\]\) does not exist everywhere"),
        ("x**0.5", "does not exist among real numbers"),
        ("tan(x + 1)", "contains a pole"),
        ("(x + 1)**(-0.5)", "division by zero"),
        ("x**1e4000", "is too large"),
        ("exp(1e20*x)", "too large"),
    ],
)
def test_what_may_not_exist_is_refused(formula: str, message: str) -> None:
    """An operation that has no value for some number of the interval is an error."""
    with pytest.raises(CalculationError, match=message):
        INTERVAL.finish(apply(formula, x=interval(-1, 2)))


@pytest.mark.parametrize("relation", RELATIONS)
@given(a=intervals, b=intervals, shares=st.tuples(INSIDE, INSIDE))
def test_a_decided_comparison_holds_for_all_numbers(
    relation: str, a: Interval, b: Interval, shares: tuple[Fraction, Fraction]
) -> None:
    """True and False are certain; None says that it depends on the numbers."""
    holds = decided(a, relation, b)
    x, y = inside(a, shares[0]), inside(b, shares[1])
    truth = {"<": x < y, "<=": x <= y, ">": x > y, ">=": x >= y, "==": x == y}[relation]
    assert holds is None or holds == truth


def test_literals_are_enclosed() -> None:
    """A decimal is a point; a fraction lies strictly between two neighbours."""
    tenth = INTERVAL.literal(Number(Fraction(1, 10), "0.10"))
    third = INTERVAL.literal(number(Fraction(1, 3)))
    assert INTERVAL.text(tenth) == "[0.10, 0.10]"
    assert Fraction(third.lo) < Fraction(1, 3) < Fraction(third.hi)
    assert INTERVAL.fraction(tenth) == Fraction(1, 10)
    assert INTERVAL.fraction(third) is None


@given(intervals)
def test_text_is_read_back_as_the_same_interval(x: Interval) -> None:
    """An interval is written and read with all digits of both ends."""
    assert INTERVAL.read(INTERVAL.text(x)) == x
    assert hash(INTERVAL.read(INTERVAL.text(x))) == hash(x)


@pytest.mark.parametrize(
    "text", ["", "[]", "[1]", "[1, 2", "1, 2", "[2, 1]", "[1, x]", "[1, 2, 3]"]
)
def test_other_texts_are_no_intervals(text: str) -> None:
    """What `text` does not write, `read` refuses."""
    with pytest.raises(CalculationError):
        INTERVAL.read(text)


def test_shared_digits_are_proved() -> None:
    """The sigmoid of a classic example is enclosed to all twenty digits."""
    found = value("1/(1 + exp(-0.3775))", "interval:20")
    assert str(found.lo)[:20] == str(found.hi)[:20] == "0.593269992107187255"


def test_an_interval_shows_itself() -> None:
    """Messages show the first digits, the debugger all."""
    x = interval("0.123456789", "2")
    assert str(x) == "[0.123457, 2]"
    assert repr(x) == "Interval[0.123456789, 2]"
    assert x != "0.123456789"
