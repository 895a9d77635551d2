"""How many digits a calculation is shown with, unless its reader asks otherwise."""

from __future__ import annotations

from tracer.maths.arithmetic import Arithmetic
from tracer.maths.arithmetic.by_hand import ByHand
from tracer.notation.numbers import NumberFormat
from tracer.spec.network import Spec


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
