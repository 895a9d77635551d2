"""What a file says and where it says it: two that say the same are equal wherever they stand."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

PLACES = frozenset({"place", "places", "loss_place", "delta_place"})
"""The members that say where in a file something stood, and nothing of what it is."""


class Located(Struct, frozen=True, eq=False):
    """Frozen data that know their places in a file."""

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same, wherever it stood."""
        return type(self) is type(other) and self._said() == other._said()

    def __hash__(self) -> int:
        """One hash for all that are equal."""
        return hash(self._said())

    def _said(self) -> tuple[Any, ...]:
        """Every member but the places."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in PLACES)
