"""A program's values in one arithmetic: every step once, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tracer.derive.program import Block, Program, Value
from tracer.derive.template import Template
from tracer.errors import CalculationError, IrrationalError
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import compiled, explain
from tracer.maths.expression import Number
from tracer.rules.quantity import plain_name

Values = list[Any]


def evaluate(
    program: Program, arithmetic: Arithmetic, carried: Sequence[Any] | None = None
) -> Values:
    """Every value of a program; None for a letter, and for what depends on one.

    Args:
        program: the program.
        arithmetic: how numbers are made.
        carried: the parameters' values, by number, where an earlier step has changed them.

    Raises:
        CalculationError: a value does not exist; the message names its quantity.
    """
    with arithmetic.scope():
        values = _starting(program, arithmetic, carried)
        functions: dict[Template, Callable[..., Any]] = {}
        for block in program.blocks:
            if block.recipe is not None:
                _run(block, program, arithmetic, functions, values)
    return values


def literal(value: Value, arithmetic: Arithmetic) -> Any:
    """A given value in an arithmetic; None for a letter."""
    return arithmetic.literal(value) if isinstance(value, Number) else None


def _starting(program: Program, arithmetic: Arithmetic, carried: Sequence[Any] | None) -> Values:
    values: Values = [None] * program.size
    for address, value in (program.values | program.overrides).items():
        values[address] = literal(value, arithmetic)
    if carried is not None:
        for address, number in zip(program.parameters, carried, strict=True):
            values[address] = number
    return values


def _run(
    block: Block,
    program: Program,
    arithmetic: Arithmetic,
    functions: dict[Template, Callable[..., Any]],
    values: Values,
) -> None:
    """Fills in the values of one block."""
    recipe, overrides, finish = block.recipe, program.overrides, arithmetic.finish
    assert recipe is not None
    open_letters = program.has_letters or bool(overrides)
    for k, address in enumerate(block.addresses):
        if address in overrides:
            continue
        template = recipe.template(k)
        function = functions.get(template)
        if function is None:
            function = compiled(template.computed, template.roles, arithmetic)
            functions[template] = function
        operands = [values[operand] for operand in recipe.operands(k)]
        if open_letters and any(value is None for value in operands):
            continue
        try:
            values[address] = finish(function(*operands))
        except (ArithmeticError, ValueError, CalculationError) as error:
            raise _located(error, program, address) from None


def _located(error: Exception, program: Program, address: int) -> CalculationError:
    """The error with the name of the quantity that has no value."""
    name = plain_name(program.quantity(address), program.several_samples, steps=False)
    if isinstance(error, IrrationalError):
        advice = "exact arithmetic knows fractions only; use decimal, float or by-hand"
        return IrrationalError(f"{name}: {error} ({advice})")
    return CalculationError(f"{name}: {explain(error)}")
