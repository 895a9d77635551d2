"""One line in a notation, to choose by: the derivative by a weight of a small network."""

from __future__ import annotations

from tracer.maths.expression import Mul, Neg, Symbol
from tracer.maths.printer import written
from tracer.notation.book import book
from tracer.notation.profile import BY_NUMBER, Profile
from tracer.rules.quantity import DELTA, GRADIENT, OUT, Quantity
from tracer.sheet.notations.naming import naming_of
from tracer.spec.reading import read_text

NETWORK = """
inputs: [x1, x2]
layers:
  - {units: [h1, h2], activation: sigmoid}
  - {units: [o1], activation: sigmoid, weights: [[w5, w6]]}
"""


def sample_line(profile: Profile) -> str:
    """The derivative by the weight from h1 to o1."""
    naming = naming_of(read_text(NETWORK), profile.first_layer, profile.index == BY_NUMBER)
    notation = book(profile, naming, samples=False)
    product = Mul((Symbol(Quantity(DELTA, "o1")), Symbol(Quantity(OUT, "h1"))))
    formula = product if profile.delta == "gradient" else Neg(product)
    symbol = notation.symbol(Quantity(GRADIENT, "w5"))
    return f"{symbol} = {written(formula, notation.style())}"
