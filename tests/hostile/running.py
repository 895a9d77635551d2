"""Running the command line on bad input, as a user would, with a bound on memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
HANGS = 120
"""Seconds after which a run is taken to hang; how long it takes is for the benchmarks."""

MEMORY = 1_500 * 2**20
"""Bytes of address space: what the libraries map, and 200 MB of our own many times over."""


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


def trace(*arguments: str, cwd: Path, stdout: int | None = None) -> Ended:
    """Runs ``trace ARGUMENTS`` in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tracer", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        timeout=HANGS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    return Ended(done.returncode, done.stdout or "", done.stderr)


def is_refused(ended: Ended) -> None:
    """Holds that a run ended in a message and the exit code 2, and printed nothing else."""
    assert ended.code == 2, ended
    assert ended.err.strip(), ended
    assert "Traceback" not in ended.err + ended.out, ended
    assert not ended.out, ended
