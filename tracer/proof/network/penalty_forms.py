"""Penalties in SymPy's hands: their closed forms, and its derivatives of these."""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from tracer.proof import bridge
from tracer.proof.bridge import Pieces, Point
from tracer.proof.network.penalty import Penalty
from tracer.proof.reals import Real


def value_of(penalty: Penalty, mark: str, parameters: Sequence[Real]) -> Real:
    """R of one penalty, from its closed form."""
    weights = {bridge.symbol(f"w{k}"): parameters[k] for k in penalty.counted}
    strength = bridge.symbol("strength")
    point = Point({**weights, strength: penalty.strength(mark)})
    return point.value(sympy.Add(*penalty.form(mark, strength, list(weights), Pieces(point))))


def slope_of(penalty: Penalty, mark: str, weight: Real) -> Real:
    """dR/dw of one penalty, SymPy's derivative evaluated."""
    symbol, strength = bridge.symbol("weight"), bridge.symbol("strength")
    point = Point({symbol: weight, strength: penalty.strength(mark)})
    (term,) = penalty.form(mark, strength, [symbol], Pieces(point))
    return point.value(term.diff(symbol))
