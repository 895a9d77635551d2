"""MathML Core: what browsers set without a script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from tracer.maths.precedence import ATOM, LOOSEST, POWER, PRODUCT, SIGN
from tracer.maths.printer import Branch, Form, Piece, Style
from tracer.notation.symbols import (
    Digits,
    Hat,
    Letter,
    Over,
    Prose,
    Row,
    Scripts,
    Sign,
    Tree,
    Word,
)
from tracer.render.markup.medium import Medium
from tracer.render.markup.operators import operator

MINUS = "\u2212"
PARTIAL = "∂"
"""In italics, as TeX has it."""
NO_SIGN = "<mo>&#x2062;</mo>"
"""Between factors that stand side by side."""
OPEN = CLOSE = "<mo>{}</mo>"
"""Brackets at the ends of a row: browsers know that they grow and stand close to what is inside."""
MARKS = {"^": "\u02c6"}
"""Marks over letters, by what patterns have: the small one that fonts draw for it."""
APPLIED = "<mo>&#x2061;</mo>"


def row(*parts: str) -> str:
    """Parts side by side as one."""
    return f"<mrow>{''.join(parts)}</mrow>"


def fenced(inner: str, left: str = "(", right: str = ")") -> str:
    """Something between brackets that grow with it."""
    return row(OPEN.format(left), inner, CLOSE.format(right))


def identifier(text: str) -> str:
    """A name: one letter in italics, several upright."""
    return f"<mi>{escape(text)}</mi>"


def tree(symbol: Tree) -> str:
    """A symbol."""
    return _TREES[type(symbol)](symbol)


def _letter(symbol: Letter) -> str:
    return identifier(symbol.text)


def _word(symbol: Word) -> str:
    return identifier(symbol.text)


def _digits(symbol: Digits) -> str:
    return f"<mn>{escape(symbol.text)}</mn>"


def _sign(symbol: Sign) -> str:
    if symbol.text == PARTIAL:
        return identifier(PARTIAL)
    if symbol.text in "Δ∇d":
        return f'<mi mathvariant="normal">{symbol.text}</mi>'
    return f"<mtext>{escape(symbol.text)}</mtext>"


def _prose(symbol: Prose) -> str:
    return f"<mtext>{escape(symbol.text.replace(' ', chr(0xA0)))}</mtext>"


def _row(symbol: Row) -> str:
    return row(*map(tree, symbol.parts))


def _hat(symbol: Hat) -> str:
    mark = MARKS.get(symbol.mark, symbol.mark)
    return f'<mover accent="true">{tree(symbol.base)}<mo>{escape(mark)}</mo></mover>'


def _over(symbol: Over) -> str:
    return f"<mfrac>{tree(symbol.above)}{tree(symbol.below)}</mfrac>"


def _scripts(symbol: Scripts) -> str:
    scripts = [tree(script) for script in (symbol.below, symbol.above) if script is not None]
    tag = f"m{'sub' if symbol.below else ''}{'sup' if symbol.above else ''}"
    return f"<{tag}>{tree(symbol.base)}{''.join(scripts)}</{tag}>"


_TREES: dict[type[Tree], Callable[[Any], str]] = {
    Letter: _letter,
    Word: _word,
    Digits: _digits,
    Sign: _sign,
    Prose: _prose,
    Row: _row,
    Hat: _hat,
    Over: _over,
    Scripts: _scripts,
}


def decimal(text: str) -> str:
    """A number; a minus is a sign of its own."""
    sign = f"<mo>{MINUS}</mo>" if text.startswith("-") else ""
    digits = f"<mn>{escape(text.lstrip('+-'))}</mn>"
    return row(sign, digits) if sign else digits


def _scientific(digits: str, exponent: str) -> str:
    return row(digits, "<mo>·</mo>", f"<msup><mn>10</mn>{decimal(exponent)}</msup>")


def _fraction(upper: str, lower: str) -> str:
    return f"<mfrac>{upper}{lower}</mfrac>"


def _interval(low: str, high: str) -> str:
    return fenced(row(low, "<mo>,</mo>", high), "[", "]")


def _exp(argument: str) -> Piece:
    return Piece(f"<msup><mi>e</mi>{row(argument)}</msup>", POWER)


def _sqrt(argument: str) -> Piece:
    return Piece(f"<msqrt>{argument}</msqrt>")


def _abs(argument: str) -> Piece:
    return Piece(fenced(argument, "|", "|"))


OF_ONE: dict[str, Callable[[str], Piece]] = {"exp": _exp, "sqrt": _sqrt, "abs": _abs}
"""Functions that are not written by their names."""

NAMES = {
    "log10": "<msub><mi>log</mi><mn>10</mn></msub>",
    "atan": "<mi>arctan</mi>",
}


def _call(function: str, arguments: Sequence[str]) -> Piece:
    if function in OF_ONE and len(arguments) == 1:
        return OF_ONE[function](arguments[0])
    symbol = operator(function)
    name = tree(symbol) if symbol else NAMES.get(function, identifier(function))
    return Piece(row(name, APPLIED, fenced("<mo>,</mo>".join(arguments))))


def _cases(
    branches: Sequence[Branch], otherwise: str, where: str = "if", last: str = "otherwise"
) -> Piece:
    before = f"<mtext>{escape(where)}&#xA0;</mtext>"
    rows = [
        f"<mtr><mtd>{value}</mtd><mtd>{before}{left}{relation}{right}</mtd></mtr>"
        for left, relation, right, value in branches
    ]
    rows.append(f"<mtr><mtd>{otherwise}</mtd><mtd><mtext>{escape(last)}</mtext></mtd></mtr>")
    table = f'<mtable class="cases">{"".join(rows)}</mtable>'
    return Piece(row(OPEN.format("{"), table))


def _nothing(of: object) -> Piece:
    raise TypeError(of)


STYLE = Style(
    symbol=_nothing,
    number=_nothing,
    call=_call,
    cases=_cases,
    plus="<mo>+</mo>",
    minus=f"<mo>{MINUS}</mo>",
    times="<mo>·</mo>",
    negative=Form(f'<mo form="prefix">{MINUS}</mo>{{}}', SIGN, (PRODUCT,)),
    quotient=Form("<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>", POWER, (LOOSEST, LOOSEST)),
    power=Form("<msup><mrow>{}</mrow><mrow>{}</mrow></msup>", POWER, (ATOM, LOOSEST)),
    relations={
        "<": "<mo>&lt;</mo>",
        "<=": "<mo>≤</mo>",
        ">": "<mo>&gt;</mo>",
        ">=": "<mo>≥</mo>",
        "==": "<mo>=</mo>",
    },
    brackets=row(OPEN.format("("), "{}", CLOSE.format(")")),
)

MATHML = Medium(
    name="mathml",
    style=STYLE,
    tree=tree,
    decimal=decimal,
    scientific=_scientific,
    fraction=_fraction,
    interval=_interval,
    comma="<mo>,</mo>",
    semicolon="<mo>;</mo>",
    slash="<mo>/</mo>",
    signs={"·": "<mo>·</mo>", "×": "<mo>×</mo>", "*": "<mo>·</mo>", "": NO_SIGN},
    relations={"=": "<mo>=</mo>", "≈": "<mo>≈</mo>", "∈": "<mo>∈</mo>"},
    cases=_cases,
)
