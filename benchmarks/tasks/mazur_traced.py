"""Mazur's network by this program, in floats: every value of every training step is kept.

``python -m benchmarks.tasks.mazur_traced 10000``
"""

from __future__ import annotations

import sys
from time import process_time

import tracer
from benchmarks.tasks.report import report
from tracer.spec import find


def main(steps: str) -> None:
    """Times the trace, from a spec that has been read, with everything loaded that it needs."""
    spec = find("mazur")
    tracer.trace(spec, "float", steps=1)
    started = process_time()
    trace = tracer.trace(spec, "float", steps=int(steps))
    seconds = process_time() - started
    report(seconds, int(steps), trace[f"E@{steps}"].value)


if __name__ == "__main__":
    main(*sys.argv[1:])
