"""Numbers for letters, and quantities at which a partial state starts.

Where the author left a letter, the trace has numbers only for what does not depend on it. So any
number will do in its place, and each letter gets one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tracer.proof.reals import Real
from tracer.rules.quantity import Quantity

Given = Mapping[Quantity, Fraction]
"""What the author gives besides inputs and parameters, with its values."""


def arbitrary(k: int) -> Real:
    """A number between 1/3 and 1/2 for the letter number `k`, another one for each."""
    return Real(Fraction(k + 1, 2 * k + 3))
