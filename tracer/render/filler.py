"""The formulas of many steps of one shape: printed once, and filled in for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat

from tracer.derive.template import Template
from tracer.maths.plain import plain_style
from tracer.maths.precedence import SIGN
from tracer.maths.printer import Piece, written

Columns = Sequence[Sequence[str]]
"""For each role of a template, what stands there in one step after another."""


class Filler:
    """A template's text, printed once, with places to fill in."""

    def __init__(self, template: Template) -> None:
        places = {role: index for index, role in enumerate(template.roles)}
        style = plain_style(lambda role: Piece(f"\0{places[role]}\0", SIGN))
        text = written(template.shown, style._replace(brackets="\1{}\2"))
        pieces = re.split("(\1\0\\d+\0\2|\0\\d+\0)", text.replace("%", "%%"))
        self.places = [
            (int(piece.strip("\0\1\2")), piece.startswith("\1")) for piece in pieces[1::2]
        ]
        self.pattern = "%s".join(pieces[::2]).replace("\1", "(").replace("\2", ")")

    def with_names(self, names: Columns) -> Iterator[str]:
        """The formula of each step over names."""
        return self._filled([names[place] for place, _ in self.places])

    def with_numbers(self, bare: Columns, grouped: Columns) -> Iterator[str]:
        """The formula of each step over numbers.

        Args:
            bare: the numbers as they stand where nothing binds more tightly than a sign.
            grouped: the numbers as they stand elsewhere, in brackets if they have a sign or a bar.
        """
        return self._filled(
            [grouped[place] if tight else bare[place] for place, tight in self.places]
        )

    def _filled(self, columns: Columns) -> Iterator[str]:
        """The text with each row of some columns; without any, the same text again and again."""
        if not columns:
            return repeat(self.pattern % ())
        return map(self.pattern.__mod__, zip(*columns, strict=True))
