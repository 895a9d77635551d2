"""The blocks of a training step, those of all samples together: what one equation tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracer.derive.program import Block, Phase
from tracer.rules.quantity import Kind
from tracer.sheet.matrix.reading import Reading


class Group(NamedTuple):
    """Quantities of one kind and of the same units, over the samples of a batch.

    Attributes:
        kind: their kind.
        phase: the part of the calculation in which they are told.
        units: the unit or parameter of each.
        blocks: one for each sample; one alone for what belongs to no sample.
    """

    kind: Kind
    phase: Phase
    units: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def grid(self) -> list[list[int | None]]:
        """The addresses, a row for each sample."""
        return [list(block.addresses) for block in self.blocks]

    @property
    def addresses(self) -> Iterator[int]:
        """The addresses, sample by sample."""
        return (address for block in self.blocks for address in block.addresses)


def groups(reading: Reading) -> list[Group]:
    """The groups of a training step, in the order in which their first values are made."""
    found: dict[tuple[Kind, Phase, tuple[str, ...]], list[Block]] = {}
    for block in reading.segment.program.blocks:
        found.setdefault((block.kind, block.phase, tuple(block.units)), []).append(block)
    return [Group(*key, tuple(blocks)) for key, blocks in found.items()]
