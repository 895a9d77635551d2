"""How runs become a row: medians, ratios, targets, and contenders that disagree."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from benchmarks.judge import judged, spread
from benchmarks.records import INSIDE, WHOLE, Claim, Contender
from benchmarks.runs import Run, TaskError, in_turn, run

OURS, THEIRS = Contender("this program", ("ours",)), Contender("the other", ("theirs",))


def given(monkeypatch: pytest.MonkeyPatch, **runs: Sequence[Run]) -> None:
    """Lets the judge see these runs instead of measuring any."""
    monkeypatch.setattr("benchmarks.judge.in_turn", lambda *_: runs)


def runs(*seconds: float, result: float | None = None) -> list[Run]:
    """Runs that took so long."""
    return [Run(second, 0, second, 1, result) for second in seconds]


def test_a_row_shows_medians_and_the_ratio_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times are medians; the ratio is the median of the pairs' ratios, not of the medians."""
    given(monkeypatch, ours=runs(0.1, 0.2, 0.9), theirs=runs(0.2, 0.8, 0.9))
    row = judged(Claim("speed", WHOLE, OURS, THEIRS, 0.6), 3)
    assert (row.ours, row.theirs) == ("200 ms", "800 ms")
    assert row.ratio == "0.50 (0.38 to 0.75)"
    assert (row.target, row.verdict) == ("at most 0.6", "reached")


@pytest.mark.parametrize(
    ("mine", "below", "verdict"),
    [(0.6, False, "reached"), (0.6, True, "missed"), (0.61, False, "missed")],
)
def test_a_target_is_met_or_missed(
    monkeypatch: pytest.MonkeyPatch, mine: float, below: bool, verdict: str
) -> None:
    """A ratio at the target is enough, unless it has to be below."""
    given(monkeypatch, ours=runs(mine), theirs=runs(1.0))
    assert judged(Claim("speed", WHOLE, OURS, THEIRS, 0.6, below), 1).verdict == verdict


def test_a_claim_in_itself_needs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on our own number is judged with nothing beside it."""
    given(monkeypatch, ours=runs(0.03))
    row = judged(Claim("speed", WHOLE, OURS, most=0.02), 1)
    assert (row.against, row.ratio, row.target) == ("", "", "at most 20 ms")
    assert row.verdict == "missed"


def test_different_results_are_no_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where contenders get different numbers, the benchmark fails instead of comparing times."""
    given(monkeypatch, ours=runs(1.0, result=0.5), theirs=runs(1.0, result=0.5001))
    with pytest.raises(TaskError, match="results differ"):
        judged(Claim("speed", INSIDE, OURS, THEIRS), 1)


def test_an_absent_library_is_said_and_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row whose other library is not installed names it, and promises nothing."""
    given(monkeypatch)
    absent = Contender("the other", (sys.executable,), "no_such_library")
    row = judged(Claim("speed", WHOLE, OURS, absent, 0.2), 1)
    assert (row.theirs, row.verdict) == ("no_such_library is not installed", "not measured")


def test_few_runs_have_no_quartiles() -> None:
    """One or two ratios are shown as their median alone."""
    assert spread([0.5]) == "0.50"
    assert spread([0.5, 0.7]) == "0.60"


def test_a_run_says_what_its_process_cost() -> None:
    """Processor time and memory come from the process, the rest from what it reports."""
    report = '{"seconds": 0.25, "units": 5, "result": 1.5}'
    program = f"sum(range(10**6)); kept = bytearray(50_000_000); print('{report}')"
    found = run([sys.executable, "-c", program])
    assert 0 < found.processor < 60
    assert found.memory > 50_000_000
    assert (found.seconds, found.units, found.result) == (0.25, 5, 1.5)


def test_a_failing_command_shows_its_complaint() -> None:
    """What a broken task wrote to standard error is in the error."""
    with pytest.raises(TaskError, match="no good"):
        run([sys.executable, "-c", "raise SystemExit('no good')"])


def test_runs_alternate(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each to warm up, which is not counted, then one after the other in turn."""
    order: list[str] = []

    def noted(command: Sequence[str]) -> Run:
        order.extend(command)
        return Run(1.0, 0)

    monkeypatch.setattr("benchmarks.runs.run", noted)
    found = in_turn({"a": ["a"], "b": ["b"]}, 2)
    assert order == ["a", "b"] * 3
    assert [len(runs) for runs in found.values()] == [2, 2]
