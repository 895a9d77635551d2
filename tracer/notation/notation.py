"""A notation: which symbol each kind of quantity has, and how a formula is set with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tracer.maths.expression import Expression, Number
from tracer.maths.plain import number_piece, plain_style
from tracer.maths.precedence import ATOM, POWER
from tracer.maths.printer import Branch, Piece, Style
from tracer.notation.figures import COMMA, PLAIN, Figures
from tracer.notation.numbers import Shown
from tracer.notation.optimisers import SYMBOLS
from tracer.notation.symbols import Sign, Tree, above, of_name
from tracer.phrase import ENGLISH, Words
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind, Quantity

if TYPE_CHECKING:
    from tracer.notation.letters import Letters


class Notation(Struct, frozen=True):
    """A way to write quantities and formulas in one line of text.

    Attributes:
        name: what it is called.
        symbols: the pattern of each kind's symbol over ``{unit}`` and ``{source}``; a kind that
            is not named has its plain name.
        times: what stands between two factors.
        chained: what stands between the partial derivatives of a chain.
        power: base and exponent.
        raised: whether the mark of a use is a raised letter.
        samples: whether symbols say the sample.
        steps: whether symbols say the training step.
        words: the language of the words in it, and of the page.
        figures: how the digits of numbers are written.
    """

    name: str
    symbols: Mapping[Kind, str]
    times: str = "*"
    chained: str = "*"
    power: str = "{}**{}"
    raised: bool = False
    samples: bool = False
    steps: bool = False
    words: Words = ENGLISH
    figures: Figures = PLAIN

    def in_language(self, words: Words) -> Notation:
        """The same symbols with the words of a language."""
        return replace(self, words=words)

    def symbol(self, quantity: Quantity) -> str:
        """The symbol of a quantity."""
        pattern = self.symbols.get(quantity.kind, quantity.kind.plain)
        if self.words is not ENGLISH:
            pattern = _in_words(pattern, self.words)
        unit = self.marked(quantity.unit) if quantity.kind is kinds.CONTRIBUTION else quantity.unit
        text = pattern.format(unit=unit, source=quantity.source)
        sample = f"[{quantity.sample}]" if self.samples and quantity.sample else ""
        step = f"@{quantity.step}" if self.steps and quantity.step else ""
        return text + sample + step

    def tree(self, quantity: Quantity, in_step: bool = False) -> Tree:
        """The symbol of a quantity as a tree, for formats that set it in two dimensions.

        Args:
            quantity: any quantity.
            in_step: whether it says its training step in any case.
        """
        from tracer.notation.patterns import NOTHING, filled, in_words, parsed

        names = {"unit": quantity.unit, "source": quantity.source}

        def fill(slot: str, in_script: bool) -> Tree:
            return of_name(names[slot], in_script) if names[slot] else NOTHING

        pattern = self.symbols.get(quantity.kind, quantity.kind.plain)
        tree = filled(parsed(pattern), fill)
        if self.words is not ENGLISH:
            tree = in_words(tree, self.words)
        if self.samples and quantity.sample:
            tree = above(tree, Sign(f"[{quantity.sample}]"))
        if quantity.step and (self.steps or in_step):
            tree = above(tree, Sign(f"@{quantity.step}"))
        return tree

    def name_tree(self, name: str) -> Tree:
        """An author's name for something that is no quantity, as a tree."""
        return of_name(name)

    def marked(self, unit: str) -> str:
        """A variable with the mark of one of its uses, ``x1^a``, in this notation."""
        name, caret, mark = unit.rpartition("^")
        if caret and self.raised and all(ord(letter) in RAISED for letter in mark):
            return name + mark.translate(RAISED)
        return unit

    def style(self, chain: bool = False) -> Style:
        """The printer's table: symbols for quantities, digits for numbers that are put in.

        Args:
            chain: whether a chain of partial derivatives is to be printed.
        """

        def piece(of: object) -> str | Piece:
            if isinstance(of, Shown):
                return Piece(self.figures.text(of.text), of.binding)
            if isinstance(of, kinds.InStep):
                return f"{self.symbol(of.quantity)}@{of.quantity.step}"
            if isinstance(of, Quantity):
                text = self.symbol(of)
                return Piece(text, POWER if "/" in text or "^" in text else ATOM)
            return str(of)

        base = plain_style(piece)
        return Style(
            symbol=base.symbol,
            number=base.number if self.figures.is_plain else self._literal,
            call=base.call if self.figures.between == COMMA else self._call,
            cases=self._cases,
            times=self.chained if chain else self.times,
            power=base.power._replace(template=self.power),
            between=None if chain else self.between,
        )

    @property
    def letters(self) -> Letters:
        """The letters of matrices."""
        from tracer.notation.letters import USUAL

        return USUAL

    @property
    def between(self) -> Callable[[Expression, Expression], str] | None:
        """What stands between two factors in text, where that depends on them."""
        return None

    def _literal(self, number: Number) -> Piece:
        piece = number_piece(number)
        return Piece(self.figures.text(piece.text), piece.binding)

    def _call(self, function: str, arguments: Sequence[str]) -> Piece:
        return Piece(f"{function}({self.figures.between.join(arguments)})")

    def _cases(self, branches: Sequence[Branch], otherwise: str) -> Piece:
        where, last = (self.words.sentence(word) for word in (IF, OTHERWISE))
        told = [
            f"{value}{where}{left} {relation} {right}" for left, relation, right, value in branches
        ]
        return Piece("{" + "; ".join((*told, otherwise + last)) + "}")


IF, OTHERWISE = " if ", " otherwise"
"""Between a value and its condition; after the value that holds where no condition does."""

THROUGH, FROM, SIGN_OF = " through ", " from ", "sign of "
ERRORS_IN_EPOCH, IN_EPOCH = "errors in epoch ", " in epoch "
IN_PATTERNS = (THROUGH, FROM, SIGN_OF, ERRORS_IN_EPOCH, IN_EPOCH)
"""The words in the patterns of symbols."""

_WORD = re.compile("|".join(IN_PATTERNS))


def _in_words(pattern: str, words: Words) -> str:
    """The pattern of a symbol in another language."""
    return _WORD.sub(lambda found: words.sentence(found[0]), pattern)


RAISED = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")

TERMINAL = {
    kinds.BY_OUT: "∂E/∂out_{unit}",
    kinds.SLOPE: "∂out_{unit}/∂net_{unit}",
    kinds.JACOBIAN: "∂out_{unit}/∂net_{source}",
    kinds.DELTA: "δ_{unit}",
    kinds.NEGATIVE_DELTA: "δ_{unit}",
    kinds.BY_INPUT: "∂E/∂{unit}",
    kinds.SAMPLE_GRADIENT: "∂E/∂{unit}",
    kinds.GRADIENT: "∂E/∂{unit}",
    kinds.UPDATED: "{unit}⁺",
    kinds.MOVED_INPUT: "{unit}⁺",
    kinds.LEARNING_RATE: "η",
    kinds.SAMPLE_CHANGE: "Δ{unit}",
    kinds.CHANGE: "Δ{unit}",
    kinds.CHANGE_OF_USE: "Δ{unit} from {source}",
    kinds.DIRECTION: "sign of Δ{unit}",
    kinds.EPOCH_WRONG: "errors in epoch {unit}",
    kinds.EPOCH_ERROR: "E in epoch {unit}",
    kinds.STRENGTH: "λ{unit}",
    kinds.DATA_GRADIENT: "∂E_data/∂{unit}",
    kinds.PENALTY_SLOPE: "∂R{source}/∂{unit}",
    kinds.PATH: "∂E/∂out_{unit} through {source}",
    kinds.SIGNAL_PATH: "error_{unit} through {source}",
    kinds.INPUT_PATH: "∂E/∂{unit} through {source}",
    kinds.USE: "∂E/∂{unit} through {source}",
    kinds.NET_BY_PARAMETER: "∂net_{unit}/∂{source}",
    kinds.NET_BY_OUT: "∂net_{unit}/∂out_{source}",
    kinds.NET_BY_INPUT: "∂net_{unit}/∂{source}",
    kinds.ERROR_BY_OUT: "∂E_{unit}/∂out_{source}",
    kinds.OUT_BY_OUT: "∂out_{unit}/∂out_{source}",
    kinds.OUT_BY_KEPT: "∂out_{unit}/∂kept_{source}",
    kinds.OUT_BY_INPUT: "∂out_{unit}/∂{source}",
    kinds.BY_KEPT: "∂E/∂kept_{unit}",
    kinds.KEPT_BY_OUT: "∂kept_{unit}/∂out_{unit}",
    kinds.KEPT_BY_INPUT: "∂kept_{unit}/∂{unit}",
    kinds.KEPT_SIGNAL_PATH: "error_kept_{unit} through {source}",
    kinds.KEPT_PATH: "∂E/∂kept_{unit} through {source}",
    kinds.NET_BY_KEPT: "∂net_{unit}/∂kept_{source}",
    kinds.ADJOINT: "∂{source}/∂{unit}",
    kinds.CONTRIBUTION: "∂{source}/∂{unit}",
    kinds.TANGENT: "∂{unit}/∂{source}",
    kinds.LOCAL: "∂{unit}/∂{source}",
    **SYMBOLS,
}
"""The symbols on a terminal; a kind that is not here has its plain name."""


TERMINAL_NAME = "terminal"


def terminal(samples: bool, steps: bool = False, words: Words = ENGLISH) -> Notation:
    """The notation of a terminal.

    Args:
        samples: whether symbols say the sample.
        steps: whether symbols say the training step.
        words: the language of its words.
    """
    return Notation(
        TERMINAL_NAME,
        TERMINAL,
        times="·",
        chained=" · ",
        power="{}^{}",
        raised=True,
        samples=samples,
        steps=steps,
        words=words,
    )


def typed(samples: bool, steps: bool) -> Notation:
    """The notation that people type: plain names, ``*`` and ``**``."""
    return Notation("plain", {}, samples=samples, steps=steps)
