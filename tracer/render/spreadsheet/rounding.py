"""Calculation by hand in a spreadsheet: every value is rounded before the next one uses it."""

from __future__ import annotations

from tracer.maths.arithmetic import Arithmetic
from tracer.maths.arithmetic.by_hand import ByHand

AS_IT_IS = "{x}"

FORMS = {
    "half-up": "ROUND({x},{d})",
    "half-even": "IF(ABS(MOD(ABS({x})*10^({d}),1)-0.5)<0.0000001,"
    "2*ROUND({x}*10^({d})/2,0)/10^({d}),ROUND({x},{d}))",
    "cut": "TRUNC(ROUND({x},{d}+8),{d})",
}
"""A number ``{x}`` to ``{d}`` places; what is cut off loses first what doubles have added."""

OF_ZERO = "IF({x}=0,0,{form})"
PLACES = "{digits}-1-INT(LOG10(ABS({x})))"
"""Places after the point, for so many significant digits."""


def rounding(arithmetic: Arithmetic) -> str:
    """What is done to every value, over ``{x}``."""
    if not isinstance(arithmetic, ByHand):
        return AS_IT_IS
    form, digits = FORMS[arithmetic.mode.name], str(arithmetic.digits)
    if not arithmetic.significant:
        return form.replace("{d}", digits)
    places = PLACES.replace("{digits}", digits)
    return OF_ZERO.replace("{form}", form.replace("{d}", places))
