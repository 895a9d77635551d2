"""A convolution over a picture with three channels: read, calculated, and every step printed.

``python -m benchmarks.tasks.convolution 8``: a picture of 8x8x3 and four filters of 3x3, as the
text that `trace` prints of it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import tracer
from benchmarks import networks
from benchmarks.tasks.report import report, seconds_of
from tracer.spec import read


def main(side: str) -> None:
    """Times reading, calculating and printing once."""
    size = int(side)
    with TemporaryDirectory() as folder:
        spec, page = Path(folder) / "net.yaml", Path(folder) / "page.txt"
        spec.write_text(networks.convolution(size), encoding="utf-8")

        def work() -> float:
            trace = tracer.trace(read(spec))
            tracer.save(trace, str(page))
            return float(trace["E"].value)

        seconds, error = seconds_of(work, 0.0)
        report(seconds, networks.multiplications(size), error)


if __name__ == "__main__":
    main(*sys.argv[1:])
