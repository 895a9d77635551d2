"""Cut the text of a formula into tokens, and refuse what no formula contains."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

from tracer.errors import FormulaError

MAX_LENGTH = 10_000
"""The most characters that a formula may have."""


class Token(NamedTuple):
    """One word or sign of a formula, and the column (from 0) where it stands.

    The kind is one of ``number``, ``name``, ``superscript``, ``operator`` and ``end``.
    """

    kind: str
    text: str
    column: int

    @property
    def shown(self) -> str:
        """The token as an error message names it."""
        return "the end of the formula" if self.kind == "end" else f"'{clipped(self.text)}'"


_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ACCENTS = r"\u0300-\u036f"
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>[^\W\d{_SUPERSCRIPTS}](?:[^\W{_SUPERSCRIPTS}]|[{_ACCENTS}])*)"
    rf"|(?P<superscript>⁻?[{_SUPERSCRIPTS}]+)"
    r"|(?P<operator>\*\*|<=|>=|==|[-+*/^(),<>−–·⋅∙×∗÷∕≤≥])"
    r"|(?P<other>\S)"
)
_FROM_SUPERSCRIPT = str.maketrans(_SUPERSCRIPTS + "⁻", "0123456789-")
_SPELLINGS = {
    "^": "**",
    "−": "-",
    "–": "-",
    "·": "*",
    "⋅": "*",
    "∙": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    "∕": "/",
    "≤": "<=",
    "≥": ">=",
}
_ROUND_ONLY = "group with round brackets ( )"
_NO_TEXT = "a formula contains no quoted text"
_HINTS = {
    ".": "a number needs a digit beside its point, and names have no parts joined by a point",
    "'": _NO_TEXT,
    '"': _NO_TEXT,
    "`": _NO_TEXT,
    "[": _ROUND_ONLY,
    "]": _ROUND_ONLY,
    "{": _ROUND_ONLY,
    "}": _ROUND_ONLY,
    "=": "a comparison is written ==, inside where(...)",
    "!": "comparisons are < <= > >= ==, inside where(...)",
    "|": "an absolute value is written abs(x)",
    "√": "a square root is written sqrt(x)",
    "½": "a half is written 1/2 or 0.5",
    "%": "write a percentage as a decimal, such as 0.05",
}
_ALLOWED = "a formula is made of numbers, names, + - * / ** and round brackets"


def tokens(text: str) -> list[Token]:
    """The formula's tokens in order, with an ``end`` token after the last.

    Raises:
        FormulaError: the text is too long, or has a character that no formula contains.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"a formula may have {MAX_LENGTH:,} characters, and this has {len(text):,}", MAX_LENGTH
        )
    found = [_token(match) for match in _TOKEN.finditer(text)]
    found.append(Token("end", "", len(text)))
    return found


def clipped(text: str, most: int = 40) -> str:
    """The text, shortened in the middle so that it fits an error message."""
    kept = text if text.isprintable() else ascii(text)[1:-1]
    half = most // 2
    return kept if len(kept) <= most else f"{kept[:half]}…{kept[-half:]}"


def is_name(text: str) -> bool:
    """Whether the whole text is a name that formulas can use for a value."""
    match = _TOKEN.fullmatch(text)
    is_one = match is not None and match.lastgroup == "name" and text.isidentifier()
    return is_one and in_ordinary_letters(text) == text


def in_ordinary_letters(text: str) -> str:
    """The text without look-alikes: a full-width digit or a ligature is another character.

    Two names that look the same would be two variables otherwise.
    """
    return text if text.isascii() else normalize("NFKC", text)


def _token(match: re.Match[str]) -> Token:
    kind, text, column = match.lastgroup or "other", match.group(), match.start()
    if kind == "operator":
        return Token(kind, _SPELLINGS.get(text, text), column)
    if kind == "superscript":
        return Token(kind, text.translate(_FROM_SUPERSCRIPT), column)
    if kind == "other" or (kind == "name" and not text.isidentifier()):
        raise _unexpected(text, column)
    if kind == "name" and (ordinary := in_ordinary_letters(text)) != text:
        found = f"'{clipped(text)}' has characters that look like others"
        raise FormulaError(f"{found}; write '{clipped(ordinary)}'", column)
    return Token(kind, text, column)


def _unexpected(text: str, column: int) -> FormulaError:
    if len(text) > 1:
        hint = "a name is made of letters, ordinary digits and underscores"
    else:
        hint = _HINTS.get(text, _ALLOWED)
    return FormulaError(f"unexpected '{clipped(text)}': {hint}", column)
