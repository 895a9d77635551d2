"""Which values of a calculation are all of the numbers that they stand for.

A given number is, as far as the arithmetic can hold it. A step's value is where its operands are,
and where its formula over fractions gives just this value: nothing was rounded, here or before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tracer.derive.program import Block, Recipe
from tracer.derive.run import Segment
from tracer.derive.template import Template
from tracer.derive.zeros import Place, Zeros
from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.arithmetic.stand_in import StandIn
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import Add, Call, Cases, Number, walk

Flags = Sequence[bool]


MOVES = (Fraction(1, 10**15 + 37), Fraction(-3, 10**15 + 91))
"""What rounded operands are moved by, to see whether the result notices."""

DECIDING = ("max", "min", "step", "sign")


class Exactness:
    """The exact values of a calculation, looked up by training step and address."""

    def __init__(self, segments: Sequence[Segment], numbers: Arithmetic) -> None:
        self._segments = segments
        self._numbers = numbers
        self._flags: dict[int, list[bool]] = {}
        self._zeros = Zeros(segments, self._fraction)

    def of(self, segment: Segment) -> Flags:
        """For each address of a training step whether its value is exact."""
        if segment.step not in self._flags:
            for earlier in self._segments[: segment.step]:
                if earlier.step not in self._flags:
                    self._flags[earlier.step] = self._judged(earlier)
        return self._flags[segment.step]

    def _judged(self, segment: Segment) -> list[bool]:
        if self._numbers.is_rigorous:
            return [v is not None and self._numbers.fraction(v) is not None for v in segment.values]
        flags = self._flags[segment.step] = [False] * segment.program.size
        for address in segment.program.values | segment.program.overrides:
            flags[address] = self._is_given_exactly(segment, address)
        for address, was_exact in self._carried(segment):
            flags[address] = was_exact
        for block in segment.program.blocks:
            if block.recipe is not None:
                self._judge(segment, block, block.recipe, flags)
        return flags

    def _is_given_exactly(self, segment: Segment, address: int) -> bool:
        program, value = segment.program, segment.values[address]
        written = program.overrides.get(address, program.values.get(address))
        return isinstance(written, Number) and _fraction(value, self._numbers) == written.value

    def _carried(self, segment: Segment) -> Iterator[tuple[int, bool]]:
        """What the training step before hands over, and whether that was exact."""
        if segment.step == 1:
            return
        before = self._segments[segment.step - 2]
        flags = self._flags[before.step]
        for address, number in segment.program.numbers_of_parameters.items():
            yield address, flags[before.program.ends[number]]

    def _judge(self, segment: Segment, block: Block, recipe: Recipe, flags: list[bool]) -> None:
        """Notes which values of a block are exact; most have an operand that is not."""
        values, overrides, start = segment.values, segment.program.overrides, block.start
        for _, template, columns, size in recipe.stretches(len(block.units)):
            for k, address in enumerate(range(start, start + size)):
                if address in overrides:
                    continue
                places = [column[k] for column in columns]
                known = [flags[place] for place in places]
                operands = [values[place] for place in places]
                flags[address] = is_computed_exactly(
                    template, operands, known, values[address], self._numbers
                ) or self._is_zero(template, segment, address)
            start += size

    def _is_zero(self, template: Template, segment: Segment, address: int) -> bool:
        """Whether a sum is 0 because its terms cancel for a reason."""
        is_zero = segment.values[address] is not None and not segment.values[address]
        return is_zero and adds(template) and self._zeros.is_certain(segment, address)

    def _fraction(self, place: Place) -> Fraction | None:
        """The value at a place, if it is exact."""
        step, address = place
        if not self._flags[step][address]:
            return None
        return _fraction(self._segments[step - 1].values[address], self._numbers)


def is_computed_exactly(
    template: Template,
    operands: Sequence[Any],
    known: Sequence[bool],
    value: Any,
    numbers: Arithmetic,
) -> bool:
    """Whether a result is all that a formula gives.

    Args:
        template: the formula.
        operands: the carried values of its roles.
        known: which of them are exact; one that is not may still not matter, beside a factor 0
            or where it only decides between two cases.
        value: the carried result.
        numbers: the arithmetic that carried them.
    """
    everything, decides = all(known), _decides(template)
    if not (everything or decides or _has_zero(operands, known)):
        return False
    fractions = [_fraction(operand, numbers) for operand in operands]
    found = _fraction(value, numbers)
    if everything and _gives(_over_fractions(template), fractions, found):
        return True
    return (decides or _has_zero(operands, known)) and all(
        _gives(over_stand_ins(template, by), _moved(fractions, known, by), found) for by in MOVES
    )


def _has_zero(operands: Sequence[Any], known: Sequence[bool]) -> bool:
    """Whether a factor may be 0, so that no other matters."""
    return any(exact and not value for value, exact in zip(operands, known, strict=True))


@lru_cache(maxsize=512)
def _decides(template: Template) -> bool:
    """Whether a formula chooses between cases, or multiplies by 0."""
    return any(
        isinstance(node, Cases)
        or (isinstance(node, Call) and node.function in DECIDING)
        or (isinstance(node, Number) and not node.value)
        for node in walk(template.computed)
    )


@lru_cache(maxsize=512)
def adds(template: Template) -> bool:
    """Whether a formula has a sum in it, whose terms may cancel."""
    return any(isinstance(node, Add) for node in walk(template.computed))


def _moved(
    fractions: Sequence[Fraction | None], known: Sequence[bool], by: Fraction
) -> list[Fraction | None]:
    """The operands, of which those that are not exact are a little off."""
    return [
        number if exact or number is None else number * (1 + by * (k + 1)) + by / 10**30
        for k, (number, exact) in enumerate(zip(fractions, known, strict=True))
    ]


def _fraction(value: Any, numbers: Arithmetic) -> Fraction | None:
    return None if value is None else numbers.fraction(value)


def _gives(
    formula: Callable[..., Fraction], fractions: Sequence[Fraction | None], found: Fraction | None
) -> bool:
    """Whether a formula over fractions is just a number."""
    if found is None or any(fraction is None for fraction in fractions):
        return False
    try:
        return bool(formula(*fractions) == found)
    except (*FAILURES, CalculationError):
        return False


@lru_cache(maxsize=512)
def _over_fractions(template: Template) -> Callable[..., Fraction]:
    """A formula as a function of fractions; it refuses what is irrational."""
    return compiled(template.computed, template.roles, arithmetic("exact"))


@lru_cache(maxsize=512)
def over_stand_ins(template: Template, off: Fraction) -> Callable[..., Fraction]:
    """A formula as a function of fractions, in which irrational values are off by a part."""
    return compiled(template.computed, template.roles, StandIn(off))
