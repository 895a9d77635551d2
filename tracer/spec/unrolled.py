"""What a network keeps of having been unrolled: outputs without weights, and its time steps."""

from __future__ import annotations

from msgspec import Struct


class Coupling(Struct, frozen=True):
    """What a unit gets of other units' outputs without a weight: a row of `rules.couplings`.

    Attributes:
        row: the row's name.
        unit: the unit of the layer, from 0.
        operands: the numbers of the units or inputs whose outputs it takes.
    """

    row: str
    unit: int
    operands: tuple[int, ...]


class Time(Struct, frozen=True):
    """How an unrolled network came about.

    Attributes:
        steps: how many time steps one sample has.
        every: whether every time step has targets, where False means the last one only.
        truncate: through how many time steps a derivative goes back; None for all.
        carry_state: whether each sample starts with the state in which the one before ends.
        cells: each kind of cell with gates, and how it is calculated.
        states: (its name before the first time step, the unit that has it after the last one).
    """

    steps: int
    every: bool = True
    truncate: int | None = None
    carry_state: bool = False
    cells: tuple[tuple[str, str], ...] = ()
    states: tuple[tuple[str, str], ...] = ()


def carried(time: Time | None) -> tuple[tuple[str, str], ...]:
    """(input, unit): what each sample gets of the one before, where they are one sequence."""
    return time.states if time is not None and time.carry_state else ()
