"""What a reader should know about the numbers of a trace."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tracer.derive.whole import Whole

MANY_BITS = 4_096
"""From so many bits on, a fraction is worth a warning."""


def warnings_of(trace: Whole) -> Iterator[str]:
    """Doubts of a zero, and fractions that have grown long."""
    if trace.unsettled:
        yield (
            f"{trace.unsettled} is zero as far as {trace.arithmetic.name} can tell; it may be "
            "exactly zero, or too small to be seen; so may what depends on it"
        )
    fractions = (value for value in trace.segments[-1].values if isinstance(value, Fraction))
    largest = max((value.denominator for value in fractions), default=1)
    if largest.bit_length() > MANY_BITS:
        digits = Decimal(largest).adjusted() + 1
        yield f"the fractions have grown to {digits} digits; decimals stay short"
