"""Long runs, compiled as a whole: the same values and the same errors as one step at a time."""

from __future__ import annotations

from io import StringIO

import pytest

from tracer.derive import compiled
from tracer.derive.trace import Trace, trace
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.spec import Spec, read

STEPS = compiled.WORTH_COMPILING + 5


def network(activation: str, rate: str = "0.5", loss: str = "half_squared_error") -> Spec:
    """A small network that trains long enough to be compiled."""
    return read(
        StringIO(
            f"inputs: 2\nlayers:\n"
            f"  - {{units: 2, activation: '{activation}', weights: [[0.5, -0.25], [0, 1]],\n"
            f"     bias: [0.1, none]}}\n"
            f"  - {{units: 1, activation: '{activation}', weights: [[1, -1]], threshold: 0.2}}\n"
            f"loss: '{loss}'\n"
            f"samples:\n  - {{input: [1, 0], target: 1}}\n  - {{input: [0.5, 2], target: 0}}\n"
            f"training: {{learning_rate: {rate}, steps: {STEPS}, batch: online}}\n"
        )
    )


def one_by_one(spec: Spec, name: str, monkeypatch: pytest.MonkeyPatch) -> Trace:
    """The trace without compiling anything."""
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "WORTH_COMPILING", STEPS + 1)
        return trace(spec, arithmetic(name))


@pytest.mark.parametrize("name", ["float", "decimal:50", "by-hand:4", "interval"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "net/(1 + abs(net))"])
def test_values_are_those_of_single_steps(
    name: str, activation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In every arithmetic, a compiled run keeps exactly the values of an evaluated one."""
    spec = network(activation)
    assert trace(spec, arithmetic(name)) == one_by_one(spec, name, monkeypatch)


def test_floats_have_no_minus_zero() -> None:
    """Zeros of a compiled run are shown without a sign, as those of single steps are."""
    found = trace(network("relu"), arithmetic("float"))
    zeros = [value for segment in found.segments for value in segment.values if value == 0]
    assert zeros
    assert all(str(value) == "0.0" for value in zeros)


@pytest.mark.parametrize(
    ("rate", "loss"), [("1e200", "half_squared_error"), ("1", "exp(1e3*(out - target)**2)")]
)
def test_overflow_names_its_quantity(rate: str, loss: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a compiled step leaves the floats, the error is that of the single step."""
    spec = network("net**2", rate, loss)
    with pytest.raises(CalculationError) as expected:
        one_by_one(spec, "float", monkeypatch)
    with pytest.raises(CalculationError) as found:
        trace(spec, arithmetic("float"))
    assert str(found.value) == str(expected.value)
    assert ": " in str(found.value)


def test_large_values_that_add_up_to_infinity_are_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Values near the largest float are kept, though their sum is no float."""
    spec = network("identity", "0", "1e308*target + 0*out")
    assert trace(spec, arithmetic("float")) == one_by_one(spec, "float", monkeypatch)
