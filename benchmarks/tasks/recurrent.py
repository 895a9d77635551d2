"""A whole trace of a recurrent network, read, calculated and saved as JSON.

``python -m benchmarks.tasks.recurrent 20 16``: 20 time steps of 16 units, every use of every
weight. In decimals, with as many digits as it takes.
"""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import tracer
from benchmarks import networks
from benchmarks.tasks.report import report, seconds_of
from tracer.derive.trace import Trace
from tracer.spec import read


def main(*sizes: str) -> None:
    """Times reading, tracing and saving."""
    steps, units = map(int, sizes)
    text = networks.recurrent(steps, units)
    with TemporaryDirectory() as folder:
        saved = str(Path(folder) / "trace.json")

        def work() -> Trace:
            trace = tracer.trace(read(StringIO(text)))
            tracer.save(trace, saved)
            return trace

        seconds, trace = seconds_of(work, least=0.0)
    report(seconds, networks.products(steps, units), float(trace["E"].value))


if __name__ == "__main__":
    main(*sys.argv[1:])
