"""Symbols as small trees: what a book sets in italics, upright, below, above or as a quotient.

A tree knows no format. One line of text is made of it by patterns (`tracer.notation.notation`),
MathML and LaTeX by the writers of `tracer.render.markup`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct


class Letter(Struct, frozen=True):
    """A variable of one letter, set in italics: w, δ."""

    text: str


class Word(Struct, frozen=True):
    """A name of several letters, set upright: net, out."""

    text: str


class Digits(Struct, frozen=True):
    """A number in a symbol: the 1 of h1."""

    text: str


class Sign(Struct, frozen=True):
    """What is neither a name nor a number: ∂, a bracket, a comma."""

    text: str


class Prose(Struct, frozen=True):
    """Words of a sentence between symbols: through, sign of."""

    text: str


class Scripts(Struct, frozen=True):
    """A symbol with others below or above its right side."""

    base: Tree
    below: Tree | None = None
    above: Tree | None = None


class Hat(Struct, frozen=True):
    """A letter with a mark over it."""

    base: Tree
    mark: str = "^"


class Over(Struct, frozen=True):
    """A quotient of differentials, ∂E over ∂w: no division, and taken apart by nobody."""

    above: Tree
    below: Tree


class Row(Struct, frozen=True):
    """Symbols side by side."""

    parts: tuple[Tree, ...]


class Slot(Struct, frozen=True):
    """A place in a pattern that a name is put into."""

    name: str


Tree = Letter | Word | Digits | Sign | Prose | Scripts | Hat | Over | Row | Slot

NUMBERED = re.compile(r"([^\W\d_])([0-9]+)\Z")
"""A letter and its number: w5."""
OF_UNIT = re.compile(r"([^\W\d_])([0-9]*)_([^\W_]+(?:_[^\W_]+)*)\Z")
"""A letter, its number if it has one, and what it belongs to: b_o1, x_2_3, h1_t2."""
HAT = "\u0302"


@lru_cache(10_000)
def of_name(name: str, in_script: bool = False) -> Tree:
    """How the name that an author gave something is set.

    Args:
        name: such as ``w5``, ``bias``, ``x1^a`` for a use of a variable.
        in_script: whether it stands below or above something: then its number stands beside it.
    """
    base, caret, mark = name.rpartition("^")
    if caret and base:
        return above(of_name(base, in_script), of_name(mark, in_script=True))
    found = NUMBERED.match(name)
    if found and in_script:
        return Row((Letter(found[1]), Digits(found[2])))
    if found:
        return Scripts(Letter(found[1]), Digits(found[2]))
    if owned := OF_UNIT.match(name):
        parts = [part for part in (owned[2], *owned[3].split("_")) if part]
        return Scripts(Letter(owned[1]), _listed([of_name(part, True) for part in parts]))
    if name.isdecimal():
        return Digits(name)
    if len(name) == 1 and name.isalpha():
        return Letter(name)
    return Word(name)


def _listed(indices: list[Tree]) -> Tree:
    """Indices with commas between them."""
    first, *rest = indices
    return row([first, *(part for index in rest for part in (Sign(","), index))])


def row(parts: list[Tree]) -> Tree:
    """Symbols side by side; a single one as it is."""
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def above(tree: Tree, mark: Tree) -> Tree:
    """The symbol with a mark above: of a quotient, its numerator has it."""
    match tree:
        case Over(upper, lower):
            return Over(above(upper, mark), lower)
        case Row((*before, Scripts() | Letter() | Word() as last)):
            return Row((*before, above(last, mark)))
        case Scripts(base, below, None):
            return Scripts(base, below, mark)
        case Scripts(base, below, other) if other is not None:
            return Scripts(base, below, Row((other, mark)))
    return Scripts(tree, None, mark)
