"""A straight-line program: blocks of steps, each over values that stand before it.

A value's address is its place in one flat list. A block is a run of addresses of one kind (the
net inputs of a layer, its weight derivatives, ...); its recipe says, by arithmetic on the place in
the block, by which template and from which addresses each value is made. Of a single step
nothing is stored but its value and, where it is a parameter's derivative, who uses the parameter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from tracer.derive.recipe import Recipe, Stretch
from tracer.maths.expression import Symbol
from tracer.rules.quantity import Kind, Quantity
from tracer.spec.network import Value


class Phase(Enum):
    """The parts of a calculation, in the order in which a textbook tells them."""

    GIVEN = "given"
    CARRIED = "carried over"
    FORWARD = "forward"
    ERROR = "error"
    BACKWARD = "backward"
    TANGENTS = "tangents"
    WEIGHTS = "weights"
    INPUTS = "inputs"
    CHANGES = "changes"
    UPDATE = "update"


class Block(NamedTuple):
    """Values of one kind, at consecutive addresses; none of them uses another of the block.

    Attributes:
        kind: what kind of quantity they are.
        phase: the part of the calculation in which they are told.
        start: the first one's address.
        units: the unit or parameter that each belongs to.
        recipe: how they are made; None for what is given or carried over.
        sample: the sample that they belong to; 0 for none.
        sources: the second unit of each, for kinds that relate two.
    """

    kind: Kind
    phase: Phase
    start: int
    units: Sequence[str]
    recipe: Recipe | None = None
    sample: int = 0
    sources: Sequence[str] = ()

    @property
    def addresses(self) -> range:
        """All its addresses."""
        return range(self.start, self.start + len(self.units))

    def quantity(self, k: int) -> Quantity:
        """The quantity at the place `k` of the block, in no step yet."""
        source = self.sources[k] if self.sources else ""
        return Quantity(self.kind, self.units[k], source, self.sample)


class Slot(NamedTuple):
    """A value that each training step hands to the next.

    Attributes:
        start: the address of its value at the start of the step.
        new: the address of the value that the step makes of it; None where it makes none.
        changes: whether training changes it, here or in another step.
        is_taken: whether this step takes it from the one before, where False starts anew.
    """

    start: int
    new: int | None = None
    changes: bool = False
    is_taken: bool = True

    @property
    def end(self) -> int:
        """The address of its value for the next step."""
        return self.start if self.new is None else self.new


class Program(Struct, frozen=True, dict=True):
    """The straight-line program of one training step, or of an expression.

    Attributes:
        blocks: in the order of evaluation; together they cover every address once.
        values: the literals and letters of the given blocks, by address.
        slots: what a training step hands to the next, the parameters first, by number.
        overrides: quantities that the author gave a value, by address.
        several_samples: whether names say the sample, because there are several in the data.
        untold: addresses that the trace leaves out, because it starts after them.
    """

    blocks: tuple[Block, ...]
    values: dict[int, Value] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()
    overrides: dict[int, Value] = field(default_factory=dict)
    untold: frozenset[int] = frozenset()
    several_samples: bool = False

    @property
    def size(self) -> int:
        """How many values there are."""
        return self.blocks[-1].addresses.stop if self.blocks else 0

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The address of each slot's value at the start of the step."""
        return tuple(slot.start for slot in self.slots)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The address of each slot's value for the next step."""
        return tuple(slot.end for slot in self.slots)

    @cached_property
    def given_anew(self) -> tuple[int, ...]:
        """The addresses of what each training step is given anew."""
        found = (block.addresses for block in self.blocks if block.kind.given_anew)
        return tuple(address for addresses in found for address in addresses)

    @property
    def has_update(self) -> bool:
        """Whether the step makes new values for the next one."""
        return any(slot.new is not None for slot in self.slots)

    @cached_property
    def samples(self) -> frozenset[int]:
        """The samples that take part."""
        return frozenset(block.sample for block in self.blocks) - {0}

    @cached_property
    def has_letters(self) -> bool:
        """Whether some value was left open."""
        return any(isinstance(value, Symbol) for value in self.values.values())

    @cached_property
    def numbers_of_slots(self) -> dict[int, int]:
        """The number of the slot that starts at an address, where training changes it."""
        return {
            slot.start: number
            for number, slot in enumerate(self.slots)
            if slot.changes and slot.is_taken
        }

    def stretches(self, block: Block) -> Sequence[Stretch]:
        """The stretches of a block that is made by a recipe; looked up once for all who ask."""
        found = self._stretches.get(block.start)
        if found is None:
            assert block.recipe is not None, "what is given is not made"
            found = self._stretches[block.start] = tuple(block.recipe.stretches(len(block.units)))
        return found

    @cached_property
    def _stretches(self) -> dict[int, tuple[Stretch, ...]]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def block(self, address: int) -> Block:
        """The block in which an address lies."""
        return self.blocks[bisect_right(self._starts, address) - 1]

    def quantity(self, address: int) -> Quantity:
        """The quantity at an address, in no step yet."""
        block = self.block(address)
        return block.quantity(address - block.start)


class Layout:
    """Addresses handed out, block after block, while a program is being written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.size = 0

    def add(
        self,
        kind: Kind,
        phase: Phase,
        units: Sequence[str],
        recipe: Recipe | None = None,
        sample: int = 0,
        sources: Sequence[str] = (),
    ) -> range:
        """Appends a block and returns its addresses; an empty block is left out."""
        block = Block(kind, phase, self.size, units, recipe, sample, sources)
        if units:
            self.blocks.append(block)
        self.size = block.addresses.stop
        return block.addresses
