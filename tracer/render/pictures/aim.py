"""What a picture is to look at, where a reader can choose: one unit, two parameters."""

from __future__ import annotations

from msgspec import Struct


class Aim(Struct, frozen=True):
    """What a reader chose; what is empty is chosen by the picture.

    Attributes:
        unit: the unit whose activation is drawn.
        weights: the two parameters over which the error is drawn, with a comma between them.
    """

    unit: str = ""
    weights: str = ""


ANYWHERE = Aim()

UNIT, WEIGHTS = "unit", "weights"
