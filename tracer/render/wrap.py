"""Breaking long lines: a text at its blanks, a formula between the terms of its sum."""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import combining

WIDTH = 80
"""Columns of text that does not go to a terminal."""

BREAKS = re.compile(r"(?= [+-] )|(?<= )(?=·)|(?<=·)|(?<=[^*]\*)(?!\*)|(?<![+-] )(?<= )")


SIGNS = re.compile(r"[(\[{]|[)\]}]| (?=[+-] )")
"""Brackets, and the blanks before the signs of sums."""


def columns_of(text: str) -> int:
    """How many columns a text takes: a mark above a letter, as in m̂, takes none of its own."""
    return len(text) if text.isascii() else sum(not combining(sign) for sign in text)


def padded(text: str, width: int) -> str:
    """The text, with blanks after it up to a width."""
    return text + " " * (width - columns_of(text))


def wrapped_formula(text: str, width: int) -> list[str]:
    """The formula in lines, each of whole terms; a term breaks only where it is too long itself.

    Args:
        text: one line.
        width: columns; less than 20 counts as 20.
    """
    lines = [""]
    for term in _terms(text):
        joined = lines[-1] + term
        if len(joined.rstrip()) <= max(width, 20):
            lines[-1] = joined
            continue
        if lines[-1].strip():
            lines.append("")
        lines[-1:] = wrapped(term.lstrip(), width)
    return [line.rstrip() for line in lines]


def _terms(text: str) -> list[str]:
    """The terms of the outermost sum, each with its sign."""
    depth, cuts = 0, [0]
    for found in SIGNS.finditer(text):
        sign = found.group()
        if sign == " ":
            cuts += [found.start()] if depth == 0 else []
        else:
            depth += 1 if sign in "([{" else -1
    return [text[start:stop] for start, stop in pairwise([*cuts, len(text)])]


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, as far as it has places to break.

    Args:
        text: one line.
        width: columns; less than 20 counts as 20.
    """
    width = max(width, 20)
    if len(text) <= width:
        return [text]
    lines = [""]
    for piece in _pieces(text):
        joined = lines[-1] + piece
        if lines[-1].strip() and len(joined.rstrip()) > width:
            lines.append(piece.lstrip())
        else:
            lines[-1] = joined
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    cuts = [0, *(found.start() for found in BREAKS.finditer(text)), len(text)]
    return [text[start:stop] for start, stop in pairwise(cuts) if stop > start]
