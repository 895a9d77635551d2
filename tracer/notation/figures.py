"""How the digits of a number are written: decimal sign, groups of thousands, signs of lists.

Numbers stand in formulas and lists: where a comma is in a number, a semicolon stands between two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

COMMA, SEMICOLON = ", ", "; "
NARROW = "\u202f"
"""A blank that no line is broken at."""

DIGITS = r"\d+(?:\.\d*)?|\.\d+"
NUMBER = r"[-+]?(?:\d|\.\d)"
EXPONENT = r"(e[-+]?\d+)"
"""Patterns, compiled where they are needed: most pages need none of them."""


class Figures(Struct, frozen=True):
    """How digits are written.

    Attributes:
        decimal: the sign between whole digits and decimals.
        group: what stands between groups of three whole digits; empty: nothing.
        least: as many whole digits are left in one group.
        inline: whether fractions stand in the line, with a slash.
    """

    decimal: str = "."
    group: str = ""
    least: int = 3
    inline: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether digits stand as they are calculated."""
        return self.decimal == "." and not self.group

    @property
    def is_usual(self) -> bool:
        """Whether nothing at all is written otherwise."""
        return self.is_plain and not self.inline

    @property
    def between(self) -> str:
        """What stands between two numbers of a list."""
        return SEMICOLON if "," in (self.decimal, self.group) else COMMA

    def text(self, number: str) -> str:
        """A number as it is written: ``1.234,5``, ``1,5e-7``, ``[1,2; 1,3]``, ``7/3``."""
        if self.is_plain:
            return number
        listed = number.replace(COMMA, self.between) if number.startswith("[") else number
        return _before_exponents(listed, self._digits)

    def value(self, text: str) -> str:
        """A number as it is written; anything else, such as a letter, as it stands."""
        if self.is_plain:
            return text
        is_number = re.match(NUMBER, text) or text.startswith("[")
        return self.text(text) if is_number else text

    def _digits(self, found: re.Match[str]) -> str:
        whole, point, places = found[0].partition(".")
        return self._grouped(whole) + (self.decimal if point else "") + places

    def _grouped(self, whole: str) -> str:
        if not self.group or len(whole) <= self.least:
            return whole
        return f"{int(whole):,}".replace(",", self.group) if whole[0] != "0" else whole


def _before_exponents(text: str, written: Callable[[re.Match[str]], str]) -> str:
    """The text with its digits written anew, but for those of powers of ten."""
    parts = re.split(EXPONENT, text)
    parts[::2] = [re.sub(DIGITS, written, part) for part in parts[::2]]
    return "".join(parts)


PLAIN = Figures()

LOCALES: Mapping[str, Figures] = {
    "en": Figures(".", ","),
    "de": Figures(",", ".", 4),
    "at": Figures(",", NARROW, 4),
    "ch": Figures(".", "’", 4),
    "fr": Figures(",", NARROW),
    "es": Figures(",", NARROW, 4),
    "it": Figures(",", ".", 4),
    "pt": Figures(",", NARROW, 4),
    "nl": Figures(",", ".", 4),
    "pl": Figures(",", NARROW, 4),
    "sv": Figures(",", NARROW, 4),
    "da": Figures(",", ".", 4),
    "si": Figures(".", NARROW, 4),
}
"""By language or country, as its schoolbooks write numbers; ``si`` as ISO 80000 has them."""
