"""Fractions in which any other number stands for an irrational one.

What a formula gives over these is true only as far as it does not depend on irrational numbers:
0 times a sine, or which of two numbers is larger. Trying it twice, with other numbers, tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property
from typing import Any

from tracer.errors import IrrationalError
from tracer.maths.arithmetic import decimal_functions, decimals
from tracer.maths.arithmetic.exact import Exact

DIGITS = 50


class StandIn(Exact, frozen=True, dict=True):
    """Fractions; what is irrational is off by a part of itself.

    Attributes:
        off: the part.
    """

    off: Fraction = Fraction(0)

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., Any]]:  # type: ignore[override]
        """The primitives, each with a number near by where its value is irrational."""
        return {
            name: self._near(exact, decimal_functions.FUNCTIONS[name])
            for name, exact in Exact.functions.items()
        }

    def _near(
        self, exact: Callable[..., Fraction], rounded: Callable[..., Decimal]
    ) -> Callable[..., Fraction]:
        def function(*arguments: Fraction) -> Fraction:
            with suppress(IrrationalError):
                return exact(*arguments)
            with localcontext(decimals.working_context(DIGITS)):
                near = rounded(*(Decimal(x.numerator) / x.denominator for x in arguments))
            return Fraction(near) * (1 + self.off)

        return function
