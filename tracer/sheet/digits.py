"""How many digits a calculation is shown with, unless its reader asks otherwise."""

from __future__ import annotations

from tracer.maths.arithmetic import Arithmetic
from tracer.maths.arithmetic.by_hand import ByHand
from tracer.notation.numbers import NumberFormat
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind
from tracer.spec.network import Spec

FEWEST = 2
"""Significant digits, at least, of a derivative."""

DERIVATIVES = frozenset(
    (
        *(kind for kind in vars(kinds).values() if isinstance(kind, Kind) and "/d" in kind.plain),
        *(kinds.NEGATIVE_DELTA, kinds.SIGNAL, kinds.SIGNAL_PATH),
        *(kinds.KEPT_SIGNAL, kinds.KEPT_SIGNAL_PATH),
    )
)


def digits_of(kind: Kind, asked: NumberFormat, carried: Arithmetic) -> NumberFormat:
    """How a quantity is shown: a derivative with as many significant digits as there are decimals.

    Derivatives get small, and 0.0004 would be one digit of them. By hand they have the decimals
    that are carried.

    Args:
        kind: the quantity's.
        asked: how many digits to show.
        carried: the arithmetic.
    """
    if asked.decimals is None or kind not in DERIVATIVES or isinstance(carried, ByHand):
        return asked
    return asked.with_at_least(max(asked.decimals, FEWEST))


def standard_digits(spec: Spec, carried: Arithmetic) -> NumberFormat:
    """As many digits as the file says; else those that calculation by hand carries, or a default.

    Args:
        spec: what was calculated.
        carried: the arithmetic in which it was.
    """
    said = spec.about.presentation
    decimals, significant = said.digits, said.significant
    if decimals is None and significant is None and isinstance(carried, ByHand):
        if carried.significant:
            significant = carried.digits
        else:
            decimals = carried.digits
    return NumberFormat(decimals, significant or NumberFormat().significant)
