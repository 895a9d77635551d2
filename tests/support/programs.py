"""Random expression programs: lines of formulas, names assigned again, and what they mean."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import autograd
import autograd.numpy as anp
import mpmath
from hypothesis import strategies as st
from msgspec import Struct

from tests.support.formulas import ALL_FORMS, RATIONAL_FORMS, formulas
from tests.support.mathematics import DIGITS, EXACT, FLOATS, PRECISE, Dual, Maths, Number
from tests.support.networks import NUMBERS, value
from tests.support.reading import FUNCTIONS, evaluated, tree
from tests.support.witness import ONE, STEP, ZERO, silently

NAMES = ("x", "y", "c", "x2", "λ")
ASSIGNED = ("y", "c", "z", "h_1", "x")
CALLED = {*FUNCTIONS, *PRECISE.functions, "where", "max", "min", "log"}
SIGNS = ("=", "=", "=", "=", "+=", "-=", "*=")


class Program(Struct, frozen=True):
    """An expression program.

    Attributes:
        lines: (name, sign, formula).
        at: the number of each free variable, as text.
        forward: whether it is to be derived in forward mode.
    """

    lines: tuple[tuple[str, str, str], ...]
    at: Mapping[str, str]
    forward: bool = False

    def text(self) -> str:
        """The program as YAML."""
        lines = "".join(f"  {name} {sign} {formula}\n" for name, sign, formula in self.lines)
        numbers = "".join(f"  {name}: {number}\n" for name, number in self.at.items())
        mode = "mode: forward\n" if self.forward else ""
        given = f"at:\n{numbers}" if numbers else ""
        return f"expression: |\n{lines}{given}{mode}"


@st.composite
def programs(draw: Any, rational: bool = False, forward: bool | None = None) -> Program:
    """Random programs; some depend on nothing."""
    variables = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    known, lines = list(variables), []
    forms = RATIONAL_FORMS if rational else ALL_FORMS
    for _ in range(draw(st.integers(1, 4))):
        sign = draw(st.sampled_from(SIGNS))
        name = draw(st.sampled_from(ASSIGNED if sign == "=" else known))
        lines.append((name, sign, draw(formulas(known, forms))))
        known += [name] if name not in known else []
    free = _free(lines)
    numbers = {name: draw(NUMBERS) for name in variables if name in free}
    mode = draw(st.booleans()) if forward is None else forward
    return Program(tuple(lines), numbers, mode)


def _free(lines: Sequence[tuple[str, str, str]]) -> set[str]:
    """The names that are used before a line assigns them."""
    free: set[str] = set()
    assigned: set[str] = set()
    for name, sign, formula in lines:
        nodes = ast.walk(tree(formula)[0])
        used = {node.id for node in nodes if isinstance(node, ast.Name)}
        free |= (used | ({name} if sign != "=" else set())) - assigned - CALLED
        assigned.add(name)
    return free


def result(program: Program, numbers: Mapping[str, Number], maths: Maths) -> Number:
    """The last line's value."""
    known = dict(numbers)
    for name, sign, formula in program.lines:
        found = evaluated(formula, known, maths)
        if sign == "+=":
            found = known[name] + found
        elif sign == "-=":
            found = known[name] - found
        elif sign == "*=":
            found = known[name] * found
        known[name] = maths.bounded(found)
    return known[program.lines[-1][0]]


def start(program: Program) -> dict[str, Fraction]:
    """The variables' values."""
    return {name: value(text) for name, text in program.at.items()}


def by_autograd(program: Program) -> dict[str, float]:
    """The derivative by each variable, in floats."""
    numbers = start(program)

    def last(vector: Sequence[Number]) -> Number:
        return result(program, dict(zip(numbers, vector, strict=True)), FLOATS)

    vector = anp.array([float(number) for number in numbers.values()])
    if not numbers:
        return {}
    with silently():
        return dict(zip(numbers, map(float, autograd.grad(last)(vector)), strict=True))


def by_differences(program: Program) -> tuple[Number, dict[str, Number]]:
    """The result, and its derivative by each variable, with 60 digits."""
    with mpmath.workdps(DIGITS):
        numbers = {name: PRECISE.constant(number) for name, number in start(program).items()}
        step = PRECISE.constant(STEP)
        slopes = {}
        for name in numbers:
            ends = [
                result(program, {**numbers, name: numbers[name] + shift}, PRECISE)
                for shift in (step, -step)
            ]
            slopes[name] = (ends[0] - ends[1]) / (2 * step)
        return result(program, numbers, PRECISE), slopes


def by_duals(program: Program) -> tuple[Fraction, dict[str, Fraction]]:
    """The result, and its derivative by each variable, as fractions."""
    numbers = {name: Dual(number, {name: ONE}) for name, number in start(program).items()}
    found = result(program, numbers, EXACT)
    return found.value, {name: found.slopes.get(name, ZERO) for name in numbers}
