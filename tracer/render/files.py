"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from tracer.errors import OutputError

AT_ONCE = 200
"""Lines that are written together."""


def write_whole(path: str, lines: Iterable[str]) -> None:
    """Writes a file so that it is there with all its lines, or as it was before.

    Raises:
        OutputError: it cannot be written.
    """
    _write(path, lambda file: _write_lines(file, lines))


def write_bytes(path: str, content: bytes) -> None:
    """Writes a file of bytes, such as a picture, so that it is there whole, or as it was before.

    Raises:
        OutputError: it cannot be written.
    """
    _write(path, lambda file: file.write(content))


def _write(path: str, fill: Callable[[BinaryIO], object]) -> None:
    try:
        _replace(path, fill)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from None


def _replace(path: str, fill: Callable[[BinaryIO], object]) -> None:
    if os.path.isdir(path):
        raise OutputError(f"cannot write {path}: it is a folder")
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as file:  # a device or a pipe is written as it stands
            fill(file)
        return
    path = os.path.realpath(path)  # a link stays a link to what is written
    folder = os.path.dirname(path)
    import tempfile

    handle, draft = tempfile.mkstemp(prefix=".trace-", dir=folder)
    try:
        with open(handle, "wb") as file:
            fill(file)
        os.chmod(draft, _mode(path))
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def _write_lines(file: BinaryIO, lines: Iterable[str]) -> None:
    """Writes lines, many at a time: encoding them one by one takes as long as making them."""
    left = iter(lines)
    while some := list(islice(left, AT_ONCE)):
        file.write(("\n".join(some) + "\n").encode())


def _mode(path: str) -> int:
    """The permissions that the file has, or that a new file would get."""
    with suppress(OSError):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
