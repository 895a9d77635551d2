"""What TeX's log says: the first error of a run, with the line where TeX stood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

NO_END = "the source has no \\end{document}"
NO_PAGE = "the source makes no page"

PLACED = re.compile(r"(?:\./)?(?P<file>[^\s:]+)\.tex:(?P<line>\d+): +(?P<message>.*)")
UNPLACED = re.compile(r"! +(?P<message>.*)")
AT_THE_END = re.compile(r"^! Emergency stop\.\n<\*> ", re.MULTILINE)

CONSEQUENCES = ("Emergency stop.", "==> Fatal error occurred")
"""What TeX says after the error for which it stops."""


class TexError(NamedTuple):
    """An error that TeX tells.

    Attributes:
        message: in TeX's words.
        line: of the source, counted from 1; 0: not known.
    """

    message: str
    line: int


def first_error(log: str, source: str) -> TexError:
    """The first error in a log.

    Args:
        log: of a run with ``-file-line-error``, its lines not broken.
        source: the file whose lines count, without its suffix.
    """
    lines = log.splitlines()
    errors = list(_errors(lines, source))
    causes = [found.message for found in errors if not found.message.startswith(CONSEQUENCES)]
    place = next((found.line for found in errors if found.line), 0)
    otherwise = NO_END if AT_THE_END.search(log) else NO_PAGE
    return TexError(next(iter(causes), otherwise), place)


def _errors(lines: Sequence[str], source: str) -> Iterator[TexError]:
    for at, text in enumerate(lines):
        if found := PLACED.match(text):
            line = int(found["line"]) if found["file"] == source else 0
            yield TexError(_whole(found["message"], lines[at + 1 :]), line)
        elif found := UNPLACED.match(text):
            yield TexError(_whole(found["message"], lines[at + 1 :]), 0)


def _whole(message: str, after: Sequence[str]) -> str:
    """A message with the indented lines on which LaTeX goes on with it."""
    parts = [message.strip()]
    for text in after:
        if parts[-1].endswith(".") or not text.startswith("    ") or not text.strip():
            break
        parts.append(text.strip())
    return " ".join(parts)
