"""Partial states: a trace that starts at quantities to which the author gives a value."""

from __future__ import annotations

from dataclasses import replace

from tracer.derive.names import Names
from tracer.derive.program import Program
from tracer.errors import UnknownQuantityError
from tracer.maths.expression import Number
from tracer.spec.network import GivenValue


def with_given(program: Program, given: tuple[GivenValue, ...]) -> Program:
    """The program with some quantities given; what then has no numbers is not told.

    Args:
        program: the program of the first training step, or of an expression.
        given: the author's values, by plain name or alias.

    Raises:
        UnknownQuantityError: a name that the program does not have.
    """
    if not given:
        return program
    names = Names(program)
    overrides = {_address(names, item.quantity): item.value for item in given}
    program = replace(program, overrides=overrides)
    return replace(program, untold=_without_numbers(program))


def _address(names: Names, name: str) -> int:
    address = names.address(name)
    if address is None:
        error = names.unknown(name)
        raise UnknownQuantityError(f"given: {error} (values are given in the first training step)")
    return address


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
