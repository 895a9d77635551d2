"""Formulas in words, for people who listen to a page: one more medium, its words in one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from tracer.phrase import ENGLISH, Words
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
    "between": "the interval from {low} to {high}",
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
SIGNS = {"+": "plus", "−": "minus", "-": "minus", "′": "′", "∂": "∂", "Δ": "Δ", "∇": "∇", "d": "d"}
"""The word of a sign, by its name in `WORDS`."""

COMPARED = ("<", "<=", ">", ">=", "==")
RELATIONS = ("=", "≈", "∈")


class Speaker:
    """Says formulas in a language.

    Attributes:
        said: what signs are called in it, as in `WORDS`.
        functions: what functions are called.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.said = {name: words.sentence(text) for name, text in WORDS.items()}
        self.functions = {name: words.sentence(text) for name, text in FUNCTIONS.items()}

    def tree(self, symbol: Tree) -> str:
        """A symbol in words."""
        match symbol:
            case Letter(text):
                return LETTERS.get(text, text)
            case Word(text) | Digits(text) | Prose(text):
                return text.strip()
            case Sign(text):
                return self.said[SIGNS[text]] if text in SIGNS else text
            case Row(parts):
                letter_and_number = [type(part) for part in parts] == [Letter, Digits]
                return ("" if letter_and_number else " ").join(map(self.tree, parts))
            case Hat(base):
                return f"{self.tree(base)} {self.said['hat']}"
            case Over(upper, lower):
                return f"{self.tree(upper)} {self.said['over']} {self.tree(lower)}"
            case Scripts(base, below, raised):
                scripts = (script for script in (below, raised) if script is not None)
                return " ".join(map(self.tree, (base, *scripts)))
        raise TypeError(symbol)

    def decimal(self, text: str) -> str:
        """A number; a minus is a word."""
        return f"{self.said['minus']} {text[1:]}" if text.startswith("-") else text

    def grouped(self, text: str) -> str:
        """What stands in brackets."""
        return f"{self.said['open']} {text} {self.said['close']}"

    def call(self, function: str, arguments: Sequence[str]) -> Piece:
        """A function of arguments."""
        name = self.functions.get(function, f"{function} {self.said['of']}")
        if len(arguments) == 1 and " " not in arguments[0]:
            return Piece(f"{name} {arguments[0]}", POWER)
        both = f" {self.said['and']} "
        return Piece(f"{name} {self.grouped(both.join(arguments))}", POWER)

    def cases(self, branches: Sequence[Branch], otherwise: str) -> Piece:
        """A piecewise formula."""
        where, last = self.said["if"], self.said["otherwise"]
        told = [
            f"{value} {where} {left} {relation} {right}"
            for left, relation, right, value in branches
        ]
        return Piece("; ".join((*told, f"{otherwise} {last}")), LOOSEST)

    def interval(self, low: str, high: str) -> str:
        """Two ends."""
        return self.said["between"].format(low=low, high=high)

    @property
    def style(self) -> Style:
        """The printer's table."""
        said = self.said
        return Style(
            symbol=_nothing,
            number=_nothing,
            call=self.call,
            cases=self.cases,
            plus=f" {said['plus']} ",
            minus=f" {said['minus']} ",
            times=f" {said['times']} ",
            negative=Form(f"{said['minus']} {{}}", SIGN, (PRODUCT,)),
            quotient=Form(f"{{}} {said['over']} {{}}", QUOTIENT, (PRODUCT, POWER)),
            power=Form(f"{{}} {said['to the power']} {{}}", POWER, (ATOM, POWER)),
            relations={sign: f" {said[sign]} " for sign in COMPARED},
            brackets=self.grouped("{}"),
        )

    @property
    def medium(self) -> Medium:
        """The medium."""
        said, ten = self.said, self.said["times ten"]
        return Medium(
            name="spoken",
            style=self.style,
            tree=self.tree,
            decimal=self.decimal,
            scientific=lambda digits, exponent: f"{digits} {ten} {self.decimal(exponent)}",
            fraction=lambda upper, lower: f"{upper} {said['over']} {lower}",
            interval=self.interval,
            signs=dict.fromkeys(("·", "×", "*", ""), f" {said['times']} "),
            relations={sign: said[sign] for sign in RELATIONS},
        )

    @property
    def fence(self) -> Fence:
        """What opens and closes a group."""
        return Fence(f"{self.said['open']} ", f" {self.said['close']}", "{}")


def _nothing(of: object) -> Piece:
    raise TypeError(of)


SPOKEN = Speaker(ENGLISH).medium


def speech(writer: Writer) -> Callable[[Any], str]:
    """Says quantities and formulas in a notation's symbols."""

    def said(of: Any) -> str:
        return writer.symbol(of) if isinstance(of, Quantity) else writer.formula(of)

    return said
