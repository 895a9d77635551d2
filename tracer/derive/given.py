"""Partial states: a trace that starts at quantities to which the author gives a value."""

from __future__ import annotations

from dataclasses import replace

from tracer.derive.names import Names
from tracer.derive.program import Program
from tracer.errors import misnamed
from tracer.maths.expression import Number
from tracer.spec.network import GivenValue, Value


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
    overrides = _overrides(Names(program), given)
    program = replace(program, overrides=overrides)
    return replace(program, untold=_without_numbers(program))


def _overrides(names: Names, given: tuple[GivenValue, ...]) -> dict[int, Value]:
    """The author's values by address."""
    found: dict[int, Value] = {}
    wrong = []
    for item in given:
        address = names.address(item.quantity)
        if address is None:
            hint = " (values are given in the first training step)" if "@" in item.quantity else ""
            wrong.append((item.place, f"{names.unknown(item.quantity)}{hint}"))
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
