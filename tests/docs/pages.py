"""The examples on documentation pages: files, commands with their output, Python sessions."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# file: (\S+)\n")

OMISSION = "..."
"""A line that stands for any number of lines of output."""


class Command(Struct, frozen=True):
    """A command on a page, and the output that the page shows."""

    page: str
    text: str
    output: str


def pages() -> list[Path]:
    """README.md and everything in docs/."""
    return [
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "docs" / "tour").glob("*.md")),
    ]


def fences(page: Path, language: str) -> list[str]:
    """The contents of a page's code blocks in one language."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [content for name, content in found if name == language]


def files(page: Path) -> dict[str, str]:
    """The files that a page shows: YAML blocks that begin with ``# file: NAME``, a comment."""
    return {match[1]: content for content in fences(page, "yaml") if (match := FILE.match(content))}


def commands(page: Path) -> list[Command]:
    """The commands of a page: lines that begin with ``$``, in console blocks."""
    found = []
    for content in fences(page, "console"):
        for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
            text, _, output = part.partition("\n")
            while text.endswith("\\"):
                more, _, output = output.partition("\n")
                text = f"{text}\n{more}"
            found.append(Command(page.name, text, output))
    return found


def shows(expected: str, output: str) -> bool:
    """Whether an output is what a page shows, with omissions for any lines."""
    parts = re.split(rf"^{re.escape(OMISSION)}\n", expected, flags=re.MULTILINE)
    return re.fullmatch(r"(?:.*\n)*".join(map(re.escape, parts)), output) is not None
