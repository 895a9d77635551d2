"""Markup that was made already, with its width: what lines of equations are put together from."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

SIGN, DIGIT, COLUMN, BRACKETS = 1.3, 0.5, 0.85, 1.3
"""Widths in ems: of a sign with its space, a digit, the gap of two columns, two brackets."""


class Made(Struct, frozen=True):
    """Markup that was made already.

    Attributes:
        math: the markup.
        width: how wide it is, in ems, about.
        spoken: the same as one line of text.
    """

    math: str
    width: float
    spoken: str = ""


class Told(Struct, frozen=True):
    """A line of an equation: its sign, and pieces between which it can be broken."""

    sign: str
    pieces: tuple[Made, ...]


def joined(pieces: Iterable[Made]) -> Made:
    """Pieces side by side as one."""
    every = tuple(pieces)
    return Made(
        " ".join(piece.math for piece in every if piece.math),
        sum(piece.width for piece in every),
        "".join(piece.spoken for piece in every),
    )
