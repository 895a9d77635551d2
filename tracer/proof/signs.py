"""Books whose delta is the negative gradient: their quantities are minus a derivative."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tracer.rules.quantity import (
    BY_KEPT,
    BY_OUT,
    DELTA,
    KEPT_PATH,
    KEPT_SIGNAL,
    KEPT_SIGNAL_PATH,
    NEGATIVE_DELTA,
    PATH,
    SIGNAL,
    SIGNAL_PATH,
    Kind,
    Quantity,
)

OPPOSITES: Mapping[Kind, Kind] = {
    SIGNAL: BY_OUT,
    SIGNAL_PATH: PATH,
    KEPT_SIGNAL: BY_KEPT,
    KEPT_SIGNAL_PATH: KEPT_PATH,
    NEGATIVE_DELTA: DELTA,
}
"""For each such kind, the derivative that it is minus."""


def without_sign(quantity: Quantity) -> tuple[Quantity, bool]:
    """The derivative behind a quantity, and whether the quantity is minus it."""
    kind = OPPOSITES.get(quantity.kind)
    return (quantity, False) if kind is None else (replace(quantity, kind=kind), True)
