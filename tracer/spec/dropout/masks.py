"""Dropout as a spec says it: which units, how many are kept, and the masks, given or drawn."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tracer.errors import CalculationError
from tracer.maths.expression import Number, number

Mask = tuple[Number, ...]

EVERYWHERE, OF_SAMPLE, OF_STEP = range(3)
"""Whether masks are the same everywhere, of each sample, or of each training step and sample."""

GOLDEN, WORD = 0x9E3779B97F4A7C15, 1 << 64
SHIFTS = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
LAST_SHIFT = 31


class Dropout(Struct, frozen=True):
    """What is dropped of a layer's outputs, or of the inputs.

    Attributes:
        units: the numbers of the units.
        keep: the share that is kept, above 0 and at most 1.
        inverted: whether kept outputs are divided by `keep`; else a test scales all by it.
        depth: how the masks go on: `EVERYWHERE`, `OF_SAMPLE` or `OF_STEP`.
        masks: by training step, then by sample, a 0 or 1 for each unit; empty where they are drawn.
        seed: what they are drawn from.
        drawn_as: the number of the first unit of those whose draws count here: those of the first
            time step, where all time steps have one mask; None for these units' own.
    """

    units: range
    keep: Number
    inverted: bool = True
    depth: int = EVERYWHERE
    masks: tuple[tuple[Mask, ...], ...] = ()
    seed: int | None = None
    drawn_as: int | None = None

    def mask(self, step: int, sample: int, place: int) -> Mask:
        """The mask of a training step, from 1.

        Args:
            step: which step.
            sample: the sample's number in the file, from 0.
            place: its number in the step's update, from 0.

        Raises:
            CalculationError: there is none; a spec that was read from a file always has one.
        """
        if self.seed is not None:
            first = self.units.start if self.drawn_as is None else self.drawn_as
            drawn = range(first, first + len(self.units))
            return tuple(self._drawn(step, sample, unit) for unit in drawn)
        rows = self.masks[step - 1 if self.depth == OF_STEP else 0 :][:1]
        at = (0, sample, place)[self.depth]
        found = rows[0][at : at + 1] if rows else ()
        if not found or len(found[0]) != len(self.units):
            raise CalculationError(f"there is no mask of dropout for training step {step}")
        return found[0]

    def _drawn(self, step: int, sample: int, unit: int) -> Number:
        assert self.seed is not None
        drawn = self.seed
        for count in (step, sample, unit):
            drawn = mixed(drawn + count * GOLDEN)
        return number(int(drawn * self.keep.value.denominator < self.keep.value.numerator * WORD))


def mixed(state: int) -> int:
    """The next number, from 0 to 2**64 - 1, after a state: SplitMix64, by Sebastiano Vigna."""
    found = (state + GOLDEN) % WORD
    for shift, factor in SHIFTS:
        found = (found ^ (found >> shift)) * factor % WORD
    return found ^ (found >> LAST_SHIFT)


def masks_of(dropouts: Sequence[Dropout], step: int, batch: Sequence[int]) -> tuple[Mask, ...]:
    """Every mask of a training step, layer after layer."""
    return tuple(
        dropout.mask(step, sample, place)
        for dropout in dropouts
        for place, sample in enumerate(batch)
    )
