"""A whole program compiled to one Python function: long runs of small networks.

The function takes the slots' values and returns every value of the step. It is printed from
the same templates that the evaluator uses, over names that this module makes up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tracer.derive.evaluate import evaluate, literal
from tracer.derive.program import Program
from tracer.errors import CalculationError
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.compiled import FAILURES, Constants, python_source

WORTH_COMPILING = 20
"""From so many steps on, a program is compiled as a whole."""

MOST_COMPILED = 5_000
"""Programs with more values than this are evaluated block by block."""

StepFunction = Callable[..., tuple[Any, ...]]


class Machine:
    """Makes the values of one program after another, compiled where that is worth it."""

    def __init__(self, arithmetic: Arithmetic, steps: int) -> None:
        self.arithmetic = arithmetic
        self.worthwhile = steps >= WORTH_COMPILING
        self._functions: dict[tuple[int, bool], StepFunction | None] = {}

    def values(self, program: Program, carried: Sequence[Any] | None) -> Sequence[Any]:
        """Every value of a program; the arithmetic's `scope` must be active.

        Args:
            program: the program.
            carried: the slots' values, by number, with None for one that was left open; None for
                those of the spec.

        Raises:
            CalculationError: a value does not exist; the message names its quantity.
        """
        if carried is None or None in carried:
            return evaluate(program, self.arithmetic, carried)
        function = self._function(program)
        if function is None:
            return evaluate(program, self.arithmetic, carried)
        anew = (literal(program.values[at], self.arithmetic) for at in program.given_anew)
        try:
            return function(*carried, *anew)
        except (*FAILURES, CalculationError):
            return evaluate(program, self.arithmetic, carried)

    def _function(self, program: Program) -> StepFunction | None:
        """The program as a function; None where it is not worth compiling."""
        key = (id(program.blocks), bool(program.overrides))
        if key not in self._functions:
            compiles = self.worthwhile and _compiles(program)
            self._functions[key] = straight_line(program, self.arithmetic) if compiles else None
        return self._functions[key]


def _compiles(program: Program) -> bool:
    """Whether a program is small, and knows all its numbers."""
    small = program.size <= MOST_COMPILED and not program.overrides
    return small and not program.has_letters


def straight_line(program: Program, arithmetic: Arithmetic) -> StepFunction:
    """A program as a function of its slots' values, which returns every value.

    What each training step is given anew follows as further arguments.

    Args:
        program: without letters and without overrides.
        arithmetic: its `scope` must be active when the function is called.
    """
    constants = Constants(arithmetic)
    given = {address: literal(value, arithmetic) for address, value in program.values.items()}
    slots = program.slots
    arguments = [f"v{slot.start}" if slot.is_taken else f"not_taken_{slot.start}" for slot in slots]
    arguments += (f"v{address}" for address in program.given_anew)
    free = frozenset((*program.given_anew, *(slot.start for slot in slots if slot.is_taken)))
    namespace = constants.namespace
    namespace.update({f"v{at}": value for at, value in given.items() if at not in free})
    namespace.update(_each=arithmetic.finish, _all=arithmetic.finish_all)
    finished = "_each({})" if arithmetic.finish_all is None else "{}"
    body = [f" {name} = {finished.format(source)}" for name, source in _lines(program, constants)]
    everything = f"({', '.join(f'v{address}' for address in range(program.size))},)"
    result = everything if arithmetic.finish_all is None else f"_all({everything})"
    lines = [f"def step({', '.join(arguments)}):", *body, f" return {result}"]
    exec(compile("\n".join(lines), "<program>", "exec"), namespace)  # noqa: S102 (our own source)
    function: StepFunction = namespace["step"]
    return function


def _lines(program: Program, constants: Constants) -> Iterator[tuple[str, str]]:
    """The name and the source of each step's value."""
    for block in program.blocks:
        recipe = block.recipe
        if recipe is None:
            continue
        for k, address in enumerate(block.addresses):
            template = recipe.template(k)
            operands = [f"v{operand}" for operand in recipe.operands(k)]
            names = dict(zip(template.roles, operands, strict=True))
            yield f"v{address}", python_source(template.computed, names, constants)
