"""How a task says what it took: one line of JSON on standard output."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")


def report(seconds: float, units: int = 1, result: float | None = None) -> None:
    """Prints the line that `benchmarks.runs` reads.

    Args:
        seconds: processor time of the part that is measured.
        units: how many equal pieces of work that was.
        result: a number that every contender must get.
    """
    print(json.dumps({"seconds": seconds, "units": units, "result": result}))


def seconds_of(work: Callable[[], T], least: float) -> tuple[float, T]:
    """The processor time of one execution, the mean of as many as `least` seconds take.

    The first execution is not counted where more than one fits.

    Returns:
        The seconds, and what the last execution returned.
    """
    started = process_time()
    result = work()
    once = process_time() - started
    if once >= least:
        return once, result
    times = max(int(least / max(once, 1e-6)), 1)
    started = process_time()
    for _ in range(times):
        result = work()
    return (process_time() - started) / times, result
