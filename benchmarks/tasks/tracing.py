"""A whole trace of a fully connected network: read, calculated and, if wanted, saved as JSON.

``python -m benchmarks.tasks.tracing read,trace,save 64 64 10``: the parts that are timed. In
decimals, with as many digits as it takes, and with cyclic garbage collected as seldom as by the
command line: what a user gets who asks for nothing else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import tracer
from benchmarks import networks
from benchmarks.tasks import scalar_engine
from benchmarks.tasks.report import report, seconds_of
from tracer.cli.main import collect_seldom
from tracer.derive.trace import Trace
from tracer.spec import read

LEAST_SECONDS = 1.0


def main(parts: str, *sizes: str) -> None:
    """Times the parts that are asked for."""
    collect_seldom()
    shape = [int(size) for size in sizes]
    text = networks.spec(shape)
    with TemporaryDirectory() as folder:
        saved = str(Path(folder) / "trace.json")
        work = _work(set(parts.split(",")), text, saved)
        seconds, trace = seconds_of(work, LEAST_SECONDS)
        report(seconds, scalar_engine.steps(*shape), float(trace["E"].value))


def _work(parts: set[str], text: str, saved: str) -> Callable[[], Trace]:
    """What is to be timed; reading, unless it is asked for, is done beforehand."""
    known = None if "read" in parts else read(StringIO(text))

    def work() -> Trace:
        trace = tracer.trace(known or read(StringIO(text)))
        if "save" in parts:
            tracer.save(trace, saved)
        return trace

    return work


if __name__ == "__main__":
    main(*sys.argv[1:])
