"""The symbols of matrices: a letter and the number of a layer, by the kind of what they hold."""

from __future__ import annotations

from typing import NamedTuple

from tracer.notation.notation import Notation
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind, Quantity


class MatrixName(NamedTuple):
    """What a matrix is called, before any notation.

    Attributes:
        kind: the kind of its entries; None for constants, and for what the letter alone names.
        letter: of what holds parameters, and of constants: W, b, u.
        layer: the number of its layer, or the two that it connects: 1→3.
        sample: the sample that it belongs to, where it does not hold all of them.
    """

    kind: Kind | None
    letter: str = ""
    layer: str = ""
    sample: int = 0


OF_UNITS: dict[Kind, str] = {
    kinds.INPUT: "X",
    kinds.TARGET: "T{layer}",
    kinds.MASK: "M{layer}",
    kinds.NET: "Z{layer}",
    kinds.OUT: "A{layer}",
    kinds.ERROR: "L",
    kinds.SAMPLE_ERROR: "e",
    kinds.TOTAL: "E",
    kinds.BY_OUT: "∂E/∂A{layer}",
    kinds.SIGNAL: "error_A{layer}",
    kinds.SLOPE: "σ′(Z{layer})",
    kinds.DELTA: "δ{layer}",
    kinds.NEGATIVE_DELTA: "δ{layer}",
    kinds.BY_INPUT: "∂E/∂X",
    kinds.USE: "G{layer}",
    kinds.JACOBIAN: "J{layer}",
    kinds.OUT_BY_OUT: "S{layer}",
}
"""The symbols of matrices with a row for each sample; a parameter's kind has its own pattern."""

OWN = frozenset((kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD))
"""Kinds whose matrix is called by its letter alone."""

INPUTS = "X"
UNITS = "A"
"""What stands for the inputs, or for the units of a layer, in the symbol of a kind that the table
has not: exp_A2.
"""

PLAIN = str.maketrans(
    {
        **{"η": "learning_rate", "∂": "d", "δ": "delta", "σ": "sigma"},
        **{"′": "'", "θ": "theta", "Θ": "Theta", "⁺": "+"},
    }
)


def matrix_symbol(name: MatrixName, notation: Notation) -> str:
    """A matrix's symbol."""
    of_units = INPUTS if name.layer == "0" else (UNITS if name.layer else "") + name.layer
    own = name.letter + name.layer if name.letter else of_units
    pattern = OF_UNITS.get(name.kind) if name.kind else None
    if name.kind is None or name.kind in OWN or (pattern and name.letter):
        return own + _mark(name)
    if pattern is not None:
        return pattern.format(layer=name.layer) + _mark(name)
    symbol = notation.symbol(Quantity(name.kind, own))
    return symbol.replace("E/", f"E{_mark(name)}/", 1) if name.sample else symbol


def _mark(name: MatrixName) -> str:
    return f"[{name.sample}]" if name.sample else ""


def typed_symbol(symbol: str) -> str:
    """A matrix's symbol as it can be typed: ``dE/dW1``, ``delta2``, ``W1->3``."""
    return symbol.translate(PLAIN).replace("→", "->")
