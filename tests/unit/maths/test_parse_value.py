"""What stands in a spec where a number is wanted."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.errors import FormulaError
from tracer.maths.expression import Number, Symbol
from tracer.maths.parse import parse_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.20", Fraction(1, 5)),
        ("-3", Fraction(-3)),
        ("+3", Fraction(3)),
        (".5", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        ("-2/3", Fraction(-2, 3)),
        ("1e-3", Fraction(1, 1000)),
        ("10^-3", Fraction(1, 1000)),
        ("2*10^5", Fraction(200_000)),
        ("2·10⁵", Fraction(200_000)),
        ("(1+2)/3", Fraction(1)),
        ("1 - 1/3 - 0.5", Fraction(1, 6)),
        ("-(-2)**3", Fraction(8)),
        ("(4/9)**0.5", Fraction(2, 3)),
        ("8**(-1/3)", Fraction(1, 2)),
        ("10**4000", Fraction(10**4000)),
    ],
)
def test_number_is_exact_and_keeps_its_text(text: str, value: Fraction) -> None:
    """Integers, decimals, fractions, powers of ten and arithmetic give one exact fraction."""
    assert parse_value(f"  {text} ") == Number(value, text)


@pytest.mark.parametrize("letter", ["w1", "w", "η", "learning_rate"])
def test_letter_stands_for_a_number(letter: str) -> None:
    """A bare name is left as a letter."""
    assert parse_value(letter) == Symbol(letter)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected a number, and found nothing"),
        ("nan", "'nan' is not a finite number"),
        (".inf", "is not a finite number"),
        ("-Infinity", "is not a finite number"),
        ("sqrt(2)", r"sqrt\(\.\.\.\) is a function"),
        ("2**0.5", "is irrational"),
        ("(-8)**(1/3)", "does not exist among real numbers"),
        ("1/0", "division by zero"),
        ("1/(2 - 2)", "division by zero"),
        ("0**-1", "division by zero"),
        ("-w", "'w' is a letter"),
        ("2*w", "'w' is a letter"),
        ("where(1 > 0, 1, 2)", "no conditions"),
        ("9**9**9**9", "more than 14,000 bits"),
        ("2**-99999", "more than 14,000 bits"),
        ("1e4000*1e4000", "more than 14,000 bits"),
        ("1,5", "written with a point"),
        ("exp", "is a function"),
        ("0x10", "an operator is missing"),
        ("yes no", "an operator is missing"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, message: str) -> None:
    """What is no finite fraction of reasonable size is an error."""
    with pytest.raises(FormulaError, match=message):
        parse_value(text)


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_a_formula_error(text: str) -> None:
    """No text makes the reader fail in any other way."""
    try:
        value = parse_value(text)
    except FormulaError:
        return
    assert isinstance(value, Number | Symbol)


def test_plain_decimals_do_not_wait_for_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty thousand weights are read by one regular expression each, without the grammar."""
    monkeypatch.setattr("tracer.maths.parse.Parser", None)
    texts = ["0.15", "-0.20", "1e-3", "7", ".5"]
    assert [parse_value(text) for text in texts] == [Number(Fraction(t), t) for t in texts]
    with pytest.raises(TypeError):
        parse_value("1/3")
