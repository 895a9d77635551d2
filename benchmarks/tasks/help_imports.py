"""Which of the large libraries `trace --help` has loaded: their number, from ``sys.modules``."""

from __future__ import annotations

import contextlib
import io
import sys
from time import process_time

from benchmarks.tasks.report import report

LARGE = ("numpy", "sympy", "jinja2", "matplotlib")


def main() -> None:
    """Runs the command line in this process and looks at what it has loaded."""
    from tracer.cli.main import main as command_line

    sys.argv = ["trace", "--help"]
    started = process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        command_line()
    report(process_time() - started, 1, sum(name in sys.modules for name in LARGE))


if __name__ == "__main__":
    main()
