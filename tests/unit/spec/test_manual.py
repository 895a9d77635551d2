"""The page about the format: every file on it reads, and every message on it is what is said."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tracer.errors import SpecError
from tracer.rules import activations, learning, losses
from tracer.spec import read_text, schema

PAGE = (Path(__file__).parents[3] / "docs" / "spec.md").read_text(encoding="utf-8")
FILES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WRONG = re.findall(
    r"^```yaml wrong\n(.*?)^```\n\n```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
)


def as_an_editor_reads(text: str) -> Any:
    """The content of a file as JSON-like data, every scalar typed by YAML."""
    return yaml.safe_load(text)


@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
def test_files_on_the_page_are_complete(text: str) -> None:
    """Each file on the page reads as it stands."""
    read_text(text)


@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
def test_editors_accept_the_files_on_the_page(text: str) -> None:
    """Each file on the page is right by the JSON Schema too."""
    jsonschema.Draft202012Validator(schema()).validate(as_an_editor_reads(text))


@pytest.mark.parametrize(("text", "messages"), WRONG, ids=range(len(WRONG)))
def test_messages_on_the_page_are_what_is_said(text: str, messages: str) -> None:
    """The wrong file on the page gives the messages below it, in that order and no others."""
    with pytest.raises(SpecError) as caught:
        read_text(text, "net.yaml")
    assert str(caught.value).splitlines() == messages.splitlines()


def test_the_page_has_examples() -> None:
    """The page has files that read, and one with problems."""
    assert len(FILES) >= 15
    assert len(WRONG) == 1


@pytest.mark.parametrize("name", [*activations.ROWS, *losses.ROWS, *learning.LEARNING_RULES])
def test_the_page_names_what_there_is(name: str) -> None:
    """Every activation, loss and learning rule of the tables is on the page."""
    assert f"`{name}`" in PAGE
