"""Languages: files in which each English sentence of the pages has another beside it.

A file of ours is read as it stands; one of a user's own is complete, with the parts of every
sentence, or it is refused with what is missing. English is in no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from tracer.errors import TracerError, suggestion
from tracer.phrase import ENGLISH, Words, pieces
from tracer.resources import folder
from tracer.spec.tree.compose import compose
from tracer.spec.tree.nodes import Mapping, Node, Scalar, Sequence, shown
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.source import checked, load

FOLDER, SUFFIXES = "words", (".yaml", ".yml")
COMPLETE = "de"
"""The file whose sentences a user's file is compared with: tests hold it complete."""

MOST_MISSING = 20
"""As many sentences that a file lacks are told; more are counted."""

FIELDS = ("name", "thousands", "decimal", "singular", "sentences")


def languages() -> tuple[str, ...]:
    """What languages there are, as the command line calls them."""
    files = (entry.name for entry in folder("templates").joinpath(FOLDER).iterdir())
    ours = (name.removesuffix(SUFFIXES[0]) for name in files if name.endswith(SUFFIXES[0]))
    return tuple(sorted((ENGLISH.code, *ours)))


def words_of(asked: str) -> Words:
    """The words of a language.

    Args:
        asked: its name, such as ``de``, or the path of a file with a language of one's own.

    Raises:
        TracerError: there is no such language.
        SpecError: the file cannot be read, lacks sentences, or has others.
    """
    if asked == ENGLISH.code:
        return ENGLISH
    if asked.endswith(SUFFIXES):
        stem = os.path.splitext(os.path.basename(asked))[0]
        return _read(*load(asked), stem, dict(_ours(COMPLETE).sentences))
    if asked not in (known := languages()):
        hint = suggestion(asked, known) or f"; there are {', '.join(known)}"
        raise TracerError(f"unknown language '{asked}'{hint}; or a file such as my.yaml")
    return _ours(asked)


def _ours(code: str) -> Words:
    """A language that travels with the program."""
    file = folder("templates").joinpath(FOLDER, code + SUFFIXES[0])
    text = file.read_text(encoding="utf-8")
    return _read(checked(text, file.name), file.name, code, None)


def _read(text: str, file: str, code: str, wanted: dict[str, str] | None) -> Words:
    problems = Problems(file)
    root = problems.root = compose(text, problems)
    if not isinstance(root, Mapping):
        problems.unexpected(root, f"the fields {', '.join(FIELDS)}")
        problems.tell()
        raise AssertionError
    for key, _ in root.pairs:
        if key.text not in FIELDS:
            known = suggestion(key.text, FIELDS) or f"; known: {', '.join(FIELDS)}"
            problems.add(key, f"unknown field {shown(key.text)}{known}")
    table = dict(_sentences(root, problems))
    if wanted is not None:
        _compare(root, table, wanted, problems)
    singular = tuple(_counts(root, problems))
    name, thousands, decimal = (_text(root, field, problems) for field in FIELDS[:3])
    problems.tell()
    sentences = {key: node.text for key, node in table.items()}
    return Words(code, name, sentences, singular, thousands, decimal)


def _sentences(root: Mapping, problems: Problems) -> Iterator[tuple[str, Scalar]]:
    """The sentence for each English one."""
    node = root.content("sentences")
    if not isinstance(node, Mapping):
        problems.unexpected(node or root, "sentences: a mapping from English sentences")
        return
    for key, value in node.pairs:
        if isinstance(value, Scalar):
            yield key.text, value
        else:
            problems.unexpected(value, "a sentence")


def _compare(
    root: Mapping, table: dict[str, Scalar], wanted: dict[str, str], problems: Problems
) -> None:
    """Complains of sentences that are missing or unknown, and of parts that are not the same."""
    for key, node in table.items():
        if key not in wanted:
            hint = suggestion(key, wanted)
            problems.add(node, f"no page says {key!r}{hint}")
        elif "\n" in node.text:
            problems.add(node, "a sentence is one line")
        else:
            _compare_parts(key, node, problems)
    missing = [key for key in wanted if key not in table]
    for key in missing[:MOST_MISSING]:
        problems.add(root, f"there is no sentence for {key!r}")
    if len(missing) > MOST_MISSING:
        more = len(missing) - MOST_MISSING
        problems.add(root, f"nor for {more} more; they are those of templates/words/de.yaml")


def _compare_parts(key: str, node: Scalar, problems: Problems) -> None:
    try:
        found = parts_of(node.text)
    except ValueError:
        problems.add(node, "a brace that opens or closes no part: a part is written {name}")
        return
    for name in sorted(parts_of(key) - found):
        problems.add(node, f"the part {{{name}}} is missing; the English sentence is {key!r}")
    for name in sorted(found - parts_of(key)):
        problems.add(node, f"there is no part {{{name}}}; the English sentence is {key!r}")


def parts_of(sentence: str) -> set[str]:
    """The names of a sentence's parts.

    Raises:
        ValueError: a brace stands alone.
    """
    return {name for _, name in pieces(sentence) if name is not None}


def _text(root: Mapping, field: str, problems: Problems) -> str:
    node = root.content(field)
    if isinstance(node, Scalar) and "\n" not in node.text:
        return node.text
    problems.unexpected(node or root, f"{field}: a text")
    return ""


def _counts(root: Mapping, problems: Problems) -> Iterator[int]:
    """The counts of which a language speaks in the singular."""
    node: Node | None = root.content("singular")
    items = node.items if isinstance(node, Sequence) else (node,)
    for item in items:
        if isinstance(item, Scalar) and item.text.isdecimal() and len(item.text) < 4:
            yield int(item.text)
        else:
            problems.unexpected(item or root, "singular: a list of counts, such as [1]")
