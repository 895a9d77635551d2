"""A program's values in one arithmetic: every step once, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

from tracer.derive.program import Block, Program
from tracer.derive.recipe import Recipe
from tracer.derive.template import Template
from tracer.errors import CalculationError, IrrationalError
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import FAILURES, compiled, explain
from tracer.maths.expression import Number
from tracer.rules.quantity import plain_name
from tracer.spec.network import Value

Values = list[Any]

ADVICE = "exact arithmetic knows fractions only; use decimal, float or by-hand"


def evaluate(
    program: Program, arithmetic: Arithmetic, carried: Sequence[Any] | None = None
) -> Values:
    """Every value of a program; None for a letter, and for what depends on one.

    Args:
        program: the program.
        arithmetic: how numbers are made.
        carried: the slots' values, by number, where an earlier step has changed them.

    Raises:
        CalculationError: a value does not exist; the message names its quantity.
    """
    with arithmetic.scope():
        evaluation = _Evaluation(program, arithmetic, _starting(program, arithmetic, carried))
        for block in program.blocks:
            if block.recipe is not None:
                evaluation.run(block, block.recipe)
    return evaluation.values


def literal(value: Value, arithmetic: Arithmetic) -> Any:
    """A given value in an arithmetic; None for a letter."""
    return arithmetic.literal(value) if isinstance(value, Number) else None


def _starting(program: Program, arithmetic: Arithmetic, carried: Sequence[Any] | None) -> Values:
    values: Values = [None] * program.size
    for address, value in (program.values | program.overrides).items():
        values[address] = literal(value, arithmetic)
    if carried is not None:
        for slot, number in zip(program.slots, carried, strict=True):
            if slot.is_taken:
                values[slot.start] = number
    return values


class _Evaluation:
    """An evaluation under way.

    Attributes:
        values: those of the blocks that have been run, and those that are given.
    """

    def __init__(self, program: Program, arithmetic: Arithmetic, values: Values) -> None:
        self.program, self.arithmetic, self.values = program, arithmetic, values
        self._functions: dict[Template, Callable[..., Any]] = {}
        self._has_gaps = self._may_have_gaps()

    def _may_have_gaps(self) -> bool:
        """Whether values are given in the middle, or left open, here or in a step before."""
        program = self.program
        missing = any(self.values[address] is None for address in program.starts)
        return missing or program.has_letters or bool(program.overrides)

    def run(self, block: Block, recipe: Recipe) -> None:
        """Fills in the values of one block."""
        if self._has_gaps:
            self._one_by_one(block, recipe)
            return
        try:
            self._together(block)
        except FAILURES:
            self._one_by_one(block, recipe)

    def _together(self, block: Block) -> None:
        """All steps of a stretch at once; what goes wrong does not say in which of them."""
        start, look_up = block.start, self.values.__getitem__
        for _, template, columns, size in self.program.stretches(block):
            function = self._function(template)
            operands = [map(look_up, column) for column in columns]
            found = map(function, *operands) if operands else repeat(function(), size)
            self.values[start : start + size] = self._finished(found)
            start += size

    def _finished(self, found: Iterable[Any]) -> Iterable[Any]:
        """Values as the arithmetic keeps them."""
        together, one_by_one = self.arithmetic.finish_many, self.arithmetic.finish
        if together is None:
            return map(one_by_one, found)
        values = list(found)
        return together(values) or map(one_by_one, values)

    def _one_by_one(self, block: Block, recipe: Recipe) -> None:
        """Each step by itself: values may be given, or missing, or fail."""
        overrides, finish = self.program.overrides, self.arithmetic.finish
        for k, address in enumerate(block.addresses):
            operands = [self.values[operand] for operand in recipe.operands(k)]
            if address in overrides or any(value is None for value in operands):
                continue
            function = self._function(recipe.template(k))
            try:
                self.values[address] = finish(function(*operands))
            except FAILURES as error:
                raise _located(error, self.program, address) from None

    def _function(self, template: Template) -> Callable[..., Any]:
        function = self._functions.get(template)
        if function is None:
            function = compiled(template.computed, template.roles, self.arithmetic)
            self._functions[template] = function
        return function


def _located(error: Exception, program: Program, address: int) -> CalculationError:
    """The error with the name of the quantity that has no value."""
    name = plain_name(program.quantity(address), program.several_samples, steps=False)
    explained = explain(error)
    advice = f" ({ADVICE})" if isinstance(explained, IrrationalError) else ""
    return type(explained)(f"{name}: {explained}{advice}", at=(program, address))
