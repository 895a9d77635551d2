"""Typst's mathematics: words and numbers with blanks between them, text in quotation marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

BARE = "∂Δ∇+−′=·×∈≈→⊤∘⋆"
"""Signs that stand for themselves."""
ESCAPED = ("(", ")", "[", "]", ",")
"""Signs that would group or part what stands around them."""
MARKS = {"^": "hat"}


def quoted(text: str) -> str:
    """Text in which nothing is a command, as a string of Typst."""
    shown = "".join(sign for sign in text if sign.isprintable() or sign == " ")
    escaped = shown.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def tree(symbol: Tree) -> str:
    """A symbol."""
    return _TREES[type(symbol)](symbol)


def _letter(symbol: Letter) -> str:
    known = symbol.text.isascii() or "\u0370" <= symbol.text <= "\u03ff"
    return symbol.text if known else quoted(symbol.text)


def _word(symbol: Word) -> str:
    return quoted(symbol.text)


def _digits(symbol: Digits) -> str:
    return symbol.text


def _sign(symbol: Sign) -> str:
    if symbol.text == "d":
        return "dif"
    if symbol.text in ESCAPED:
        return f"\\{symbol.text}"
    return symbol.text if symbol.text in BARE else quoted(symbol.text)


def _row(symbol: Row) -> str:
    return " ".join(map(tree, symbol.parts))


def _hat(symbol: Hat) -> str:
    return f"{MARKS[symbol.mark]}({tree(symbol.base)})"


def _over(symbol: Over) -> str:
    return f"frac({tree(symbol.above)}, {tree(symbol.below)})"


def _scripts(symbol: Scripts) -> str:
    below = "" if symbol.below is None else f"_{script(symbol.below)}"
    above = "" if symbol.above is None else f"^{script(symbol.above)}"
    base = tree(symbol.base)
    simple = isinstance(symbol.base, Letter | Word | Digits | Hat)
    return f"{base if simple else f'attach({base})'}{below}{above}"


def script(symbol: Tree) -> str:
    """What stands below or above: a single sign by itself, more of them as a group."""
    text = tree(symbol)
    return text if len(text) == 1 and text.isalnum() else f"({text})"


_TREES: dict[type[Tree], Callable[[Any], str]] = {
    Letter: _letter,
    Word: _word,
    Digits: _digits,
    Sign: _sign,
    Prose: _word,
    Row: _row,
    Hat: _hat,
    Over: _over,
    Scripts: _scripts,
}


def decimal(text: str) -> str:
    """A number as it stands; one with a comma in it is quoted, so that it is one number."""
    digits = text.lstrip("+")
    if digits.isascii() and "," not in digits:
        return digits
    sign = "-" if digits.startswith("-") else ""
    return sign + quoted(digits.removeprefix("-"))


def _scientific(digits: str, exponent: str) -> str:
    return f"{digits} dot 10^({exponent})"


def _fraction(upper: str, lower: str) -> str:
    sign = "-" if upper.startswith("-") else ""
    return f"{sign}frac({upper.removeprefix('-')}, {lower})"


def _interval(low: str, high: str) -> str:
    return rf"[{low}\, {high}]"


OF_ONE: dict[str, Callable[[str], Piece]] = {
    "exp": lambda argument: Piece(f"e^({argument})", POWER),
    "sqrt": lambda argument: Piece(f"sqrt({argument})"),
    "abs": lambda argument: Piece(f"abs({argument})"),
}
"""Functions that are not written by their names."""

KNOWN = ("ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min")
NAMES = {"log10": "log_10", "atan": "arctan"}


def _call(function: str, arguments: Sequence[str]) -> Piece:
    if function in OF_ONE and len(arguments) == 1:
        return OF_ONE[function](arguments[0])
    known = function if function in KNOWN else f"op({quoted(function)})"
    listed = r"\, ".join(arguments)
    symbol = operator(function)
    name = tree(symbol) if symbol else NAMES.get(function, known)
    return Piece(f"{name} ({listed})")


def _cases(
    branches: Sequence[Branch], otherwise: str, where: str = "if", last: str = "otherwise"
) -> Piece:
    before, after = quoted(f" {where} "), quoted(f" {last}")
    rows = [
        f"{value} & {before} {left} {relation} {right}" for left, relation, right, value in branches
    ]
    return Piece(f"cases({', '.join(rows)}, {otherwise} & {after})")


def _nothing(of: object) -> Piece:
    raise TypeError(of)


STYLE = Style(
    symbol=_nothing,
    number=_nothing,
    call=_call,
    cases=_cases,
    plus=" + ",
    minus=" - ",
    times=" dot ",
    negative=Form("-{}", SIGN, (PRODUCT,)),
    quotient=Form("frac({}, {})", POWER, (LOOSEST, LOOSEST)),
    power=Form("{}^({})", POWER, (ATOM, LOOSEST)),
    relations={"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "="},
    brackets="({})",
)

TYPST = Medium(
    name="typst",
    style=STYLE,
    tree=tree,
    decimal=decimal,
    scientific=_scientific,
    fraction=_fraction,
    interval=_interval,
    comma=r"\,",
    semicolon=";",
    slash=r" \/ ",
    signs={"·": " dot ", "×": " times ", "*": " dot ", "": " "},
    relations={"=": "=", "≈": "approx", "∈": "in"},
    cases=_cases,
)
