"""The plain text of an expression, as it could be typed; `tracer.maths.parse` reads it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tracer.maths.expression import Expression, Number
from tracer.maths.literals import is_decimal
from tracer.maths.precedence import ATOM, BINDING, SIGN
from tracer.maths.printer import Branch, Piece, Style, written

Name = Callable[[Any], str | Piece]


def plain(expression: Expression, name: Name = str) -> str:
    """The expression's plain text: ``1/(1 + exp(-net))``.

    Args:
        expression: any tree.
        name: writes what a symbol stands for; a `Piece` where the text is no mere name, such as
            ``Piece("-0.4", SIGN)`` for a number that is put in.
    """
    return written(expression, plain_style(name))


def plain_style(name: Name = str) -> Style:
    """The style of `plain`, from which other styles of one line of text can be made."""

    def symbol(of: Any) -> Piece:
        text = name(of)
        return Piece(text) if isinstance(text, str) else text

    return Style(symbol=symbol, number=number_piece, call=plain_call, cases=_cases)


def number_piece(number: Number) -> Piece:
    """A literal as it was written; ``1/3`` and ``-2`` need brackets where a digit would not."""
    return digits_piece(number.text)


def digits_piece(text: str) -> Piece:
    """The text of a number, with the binding of the operators in it."""
    if text.isdigit() or is_decimal(text):
        return Piece(text, SIGN if text[0] in "+-" else ATOM)
    from tracer.maths.parse import parse

    return Piece(text, BINDING[type(parse(text))])


def plain_call(function: str, arguments: Sequence[str]) -> Piece:
    """``max(0, net)``."""
    return Piece(f"{function}({', '.join(arguments)})")


def _cases(branches: Sequence[Branch], otherwise: str) -> Piece:
    parts = [f"{left} {relation} {right}, {value}, " for left, relation, right, value in branches]
    return Piece(f"where({''.join(parts)}{otherwise})")
