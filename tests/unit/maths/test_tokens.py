"""Tokens of formulas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.maths.strategies import attempt
from tracer.errors import FormulaError
from tracer.maths.tokens import MAX_LENGTH, clipped, is_name, tokens


def texts(formula: str) -> list[str]:
    """The tokens' texts, without the end."""
    return [token.text for token in tokens(formula)[:-1]]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("w1*x", ["w1", "*", "x"]),
        ("2e3", ["2e3"]),
        ("2e", ["2", "e"]),
        (".5+5.", [".5", "+", "5."]),
        ("1e-3-1", ["1e-3", "-", "1"]),
        ("a^b", ["a", "**", "b"]),
        ("a−b·c×d÷e", ["a", "-", "b", "*", "c", "*", "d", "/", "e"]),
        ("x≥0", ["x", ">=", "0"]),
        ("δ_o1*η", ["δ_o1", "*", "η"]),
        ("x⁻¹²", ["x", "-12"]),
        ("x̂ + 1", ["x̂", "+", "1"]),
    ],
)
def test_formula_is_cut_at_the_right_places(formula: str, expected: list[str]) -> None:
    """Numbers, names, signs and raised digits are told apart, in whatever way they are typed."""
    assert texts(formula) == expected


@pytest.mark.parametrize(
    ("formula", "column", "message"),
    [
        ("x.real", 1, "names have no parts joined by a point"),
        ("a + 'b'", 4, "no quoted text"),
        ("a[0]", 1, "round brackets"),
        ("a = b", 2, "written =="),
        ("a != b", 2, "comparisons are"),
        ("|x|", 0, "abs\\(x\\)"),
        ("√2", 0, "sqrt\\(x\\)"),
        ("½", 0, "1/2 or 0.5"),
        ("x₁", 0, "ordinary digits"),
        ("2*∂", 2, "made of numbers"),
        ("5%", 1, "as a decimal"),
        ("a;b", 1, "made of numbers"),
        ("x\x00", 1, r"unexpected '\\x00'"),
    ],
)
def test_foreign_character_is_named_with_what_would_be_right(
    formula: str, column: int, message: str
) -> None:
    """A character that no formula has is refused at its column, with a hint."""
    with pytest.raises(FormulaError, match=message) as caught:
        tokens(formula)
    assert caught.value.column == column


@given(st.text(max_size=80))
def test_columns_point_into_the_text(text: str) -> None:
    """Whatever the text, tokens come in order and stand where they say, or an error does."""
    found = attempt(lambda: tokens(text), FormulaError)
    if isinstance(found, FormulaError):
        assert 0 <= found.column <= len(text)
    else:
        columns = [token.column for token in found]
        assert columns == sorted(columns)
        assert found[-1] == ("end", "", len(text))


def test_too_long_a_formula_is_refused() -> None:
    """One character more than the limit is too many."""
    assert len(tokens("x" * MAX_LENGTH)) == 2
    with pytest.raises(FormulaError, match="10,000 characters, and this has 10,001"):
        tokens("x" * (MAX_LENGTH + 1))


@pytest.mark.parametrize("name", ["x", "w_1", "δ", "h1", "învăț"])
def test_name(name: str) -> None:
    """Letters of any alphabet, digits and underscores make a name."""
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "1x", "x y", "x²", "½", "x-y", "2", "x₁", " x"])
def test_no_name(name: str) -> None:
    """What the grammar would read as anything else is no name."""
    assert not is_name(name)


def test_messages_stay_short() -> None:
    """Long or unprintable text is shortened and escaped before a message shows it."""
    assert clipped("a" * 20 + "b" * 100 + "c" * 20) == "a" * 20 + "…" + "c" * 20
    assert clipped("\x1b[31m") == "\\x1b[31m"
