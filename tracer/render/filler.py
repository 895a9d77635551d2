"""The formulas of many steps of one shape: printed once, and filled in for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat

from tracer.derive.template import Template
from tracer.maths.plain import plain_style
from tracer.maths.precedence import POWER, SIGN
from tracer.maths.printer import Piece, written

Columns = Sequence[Sequence[str]]
"""For each role of a template, what stands there in one step after another."""


class Filler:
    """A template's text, printed once, with places to fill in."""

    def __init__(self, template: Template) -> None:
        self.pattern, self.places = _printed(template, SIGN)
        _, named = _printed(template, POWER)
        self.powers = [tight for _, tight in named]

    def with_names(self, names: Columns) -> Iterator[str]:
        """The formula of each step over names; a power of a derivative has it in brackets."""
        pairs = zip(self.places, self.powers, strict=True)
        return self._filled(
            [_grouped(names[place]) if power else names[place] for (place, _), power in pairs]
        )

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


def _printed(template: Template, binding: int) -> tuple[str, list[tuple[int, bool]]]:
    """A template's text with places to fill in, and for each its role and whether it has brackets.

    Args:
        template: the template.
        binding: how tightly what is filled in holds together.
    """
    places = {role: index for index, role in enumerate(template.roles)}
    style = plain_style(lambda role: Piece(f"\0{places[role]}\0", binding))
    text = written(template.shown, style._replace(brackets="\1{}\2"))
    pieces = re.split("(\1\0\\d+\0\2|\0\\d+\0)", text.replace("%", "%%"))
    found = [(int(piece.strip("\0\1\2")), piece.startswith("\1")) for piece in pieces[1::2]]
    return "%s".join(pieces[::2]).replace("\1", "(").replace("\2", ")"), found


def _grouped(names: Sequence[str]) -> list[str]:
    """Names, those with a bar in brackets."""
    return [f"({name})" if "/" in name else name for name in names]
