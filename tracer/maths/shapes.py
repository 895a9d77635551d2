"""Formulas of one shape, printed once and filled in for each step.

A network's steps have few shapes and many names and numbers. Whatever prints a formula, in one
piece or several, prints its shape over holes; what stands in them is put in afterwards, in
brackets where the printer would have given it brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from tracer.maths.expression import Expression, Symbol, substitute
from tracer.maths.precedence import ATOM
from tracer.maths.printer import Piece, Style

HOLE = re.compile("\1\0(\\d+)\0\2|\0(\\d+)\0")
MARKED = "\1{}\2"


class Hole(NamedTuple):
    """A place in a formula.

    Attributes:
        number: which of the formula's roles it is.
        binding: how tightly what stands there holds together.
    """

    number: int
    binding: int

    @property
    def piece(self) -> Piece:
        """What a style writes for it."""
        return Piece(f"\0{self.number}\0", self.binding)


class Pattern(NamedTuple):
    """A printed text with places to fill in.

    Attributes:
        text: a pattern of the operator ``%``.
        numbers: for each place the number of what stands in it.
        grouped: for each place whether that has brackets.
    """

    text: str
    numbers: tuple[int, ...]
    grouped: tuple[bool, ...]

    @classmethod
    def of(cls, printed: str, brackets: str) -> Pattern:
        """From a text with holes, some of which have marks for brackets around them."""
        holes = list(HOLE.finditer(printed))
        left, right = brackets.replace("%", "%%").split("{}")
        text = HOLE.sub("\0", printed).replace("%", "%%").replace("\0", "%s")
        return cls(
            text.replace("\1", left).replace("\2", right),
            tuple(int(hole[1] or hole[2]) for hole in holes),
            tuple("\1" in hole[0] for hole in holes),
        )


class Shapes:
    """What a printer makes of formulas, remembered by their shapes.

    Attributes:
        printed: the texts of a formula in a style, one or several.
        style: the style.
    """

    def __init__(self, printed: Callable[[Expression, Style], Iterable[str]], style: Style) -> None:
        self.printed, self.style = printed, style
        self._marking = style._replace(symbol=_with_holes(style.symbol), brackets=MARKED)
        self._known: dict[tuple[object, int], tuple[Pattern, ...]] = {}

    def texts(
        self, shape: Expression, roles: Sequence[Hashable], key: Hashable, pieces: Sequence[Piece]
    ) -> list[str]:
        """The texts of a formula.

        Args:
            shape: the formula in roles.
            roles: what its symbols stand for.
            key: what no other shape has.
            pieces: what stands in each role.
        """
        base = self._patterns(shape, roles, key, ATOM)
        bindings = {piece.binding for piece in pieces}
        found = {one: self._patterns(shape, roles, key, one) for one in bindings}
        return [
            pattern.text
            % tuple(
                self._text(pieces[number], found[pieces[number].binding][k].grouped[place])
                for place, number in enumerate(pattern.numbers)
            )
            for k, pattern in enumerate(base)
        ]

    def _text(self, piece: Piece, grouped: bool) -> str:
        return self.style.brackets.format(piece.text) if grouped else piece.text

    def _patterns(
        self, shape: Expression, roles: Sequence[Hashable], key: Hashable, binding: int
    ) -> tuple[Pattern, ...]:
        """The shape, printed over holes of one binding."""
        patterns = self._known.get((key, binding))
        if patterns is None:
            holes = {role: Symbol(Hole(k, binding)) for k, role in enumerate(roles)}
            texts = self.printed(substitute(shape, holes), self._marking)
            brackets = self.style.brackets
            patterns = tuple(Pattern.of(text, brackets) for text in texts)
            self._known[key, binding] = patterns
        return patterns


def _with_holes(symbol: Callable[[Any], Piece]) -> Callable[[Any], Piece]:
    def piece(of: Any) -> Piece:
        return of.piece if isinstance(of, Hole) else symbol(of)

    return piece
