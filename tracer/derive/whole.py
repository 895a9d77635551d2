"""What an entry asks of the trace that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tracer.derive.exactness import Exactness
from tracer.derive.run import Segment
from tracer.maths.arithmetic import Arithmetic
from tracer.rules.quantity import Quantity


class Whole(Protocol):
    """What an entry asks of the trace that it stands in."""

    @property
    def arithmetic(self) -> Arithmetic:
        """How the numbers were made."""

    @property
    def segments(self) -> Sequence[Segment]:
        """The training steps."""

    @property
    def several_samples(self) -> bool:
        """Whether names say the sample."""

    @property
    def unsettled(self) -> str | None:
        """A value that no number of digits could tell from zero; empty if there is none."""

    @property
    def exactness(self) -> Exactness:
        """Which values are all of the numbers that they stand for."""

    def name(self, quantity: Quantity) -> str:
        """The plain name of a quantity."""
