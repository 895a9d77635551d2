"""Random expression programs: reverse mode, forward mode and three witnesses agree."""

from __future__ import annotations

from fractions import Fraction

import mpmath
from hypothesis import assume, given
from msgspec.structs import replace

from tests.support.mathematics import DIGITS, suitable
from tests.support.programs import Program, by_autograd, by_differences, by_duals, programs
from tests.support.records import by_name, entries, operands, recomputed, saved
from tracer.derive.entries import Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.render.json import from_json
from tracer.spec import read_text


def traced(program: Program, numbers: str) -> Trace:
    """The trace of a program, in an arithmetic."""
    return trace(read_text(program.text()), arithmetic(numbers))


def result_of(found: Trace) -> Step:
    """The last line's value."""
    return [step for step in found.steps if step.phase is Phase.FORWARD][-1]


@given(programs())
def test_derivatives_are_those_of_autograd(program: Program) -> None:
    """In floats, in either mode, the derivative by each variable is that of autograd."""
    with suitable():
        slopes = by_autograd(program)
    found = traced(program, "float")
    scale = 1 + max(map(abs, slopes.values()), default=0)
    for name, slope in slopes.items():
        ours = found[f"d{result_of(found).name}/d{name}"].value
        assert abs(ours - slope) <= 1e-8 * scale, name


@given(programs())
def test_derivatives_are_those_of_differences(program: Program) -> None:
    """With 50 digits, the result and its derivatives are those of differences, to 25 digits."""
    with suitable():
        value, slopes = by_differences(program)
    found = traced(program, "decimal:50")
    last = result_of(found)
    with mpmath.workdps(DIGITS):
        assert abs(mpmath.mpf(str(last.value)) - value) <= 1e-35 * (1 + abs(value))
        scale = 1 + max(map(abs, slopes.values()), default=0)
        for name, slope in slopes.items():
            ours = mpmath.mpf(str(found[f"d{last.name}/d{name}"].value))
            assert abs(ours - slope) <= 1e-25 * scale, name


@given(programs(rational=True))
def test_derivatives_are_exact_where_everything_is_rational(program: Program) -> None:
    """In fractions, the result and its derivatives are equal to those of dual numbers."""
    with suitable():
        value, slopes = by_duals(program)
    found = traced(program, "exact")
    last = result_of(found)
    assert last.value == value
    for name, slope in slopes.items():
        assert found[f"d{last.name}/d{name}"].value == slope, name


@given(programs(rational=True, forward=False))
def test_both_modes_agree(program: Program) -> None:
    """Adjoints of the variables are tangents of the result; the evaluation is the same."""
    with suitable():
        by_duals(program)
    reverse = traced(program, "exact")
    forward = traced(replace(program, forward=True), "exact")
    for entry in reverse:
        if entry.phase in (Phase.GIVEN, Phase.FORWARD):
            assert forward[entry.name].value == entry.value
    for name in program.at:
        derivative = f"d{result_of(reverse).name}/d{name}"
        assert reverse[derivative].value == forward[derivative].value


@given(programs(rational=True, forward=False))
def test_contributions_add_up(program: Program) -> None:
    """A value that is used several times has a contribution from each use; they add up to it."""
    with suitable():
        by_duals(program)
    found = traced(program, "exact")
    for step in found.steps:
        parts = [entry for entry in found if entry.name.startswith(f"{step.name}^")]
        if parts:
            assert sum((part.value for part in parts), Fraction(0)) == step.value
            assert [entry.name for entry in step.operands] == [part.name for part in parts]
            assert len(parts) > 1


@given(programs(rational=True))
def test_formulas_give_the_exact_values(program: Program) -> None:
    """In fractions, each saved formula over plain names gives its value; and it is read back."""
    with suitable():
        by_duals(program)
    trace_ = traced(program, "exact")
    document = saved(trace_)
    assert from_json(document) == trace_
    found = entries(document)
    values = by_name(found)
    for entry in found:
        if "formula" in entry:
            assert recomputed(entry["formula"], operands(entry, values)) == values[entry["name"]]


@given(programs(rational=True, forward=False))
def test_names_that_are_assigned_again_keep_their_versions(program: Program) -> None:
    """Each line has a value of its own, also where its name is assigned again."""
    times = [name for name, _, _ in program.lines]
    assume(len(set(times)) < len(times))
    with suitable():
        by_duals(program)
    names = [entry.name for entry in traced(program, "exact")]
    assert len(set(names)) == len(names)
    for name in set(times):
        last = times.count(name) + (name in program.at)
        assert set(names) >= {name, *(f"{name}_{k}" for k in range(1, last))}
