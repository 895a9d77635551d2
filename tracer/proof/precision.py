"""How many digits the witnesses carry of what is not rational."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mpmath import MPContext

DIGITS = 100
"""Significant digits, if nobody asks for more."""

MORE = 50
"""So many digits more than the calculation that they judge, at least."""

MP = MPContext()
MP.dps = DIGITS


@contextmanager
def carrying(digits: int) -> Iterator[None]:
    """So many digits, for what is calculated inside."""
    before = MP.prec
    MP.dps = digits
    try:
        yield
    finally:
        MP.prec = before
