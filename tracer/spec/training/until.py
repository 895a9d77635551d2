"""When a training ends, apart from the number of its steps."""

from __future__ import annotations

from msgspec import Struct

from tracer.maths.expression import Number


class Until(Struct, frozen=True):
    """When a training ends: after the first epoch in which one of these holds.

    Attributes:
        all_right: every answer is its target.
        same_share_of_errors: for so many epochs, each has as many wrong answers as the one before.
        error_below: the error of the epoch is smaller; None: it is not asked for.
    """

    all_right: bool = False
    same_share_of_errors: int | None = None
    error_below: Number | None = None
