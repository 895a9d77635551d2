"""A program that typesets: it runs in a folder of its own until it ends or its time is over."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from tracer.errors import LimitError, OutputError

SECONDS = 120
"""How long a program may typeset one document; hundreds of pages take a tenth of it."""

LONGEST = 100
"""Characters of a source's line that a message shows."""


def run(name: str, command: Sequence[str], folder: str, environment: Mapping[str, str]) -> int:
    """Runs a program, which hears and says nothing, and whose files tell what came of it.

    However this ends, nothing that the program has started goes on.

    Args:
        name: what messages call it.
        command: the program and its arguments.
        folder: where it runs.
        environment: what it finds in its environment, besides what is there.

    Returns:
        Its exit code.

    Raises:
        LimitError: its time is over.
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        message = f"cannot make a PDF: {name} has not come to an end within {SECONDS} seconds"
        raise LimitError(message) from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a program that still runs, and with it the programs that it has started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def mistake(name: str, source: str, message: str, line: int = 0) -> OutputError:
    """The error for a source with which a program could do nothing.

    Args:
        name: what the message calls the program.
        source: what it was given.
        message: what it said.
        line: where in the source, counted from 1; 0: it did not say.
    """
    lines = source.split("\n")
    if not 0 < line <= len(lines):
        return OutputError(f"cannot make a PDF: {name} stopped: {message}")
    shown = lines[line - 1].strip()
    if len(shown) > LONGEST:
        shown = shown[: LONGEST - 1] + "…"
    where = f"{name} stopped at line {line} of the page's source"
    return OutputError(f"cannot make a PDF: {where}: {message}\n{line:6} | {shown}")
