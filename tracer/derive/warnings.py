"""What a reader should know about the numbers of a trace."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tracer.derive.epochs import Traced
from tracer.spec.network import Network, Spec
from tracer.spec.probabilities import improbable_targets
from tracer.spec.tree.problems import listed

MOST_NAMED = 3
"""As many targets that are no probabilities are named."""

MANY_BITS = 4_096
"""From so many bits on, a fraction is worth a warning."""


def warnings_of(trace: Traced) -> Iterator[str]:
    """Doubts of a zero, targets that are no probabilities, and fractions that have grown long."""
    yield from _of_targets(trace.spec)
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


def _of_targets(spec: Spec) -> Iterator[str]:
    """Targets for which a loss of probabilities means nothing, though it has a number."""
    found = list(improbable_targets(spec)) if isinstance(spec, Network) else []
    if found and isinstance(spec, Network):
        said = listed(found, MOST_NAMED)
        is_one = len(found) == 1
        yield (
            f"{spec.loss.name} compares probabilities, from 0 to 1; the target"
            f"{'' if is_one else 's'} {said} {'is' if is_one else 'are'} none"
        )
