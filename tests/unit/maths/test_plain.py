"""The plain text of expressions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings

from tests.unit.maths.strategies import trees
from tracer.maths.expression import (
    Add,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    number,
    symbols,
)
from tracer.maths.parse import parse
from tracer.maths.plain import digits_piece, plain
from tracer.maths.precedence import ATOM, BINDING, POWER, PRODUCT, QUOTIENT, SIGN, SUM
from tracer.maths.printer import Piece

a, b = Symbol("a"), Symbol("b")


@settings(max_examples=500)
@given(trees)
def test_plain_text_is_read_back_as_the_same_tree(tree: Expression) -> None:
    """Parsing what was printed gives the tree that was printed, brackets, digits and all."""
    assert parse(plain(tree)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "1/(1 + exp(-net))",
        "w - learning_rate*gradient",
        "-a*b",
        "(-a)*b",
        "a - (b - c)",
        "a + (b + c)",
        "-(a + b)",
        "-(-a)",
        "a - (-b)",
        "a/b*c",
        "a*b/c",
        "a/(b*c)",
        "a*(b/c)",
        "(a*b)*c",
        "(-x)**2",
        "-x**2",
        "x**(-2)",
        "(a**b)**c",
        "a**b**c",
        "a*(-b)",
        "-a + b",
        "0.20*x + 1e-3",
        "where(net > 0, net, net == a - b, 0.01*net, 0)",
        "max(0, net)",
    ],
)
def test_text_in_the_house_style_is_printed_as_it_is(text: str) -> None:
    """Spaces stand round + and - and comparisons, none round * / **, and brackets where needed."""
    assert plain(parse(text)) == text


def put_in(texts: dict[str, str]) -> str:
    """``w*x + b - c`` and its like with numbers put in."""
    return plain(parse("w*x + b - c"), lambda name: digits_piece(texts[name]))


def test_negative_numbers_are_bracketed_after_an_operator() -> None:
    """A number put in for a name gets brackets where its minus would follow another sign."""
    assert put_in({"w": "0.4", "x": "-0.019", "b": "-0.5", "c": "-1"}) == (
        "0.4*(-0.019) + (-0.5) - (-1)"
    )


def test_negative_number_at_the_start_stands_bare() -> None:
    """The first number needs no brackets, wherever in the tree it stands."""
    assert put_in({"w": "-0.4", "x": "2", "b": "1", "c": "3"}) == "-0.4*2 + 1 - 3"
    negative = {"a": Piece("-0.4", SIGN), "b": Piece("2")}
    assert plain(parse("a/b"), negative.__getitem__) == "-0.4/2"
    assert plain(parse("b*(a + 1)"), negative.__getitem__) == "2*(-0.4 + 1)"
    assert plain(parse("exp(a)"), negative.__getitem__) == "exp(-0.4)"


def test_negative_number_is_bracketed_as_the_base_of_a_power() -> None:
    """(-0.4)**2 is not -0.4**2, even at the start."""
    assert plain(parse("a**2"), lambda _: Piece("-0.4", SIGN)) == "(-0.4)**2"
    assert plain(parse("-a"), lambda _: Piece("-0.4", SIGN)) == "-(-0.4)"


@pytest.mark.parametrize(
    ("text", "binding"),
    [
        ("12", ATOM),
        ("0.5", ATOM),
        ("1e-3", ATOM),
        ("-0.5", SIGN),
        ("1/3", QUOTIENT),
        ("2*10^5", PRODUCT),
        ("10^-3", POWER),
        ("1 + 2", SUM),
        ("-1/3", SIGN),
    ],
)
def test_a_number_binds_as_its_text_does(text: str, binding: int) -> None:
    """A literal written with operators is bracketed like a formula of them."""
    assert digits_piece(text) == Piece(text, binding)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Pow(number(Fraction(1, 3)), number(2)), "(1/3)**2"),
        (Mul((a, number(Fraction(1, 3)))), "a*(1/3)"),
        (Mul((number(Fraction(1, 2)), a)), "1/2*a"),
        (Add((a, number(-2))), "a + (-2)"),
        (Mul((number(-2), a)), "-2*a"),
        (Div(a, Number(Fraction(1, 1000), "10^-3")), "a/10^-3"),
        (Neg(number(-1)), "-(-1)"),
    ],
)
def test_literals_of_fractions_and_signs_keep_their_value(tree: Expression, text: str) -> None:
    """A literal such as 1/3 or -2, which the program itself may write, is bracketed as needed."""
    assert plain(tree) == text


def test_symbols_need_not_be_strings() -> None:
    """What a symbol stands for is written by the caller's function."""
    tree = Add((Symbol(("w", 1)), Symbol(("w", 2))))
    assert plain(tree, lambda of: f"{of[0]}{of[1]}") == "w1 + w2"


@given(trees)
def test_names_are_asked_for_each_symbol(tree: Expression) -> None:
    """Every symbol of the tree, and nothing else, is given to the naming function."""
    asked: list[str] = []

    def name(of: str) -> str:
        asked.append(of)
        return of

    plain(tree, name)
    assert dict.fromkeys(asked) == dict.fromkeys(symbols(tree))


def test_every_kind_of_node_has_a_binding() -> None:
    """The precedence table knows each kind of expression."""
    assert set(BINDING) == set(Expression.__args__)
