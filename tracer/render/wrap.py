"""Breaking long lines: before an operator of a sum or product, else at a blank."""

from __future__ import annotations

import re
from itertools import pairwise

BREAKS = re.compile(r"(?= [+-] )|(?<= )(?=·)|(?<=·)|(?<=[^*]\*)(?!\*)|(?<= )")


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
