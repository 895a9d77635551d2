"""The process in which Typst runs: it reads a source, and leaves a PDF or a message behind."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

SOURCE, PDF, SAID = "sheet.typ", "sheet.pdf", "said.json"
"""What it reads; what it leaves; what it leaves instead where the source has a mistake."""

CACHE = "packages"

PLACE = re.compile(rf"{re.escape(SOURCE)}:(\d+):\d+")


class Said(msgspec.Struct, frozen=True):
    """A mistake that Typst has found.

    Attributes:
        message: in Typst's words.
        line: of the source, counted from 1; 0: not known.
    """

    message: str
    line: int


def main(fonts: Sequence[str]) -> int:
    """Typesets the source in the current folder.

    Args:
        fonts: folders with fonts.

    Returns:
        The exit code.
    """
    import typst

    try:
        pdf = typst.compile(
            SOURCE,
            root=".",
            font_paths=list(fonts),
            ignore_system_fonts=True,
            package_path=CACHE,
            package_cache_path=CACHE,
            timestamp=0,
            format="pdf",
        )
    except typst.TypstError as error:
        place = PLACE.search(error.diagnostic)
        message = error.message.replace(os.getcwd(), ".")
        said = Said(message, int(place[1]) if place else 0)
        Path(SAID).write_bytes(msgspec.json.encode(said))
        return 1
    Path(PDF).write_bytes(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
