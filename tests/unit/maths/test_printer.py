"""The printer core: a style is a table, and the recursion puts the brackets."""

from __future__ import annotations

import pytest

from tracer.maths.expression import Expression, Neg, Pow, Symbol
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.maths.precedence import ATOM, LOOSEST, PRODUCT, SIGN
from tracer.maths.printer import Form, Piece, Style, written

TEX = Style(
    symbol=lambda of: Piece(f"{of}_{{}}"[: len(str(of))]),
    number=lambda number: Piece(number.text),
    call=lambda function, arguments: Piece(rf"\{function}\left({', '.join(arguments)}\right)"),
    cases=lambda branches, otherwise: Piece(
        r"\begin{cases}"
        + "".join(
            rf"{branch.value} & {branch.left} {branch.relation} {branch.right} \\ "
            for branch in branches
        )
        + rf"{otherwise}\end{{cases}}"
    ),
    times=r" \cdot ",
    quotient=Form(r"\frac{{{}}}{{{}}}", PRODUCT, (LOOSEST, LOOSEST)),
    power=Form("{}^{{{}}}", 40, (ATOM, LOOSEST)),
    relations={"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "="},
    brackets=r"\left({}\right)",
)


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("1/(1 + exp(-net))", r"\frac{1}{1 + \exp\left(-net\right)}"),
        ("a*(b + c)", r"a \cdot \left(b + c\right)"),
        ("(a + b)**(c - 1)", r"\left(a + b\right)^{c - 1}"),
        ("(a/b)**2", r"\left(\frac{a}{b}\right)^{2}"),
        ("2**-x", "2^{-x}"),
        ("-(a - b)/c", r"-\frac{a - b}{c}"),
        ("where(x >= 0, x, 0)", r"\begin{cases}x & x \ge 0 \\ 0\end{cases}"),
    ],
)
def test_another_format_is_another_table(formula: str, text: str) -> None:
    """Where a bar or a raised position groups its operands, no brackets are put."""
    assert written(parse(formula), TEX) == text


def test_a_grouped_position_starts_anew() -> None:
    """A number with a minus stands bare at the start of a numerator, though not of the text."""
    style = Style(
        symbol=lambda _: Piece("-2", SIGN),
        number=TEX.number,
        call=TEX.call,
        cases=TEX.cases,
        quotient=TEX.quotient,
    )
    assert written(parse("1 + a/3"), style) == r"1 + \frac{-2}{3}"


def test_brackets_are_written_once() -> None:
    """Brackets within brackets are written once each."""
    tree: Expression = Symbol("x")
    for _ in range(90):
        tree = Pow(Neg(tree), Symbol("x"))
    assert plain(tree).count("(") == 90
