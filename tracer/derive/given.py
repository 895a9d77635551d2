"""Partial states: a trace that starts at quantities to which the author gives a value."""

from __future__ import annotations

from msgspec.structs import replace

from tracer.derive.names import Names
from tracer.derive.program import Program
from tracer.errors import misnamed
from tracer.maths.expression import Number
from tracer.rules.optimisers import NEVER_NEGATIVE
from tracer.rules.quantity import Kind
from tracer.rules.sub_steps import COUNT
from tracer.spec.network import GivenValue, Value

COUNTS = (COUNT.kind, COUNT.after)
"""How many training steps are done: before this one, and with it."""


def with_given(program: Program, given: tuple[GivenValue, ...]) -> Program:
    """The program with some quantities given; what then has no numbers is not told.

    Args:
        program: the program of the first training step, or of an expression.
        given: the author's values, by plain name or alias.

    Raises:
        TracerError: names that the program does not have, or two names for one quantity.
    """
    if not given:
        return program
    overrides = _overrides(Names(program), program, given)
    program = replace(program, overrides=overrides)
    return replace(program, untold=_without_numbers(program))


def _impossible(kind: Kind, value: Value) -> str:
    """A number that a quantity can never be, and what would be right; empty for all others."""
    if not isinstance(value, Number):
        return ""
    least = 0 if kind is COUNT.kind else 1
    if kind in COUNTS and (value.value < least or value.value.denominator > 1):
        return f"{value.text}: it counts training steps, a whole number from {least}"
    if kind in NEVER_NEGATIVE and value.value < 0:
        return f"{value.text}: it is made of squares, a number from 0"
    return ""


def _overrides(names: Names, program: Program, given: tuple[GivenValue, ...]) -> dict[int, Value]:
    """The author's values by address."""
    found: dict[int, Value] = {}
    wrong = []
    for item in given:
        address = names.address(item.quantity)
        if address is None:
            hint = " (values are given in the first training step)" if "@" in item.quantity else ""
            wrong.append((item.place, f"{names.unknown(item.quantity)}{hint}"))
        elif problem := _impossible(program.block(address).kind, item.value):
            wrong.append((item.place, f"'{item.quantity}' is given as {problem}"))
        elif address in found:
            wrong.append((item.place, f"'{item.quantity}' is given a value twice"))
        else:
            found[address] = item.value
    if wrong:
        raise misnamed("given", wrong)
    return found


def _without_numbers(program: Program) -> frozenset[int]:
    """The addresses whose values would be letters that the author has not given."""
    givens = program.values | program.overrides
    numbers = (address for address, value in givens.items() if isinstance(value, Number))
    known = {*numbers, *program.overrides}
    for block in program.blocks:
        for k, address in enumerate(block.addresses if block.recipe else ()):
            assert block.recipe is not None
            if address not in givens and known.issuperset(block.recipe.operands(k)):
                known.add(address)
    return frozenset(range(program.size)) - known
