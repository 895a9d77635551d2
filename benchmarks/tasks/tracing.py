"""A whole trace of a fully connected network: read, calculated and, if wanted, saved as JSON.

``python -m benchmarks.tasks.tracing read,trace,save 64 64 10``: the parts that are timed. In
decimals, with as many digits as it takes: what a user gets who asks for nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import tracer
from benchmarks import networks
from benchmarks.tasks.report import report, seconds_of
from tracer.spec import read

LEAST_SECONDS = 0.2


def main(parts: str, *sizes: str) -> None:
    """Times the parts that are asked for."""
    text = networks.spec([int(size) for size in sizes])
    with TemporaryDirectory() as folder:
        saved = str(Path(folder) / "trace.json")
        work = _work(set(parts.split(",")), text, saved)
        trace = tracer.trace(read(StringIO(text)))
        report(seconds_of(work, LEAST_SECONDS), len(trace.steps), float(trace["E"].value))


def _work(parts: set[str], text: str, saved: str) -> Callable[[], object]:
    """What is to be timed; what is not asked for is done beforehand."""
    known = read(StringIO(text))

    def work() -> None:
        trace = tracer.trace(read(StringIO(text)) if "read" in parts else known)
        if "save" in parts:
            tracer.save(trace, saved)

    return work


if __name__ == "__main__":
    main(*sys.argv[1:])
