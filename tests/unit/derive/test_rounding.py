"""What rounding can have made of a trace's numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, network, program
from tracer.cli.stated import statements
from tracer.derive import rounding as module
from tracer.derive.rounding import NONE, rounding
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.spec import Spec

CANCELLING = program("s = x + z", "y = s - x", x="1e40", z="1/3")


def slacks(spec: Spec, numbers: str, parts: bool = False) -> dict[str, Fraction]:
    """The slack of every number of a spec's trace."""
    found = trace(spec, arithmetic(numbers))
    claims = [claim for _, claim in statements(found, parts, rounding(found)) if claim]
    return {claim.name: claim.slack for claim in claims}


def test_fractions_are_not_rounded() -> None:
    """In exact arithmetic there is nothing to ask."""
    assert rounding(trace(network(BY_HEAD), arithmetic("exact"))) is NONE


def test_each_number_has_its_own_slack() -> None:
    """What has cancelled has as much slack as what it came from, what has not has its own."""
    found = slacks(CANCELLING, "decimal:50")
    assert found["y"] >= Fraction(1, 3 * 10**10)
    assert found["y"] < Fraction(1, 10**8)
    assert found["dy/dz"] == 0


def test_floats_have_the_slack_of_floats() -> None:
    """0.1 + 0.2 - 0.3 is not 0 in floats, and may be anything within a few of their last digits."""
    spec = program("y = x + z - 0.3", x="0.1", z="0.2")
    assert slacks(spec, "decimal:50")["y"] == 0
    assert Fraction(1, 10**17) < slacks(spec, "float")["y"] < Fraction(1, 10**14)


def test_parts_have_slack_too() -> None:
    """The lines of the longer telling are calculated in intervals like the steps."""
    spec = network(BY_HEAD.replace("square", "sigmoid"))
    found = slacks(spec, "decimal:50", parts=True)
    assert 0 < found["dE/dout_h1:o1"] < Fraction(1, 10**45)


def test_each_training_step_has_its_own_slack() -> None:
    """Rounding grows from step to step."""
    found = slacks(network(IN_A_ROW, steps="3", learning_rate="1/3"), "decimal:20")
    assert 0 < found["w+@1"] < found["w+@3"]


@pytest.mark.parametrize(("numbers", "is_known"), [("decimal:50", False), ("exact", True)])
def test_large_traces_are_not_calculated_again(
    monkeypatch: pytest.MonkeyPatch, numbers: str, is_known: bool
) -> None:
    """The reason says how large the trace is; every slack is 0."""
    monkeypatch.setattr(module, "MOST_VALUES", 3)
    found = rounding(trace(network(BY_HEAD), arithmetic(numbers)))
    assert found.reason == ("" if is_known else "it has 63 values")
    assert set(slacks(network(BY_HEAD), numbers).values()) == {0}


def test_intervals_that_do_not_exist_say_why() -> None:
    """Where rounding may have made a divisor 0, nothing is known, and nothing is refuted for it."""
    spec = program("d = (x + z) - x", "y = 1/d", x="1e49", z="0.6")
    rounded = trace(spec, arithmetic("decimal:50"))
    found = rounding(rounded)
    assert found.reason.startswith("in intervals, y: division by zero")
    assert found.enclosed is None
    assert {found.slack(step) for step in rounded.steps} == {Fraction(10) ** 9_999}


@pytest.mark.parametrize("x", ["1e5", "-1e5"])
def test_widths_are_of_a_size_that_can_be_written(x: str) -> None:
    """A width beyond 1e9999 is told as that, one below 1e-9999 as that."""
    found = trace(program("y = exp(x)", x=x), arithmetic("decimal:50"))
    (step,) = [step for step in found.steps if step.name == "y"]
    expected = Fraction(10) ** (9_999 if x == "1e5" else -9_999)
    assert rounding(found).slack(step) == expected
