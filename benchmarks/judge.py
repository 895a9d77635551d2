"""From runs to rows: medians, the ratio of paired runs with its spread, and whether it holds."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Sequence
from statistics import median, quantiles

from msgspec import Struct

from benchmarks.records import Claim, Contender
from benchmarks.runs import ROOT, Run, TaskError, environment, in_turn

CLOSE = 1e-9
"""How far results of the same calculation in floats may differ, relative to their size."""


class Row(Struct, frozen=True):
    """A row of the table, as text."""

    what: str
    ours: str
    against: str
    theirs: str
    ratio: str
    target: str
    verdict: str


def judged(claim: Claim, rounds: int) -> Row:
    """Runs both contenders in turn and compares them.

    Raises:
        TaskError: a contender has failed, or got another result.
    """
    theirs = claim.theirs
    if theirs is not None and not _has(theirs):
        missing = f"{theirs.needs} is not installed"
        return Row(claim.what, "", theirs.label, missing, "", _target(claim), "not measured")
    commands = {"ours": claim.ours.command}
    if theirs is not None:
        commands["theirs"] = theirs.command
    found = in_turn(commands, rounds)
    _check_results(claim, found)
    return _row(claim, found["ours"], found.get("theirs", []))


def _has(contender: Contender) -> bool:
    """Whether the library that a contender needs is installed."""
    if not contender.needs:
        return True
    question = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    asked = [contender.command[0], "-c", question, contender.needs]
    return subprocess.run(asked, cwd=ROOT, env=environment(), check=False).returncode == 0


def _check_results(claim: Claim, found: dict[str, list[Run]]) -> None:
    """Contenders that calculate the same thing have to get the same number."""
    if not claim.same_result:
        return
    results = [run.result for runs in found.values() for run in runs if run.result is not None]
    if any(not math.isclose(result, results[0], rel_tol=CLOSE) for result in results):
        raise TaskError(f"{claim.what}: the results differ: {sorted(set(results))}")


def _row(claim: Claim, ours: Sequence[Run], theirs: Sequence[Run]) -> Row:
    measured = [claim.measure.of(run) for run in ours]
    mine = median(measured)
    if claim.theirs is None:
        return Row(claim.what, claim.measure.text(mine), *_alone(claim, mine))
    others = [claim.measure.of(run) for run in theirs]
    ratios = [one / other for one, other in zip(measured, others, strict=True)]
    return Row(
        claim.what,
        claim.measure.text(mine),
        claim.theirs.label,
        claim.measure.text(median(others)),
        spread(ratios),
        _target(claim),
        _verdict(claim, median(ratios), mine),
    )


def _alone(claim: Claim, mine: float) -> tuple[str, str, str, str, str]:
    return ("", "", "", _target(claim), _verdict(claim, math.nan, mine))


def spread(ratios: Sequence[float]) -> str:
    """The median, and the quartiles where there are enough runs for some."""
    if len(ratios) < 3:
        return f"{median(ratios):.2f}"
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return f"{median(ratios):.2f} ({low:.2f} to {high:.2f})"


def _target(claim: Claim) -> str:
    if claim.ratio is not None:
        return f"{'below' if claim.below else 'at most'} {claim.ratio:g}"
    return "" if claim.most is None else f"at most {claim.measure.text(claim.most)}"


def _verdict(claim: Claim, ratio: float, mine: float) -> str:
    """Whether what was promised holds; nothing where nothing was."""
    if claim.ratio is None and claim.most is None:
        return ""
    holds = claim.most is None or mine <= claim.most
    if claim.ratio is not None:
        holds = ratio < claim.ratio if claim.below else ratio <= claim.ratio
    return "reached" if holds else "missed"
