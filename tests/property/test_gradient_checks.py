"""Random programs: difference quotients are those of an evaluator of the tests' own, exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given

from tests.property.test_programs import traced
from tests.support.mathematics import EXACT, Dual, suitable
from tests.support.programs import Program, by_duals, programs, result, start
from tracer.derive.differences import Moving, slopes
from tracer.maths.expression import Number
from tracer.rules.differences import CENTRAL, FORWARD

STEP = Fraction(1, 7)


@given(programs(rational=True, forward=False))
def test_quotients_are_exact(program: Program) -> None:
    """Moved by a fraction, both quotients are those of the program evaluated independently."""
    with suitable():
        here, _ = by_duals(program)
        moved = {
            (name, sign): _moved(program, name, sign * STEP)
            for name in program.at
            for sign in (1, -1)
        }
    found = traced(program, "exact")
    moving = Moving(found, 100)
    for slope in slopes(found):
        name = slope.entry.quantity.unit
        ahead, behind = moved[name, 1], moved[name, -1]
        step = Number(STEP, "1/7")
        assert moving.difference(FORWARD, slope, step).value == (ahead - here) / STEP
        assert moving.difference(CENTRAL, slope, step).value == (ahead - behind) / (2 * STEP)


def _moved(program: Program, name: str, by: Fraction) -> Fraction:
    numbers = {key: Dual(number, {}) for key, number in start(program).items()}
    numbers[name] = Dual(numbers[name].value + by, {})
    value: Fraction = result(program, numbers, EXACT).value
    return value
