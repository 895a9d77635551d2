"""Naming arithmetics."""

from __future__ import annotations

import pytest

from tracer.errors import TracerError
from tracer.maths.arithmetic import DEFAULT, arithmetic
from tracer.phrase import in_english


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("exact", "exact", "every number is an exact fraction"),
        ("decimal", "decimal:50", "carried to 50 significant digits"),
        ("decimal:80", "decimal:80", "80 significant digits"),
        ("by-hand:4", "by-hand:4", "every step is rounded to 4 decimals, half up"),
        ("by-hand:1", "by-hand:1", "every step is rounded to 1 decimal, half up"),
        ("by-hand:4:half-up", "by-hand:4", "half up"),
        ("by-hand:4:half-even", "by-hand:4:half-even", "rounded to 4 decimals, half to even"),
        ("by-hand:4sig", "by-hand:4sig", "rounded to 4 significant digits, half up"),
        ("by-hand:4sig:cut", "by-hand:4sig:cut", "cut off after 4 significant digits"),
        ("float", "float", "64-bit floating point"),
        ("interval", "interval:50", "certain to contain the true one"),
        ("interval:30", "interval:30", "30 significant digits"),
        (" Decimal:7 ", "decimal:7", "7 significant digits"),
    ],
)
def test_arithmetic_is_found_by_its_text(text: str, name: str, sentence: str) -> None:
    """Each text names one arithmetic, which knows its canonical name and tells what it does."""
    found = arithmetic(text)
    assert found.name == name
    assert sentence in in_english(found.sentence)
    assert not in_english(found.sentence).endswith(".")
    assert arithmetic(found.name) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exakt", r"unknown arithmetic 'exakt' \(did you mean 'exact'\?\)"),
        ("decimals:4", "did you mean 'decimal'"),
        ("quaternion", "there are exact, decimal"),
        ("", "unknown arithmetic ''"),
        ("exact:4", "exact takes no digits"),
        ("float:32", "float takes no digits"),
        ("decimal:0", "from 1 to 5000"),
        ("decimal:5001", "from 1 to 5000"),
        ("decimal:x", "from 1 to 5000"),
        ("decimal:", "from 1 to 5000"),
        ("decimal:-3", "from 1 to 5000"),
        ("decimal:٣", "from 1 to 5000"),
        ("decimal:" + "9" * 10_000, "from 1 to 5000"),
        ("decimal:5:6", "takes a number of digits"),
        ("by-hand", "takes a number of decimals"),
        ("by-hand:4:up", "the ways to round are half-up, half-even, cut"),
        ("by-hand:4:cut:cut", "takes a number of decimals"),
        ("by-hand:sig", "from 1 to 5000"),
        ("interval:1:2", "takes a number of digits"),
    ],
)
def test_anything_else_is_refused_with_what_there_is(text: str, message: str) -> None:
    """An unknown name, a wrong option or too many digits is an error that says what is right."""
    with pytest.raises(TracerError, match=message):
        arithmetic(text)


def test_the_default_is_decimal() -> None:
    """Without a name, fifty decimal digits are carried."""
    assert arithmetic() == arithmetic(DEFAULT)
    assert arithmetic().name == "decimal:50"
