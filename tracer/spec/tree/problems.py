"""Collecting everything that is wrong in a file, to be told at once and in the file's order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracer.errors import FormulaError, Place, Problem, SpecError
from tracer.spec.tree.nodes import Mapping, Node, Scalar, Sequence, Unreadable, kind

MOST = 200


class _Found(NamedTuple):
    node: Node
    line: int
    column: int
    message: str


class Problems:
    """What was found so far; a node's path in the file is looked up when all is told."""

    def __init__(self, file: str) -> None:
        """Nothing found yet.

        Args:
            file: the name that the problems are reported under.
        """
        self._file = file
        self._found: list[_Found] = []
        self.root: Node | None = None

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, node: Node, message: str, offset: int = 0) -> None:
        """One more problem.

        Args:
            node: what is wrong.
            message: what was found, and what would be right.
            offset: the offending character in a scalar's text.

        Raises:
            SpecError: there are so many that reading on is of no use.
        """
        line, column = node.line, node.column
        if offset and isinstance(node, Scalar):
            line, column = node.place_of(offset)
        self._add(_Found(node, line, column, message))

    def formula(self, node: Scalar, error: FormulaError, start: int = 0) -> None:
        """A formula that cannot be read, from `start` on in a scalar's text."""
        line, column = node.place_of(start + error.column)
        self._add(_Found(node, line, column, error.message))

    def unexpected(self, node: Node, wanted: str) -> None:
        """Another kind of thing stands here than what is wanted."""
        if not isinstance(node, Unreadable):
            self.add(node, f"expected {wanted}, found {kind(node)}")

    def _add(self, found: _Found) -> None:
        self._found.append(found)
        if len(self._found) >= MOST:
            self.tell()

    def place(self, node: Node) -> Place:
        """Where a node stands in the file."""
        return Place(self._file, node.line, node.column)

    def place_in(self, node: Scalar, offset: int) -> Place:
        """Where a character of a scalar's text stands in the file."""
        return Place(self._file, *node.place_of(offset))

    def tell(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            SpecError: with every problem, in the file's order.
        """
        if not self._found:
            return
        paths = _paths(self.root, {id(found.node) for found in self._found})
        ordered = sorted(self._found, key=lambda found: (found.line, found.column))
        told = [
            Problem(
                Place(self._file, found.line, found.column),
                paths.get(id(found.node), ""),
                found.message,
            )
            for found in ordered
        ]
        if len(told) >= MOST:
            rest = f"these are {MOST} problems; the rest of the file was not read"
            told.append(Problem(told[-1].place, "", rest))
        raise SpecError(tuple(told))


def listed(words: Iterable[str], most: int = 8) -> str:
    """Words in a row, cut off where there are many."""
    kept = list(words)
    return ", ".join(kept[:most]) + (", ..." if len(kept) > most else "")


def _paths(root: Node | None, wanted: set[int]) -> dict[int, str]:
    """The paths of nodes, such as ``layers[1].activation``; a key has its mapping's path."""
    paths: dict[int, str] = {}
    waiting: list[tuple[Node, str]] = [(root, "")] if root else []
    while waiting:
        node, path = waiting.pop()
        if id(node) in wanted:
            paths[id(node)] = path
        if isinstance(node, Sequence):
            waiting.extend((item, f"{path}[{k}]") for k, item in enumerate(node.items))
        elif isinstance(node, Mapping):
            paths.update((id(key), path) for key, _ in node.pairs if id(key) in wanted)
            dot = "." if path else ""
            waiting.extend((value, f"{path}{dot}{key.text}") for key, value in node.pairs)
    return paths
