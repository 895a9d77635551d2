"""What a trace is made of, as somebody looks at it: givens, steps, and parts of steps."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from tracer.derive.exact_steps import is_computed_exactly, state_in
from tracer.derive.made import made
from tracer.derive.program import Block, Phase
from tracer.derive.recipe import SubStep
from tracer.derive.run import Segment
from tracer.derive.template import Template, fixed
from tracer.derive.whole import Whole
from tracer.maths.compiled import FAILURES
from tracer.maths.expression import Expression, Number, Symbol, substitute, symbols
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.quantity import Quantity


def entry_at(trace: Whole, segment: Segment, address: int) -> Entry:
    """The given or step at an address of a training step."""
    program = segment.program
    is_given = program.block(address).recipe is None or address in program.overrides
    is_carried = segment.step > 1 and address in program.numbers_of_slots
    kind = Given if is_given and not is_carried else Step
    return kind(trace, segment, address)


class Entry:
    """A quantity with its value, at a place in a trace.

    Attributes:
        trace: the trace.
        segment: the training step.
        address: the place in the step's program.
        block: the block it stands in.
    """

    __slots__ = ("_operands", "address", "block", "segment", "trace")

    def __init__(self, trace: Whole, segment: Segment, address: int) -> None:
        self.trace = trace
        self.segment = segment
        self.address = address
        self.block: Block = segment.program.block(address)
        self._operands: Sequence[Entry] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """(training step, address): sorts entries in dependency order."""
        return (self.segment.step, self.address)

    @property
    def phase(self) -> Phase:
        """The part of the calculation in which it is told."""
        return self.block.phase

    @property
    def quantity(self) -> Quantity:
        """What it is; a given that no step changes belongs to no step."""
        block, address = self.block, self.address
        quantity = block.quantity(address - block.start)
        is_given = block.phase is Phase.GIVEN and not block.kind.given_anew
        changes = not is_given or address in self.segment.program.numbers_of_slots
        return self._at(quantity) if changes else quantity

    def _at(self, quantity: Quantity) -> Quantity:
        """A quantity in this entry's training step, where there are such steps at all."""
        return quantity.at_step(self.segment.step) if self.segment.program.slots else quantity

    @property
    def name(self) -> str:
        """Its plain name."""
        return self.trace.name(self.quantity)

    @property
    def value(self) -> Any:
        """Its value in the trace's arithmetic; None for a letter and what depends on one."""
        return self.segment.values[self.address]

    @property
    def is_exact(self) -> bool:
        """Whether its value is all of the number that it stands for."""
        return self.trace.exactness.is_exact(self.segment, self.address)

    @property
    def operands(self) -> Sequence[Entry]:
        """The entries that its formula uses, in the order of the template's roles."""
        return ()

    def __repr__(self) -> str:
        """Its name and value."""
        value = self.value
        text = "?" if value is None else self.trace.arithmetic.text(value)
        return f"<{type(self).__name__} {self.name} = {text}>"


class Given(Entry):
    """A value that the author gave."""

    __slots__ = ()

    @property
    def written(self) -> Number | Symbol:
        """The number as written, or the letter that stands for it."""
        program = self.segment.program
        overridden = program.overrides.get(self.address)
        return program.values[self.address] if overridden is None else overridden

    @property
    def replaced(self) -> Any:
        """What its formula gives, where the author's value stands in its place; else None."""
        recipe, k = self.block.recipe, self.address - self.block.start
        if recipe is None:
            return None
        operands = [self.segment.values[address] for address in recipe.operands(k)]
        with suppress(*FAILURES):
            return made(recipe.template(k), operands, self.trace.arithmetic)
        return None


class Step(Entry):
    """A value that a formula gives, over entries that stand before it."""

    __slots__ = ()

    @property
    def is_carried(self) -> bool:
        """Whether it only takes over the value that the training step before has made."""
        return self.block.recipe is None

    @property
    def phase(self) -> Phase:
        """The part of the calculation in which it is told."""
        return Phase.CARRIED if self.is_carried else self.block.phase

    @property
    def rule(self) -> Rule:
        """Why the formula holds."""
        recipe = self.block.recipe
        return recipe.rule(self._k) if recipe else TEXTBOOK.carried

    @property
    def template(self) -> Template:
        """The formula in roles."""
        recipe = self.block.recipe
        return recipe.template(self._k) if recipe else fixed(TEXTBOOK.carried.formula)

    @property
    def operands(self) -> Sequence[Entry]:
        """The entries that its formula uses, in the order of the template's roles."""
        if self._operands is None:
            self._operands = self._found()
        return self._operands

    def _found(self) -> Sequence[Entry]:
        recipe = self.block.recipe
        if recipe is None:
            return (self._before(),)
        return [entry_at(self.trace, self.segment, address) for address in recipe.operands(self._k)]

    @property
    def formula(self) -> Expression:
        """The formula, over quantities."""
        return self.template.over([entry.quantity for entry in self.operands])

    @property
    def chain(self) -> Expression | None:
        """The partial derivatives behind it, over quantities; None where there are none."""
        recipe, program = self.block.recipe, self.segment.program
        chain = recipe.chain(self._k, program) if recipe else None
        if chain is None:
            return None
        parts = (part for part in symbols(chain) if isinstance(part, Quantity))
        return substitute(chain, {part: Symbol(self._at(part)) for part in parts})

    @property
    def substeps(self) -> tuple[Part, ...]:
        """The lines that a longer telling shows."""
        recipe, program = self.block.recipe, self.segment.program
        parts = recipe.substeps(self._k, program) if recipe else ()
        return tuple(Part(self.trace, self.segment, self.address, part) for part in parts)

    @property
    def _k(self) -> int:
        return self.address - self.block.start

    def _before(self) -> Entry:
        """What the training step before has handed on."""
        number = self.segment.program.numbers_of_slots[self.address]
        before = self.trace.segments[self.segment.step - 2]
        return entry_at(self.trace, before, before.program.ends[number])


class Part(Step):
    """A line of a longer telling: a step without an address of its own."""

    __slots__ = ("line",)

    def __init__(self, trace: Whole, segment: Segment, address: int, line: SubStep) -> None:
        super().__init__(trace, segment, address)
        self.line = line

    @property
    def quantity(self) -> Quantity:
        """What it is."""
        return self._at(self.line.quantity)

    @property
    def rule(self) -> Rule:
        """Why the formula holds."""
        return self.line.rule

    @property
    def template(self) -> Template:
        """The formula in roles."""
        return self.line.template

    @property
    def operands(self) -> Sequence[Entry]:
        """The entries that its formula uses."""
        return [entry_at(self.trace, self.segment, address) for address in self.line.operands]

    @property
    def chain(self) -> Expression | None:
        """None: it is a link of a chain."""
        return None

    @property
    def substeps(self) -> tuple[Part, ...]:
        """None: it is told in full."""
        return ()

    @property
    def value(self) -> Any:
        """Its value, made from its operands in the trace's arithmetic."""
        operands = [entry.value for entry in self.operands]
        return made(self.template, operands, self.trace.arithmetic)

    @property
    def is_exact(self) -> bool:
        """Whether its value is all of the number that it stands for."""
        operands = self.operands
        values = [entry.value for entry in operands]
        known = [state_in(entry.value, entry.is_exact) for entry in operands]
        numbers = self.trace.arithmetic
        return is_computed_exactly(self.template, values, known, self.value, numbers)
