"""A medium for formulas: how it writes symbols, numbers and operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tracer.maths.expression import Expression, Number
from tracer.maths.literals import is_decimal
from tracer.maths.precedence import ATOM, POWER, PRODUCT, QUOTIENT, SIGN
from tracer.maths.printer import Branch, Piece, Style, written
from tracer.notation.notation import IF, OTHERWISE, Notation
from tracer.notation.numbers import Shown
from tracer.notation.products import SIGN as SIGN_OF_PRODUCT
from tracer.notation.products import needs_sign
from tracer.notation.symbols import Over, Row, Scripts, Tree
from tracer.render.lines import LineWriter
from tracer.rules.quantity import InStep, Quantity
from tracer.sheet.telling import Line

Cases = Callable[[Sequence[Branch], str, str, str], Piece]
"""Writes a piecewise formula, given branches, last value, and the words for if and otherwise."""


class Medium(Struct, frozen=True):
    """A table from which formulas are written in one format.

    Attributes:
        name: what it is called.
        style: signs, quotients, powers, brackets, calls and cases; its symbols and numbers are
            replaced.
        tree: writes a symbol.
        decimal: writes a decimal number without a power of ten.
        scientific: writes a number with a power of ten, given digits and exponent.
        fraction: writes a number with a bar, given numerator and denominator.
        interval: writes two ends.
        letters: writes the text of an author's letter.
        signs: what stands between factors, by what a notation has there.
        relations: how ``=``, ``≈`` and ``∈`` are written.
        comma: what stands between the members of a list.
        semicolon: what stands there where numbers have commas in them.
        slash: the sign of a fraction in the line; empty where there is no other form.
        is_inline: whether fractions stand in the line.
        cases: writes a piecewise formula with the words of a language; None: as the style does.
    """

    name: str
    style: Style
    tree: Callable[[Tree], str]
    decimal: Callable[[str], str]
    scientific: Callable[[str, str], str]
    fraction: Callable[[str, str], str]
    interval: Callable[[str, str], str]
    signs: Mapping[str, str]
    relations: Mapping[str, str]
    comma: str = ""
    semicolon: str = ""
    slash: str = ""
    is_inline: bool = False
    cases: Cases | None = None

    def number(self, text: str) -> Piece:
        """A number as it stands on a page: ``0.20``, ``-1.5e-7``, ``7/3``, ``[1.2, 1.3]``."""
        if text.startswith("["):
            low, _, high = text[1:-1].partition(", ")
            return Piece(self.interval(self.number(low).text, self.number(high).text))
        upper, bar, lower = text.partition("/")
        if bar and is_decimal(upper) and is_decimal(lower):
            tightness = QUOTIENT if self.is_inline and text[0] not in "+-" else _tightness(text)
            return Piece(self.fraction(self._plain(upper), self._plain(lower)), tightness)
        if self.is_inline and "e" in text.lower() and text[0] not in "+-":
            return Piece(self._plain(text), PRODUCT)
        return Piece(self._plain(text), _tightness(text))

    def _plain(self, text: str) -> str:
        digits, _, exponent = text.lower().partition("e")
        if exponent:
            return self.scientific(self.decimal(digits), exponent.lstrip("+"))
        return self.decimal(digits)


def _tightness(number: str) -> int:
    """How tightly a number holds together where bars group and powers of ten are raised."""
    if number[:1] in ("-", "+"):
        return SIGN
    return ATOM if is_decimal(number) and "e" not in number.lower() else POWER


class Writer:
    """Writes quantities and formulas in a notation and a medium."""

    def __init__(self, medium: Medium, notation: Notation, beside: Writer | None = None) -> None:
        """Makes a writer.

        Args:
            medium: the format.
            notation: the symbols.
            beside: another writer in this notation, with which it shares what it knows of symbols.
        """
        if not notation.figures.is_usual:
            from tracer.render.markup.localized import localized

            medium = localized(medium, notation.figures)
        self.medium, self.notation = medium, notation
        self._symbols: dict[tuple[Quantity, bool], Piece] = {}
        self._trees: dict[tuple[Quantity, bool], Tree] = beside._trees if beside else {}
        self._style = self._of(notation.times)
        self._chain_style = self._of(notation.chained)
        self._lines = LineWriter(self._style, self._chain_style)

    def symbol(self, quantity: Quantity, in_step: bool = False) -> str:
        """The symbol of a quantity."""
        return self._piece(quantity, in_step).text

    def formula(self, expression: Expression, chain: bool = False) -> str:
        """A formula over quantities and shown numbers.

        Args:
            expression: the formula.
            chain: whether it is a chain of partial derivatives.
        """
        return written(expression, self._chain_style if chain else self._style)

    def style(self, chain: bool) -> Style:
        """The printer's table.

        Args:
            chain: whether a chain of partial derivatives is to be printed.
        """
        return self._chain_style if chain else self._style

    def line(self, line: Line) -> str:
        """A line of a step."""
        return self._lines.text(line)

    def number(self, text: str) -> str:
        """A number as it stands on a page."""
        return self.medium.number(text).text

    def value(self, text: str) -> str:
        """A number as it stands on a page, or a letter in its place."""
        if text[:1].isdigit() or text[:1] in "-+.[":
            return self.number(text)
        return self.medium.tree(self.notation.name_tree(text))

    def relation(self, sign: str) -> str:
        """A relation sign: ``=``, ``≈`` or ``∈``."""
        return self.medium.relations[sign]

    def _piece(self, quantity: Quantity, in_step: bool) -> Piece:
        key = (quantity, in_step)
        found = self._symbols.get(key)
        if found is None:
            tree = self._trees.get(key)
            if tree is None:
                tree = self._trees[key] = self.notation.tree(quantity, in_step)
            found = self._symbols[key] = Piece(self.medium.tree(tree), _binding(tree))
        return found

    def _between(self, left: Expression, right: Expression) -> str:
        """What stands between two factors that a book sets side by side."""
        signs, of_text = self.medium.signs, self.notation.between
        if self.medium.is_inline and of_text is not None:
            return signs[SIGN_OF_PRODUCT if of_text(left, right) == SIGN_OF_PRODUCT else ""]
        return signs[SIGN_OF_PRODUCT if needs_sign(left, right) else ""]

    def _of(self, times: str) -> Style:
        medium = self.medium

        def symbol(of: Any) -> Piece:
            if isinstance(of, Shown):
                return medium.number(of.text)
            if isinstance(of, InStep):
                return self._piece(of.quantity, True)
            if isinstance(of, Quantity):
                return self._piece(of, False)
            return Piece(medium.tree(self.notation.name_tree(str(of))))

        def literal(number: Number) -> Piece:
            return medium.number(number.text)

        def cases(branches: Sequence[Branch], otherwise: str) -> Piece:
            if medium.cases is None:
                return medium.style.cases(branches, otherwise)
            return medium.cases(branches, otherwise, where, last)

        where, last = (self.notation.words.sentence(word).strip() for word in (IF, OTHERWISE))
        sign = medium.signs[times.strip()]
        between = None if times.strip() else self._between
        return medium.style._replace(
            symbol=symbol, number=literal, cases=cases, times=sign, between=between
        )


def _binding(tree: Tree) -> int:
    """How tightly a symbol holds together: what is raised needs brackets under an exponent."""
    raised = isinstance(tree, Scripts) and tree.above is not None
    return POWER if raised or isinstance(tree, Over | Row) else ATOM
