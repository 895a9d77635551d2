"""The arithmetics: exact, decimal, by hand, float, interval; each loaded when it is asked for."""

from tracer.maths.arithmetic.choose import DEFAULT, arithmetic
from tracer.maths.arithmetic.protocol import Arithmetic

__all__ = ["DEFAULT", "Arithmetic", "arithmetic"]
