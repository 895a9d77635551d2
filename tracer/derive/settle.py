"""Enough digits: decimals are calculated twice, and with more digits until both agree.

Where numbers cancel (1 - out of a saturated sigmoid) fifty digits may leave none. So the default
arithmetic compares each value with that of a longer calculation, and carries as many digits as it
takes for every shown digit to be right.
"""

from __future__ import annotations

from decimal import Context, Decimal

from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.rules.backprop import Backprop
from tracer.spec.network import Spec

DIGITS = (50, 100, 200, 400, 800)
MORE = 25
"""The longer calculation carries so many digits more."""

AGREE = Decimal("1e-25")
"""Both agree where they differ by no more than this, relative to their size."""

_COARSE = Context(prec=30, Emax=10**9, Emin=-(10**9))


def settled(spec: Spec, rules: Backprop | None = None) -> Trace:
    """A spec calculated in decimals, with as many digits as it needs.

    Where even the most digits do not settle a value, it cannot be told from zero; the trace then
    carries the fewest, and its `unsettled` names the value.
    """
    first: Trace | None = None
    for digits in DIGITS:
        found = trace(spec, arithmetic(f"decimal:{digits}"), rules)
        first = first or found
        longer = trace(spec, arithmetic(f"decimal:{digits + MORE}"), rules)
        doubtful = _doubtful(found, longer)
        if not doubtful:
            return found
    assert first is not None
    first.unsettled = doubtful
    return first


def _doubtful(found: Trace, longer: Trace) -> str:
    """The name of the first value on which two calculations differ; empty if there is none."""
    for mine, theirs in zip(found.segments, longer.segments, strict=True):
        for address, (value, other) in enumerate(zip(mine.values, theirs.values, strict=True)):
            if value != other and value is not None and _differ(value, other):
                return found.entry(mine, address).name
    return ""


def _differ(value: Decimal, other: Decimal) -> bool:
    difference = _COARSE.abs(_COARSE.subtract(value, other))
    return difference > _COARSE.multiply(_COARSE.abs(other), AGREE)
