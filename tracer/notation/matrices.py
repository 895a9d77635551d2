"""The symbols of matrices: a letter and the number of a layer, by the kind of what they hold."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracer.notation.notation import Notation
from tracer.notation.patterns import parsed
from tracer.notation.symbols import Digits, Letter, Row, Scripts, Sign, Tree, Word, above
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
    kinds.INPUT: "{X}",
    kinds.TARGET: "{T}{layer}",
    kinds.MASK: "M{layer}",
    kinds.NET: "{Z}{layer}",
    kinds.OUT: "{A}{layer}",
    kinds.ERROR: "L",
    kinds.SAMPLE_ERROR: "e",
    kinds.TOTAL: "{E}",
    kinds.BY_OUT: "∂{E}/∂{A}{layer}",
    kinds.SIGNAL: "error_{A}{layer}",
    kinds.SLOPE: "σ′({Z}{layer})",
    kinds.DELTA: "{δ}{layer}",
    kinds.NEGATIVE_DELTA: "{−δ}{layer}",
    kinds.BY_INPUT: "∂{E}/∂{X}",
    kinds.USE: "G{layer}",
    kinds.JACOBIAN: "J{layer}",
    kinds.OUT_BY_OUT: "S{layer}",
}
"""The symbols of matrices with a row for each sample; a parameter's kind has its own pattern."""

OWN = frozenset((kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD))
"""Kinds whose matrix is called by its letter alone."""

LAYER = re.compile(r"\d+")

PLAIN = str.maketrans(
    {
        **{"η": "learning_rate", "∂": "d", "δ": "delta", "σ": "sigma"},
        **{"′": "'", "θ": "theta", "Θ": "Theta", "⁺": "+"},
    }
)


def matrix_symbol(name: MatrixName, notation: Notation) -> str:
    """A matrix's symbol."""
    letters = notation.letters
    layer = LAYER.sub(lambda found: str(int(found[0]) + letters.first_layer), name.layer)
    of_units = letters.inputs if name.layer == "0" else (letters.out if name.layer else "") + layer
    own = name.letter + layer if name.letter else of_units
    pattern = OF_UNITS.get(name.kind) if name.kind else None
    if name.kind is None or name.kind in OWN or (pattern and name.letter):
        return own + _mark(name)
    if pattern is not None:
        return pattern.format(layer=layer, **letters.by_slot) + _mark(name)
    symbol = notation.symbol(Quantity(name.kind, own))
    return symbol.replace("/", f"{_mark(name)}/", 1) if name.sample else symbol


def _mark(name: MatrixName) -> str:
    return f"[{name.sample}]" if name.sample else ""


def typed_symbol(symbol: str) -> str:
    """A matrix's symbol as it can be typed: ``dE/dW1``, ``delta2``, ``W1->3``."""
    return symbol.translate(PLAIN).replace("→", "->")


NUMBERED = re.compile(r"(?P<letter>[^\W\d_])(?P<layer>\d+→\d+)")
"""The matrix between two layers: W1→3."""
APPLIED = re.compile(r"(?P<function>[^\W\d_]′?)\((?P<argument>.+)\)")
"""A function of a matrix: σ′(Z2)."""


def matrix_tree(name: MatrixName, notation: Notation) -> Tree:
    """A matrix's symbol as a tree, for formats that set it in two dimensions."""
    tree = _tree(matrix_symbol(name._replace(sample=0), notation))
    return above(tree, Sign(_mark(name))) if name.sample else tree


def _tree(symbol: str) -> Tree:
    if found := NUMBERED.fullmatch(symbol):
        layers = [Digits(layer) for layer in found["layer"].split("→")]
        return Scripts(Letter(found["letter"]), Row((layers[0], Sign("→"), layers[1])))
    if found := APPLIED.fullmatch(symbol):
        inner = _tree(found["argument"])
        return Row((parsed(found["function"]), Sign("("), inner, Sign(")")))
    return parsed(symbol)


def transposed(tree: Tree) -> Tree:
    """The symbol of a transpose; what is raised already or a quotient gets brackets."""
    simple = isinstance(tree, Letter | Word) or (isinstance(tree, Scripts) and tree.above is None)
    base = tree if simple else Row((Sign("("), tree, Sign(")")))
    return above(base, Sign("⊤")) if simple else Scripts(base, None, Sign("⊤"))
