"""What a page says of inputs that move along the derivative of the error."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from tracer.maths.expression import Expression, Symbol, substitute
from tracer.phrase import Phrase, phrase
from tracer.rules.input_moves import RULES, InputMove, formula
from tracer.rules.quantity import BY_INPUT, INPUT, LEARNING_RATE, MOVED_INPUT, Quantity
from tracer.sheet.rows import Row
from tracer.spec.network import Network

AWAY = Phrase("ascent: E grows, away from the targets")
TOWARDS = Phrase("descent: E falls, towards the targets")
EACH_ALONE = Phrase(
    "all samples in each step; each sample's inputs move along its own error (E[1] for sample 1)"
)

LETTERS: dict[Hashable, Expression] = {
    "old": Symbol(Quantity(INPUT, "x")),
    "gradient": Symbol(Quantity(BY_INPUT, "x")),
    "learning_rate": Symbol(Quantity(LEARNING_RATE)),
}


def moved_rows(network: Network) -> Iterator[Row]:
    """(what is chosen, the choice) of inputs that move."""
    move = network.training.move_inputs
    if move is None or network.training.learning_rate is None:
        return
    moved, formula = Quantity(MOVED_INPUT, "x"), _formula(move)
    text = "{moved} = {formula}; every parameter stays as it is"
    yield Phrase("inputs move"), phrase(text, moved=moved, formula=formula)
    yield Phrase("direction"), AWAY if move.ascent else TOWARDS
    if move.sign:
        at_zero = move.sign_at_zero.text
        yield Phrase("at the kink"), phrase("sign(0) = {at_zero}", at_zero=at_zero)


def _formula(move: InputMove) -> Expression:
    return substitute(formula(move, RULES[move.ascent, move.sign]), LETTERS)
