"""Runs of commands, one after another in turn, with what each cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from msgspec import Struct

ROOT = Path(__file__).parents[1]
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
BYTES = 1 if sys.platform == "darwin" else 1024
"""The unit of a process's peak memory."""


class TaskError(Exception):
    """A measured command has failed, or contenders have got different results."""


class Run(Struct, frozen=True):
    """What one execution of a command cost.

    Attributes:
        processor: seconds of processor time of the whole process, user and system.
        memory: the most bytes that it held.
        seconds: seconds of processor time of the part that the task itself has measured.
        units: pieces of work in that part.
        result: the number that the task got.
    """

    processor: float
    memory: int
    seconds: float = 0.0
    units: int = 1
    result: float | None = None


def run(command: Sequence[str]) -> Run:
    """One execution.

    Raises:
        TaskError: the command has failed.
    """
    with TemporaryFile() as output, TemporaryFile() as complaints:
        process = subprocess.Popen(
            command, stdout=output, stderr=complaints, cwd=ROOT, env=environment()
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        complaints.seek(0)
        if process.returncode:
            raise TaskError(f"{' '.join(command)}\n{complaints.read().decode(errors='replace')}")
        said = _said(output.read().decode(errors="replace"))
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * BYTES, **said)


def _said(output: str) -> dict[str, Any]:
    """What a task has reported; nothing for other commands."""
    last = output.rstrip().rpartition("\n")[2]
    if not last.startswith('{"seconds"'):
        return {}
    found: dict[str, Any] = json.loads(last)
    return found


def environment() -> dict[str, str]:
    """This process's, with compiled modules kept as usual, and linear algebra on one thread."""
    kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | dict.fromkeys(ONE_THREAD, "1")


def in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Run]]:
    """So many executions of each command, in turn, after one of each that is not counted.

    Raises:
        TaskError: a command has failed.
    """
    for command in commands.values():
        run(command)
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            found[name].append(run(command))
    return found
