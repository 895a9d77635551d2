"""Arithmetic as by hand: the result of every step is rounded before the next one uses it.

Inside a step 50 digits and more are carried, as a pocket calculator carries more than it shows.
They are first rounded to a few less, so that 1/3*3 is 1 before it is cut off, and not 0.9999.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from tracer.maths.arithmetic import decimal_functions, decimals
from tracer.maths.expression import Number
from tracer.phrase import Phrase, counted, phrase

_INSIDE = 50
_SPARE = 10


class Mode(NamedTuple):
    """A way to round: its name in an arithmetic's text, how it is told, the module's constant."""

    name: str
    told: str
    constant: str


MODES = {
    mode.name: mode
    for mode in (
        Mode("half-up", "every step is rounded to {kept}, half up", ROUND_HALF_UP),
        Mode("half-even", "every step is rounded to {kept}, half to even", ROUND_HALF_EVEN),
        Mode("cut", "every step is cut off after {kept}", ROUND_DOWN),
    )
}
HALF_UP = MODES["half-up"]


class ByHand(Struct, frozen=True):
    """Decimal numbers, rounded at every step.

    Attributes:
        digits: how many decimals, or significant digits, a step keeps.
        significant: whether significant digits are counted, where False counts decimals.
        mode: how a step rounds.
    """

    digits: int
    significant: bool = False
    mode: Mode = HALF_UP

    functions = decimal_functions.FUNCTIONS
    choose = None
    guard = None
    tells_carried = True
    is_rigorous = False
    is_machine = False
    check = None
    quotient = None
    finish_all = None
    finish_many = None

    @property
    def name(self) -> str:
        """``by-hand:4``, ``by-hand:4sig:cut``."""
        unit = "sig" if self.significant else ""
        ending = "" if self.mode is HALF_UP else f":{self.mode.name}"
        return f"by-hand:{self.digits}{unit}{ending}"

    @property
    def sentence(self) -> Phrase:
        """How every step is rounded."""
        digits = "{count} significant digit", "{count} significant digits"
        decimals = "{count} decimal", "{count} decimals"
        one, many = digits if self.significant else decimals
        return phrase(self.mode.told, kept=counted(self.digits, one, many))

    def literal(self, number: Number) -> Decimal:
        """The literal as given: only steps are rounded."""
        return decimals.given(number, self._context)

    def finish(self, value: Decimal) -> Decimal:
        """The value as a person writes it down."""
        settled = decimals.working_context(self._inside).plus(decimals.finite(value))
        if self.significant:
            kept = decimals.working_context(self.digits, self.mode.constant).plus(settled)
            return kept or Decimal(0)
        if settled.adjusted() > self._inside:
            return settled
        unit = Decimal((0, (1,), -self.digits))
        return decimals.WIDE.plus(settled.quantize(unit, self.mode.constant, decimals.WIDE))

    def text(self, value: Decimal) -> str:
        """All digits, with the zeros that rounding leaves."""
        return str(value)

    def read(self, text: str) -> Decimal:
        """The decimal that `text` wrote."""
        return decimals.read(text)

    def fraction(self, value: Decimal) -> Fraction | None:
        """The exact value, unless it would have thousands of zeros."""
        return decimals.fraction(value)

    def scope(self) -> AbstractContextManager[object]:
        """The precision inside a step, for this thread."""
        return localcontext(self._context)

    @property
    def _inside(self) -> int:
        return max(_INSIDE, 2 * self.digits)

    @property
    def _context(self) -> Context:
        return decimals.working_context(self._inside + _SPARE)
