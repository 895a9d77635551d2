"""Where a command's lines go: to the terminal, or to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

import click


def emit(lines: Iterable[str], output: str | None) -> None:
    """Prints lines, or writes them to a file.

    Raises:
        OutputError: the file cannot be written.
        OSError: the lines cannot be printed.
    """
    if output:
        from tracer.render.files import write_whole

        write_whole(output, lines)
        return
    if sys.stdout is not None:
        sys.stdout.writelines(f"{line}\n" for line in lines)
        sys.stdout.flush()


def emit_new(lines: Iterable[str], output: str | None, force: bool) -> None:
    """Prints lines, or writes them to a file that is not there yet.

    Raises:
        OutputError: the file is there and `force` is not set, or it cannot be written.
    """
    if output and os.path.isfile(output) and not force:
        from tracer.errors import OutputError

        raise OutputError(f"{output} is there already; --force overwrites it")
    emit(lines, output)


def complain(message: str) -> None:
    """Prints a message on standard error, as far as there is one.

    What a file or its name holds of terminal codes and marks that turn text around is spelt out.
    """
    with suppress(OSError):
        click.echo("".join(map(_visible, message)), err=True)


def _visible(sign: str) -> str:
    return sign if sign.isprintable() or sign == "\n" else ascii(sign)[1:-1]


def is_terminal() -> bool:
    """Whether what is printed goes to a terminal; it may go nowhere at all."""
    asked = getattr(sys.stdout, "isatty", None)
    return asked is not None and bool(asked())


def forget_output() -> None:
    """Drops what could not be printed, so that Python does not try again when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def replace_missing_signs() -> None:
    """Where an encoding lacks a sign, such as δ in Latin-1, a question mark takes its place."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(errors="replace")
