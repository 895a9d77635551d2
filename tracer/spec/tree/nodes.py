"""A spec file as a tree: scalars that are still text, lists, mappings, each with its place."""

from __future__ import annotations

from typing import NamedTuple

LITERAL = "|"
UNKNOWN = -1
NOWHERE = (0, 0)
"""The line and column of what stands in no file."""


class Scalar(NamedTuple):
    """A word, number or text, exactly as written.

    Attributes:
        text: the content, without quotes.
        line: where it starts, from 1.
        column: where it starts, from 1; quotes count.
        style: empty for plain text, else the quote, ``|`` or ``>``.
        shift: columns between where the scalar (a line of it, in a ``|`` block) starts and its
            content; `UNKNOWN` where the content does not stand in the file as it is.
    """

    text: str
    line: int
    column: int
    style: str = ""
    shift: int = 0

    def place_of(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at an offset in the text."""
        if self.shift == UNKNOWN:
            return self.line, self.column
        if self.style != LITERAL:
            return self.line, self.column + self.shift + offset
        line_start = self.text.rfind("\n", 0, offset) + 1
        row = self.text.count("\n", 0, offset)
        return self.line + 1 + row, 1 + self.shift + offset - line_start


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys with their values, in the file's order; no key stands twice."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def content(self, name: str) -> Node | None:
        """What stands behind a key; None where there is no such key."""
        return next((value for key, value in self.pairs if key.text == name), None)


class Unreadable(NamedTuple):
    """Something that was refused, and complained about, while the file was read."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Unreadable


def kind(node: Node) -> str:
    """What a node is, in a message's words."""
    match node:
        case Scalar(""):
            return "nothing"
        case Scalar(text):
            return shown(text)
        case Sequence():
            return "a list"
        case Mapping() | Unreadable():
            return "a mapping"


def shown(text: str) -> str:
    """A user's text in quotes, cut off where it is long."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= 40 else f"'{line[:37]}...'"
