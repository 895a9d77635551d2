"""Phrases put into words: the sentence of a language, its parts written in a medium."""

from __future__ import annotations

from typing import Protocol

from tracer.maths.expression import Expression
from tracer.maths.plain import plain
from tracer.maths.printer import Style, written
from tracer.notation.matrices import MatrixName, matrix_symbol
from tracer.notation.notation import Notation, terminal
from tracer.phrase import ENGLISH, Part, Phrase, Typed, Words, flat
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
    return "".join(_written(part, medium) for part in flat(phrase, words))


def _written(part: Part, medium: Medium) -> str:
    match part:
        case str():
            return medium.text(part)
        case Quantity():
            return medium.symbol(part)
        case MatrixName():
            return medium.matrix(part)
        case Typed(formula):
            return medium.typed(formula)  # type: ignore[arg-type]
    return medium.formula(part)  # type: ignore[arg-type]


def on_page(phrase: Phrase, notation: Notation) -> str:
    """A phrase as text, in a notation and its language."""
    return said(phrase, notation.words, AsText(notation))


def english(phrase: Phrase) -> str:
    """A phrase in English, as text: for records, messages and pictures."""
    return said(phrase, ENGLISH, AsText(terminal(samples=False)))
