"""Formulas in words, for people who listen to a page: one more medium, its words in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import Any

from tracer.maths.precedence import ATOM, LOOSEST, POWER, PRODUCT, QUOTIENT, SIGN
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
from tracer.render.markup.medium import Medium, Writer
from tracer.render.markup.pieces import Fence
from tracer.rules.quantity import Quantity

WORDS = {
    "plus": "plus",
    "minus": "minus",
    "times": "times",
    "over": "over",
    "to the power": "to the power",
    "times ten": "times ten to the power",
    "open": "open bracket",
    "close": "close bracket",
    "of": "of",
    "and": "and",
    "if": "if",
    "otherwise": "otherwise",
    "between": "the interval from {} to {}",
    "=": "equals",
    "≈": "is about",
    "∈": "lies in",
    "<": "is less than",
    "<=": "is at most",
    ">": "is greater than",
    ">=": "is at least",
    "==": "equals",
    "∂": "partial",
    "d": "d",
    "Δ": "change of",
    "∇": "gradient of",
    "hat": "hat",
    "′": "prime",
}
"""What signs are called; another language has its own."""

FUNCTIONS = {
    "exp": "e to the power",
    "ln": "natural logarithm of",
    "log10": "logarithm to base ten of",
    "sqrt": "square root of",
    "abs": "absolute value of",
    "atan": "arc tangent of",
    "tanh": "hyperbolic tangent of",
    "sigmoid": "sigmoid of",
    "max": "maximum of",
    "min": "minimum of",
}
"""What functions are called; one that is not here is called by its name."""

LETTERS = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta"},
    **{"λ": "lambda", "μ": "mu", "ρ": "rho", "σ": "sigma", "θ": "theta"},
}
AND, TIMES = f" {WORDS['and']} ", f" {WORDS['times']} "
SIGNS = {"+": "plus", "−": "minus", "-": "minus", "′": "′", "∂": "∂", "Δ": "Δ", "∇": "∇", "d": "d"}
"""The word of a sign, by its name in `WORDS`."""


@singledispatch
def tree(symbol: Tree) -> str:
    """A symbol in words."""
    raise TypeError(symbol)


@tree.register
def _(symbol: Letter) -> str:
    return LETTERS.get(symbol.text, symbol.text)


@tree.register(Word)
@tree.register(Digits)
@tree.register(Prose)
def _(symbol: Word | Digits | Prose) -> str:
    return symbol.text.strip()


@tree.register
def _(symbol: Sign) -> str:
    found = SIGNS.get(symbol.text)
    return WORDS[found] if found else symbol.text


@tree.register
def _(symbol: Row) -> str:
    letter_and_number = [type(part) for part in symbol.parts] == [Letter, Digits]
    return ("" if letter_and_number else " ").join(map(tree, symbol.parts))


@tree.register
def _(symbol: Hat) -> str:
    return f"{tree(symbol.base)} {WORDS['hat']}"


@tree.register
def _(symbol: Over) -> str:
    return f"{tree(symbol.above)} {WORDS['over']} {tree(symbol.below)}"


@tree.register
def _(symbol: Scripts) -> str:
    scripts = (script for script in (symbol.below, symbol.above) if script is not None)
    return " ".join(map(tree, (symbol.base, *scripts)))


def decimal(text: str) -> str:
    """A number; a minus is a word."""
    return f"{WORDS['minus']} {text[1:]}" if text.startswith("-") else text


def _call(function: str, arguments: Sequence[str]) -> Piece:
    name = FUNCTIONS.get(function, f"{function} {WORDS['of']}")
    if len(arguments) == 1 and " " not in arguments[0]:
        return Piece(f"{name} {arguments[0]}", POWER)
    return Piece(f"{name} {_grouped(AND.join(arguments))}", POWER)


def _grouped(text: str) -> str:
    return f"{WORDS['open']} {text} {WORDS['close']}"


def _cases(branches: Sequence[Branch], otherwise: str) -> Piece:
    told = [
        f"{value} {WORDS['if']} {left} {relation} {right}"
        for left, relation, right, value in branches
    ]
    return Piece("; ".join((*told, f"{otherwise} {WORDS['otherwise']}")), LOOSEST)


def _nothing(of: object) -> Piece:
    raise TypeError(of)


STYLE = Style(
    symbol=_nothing,
    number=_nothing,
    call=_call,
    cases=_cases,
    plus=f" {WORDS['plus']} ",
    minus=f" {WORDS['minus']} ",
    times=TIMES,
    negative=Form(f"{WORDS['minus']} {{}}", SIGN, (PRODUCT,)),
    quotient=Form(f"{{}} {WORDS['over']} {{}}", QUOTIENT, (PRODUCT, POWER)),
    power=Form(f"{{}} {WORDS['to the power']} {{}}", POWER, (ATOM, POWER)),
    relations={sign: f" {WORDS[sign]} " for sign in ("<", "<=", ">", ">=", "==")},
    brackets=_grouped("{}"),
)

SPOKEN = Medium(
    name="spoken",
    style=STYLE,
    tree=tree,
    decimal=decimal,
    scientific=lambda digits, exponent: f"{digits} {WORDS['times ten']} {decimal(exponent)}",
    fraction=lambda upper, lower: f"{upper} {WORDS['over']} {lower}",
    interval=WORDS["between"].format,
    signs=dict.fromkeys(("·", "×", "*", ""), TIMES),
    relations={sign: WORDS[sign] for sign in ("=", "≈", "∈")},
)


FENCE = Fence(f"{WORDS['open']} ", f" {WORDS['close']}", "{}")


def speech(writer: Writer) -> Callable[[Any], str]:
    """Says quantities and formulas in a notation's symbols."""

    def said(of: Any) -> str:
        return writer.symbol(of) if isinstance(of, Quantity) else writer.formula(of)

    return said
