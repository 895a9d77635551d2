"""The contenders calculate what they say: the same network, and the same work."""

from __future__ import annotations

from io import StringIO

import pytest

import tracer
from benchmarks import networks
from benchmarks.tasks import mazur_python, scalar_engine
from benchmarks.tasks.report import seconds_of
from tracer.spec import read


@pytest.mark.parametrize("shape", [(2, 3, 1), (4, 2, 3, 2)])
def test_steps_are_counted_as_the_trace_counts_them(shape: tuple[int, ...]) -> None:
    """The scalar engine's time is divided by the steps that the trace of the network has."""
    trace = tracer.trace(read(StringIO(networks.spec(shape))))
    assert scalar_engine.steps(*shape) == len(trace.steps)


@pytest.mark.parametrize(
    ("shape", "weights"),
    [(networks.SMALL, 500), (networks.SCALAR, 4_736), (networks.LARGE, 50_000)],
)
def test_shapes_have_the_weights_that_rows_speak_of(shape: tuple[int, ...], weights: int) -> None:
    """The growth rows compare 500 weights with 50,000."""
    assert networks.weights(shape) == weights


def test_plain_python_is_mazurs_network() -> None:
    """The loop starts at the published error, and comes to the known one after 10,000 steps."""
    assert mazur_python.train(1) == pytest.approx(0.298371109, abs=5e-10)
    assert mazur_python.train(10_000) == pytest.approx(0.0000351085, abs=5e-11)


def test_quick_work_is_repeated_and_slow_work_is_not() -> None:
    """Work that takes less than the least time is done often enough to be timed."""
    calls: list[int] = []
    seconds_of(lambda: calls.append(sum(range(1000))), 0.01)
    assert len(calls) > 10
    calls.clear()
    seconds_of(lambda: calls.append(sum(range(1000))), 0.0)
    assert len(calls) == 1
