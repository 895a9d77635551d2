"""Which values of a calculation are all of the numbers that they stand for.

A given number is, as far as the arithmetic can hold it. A step's value is where its operands are,
and where its formula over fractions gives just this value: nothing was rounded, here or before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from typing import Any

from tracer.derive.exact_steps import (
    EXACT,
    ROUNDED,
    ZERO,
    State,
    adds,
    decides,
    fraction_of,
    is_computed_exactly,
    state_in,
    state_of,
)
from tracer.derive.program import Block
from tracer.derive.run import Segment
from tracer.derive.zeros import Place, Zeros
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.expression import Number

States = Sequence[State]
"""For each address what is known of its value; what is not rounded is exact."""


FEW_DIGITS = 100
"""Decimals no larger and no smaller than that many digits are quickly made integers of."""


class Exactness:
    """The exact values of a calculation, looked up by training step and address.

    Where a longer calculation agrees with all values to many digits, a rounded one is known to lie
    close by, and a choice that does not notice such a distance is certain. Elsewhere nobody knows
    how far a rounded value is off, and no choice by it is.
    """

    def __init__(self, segments: Sequence[Segment], numbers: Arithmetic, agreed: bool) -> None:
        """Notes what is to be judged.

        Args:
            segments: the training steps with their values.
            numbers: the arithmetic.
            agreed: whether a longer calculation agrees with every value.
        """
        self._segments, self._numbers, self._agreed = segments, numbers, agreed
        self._states: dict[int, list[State]] = {}
        self._rounded_from = len(segments) + 1
        self._zeros = Zeros(segments, self._fraction)

    def is_exact(self, segment: Segment, address: int) -> bool:
        """Whether a value is all of the number that it stands for."""
        return self.of(segment)[address] != ROUNDED

    def is_certain_zero(self, segment: Segment, address: int) -> bool:
        """Whether a value is 0 by the rules of calculation alone, whatever rounding has left."""
        return self._zeros.is_certain(segment, address)

    def of(self, segment: Segment) -> States:
        """What is known of every value of a training step."""
        if segment.step not in self._states:
            for earlier in self._segments[: segment.step - 1]:
                if earlier.step >= self._rounded_from:
                    break
                self._judge(earlier)
            self._judge(segment)
        return self._states[segment.step]

    def _judge(self, segment: Segment) -> None:
        """Notes what is known of a training step; that of the step before has to be there."""
        if segment.step in self._states:
            return
        if self._numbers.is_rigorous:
            self._states[segment.step] = [self._rigorous(value) for value in segment.values]
            return
        states = self._states[segment.step] = [ROUNDED] * segment.program.size
        for address in segment.program.values | segment.program.overrides:
            states[address] = self._given(segment, address)
        for address, state in self._carried(segment):
            states[address] = state
        for block in segment.program.blocks:
            if block.recipe is not None:
                self._judge_block(segment, block, states)

    def _rigorous(self, value: Any) -> State:
        fraction = fraction_of(value, self._numbers)
        if fraction is None:
            return ROUNDED
        return EXACT if fraction else ZERO

    def _given(self, segment: Segment, address: int) -> State:
        """What is known of a number that its author wrote."""
        program, value = segment.program, segment.values[address]
        written = program.overrides.get(address, program.values.get(address))
        return state_in(value, isinstance(written, Number) and _equals(value, written.value))

    def _carried(self, segment: Segment) -> Iterator[tuple[int, State]]:
        """What the training step before hands over, and what was known of it there.

        Once no parameter is exact, none will be: then nobody looks at the steps before.
        """
        numbers = segment.program.numbers_of_slots
        if segment.step == 1:
            return
        if segment.step >= self._rounded_from:
            yield from ((address, ROUNDED) for address in numbers)
            return
        before = self._segments[segment.step - 2]
        ends, states = before.program.ends, self._states[before.step]
        found = {address: states[ends[number]] for address, number in numbers.items()}
        if not any(found.values()):
            self._rounded_from = segment.step
        yield from found.items()

    def _judge_block(self, segment: Segment, block: Block, states: list[State]) -> None:
        """Notes what is known of a block's values; most have an operand that was rounded."""
        overrides, values, start = segment.program.overrides, segment.values, block.start
        for _, template, columns, size in segment.program.stretches(block):
            chooses, cancels = decides(template), adds(template)
            known = [map(states.__getitem__, column) for column in columns]
            rows = zip(*known, strict=True) if columns else repeat((), size)
            for address, row in enumerate(rows, start):
                if chooses:
                    maybe = self._agreed or all(row)
                else:
                    maybe = bool(state_of(template, row)) or (cancels and not values[address])
                if maybe and address not in overrides:
                    k = address - start
                    operands = [values[column[k]] for column in columns]
                    exact = is_computed_exactly(
                        template, operands, row, values[address], self._numbers
                    ) or (cancels and self._is_zero(segment, address))
                    states[address] = state_in(values[address], exact)
            start += size

    def _is_zero(self, segment: Segment, address: int) -> bool:
        """Whether a sum is 0 because its terms cancel for a reason."""
        value = segment.values[address]
        return value is not None and not value and self._zeros.is_certain(segment, address)

    def _fraction(self, place: Place) -> Fraction | None:
        """The value at a place, if it is exact."""
        step, address = place
        segment = self._segments[step - 1]
        if not self.is_exact(segment, address):
            return None
        return fraction_of(segment.values[address], self._numbers)


def _equals(value: Any, written: Fraction) -> bool:
    """Whether a value is a fraction; decimals compare with fractions slowly by themselves."""
    if type(value) is Decimal and abs(value.adjusted()) < FEW_DIGITS:
        return value.as_integer_ratio() == (written.numerator, written.denominator)
    return bool(value == written)
