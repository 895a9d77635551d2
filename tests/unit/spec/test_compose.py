"""YAML to nodes: what a spec needs of YAML, and places that are exact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.spec.saying import problem, problems
from tracer.errors import SpecError
from tracer.spec.tree.compose import FAST, MAX_DEPTH, compose
from tracer.spec.tree.nodes import Mapping, Node, Scalar, Sequence, kind
from tracer.spec.tree.problems import Problems

LOADERS = [yaml.SafeLoader, FAST]

TEXT = """\
title: 'it''s' # comment
plain: 0.20
"quoted": "two words"
empty:
block: |
  first

  second
folded: >
  one
  two
list: [1, {a: b}, 'c']
"""


def composed(text: str, loader: Any = FAST) -> tuple[Node | None, list[str]]:
    """The nodes and the problems of a text."""
    found = Problems("F")
    try:
        node = compose(text, found, loader)
        found.root = node
        found.tell()
    except SpecError as error:
        return None, [str(one) for one in error.problems]
    return node, []


def scalar(text: str) -> Scalar:
    """The value of the only field of a mapping."""
    node, _ = composed(text)
    assert isinstance(node, Mapping)
    value = node.pairs[0][1]
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize("loader", LOADERS)
def test_scalars_stay_text(loader: Any) -> None:
    """No number, truth value or null is made of what was written."""
    node, _ = composed("[0.20, no, 1e3, null, 0o7, 2001-01-01, ~, '1']", loader)
    assert isinstance(node, Sequence)
    texts = [item.text for item in node.items if isinstance(item, Scalar)]
    assert texts == ["0.20", "no", "1e3", "null", "0o7", "2001-01-01", "~", "1"]


@pytest.mark.parametrize("text", [TEXT, "a: é\nb: '😀'\nc: [x,\r\n  y]\n", "- - a\n  - b\n"])
def test_both_loaders_give_the_same_nodes(text: str) -> None:
    """PyYAML's fast parser and its slow one agree on texts and places."""
    assert composed(text, LOADERS[0]) == composed(text, LOADERS[1])


def written(node: Node) -> object:
    """What a node says and where; an empty text stands nowhere in particular."""
    match node:
        case Sequence(items):
            return [written(item) for item in items]
        case Mapping(pairs):
            return [(written(key), written(value)) for key, value in pairs]
        case Scalar("", _, _, style):
            return style
        case _:
            return node


@given(st.text(alphabet="ab:-[]{},'\"#|> \n*&!?%", max_size=40))
def test_both_loaders_agree_on_what_is_right(text: str) -> None:
    """Where both parsers take a text, they make the same nodes of it."""
    (slow, _), (fast, _) = composed(text, LOADERS[0]), composed(text, LOADERS[1])
    if slow is not None and fast is not None:
        assert written(slow) == written(fast)


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("a: net + x", 6, (1, 10)),
        ("a: 'net + x'", 6, (1, 11)),
        ('a: "net + x"', 6, (1, 11)),
        ("a: |\n  net\n\n   + x\n", 7, (4, 5)),
        ("a: |2\n   net\n   + x\n", 7, (3, 5)),
        ("a: 'it''s'", 4, (1, 4)),
        ('a: "\\x41b"', 1, (1, 4)),
        ("a: one\n  two", 5, (1, 4)),
        ("a: >\n  one\n  two", 5, (1, 4)),
        ("a: |\n\n", 0, (1, 4)),
    ],
)
def test_offsets_have_places(text: str, offset: int, place: tuple[int, int]) -> None:
    """A character of a text is found in the file wherever the text stands there unchanged."""
    assert scalar(text).place_of(offset) == place


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1", "1:4: '&x': anchors are not part of the format"),
        ("a: *x", "1:4: a: '*x': aliases are not part of the format"),
        ("a: !!int 1", "1:4: the tag 'tag:yaml.org,2002:int': tags are not part of the format"),
        ("a: ! x", "1:4: the tag '!': tags are not part of the format"),
        ("<<: {a: b}", "1:1: '<<': merge keys are not part of the format"),
        ("a: 1\na: 2", "2:1: 'a' stands here twice (first in line 1)"),
        ("? [a]\n: b", "1:3: a field's name is one word, not a list or a mapping"),
        ("a\n---\nb", "2:1: a second document starts here; a spec is one document"),
        ("# only this", "1:1: the file is empty"),
    ],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_what_a_spec_does_not_need_is_refused(loader: Any, text: str, said: str) -> None:
    """Anchors, aliases, tags, merge keys, duplicates and more documents are problems."""
    assert composed(text, loader)[1] == [f"F:{said}"]


def test_a_key_in_quotes_merges_nothing() -> None:
    """Only the plain ``<<`` is a merge key; in quotes it is a name like any other."""
    assert composed("'<<': 1")[1] == []


def test_what_was_refused_is_told_once() -> None:
    """Where an alias stands in place of a field's content, or of a key, nothing else is said."""
    assert problem("expression: *x") == "1:13: expression: '*x': aliases are not part of the format"
    assert len(problems("expression: a\n*x : 1")) == 1


def test_refusals_do_not_end_the_reading() -> None:
    """Several refused things in one file are told together."""
    text = "inputs: &n 2\nlayers: *n\ntitle: !!str t\ntitle: again\n"
    assert [line.partition(" ")[0] for line in problems(text)] == ["1:9:", "2:9:", "3:8:", "4:1:"]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "1:5: a ':' too many"),
        ("a:\n\t- b", "2:1: a tab cannot indent; use spaces"),
        ("a: @b", "1:4: text that starts with this character has to stand in quotes"),
        ("a: 'b\nc: d\n", "1:4: the quote that opens in line 1 is never closed"),
        ("a: [1, 2\n", "1:4: expected ',' or ']' in the list that starts in line 1"),
        ("a: {b: 2\n", "1:4: expected ',' or '}' in the mapping that starts in line 1"),
        ("a: [1\nb: 2]", "2:2: expected ',' or ']' in the list that starts in line 1"),
        ("a: 1\nb\nc: 1", "2:1: expected a field, such as 'loss:'; its ':' is missing"),
        ("a:\n  b: 1\n c: 2", "3:2: this line's indentation fits nothing above it"),
        ("a:\n  - 1\n c: 2", "3:2: this line's indentation fits"),
        ("%YAML 9.9\n---\na", "1:1: this is not YAML: found incompatible YAML document"),
    ],
)
def test_what_is_no_yaml_is_explained(loader: Any, text: str, said: str) -> None:
    """A text that is no YAML is told in words that help, at the place where to look."""
    (found,) = composed(text, loader)[1]
    assert found.startswith(f"F:{said}")


@pytest.mark.parametrize(
    "make",
    [
        lambda depth: "[" * depth,
        lambda depth: "{a: " * depth,
        lambda depth: "- " * depth,
        lambda depth: "? " * depth,
        lambda depth: "[{a: " * depth,
    ],
)
def test_deep_nesting_is_refused_where_it_begins(make: Callable[[int], str]) -> None:
    """200,000 brackets are refused at the first one too many."""
    (said,) = composed(make(200_000))[1]
    assert "nested more than 20 deep" in said
    assert int(said.split(":")[2]) < 100


def test_nesting_up_to_the_limit_is_read() -> None:
    """The limit itself is allowed."""
    assert composed("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == []
    assert composed("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[1]


def test_too_many_nodes_are_refused() -> None:
    """A list of a million numbers is refused at the first one too many."""
    assert "too large for a spec" in problem("[" + "1," * 1_000_000 + "]")


@pytest.mark.parametrize(
    ("text", "words"),
    [("a: b", "'b'"), ("a: ", "nothing"), ("a: []", "a list"), ("a: {}", "a mapping")],
)
def test_nodes_have_words(text: str, words: str) -> None:
    """A message says what was found in words."""
    node, _ = composed(text)
    assert isinstance(node, Mapping)
    assert kind(node.pairs[0][1]) == words


def test_long_texts_are_cut_in_messages() -> None:
    """A message quotes no more than a line of what was found."""
    assert len(kind(Scalar("x" * 1000, 1, 1))) == 42
