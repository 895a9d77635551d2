"""From YAML text to nodes: the part of YAML that a spec needs, and limits on its size.

Only events are taken from PyYAML, so that nothing is ever constructed from a tag, no alias is
ever expanded, and every scalar stays text.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeGuard

import yaml

from tracer.spec.tree.nodes import (
    LITERAL,
    UNKNOWN,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unreadable,
    shown,
)
from tracer.spec.tree.problems import Problems

MAX_DEPTH = 20
MAX_NODES = 200_000
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

HINTS = (
    ("mapping values are not allowed", "a ':' too many; quote the text if the ':' belongs to it"),
    ("cannot start any token", "text that starts with this character has to stand in quotes"),
    ("expected ',' or ']'", "expected ',' or ']' in the list that starts in line {line}"),
    ("expected ',' or '}'", "expected ',' or '}}' in the mapping that starts in line {line}"),
    ("unexpected end of stream", "the quote that opens in line {line} is never closed"),
    ("could not find expected ':'", "expected a field, such as 'loss:'; its ':' is missing"),
    ("block mapping", "this line's indentation fits nothing above it, or a ':' is missing"),
    ("block collection", "this line's indentation fits no list above it, or a '-' is missing"),
)


def compose(text: str, problems: Problems, loader: Any = FAST) -> Node:
    """The tree of a YAML document.

    Args:
        text: the file's content.
        problems: where what is refused goes: anchors, tags, merge keys, duplicate keys.
        loader: the PyYAML loader whose events are read.

    Raises:
        SpecError: the text is no YAML document, or exceeds a limit.
    """
    events = loader(text)
    try:
        return _Composer(text, events, problems).document()
    except yaml.MarkedYAMLError as error:
        problems.add(*_explained(error, text))
        problems.tell()
        raise
    finally:
        events.dispose()


class _Composer:
    """One reading of a document's events."""

    def __init__(self, text: str, events: Any, problems: Problems) -> None:
        self._text = text
        self._lines: list[str] | None = None
        self._events = events
        self._problems = problems
        self._count = 0

    def document(self) -> Node:
        """The only document of the stream."""
        start = self._events.get_event()
        if isinstance(self._events.get_event(), yaml.StreamEndEvent):
            self._fatal(start, "the file is empty")
        root = self._node(self._events.get_event(), 1)
        self._events.get_event()
        end = self._events.get_event()
        if not isinstance(end, yaml.StreamEndEvent):
            self._fatal(end, "a second document starts here; a spec is one document")
        return root

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES:
            self._fatal(event, f"more than {MAX_NODES} numbers and words: too large for a spec")
        if isinstance(event, yaml.AliasEvent):
            return self._refuse(event, f"'*{event.anchor}': aliases are not part of the format")
        if event.anchor is not None:
            self._refuse(event, f"'&{event.anchor}': anchors are not part of the format")
        if event.tag is not None:
            self._refuse(event, f"the tag {shown(event.tag)}: tags are not part of the format")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self._fatal(event, f"lists and mappings nested more than {MAX_DEPTH} deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: Any) -> Scalar:
        start, end, text = event.start_mark, event.end_mark, event.value
        style = event.style or ""
        if style == "'" or style == '"':
            width, shift = len(text) + 2, 1
        elif style:
            indent = self._indent(text, start.line + 1) if style == LITERAL else UNKNOWN
            return Scalar(text, start.line + 1, start.column + 1, style, indent)
        else:
            width, shift = len(text), 0
        if start.line != end.line or end.column - start.column != width:
            shift = UNKNOWN
        return Scalar(text, start.line + 1, start.column + 1, style, shift)

    def _indent(self, text: str, first_line: int) -> int:
        """How far a literal block is indented; lines count from 0 here."""
        if self._lines is None:
            self._lines = self._text.splitlines()
        for number, content in enumerate(text.split("\n"), first_line):
            if content:
                return len(self._lines[number]) - len(content)
        return UNKNOWN

    def _sequence(self, start: Any, depth: int) -> Sequence:
        items = []
        while not isinstance(event := self._events.get_event(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), start.start_mark.line + 1, start.start_mark.column + 1)

    def _mapping(self, start: Any, depth: int) -> Mapping:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := self._events.get_event(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._events.get_event(), depth + 1)
            if self._is_key(key, pairs):
                pairs[key.text] = (key, value)
        line, column = start.start_mark.line + 1, start.start_mark.column + 1
        return Mapping(tuple(pairs.values()), line, column)

    def _is_key(self, key: Node, pairs: dict[str, tuple[Scalar, Node]]) -> TypeGuard[Scalar]:
        if isinstance(key, Unreadable):
            return False
        if not isinstance(key, Scalar):
            self._problems.add(key, "a field's name is one word, not a list or a mapping")
        elif key.text == "<<" and not key.style:
            self._problems.add(key, "'<<': merge keys are not part of the format")
        elif key.text in pairs:
            first = pairs[key.text][0].line
            self._problems.add(key, f"{shown(key.text)} stands here twice (first in line {first})")
        else:
            return True
        return False

    def _refuse(self, event: Any, message: str) -> Unreadable:
        """Complain, and read on."""
        mark = event.start_mark
        node = Unreadable(mark.line + 1, mark.column + 1)
        self._problems.add(node, message)
        return node

    def _fatal(self, event: Any, message: str) -> NoReturn:
        """Complain, and stop reading."""
        self._refuse(event, message)
        self._problems.tell()
        raise AssertionError


def _explained(error: yaml.MarkedYAMLError, text: str) -> tuple[Unreadable, str]:
    """Where a text stops being YAML, and what to do about it."""
    said = f"{error.context or ''} {error.problem}"
    opened, mark = error.context_mark, error.problem_mark
    if opened is not None and (mark is None or _at_end(mark, text)):
        mark = opened
    if mark is None:
        return Unreadable(1, 1), f"this is not YAML: {error.problem}"
    if opened is not None and "could not find expected ':'" in said:
        mark = opened
    node = Unreadable(mark.line + 1, mark.column + 1)
    if _character(mark, text) == "\t":
        return node, "a tab cannot indent; use spaces"
    start = (opened or mark).line + 1
    for part, hint in HINTS:
        if part in said:
            return node, hint.format(line=start)
    return node, f"this is not YAML: {error.problem}"


def _character(mark: yaml.Mark, text: str) -> str:
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    return line[mark.column] if mark.column < len(line) else ""


def _at_end(mark: yaml.Mark, text: str) -> bool:
    lines = text.splitlines()
    past_last = mark.line >= len(lines)
    return past_last or (mark.line == len(lines) - 1 and mark.column >= len(lines[-1]))
