"""Phrases put into words: the sentence of a language, its parts written in a medium."""

from __future__ import annotations

from typing import Protocol

from tracer.maths.expression import Expression
from tracer.maths.plain import plain
from tracer.maths.printer import Style, written
from tracer.notation.matrices import MatrixName, matrix_symbol
from tracer.notation.notation import Notation, terminal
from tracer.phrase import ENGLISH, Large, Listed, Part, Phrase, Typed, Words, has_words, pieces
from tracer.rules.quantity import Quantity


class Medium(Protocol):
    """How the parts of a sentence are written: as text, as HTML with maths, as LaTeX."""

    def text(self, text: str) -> str:
        """Words, numbers, names: as they stand, nothing in them being markup."""

    def formula(self, formula: Expression) -> str:
        """A formula in the symbols of the page."""

    def typed(self, formula: Expression) -> str:
        """A formula that text shows as one would type it; other media show it as any other."""

    def symbol(self, quantity: Quantity) -> str:
        """The symbol of a quantity."""

    def matrix(self, name: MatrixName) -> str:
        """The symbol of a matrix."""


class AsText:
    """Plain text, in a notation.

    Attributes:
        notation: the symbols.
    """

    def __init__(self, notation: Notation) -> None:
        self.notation = notation
        self._style: Style | None = None

    def text(self, text: str) -> str:
        """The text itself."""
        return text

    def formula(self, formula: Expression) -> str:
        """A formula in one line."""
        self._style = self._style or self.notation.style()
        return written(formula, self._style)

    def typed(self, formula: Expression) -> str:
        """A formula as one would type it."""
        return plain(formula)

    def symbol(self, quantity: Quantity) -> str:
        """The symbol of a quantity."""
        return self.notation.symbol(quantity)

    def matrix(self, name: MatrixName) -> str:
        """The symbol of a matrix."""
        return matrix_symbol(name, self.notation)


def said(phrase: Phrase, words: Words, medium: Medium) -> str:
    """A phrase in a language and a medium.

    Args:
        phrase: the phrase.
        words: the language.
        medium: how texts, formulas and symbols are written.
    """
    sentence = words.of(phrase)
    if not phrase.parts:
        return medium.text(sentence)
    parts = dict(phrase.parts)
    found = []
    for text, name in pieces(sentence):
        if text:
            found.append(medium.text(text))
        if name is not None:
            found.append(part_said(parts[name], words, medium))
    return "".join(found)


def part_said(part: Part, words: Words, medium: Medium) -> str:
    """One part of a sentence in a language and a medium."""
    match part:
        case str():
            return medium.text(part)
        case Phrase():
            return said(part, words, medium)
        case Quantity():
            return medium.symbol(part)
        case Listed(items, joint):
            between = medium.text(words.sentence(joint) if has_words(joint) else joint)
            return between.join(part_said(item, words, medium) for item in items)
        case Large(count):
            return medium.text(f"{count:,}".replace(",", words.thousands))
        case int():
            return medium.text(str(part))
        case Typed(formula):
            return medium.typed(formula)  # type: ignore[arg-type]
        case MatrixName():
            return medium.matrix(part)
    return medium.formula(part)  # type: ignore[arg-type]


PLAINLY = AsText(terminal(samples=False))
"""Text with the symbols of a terminal."""


def english(phrase: Phrase) -> str:
    """A phrase in English, as text: for records, messages and pictures."""
    return said(phrase, ENGLISH, PLAINLY)
