"""A witness: somebody who finds a quantity's value on a way of their own, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from typing import Any, Protocol

from msgspec import Struct

from tracer.errors import CalculationError
from tracer.proof.reals import Real
from tracer.proof.signs import without_sign
from tracer.rules.quantity import Quantity


class Silent(Struct, frozen=True):
    """A witness has nothing to say about a quantity, for a reason."""

    reason: str


Answer = Real | Silent


class Witness(Protocol):
    """A judge of claims."""

    @property
    def name(self) -> str:
        """What a table of verdicts calls it."""

    @property
    def accuracy(self) -> Fraction:
        """How far its values may be off, relatively, besides the rounding of its numbers."""

    @property
    def vague(self) -> str:
        """Why it may not know a value closely enough."""

    @property
    def work(self) -> int:
        """About how many microseconds a value takes."""

    def knows(self, quantity: Quantity) -> bool:
        """Whether it can say anything of such a quantity."""

    def value(self, quantity: Quantity) -> Answer:
        """The quantity's value, or why this witness does not know it."""


class Mute(Struct, frozen=True):
    """In place of a witness that does not take part.

    Attributes:
        name: the witness's.
        reason: why.
    """

    name: str
    reason: str
    accuracy = Fraction(0)
    vague = ""
    work = 1

    def knows(self, quantity: Quantity) -> bool:
        """Nothing."""
        return False

    def value(self, quantity: Quantity) -> Answer:
        """Nothing, for the reason."""
        return Silent(self.reason)


class SilentError(Exception):
    """Raised on the way to a value: there is none, for a reason."""


def testimony(method: Callable[[Any, Quantity], Real]) -> Callable[[Any, Quantity], Answer]:
    """A witness's method, whose failures become silence with the reason.

    A quantity that is minus a derivative is asked for as that derivative.
    """

    @wraps(method)
    def value(witness: Any, quantity: Quantity) -> Answer:
        asked, is_opposite = without_sign(quantity)
        try:
            found = method(witness, asked)
            return -found if is_opposite else found
        except SilentError as error:
            return Silent(str(error))
        except ZeroDivisionError:
            return Silent("division by zero")
        except CalculationError as error:
            return Silent(str(error))
        except RecursionError:
            return Silent(TOO_DEEP)

    return value


TOO_DEEP = "too deep for this witness"
TOO_FEW = "of the digits that this witness carries, too few are left"
NOT_KNOWN = "a kind of quantity that this witness does not know"
NO_DERIVATIVE = "not a derivative"
AT_A_KINK = "at a kink, where the slope is a convention"
IN_PLACE = "updated in place: no longer the gradient"
GIVEN = "the trace starts at given values"
CONTESTED = "follows from a given output that is not what its net input makes"
