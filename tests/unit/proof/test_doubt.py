"""How far rounded numbers may be off: never less than they are."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from random import Random
from typing import Any

import pytest
from mpmath import MPContext

from tracer.errors import CalculationError
from tracer.proof import doubt
from tracer.proof.functions import PRIMITIVES, applied, raised
from tracer.proof.precision import MP
from tracer.proof.reals import ONE, ZERO, Real

MORE = MPContext()
MORE.dps = 1_000
LARGEST = 10**6
SCALES = (0, 0, 0, 0, 20, -20, 60, -40)
E = applied("exp", ONE)
TINY = applied("exp", Real(Fraction(-300)))
DUST = (E + TINY) - E

Pair = tuple[Real, Any]
"""A witness's number, and the same with far more digits."""


def number(random: Random) -> Pair:
    """A fraction of any size."""
    part = Fraction(random.randint(-200, 200), random.choice((1, 2, 3, 7, 10, 100)))
    value = part * Fraction(10) ** random.choice(SCALES)
    return Real(value), MORE.convert(value)


def combined(random: Random, one: Pair, other: Pair) -> Pair:
    """Two numbers, added, multiplied, raised, or one of them in a function."""
    (a, x), (b, y) = one, other
    name = random.choice(("+", "-", "*", "/", "**", "^", *sorted(PRIMITIVES)))
    if name in ("^", "exp", "sinh", "cosh", "sin", "cos", "tan") and max(abs(x), abs(y)) > LARGEST:
        raise CalculationError("that would take long")
    whole = random.randint(-4, 5)
    table = {
        "+": lambda: (a + b, x + y),
        "-": lambda: (a - b, x - y),
        "*": lambda: (a * b, x * y),
        "/": lambda: (a / b, x / y),
        "**": lambda: (raised(a, Real(Fraction(whole))), x**whole),
        "^": lambda: (raised(a, b), x**y),
    }
    if name in table:
        return table[name]()
    return applied(name, a), getattr(MORE, name)(x)


@pytest.mark.parametrize("seed", range(40))
def test_no_number_is_further_off_than_it_knows(seed: int) -> None:
    """Through sums that cancel, quotients, powers and functions, the error stays in its bound."""
    for part in range(20):
        random = Random(20 * seed + part)
        pool = [number(random) for _ in range(4)]
        for _ in range(25):
            try:
                found, right = combined(random, random.choice(pool), random.choice(pool))
            except (CalculationError, ZeroDivisionError):
                continue
            pool.append((found, right))
            if found.exact is None and found.bound < inf:
                assert abs(MORE.convert(found.rounded) - right) <= MORE.convert(found.error)


def test_a_hundred_digits_are_known_of_what_does_not_cancel() -> None:
    """A bound is not much more than what rounding does."""
    total = ZERO
    for k in range(1, 1001):
        total = total + applied("exp", Real(Fraction(-1, k))) * E / Real(Fraction(k))
    assert total.error < total.rounded * MP.mpf(10) ** -94


def test_what_cancels_is_known_to_be_lost() -> None:
    """(e + e**-200) - e has about ten digits of a hundred left, and knows it."""
    left = (E + applied("exp", Real(Fraction(-200)))) - E
    assert left.rounded * MP.mpf(10) ** -14 < left.error < left.rounded * MP.mpf(10) ** -10
    assert abs(DUST.rounded) <= DUST.error


def test_giants_are_known_as_closely_as_others() -> None:
    """The sizes of numbers with 10**70 digits are exact, so that 1/cosh**2 is known."""
    cosh = applied("cosh", Real(Fraction(10**70)))
    slope = ONE / (cosh * cosh)
    assert slope.bound < slope.size - 90 * doubt.UNIT
    assert (ONE + slope - ONE).rounded == 0


def test_divided_by_what_may_be_zero_nothing_is_known() -> None:
    """What rounding has left may be 0, whatever its digits are; its square is smaller still."""
    assert (ONE / (DUST + TINY)).error == MP.inf
    assert applied("ln", abs(DUST + TINY)).error == MP.inf
    assert MP.mpf(10) ** -51 < applied("sqrt", abs(DUST)).error < MP.mpf(10) ** -47
    assert raised(DUST, Real(Fraction(2))).error < MP.mpf(10) ** -190
    assert raised(DUST + TINY, Real(Fraction(-2))).error == MP.inf


def test_far_too_large_numbers_are_refused() -> None:
    """Where even the logarithm of a number is too large, there is no bound."""
    with pytest.raises(CalculationError, match="far too large"):
        doubt.size(MP.ldexp(1, 2**1001))
