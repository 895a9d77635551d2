"""LaTeX, as an author would type it: amsmath and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from tracer.maths.precedence import ATOM, LOOSEST, POWER, PRODUCT, SIGN
from tracer.maths.printer import Branch, Form, Piece, Style
from tracer.notation.figures import NARROW
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
from tracer.render.markup.tex_text import IN_MATHS, escaped

FLAT = re.compile(r"\\left\(((?:(?!\\left|\\right|\\frac|\\tfrac|\\begin|\\bigl|\^\{).)*)\\right\)")
"""Brackets around nothing that is higher than a line."""

MARKS = {"^": r"\hat"}
SIGNS = {"d": r"\mathrm{d}", "[": "[", "]": "]", "@": "@"}


def joined(parts: Sequence[str]) -> str:
    """Parts side by side; a command keeps its distance from a letter after it."""
    text = ""
    for part in parts:
        needs_space = text.split("\\")[-1].isalpha() and "\\" in text and part[:1].isalpha()
        text += f" {part}" if needs_space else part
    return text


def tree(symbol: Tree) -> str:
    """A symbol."""
    return _TREES[type(symbol)](symbol)


def _letter(symbol: Letter) -> str:
    if symbol.text.isascii():
        return symbol.text
    return IN_MATHS.get(symbol.text) or rf"\text{{{escaped(symbol.text)}}}"


def _word(symbol: Word) -> str:
    if symbol.text.isascii() and symbol.text.isalnum():
        return rf"\mathrm{{{symbol.text}}}"
    return rf"\text{{{escaped(symbol.text)}}}"


def _digits(symbol: Digits) -> str:
    return symbol.text


def _sign(symbol: Sign) -> str:
    return SIGNS.get(symbol.text) or IN_MATHS.get(symbol.text) or escaped(symbol.text)


def _prose(symbol: Prose) -> str:
    return rf"\text{{{escaped(symbol.text)}}}"


def _row(symbol: Row) -> str:
    return joined([tree(part) for part in symbol.parts])


def _hat(symbol: Hat) -> str:
    return f"{MARKS[symbol.mark]}{{{tree(symbol.base)}}}"


def _over(symbol: Over) -> str:
    return rf"\frac{{{tree(symbol.above)}}}{{{tree(symbol.below)}}}"


def _scripts(symbol: Scripts) -> str:
    below = "" if symbol.below is None else f"_{script(tree(symbol.below))}"
    above = "" if symbol.above is None else f"^{script(tree(symbol.above))}"
    base = tree(symbol.base)
    simple = isinstance(symbol.base, Letter | Word | Digits)
    return f"{base if simple else f'{{{base}}}'}{below}{above}"


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


def script(text: str) -> str:
    """What stands below or above: a single sign without braces, as people type it."""
    return text if len(text) == 1 and text.isascii() and text.isalnum() else f"{{{text}}}"


def small_brackets(formula: str) -> str:
    """The formula, with brackets that need not grow as they are on a keyboard."""
    while (tidied := FLAT.sub(r"(\1)", formula)) != formula:
        formula = tidied
    return formula


IN_NUMBERS = str.maketrans({",": "{,}", NARROW: r"\,", "’": r"\text{\textquoteright}"})
"""A comma in a number has no space after it."""


def decimal(text: str) -> str:
    """A number as it stands."""
    return text.lstrip("+").translate(IN_NUMBERS)


def _scientific(digits: str, exponent: str) -> str:
    return rf"{digits}\cdot 10^{{{exponent}}}"


def _fraction(upper: str, lower: str) -> str:
    sign = "-" if upper.startswith("-") else ""
    return rf"{sign}\frac{{{upper.removeprefix('-')}}}{{{lower}}}"


def _interval(low: str, high: str) -> str:
    return rf"\left[{low},\, {high}\right]"


def _exp(argument: str) -> Piece:
    return Piece(rf"e^{{{argument}}}", POWER)


def _sqrt(argument: str) -> Piece:
    return Piece(rf"\sqrt{{{argument}}}")


def _abs(argument: str) -> Piece:
    return Piece(rf"\left|{argument}\right|")


OF_ONE: dict[str, Callable[[str], Piece]] = {"exp": _exp, "sqrt": _sqrt, "abs": _abs}
"""Functions that are not written by their names."""

KNOWN = ("ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min")
NAMES = {"log10": r"\log_{10}", "atan": r"\arctan"}


def _call(function: str, arguments: Sequence[str]) -> Piece:
    if function in OF_ONE and len(arguments) == 1:
        return OF_ONE[function](arguments[0])
    known = f"\\{function}" if function in KNOWN else rf"\operatorname{{{function}}}"
    symbol = operator(function)
    name = tree(symbol) if symbol else NAMES.get(function, known)
    return Piece(rf"{name}\left({', '.join(arguments)}\right)")


def _cases(
    branches: Sequence[Branch], otherwise: str, where: str = "if", last: str = "otherwise"
) -> Piece:
    where, last = escaped(where), escaped(last)
    rows = [
        rf"{value} & \text{{{where} }} {left} {relation} {right}"
        for left, relation, right, value in branches
    ]
    rows.append(rf"{otherwise} & \text{{{last}}}")
    told = r" \\ ".join(rows)
    return Piece(rf"\begin{{cases}} {told} \end{{cases}}")


def _nothing(of: object) -> Piece:
    raise TypeError(of)


STYLE = Style(
    symbol=_nothing,
    number=_nothing,
    call=_call,
    cases=_cases,
    plus=" + ",
    minus=" - ",
    times=r" \cdot ",
    negative=Form("-{}", SIGN, (PRODUCT,)),
    quotient=Form(r"\frac{{{}}}{{{}}}", POWER, (LOOSEST, LOOSEST)),
    power=Form("{}^{{{}}}", POWER, (ATOM, LOOSEST)),
    relations={"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "="},
    brackets=r"\left({}\right)",
)

LATEX = Medium(
    name="latex",
    style=STYLE,
    tree=tree,
    decimal=decimal,
    scientific=_scientific,
    fraction=_fraction,
    interval=_interval,
    comma=",",
    semicolon=";",
    slash="/",
    signs={"·": r" \cdot ", "×": r" \times ", "*": r" \cdot ", "": r"\,"},
    relations={"=": "=", "≈": r"\approx", "∈": r"\in"},
    cases=_cases,
)
