"""Running the command line on bad input, as a user would, with a bound on memory."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).parents[2]
LAUNCHER = Path(__file__).with_name("launcher.py")
HANGS = 120
"""Seconds after which a run is taken to hang; how long it takes is for the benchmarks."""

MEMORY = 200 * 2**10
"""Kilobytes that a run on bad input may take; all of Python and our own."""

UNLIMITED = resource.RLIM_INFINITY

LONGEST_LINE = 2_000
"""Characters of a message's line; more is no message."""


class Ended(NamedTuple):
    """How a run ended; the peak of its memory is in kilobytes."""

    code: int
    out: str
    err: str
    memory: int


def trace(
    *arguments: str, cwd: Path, stdout: int | None = None, most_written: int = UNLIMITED
) -> Ended:
    """Runs ``trace ARGUMENTS`` in a folder.

    Args:
        arguments: the command line.
        cwd: the folder.
        stdout: where output goes; None: it is read.
        most_written: bytes of a file after which the disk is full.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, _pipe() as (end, told):
        launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(told), str(most_written)]
        run = subprocess.Popen(
            [*launcher, sys.executable, "-m", "tracer", *arguments],
            cwd=cwd,
            env=_environment(measured=most_written == UNLIMITED),
            stdout=out if stdout is None else stdout,
            stderr=err,
            pass_fds=(told,),
            start_new_session=True,
        )
        timer = threading.Timer(HANGS, os.killpg, (run.pid, signal.SIGKILL))
        timer.start()
        code = run.wait()
        timer.cancel()
        return Ended(code, _read(out), _read(err), int(os.read(end, 20)))


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    """The two ends of a pipe, where a run's memory is told."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            os.close(end)


def _environment(measured: bool) -> dict[str, str]:
    """What a run finds; where the disk is full, coverage could not write what it has measured."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if measured or not name.startswith("COVERAGE_")
    }
    return kept | {"PYTHONPATH": str(ROOT)}


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def is_refused(ended: Ended) -> None:
    """Holds that a run ended in a message and the exit code 2, and did nothing else.

    The message can be shown on any terminal; the run took no more than 200 MB.
    """
    assert ended.code == 2, ended
    assert ended.err.strip(), ended
    assert "Traceback" not in ended.err + ended.out, ended
    assert not ended.out, ended
    for line in ended.err.splitlines():
        assert line.isprintable(), ended
        assert len(line) < LONGEST_LINE, ended
    assert ended.memory < MEMORY, ended.memory
