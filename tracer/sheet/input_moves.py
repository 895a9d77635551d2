"""What a page says of inputs that move along the derivative of the error."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from tracer.maths.expression import Expression, Symbol, substitute
from tracer.maths.printer import written
from tracer.notation.notation import terminal
from tracer.rules.input_moves import RULES, InputMove, formula
from tracer.rules.quantity import BY_INPUT, INPUT, LEARNING_RATE, Quantity
from tracer.sheet.rows import Row
from tracer.spec.network import Network

AWAY = "ascent: E grows, away from the targets"
TOWARDS = "descent: E falls, towards the targets"
EACH_ALONE = (
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
    yield "inputs move", f"x⁺ = {_formula(move)}; every parameter stays as it is"
    yield "direction", AWAY if move.ascent else TOWARDS
    if move.sign:
        yield "at the kink", f"sign(0) = {move.sign_at_zero.text}"


def _formula(move: InputMove) -> str:
    told = substitute(formula(move, RULES[move.ascent, move.sign]), LETTERS)
    return written(told, terminal(samples=False).style())
