"""From a file or a stream to text: everything that can be wrong before YAML is looked at."""

from __future__ import annotations

import os
import re
from typing import IO
from unicodedata import normalize

from tracer.errors import Place, Problem, SpecError

MAX_BYTES = 4_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"
)
LINE_BREAK = re.compile("\r\n|\r|\n")

PathOrFile = str | os.PathLike[str] | IO[str] | IO[bytes]


def load(source: PathOrFile) -> tuple[str, str]:
    """The text of a spec, and the name that its problems are reported under.

    Args:
        source: a path, or an open file (text or binary).

    Raises:
        SpecError: it cannot be opened, is too large, or is no UTF-8 text.
    """
    if isinstance(source, str | os.PathLike):
        name = os.fspath(source)
        return decoded(_file_content(name), name), name
    name = str(getattr(source, "name", "<stream>"))
    content = source.read(MAX_BYTES + 1)
    return (checked(content, name) if isinstance(content, str) else decoded(content, name)), name


def decoded(content: bytes, name: str) -> str:
    """UTF-8, with or without a byte order mark, as text.

    Raises:
        SpecError: too large, not UTF-8, or with characters that no text has.
    """
    if len(content) > MAX_BYTES:
        raise _too_large(name)
    content = content.removeprefix(BYTE_ORDER_MARK)
    try:
        return checked(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        found = f"byte 0x{content[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise _wrong(name, found, *_position(before)) from None


def checked(text: str, name: str) -> str:
    """The text, once its size and its characters are known to be harmless.

    A letter and its accent are one character in it, however they were saved.

    Raises:
        SpecError: too large, or with a control character in it.
    """
    if len(text) > MAX_BYTES:
        raise _too_large(name)
    text = text if text.isascii() else normalize("NFC", text)
    refused = REFUSED.search(text)
    if refused:
        found = f"the character U+{ord(refused[0]):04X} has no place in a spec"
        raise _wrong(name, found, *_position(text[: refused.start()]))
    return text


def _file_content(name: str) -> bytes:
    try:
        with open(name, "rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise _too_large(name)
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _wrong(name, f"cannot read this file: {reason}") from None
    except ValueError:
        raise _wrong(name, "no file can have this name") from None


def _too_large(name: str) -> SpecError:
    return _wrong(name, f"more than {MAX_BYTES // 1_000_000} MB: too large for a spec")


def _wrong(name: str, message: str, line: int = 1, column: int = 1) -> SpecError:
    return SpecError((Problem(Place(name, line, column), "", message),))


def _position(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what follows a text."""
    breaks = list(LINE_BREAK.finditer(before))
    start = breaks[-1].end() if breaks else 0
    return len(breaks) + 1, len(before) - start + 1
