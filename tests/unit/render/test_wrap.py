"""Long lines are broken where a person would break them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.render.wrap import wrapped, wrapped_formula


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("short", 20, ["short"]),
        ("exactly twenty chars", 20, ["exactly twenty chars"]),
        ("words that are longer than twenty", 20, ["words that are", "longer than twenty"]),
        ("alpha·beta·gamma·delta·epsilon", 20, ["alpha·beta·gamma·", "delta·epsilon"]),
        ("alpha*beta*gamma*delta*epsilon", 20, ["alpha*beta*gamma*", "delta*epsilon"]),
        ("alpha**beta**gamma**delta**eps", 20, ["alpha**beta**gamma**delta**eps"]),
        ("", 20, [""]),
        ("x" * 50, 20, ["x" * 50]),
        ("one two three four five", 3, ["one two three four", "five"]),
        ("a" * 25 + " " + "b" * 25, 20, ["a" * 25, "b" * 25]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    """At a blank, before a sign, after that of a product; never inside a name."""
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("a·b + c·d", 20, ["a·b + c·d"]),
        ("alpha·beta + gamma·delta - epsilon", 22, ["alpha·beta", "+ gamma·delta", "- epsilon"]),
        ("a + b + gamma·delta·epsilon·zeta", 20, ["a + b", "+ gamma·delta·", "epsilon·zeta"]),
        ("gamma·delta·epsilon·zeta + a + b", 20, ["gamma·delta·epsilon·", "zeta + a + b"]),
        ("exp(alpha + beta) + gamma", 20, ["exp(alpha + beta)", "+ gamma"]),
        ("(alpha + beta + gamma + delta)/4", 20, ["(alpha + beta", "+ gamma + delta)/4"]),
        ("{a if a - b > c + d; 0 otherwise}", 20, ["{a if a - b > c + d;", "0 otherwise}"]),
        ("-0.25·(-0.75) - (-0.5)", 20, ["-0.25·(-0.75)", "- (-0.5)"]),
        ("", 20, [""]),
        ("x" * 30 + " + y", 20, ["x" * 30, "+ y"]),
    ],
)
def test_where_formulas_break(text: str, width: int, lines: list[str]) -> None:
    """Between the terms of the outermost sum; inside a term only where it is too long."""
    assert wrapped_formula(text, width) == lines


@given(st.text("ab ·*+-()1.", max_size=200), st.integers(-5, 60))
def test_nothing_is_lost(text: str, width: int) -> None:
    """Whatever is broken, the text without its blanks stays the same."""
    for lines in (wrapped(text, width), wrapped_formula(text, width)):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.text("abc", min_size=1, max_size=15), min_size=1), st.integers(20, 60))
def test_words_fit(words: list[str], width: int) -> None:
    """A line of words that are shorter than the width is never longer than the width."""
    assert all(len(line) <= width for line in wrapped(" ".join(words), width))
