"""Live formulas: one more style of the printer, whose symbols are references to cells.

Signs bind differently in a spreadsheet: ``-x^2`` is the square of ``-x`` there, and ``2^3^2`` is
``(2^3)^2``; the style's table says so, and brackets follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from tracer.errors import OutputError
from tracer.maths.expression import Number
from tracer.maths.precedence import ATOM, POWER, QUOTIENT, SIGN
from tracer.maths.printer import Branch, Form, Piece, Style

LARGEST_INTEGER = 10**15
"""Whole numbers below this are exact in a spreadsheet."""

LARGEST_EXPONENT = 709
"""The exponential of more than this is an error in a spreadsheet, where 1/(1 + exp) would be 0."""

RELATIONS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "="}


CERTAIN = 12
"""Places to which the sides of a comparison are rounded, where some are the same."""

LITERAL = re.compile(r"\(?-?[\d.]+\)?")


class Care(NamedTuple):
    """What formulas have to take care of, because a double is not what it stands for.

    Attributes:
        caps_exponents: whether exponents are kept from being too large.
        rounds_ties: whether comparisons are made of rounded numbers: 0.3 - 0.1 - 0.2 is not 0 in
            doubles, and a unit at its threshold would be taken for one beside it.
    """

    caps_exponents: bool = False
    rounds_ties: bool = False


def live_style(reference: Callable[[Any], str], care: Care) -> Style:
    """The table of live formulas.

    Args:
        reference: the cell that a symbol stands for.
        care: what they have to take care of.
    """
    return Style(
        symbol=lambda of: Piece(reference(of)),
        number=number_formula,
        call=_capped if care.caps_exponents else _call,
        cases=partial(_conditional, care.rounds_ties),
        plus="+",
        minus="-",
        negative=Form("-{}", SIGN, (ATOM,)),
        power=Form("{}^{}", POWER, (ATOM, ATOM)),
        relations=RELATIONS,
    )


def number_formula(number: Number) -> Piece:
    """A literal as a formula has it; a fraction stays one.

    Raises:
        OutputError: it is too large or too small for a spreadsheet.
    """
    value = number.value
    sign = SIGN if value < 0 else ATOM
    if value.denominator == 1 and abs(value) < LARGEST_INTEGER:
        return Piece(str(value), sign)
    if "/" in number.text and abs(value.numerator) < LARGEST_INTEGER > value.denominator:
        return Piece(str(value), min(sign, QUOTIENT))
    return Piece(repr(as_float(number)).upper(), sign)


def as_float(number: Number) -> float:
    """A literal as the numbers of spreadsheets are.

    Raises:
        OutputError: it is too large or too small for a spreadsheet.
    """
    try:
        found = float(number.value)
    except OverflowError:
        found = 0.0
    if number.value and not found:
        text = number.text if len(number.text) <= 40 else f"{number.text[:40]}…"
        raise OutputError(f"{text} is beyond the numbers that a spreadsheet has")
    return found


def _call(function: str, arguments: Sequence[str]) -> Piece:
    return Piece(f"{function.upper()}({','.join(arguments)})")


def _capped(function: str, arguments: Sequence[str]) -> Piece:
    if function != "exp":
        return _call(function, arguments)
    return Piece(f"EXP(MIN({arguments[0]},{LARGEST_EXPONENT}))")


def _conditional(rounds: bool, branches: Sequence[Branch], otherwise: str) -> Piece:
    text = otherwise
    for left, relation, right, value in reversed(branches):
        one, other = (_rounded(side) if rounds else side for side in (left, right))
        text = f"IF({one}{relation}{other},{value},{text})"
    return Piece(text)


def _rounded(side: str) -> str:
    """A side of a comparison without what doubles have added to it."""
    return side if LITERAL.fullmatch(side) else f"ROUND({side},{CERTAIN})"
