"""Words of a PDF that are printed over each other."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from html import unescape
from itertools import takewhile
from typing import NamedTuple

WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)
MARKS = "ˆ¯\u0302"
"""What stands over a letter on purpose."""

SHARE = 0.5
"""Of the smaller of two words: by so much they overlap, and not because lines stand close."""


class Word(NamedTuple):
    """A word and its box, in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def area(self) -> float:
        """Of the box."""
        return (self.right - self.left) * (self.bottom - self.top)


def overlaps_of(pdf: bytes) -> list[str]:
    """The pairs of words of a PDF that are printed over each other, with their page."""
    command = ["pdftotext", "-bbox", "-", "-"]
    told = subprocess.run(command, input=pdf, check=True, capture_output=True).stdout.decode()
    pages = enumerate(told.split("<page ")[1:], 1)
    return [f"page {number}: {pair}" for number, page in pages for pair in _pairs(page)]


def _pairs(page: str) -> Iterator[str]:
    found = (_word(*box) for box in WORD.findall(page))
    words = sorted((word for word in found if word.text not in MARKS), key=lambda word: word.top)
    for at, word in enumerate(words):
        bottom = word.bottom
        for other in takewhile(lambda below: below.top <= bottom, words[at + 1 :]):  # noqa: B023
            if _common(word, other) > SHARE * min(word.area, other.area):
                yield f"{word.text} {other.text}"


def _word(left: str, top: str, right: str, bottom: str, text: str) -> Word:
    return Word(float(left), float(top), float(right), float(bottom), unescape(text))


def _common(one: Word, other: Word) -> float:
    """The area of two boxes in common."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0) * max(height, 0)
