"""Examples and templates, wherever the program is installed."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import pytest

from tracer.errors import TracerError
from tracer.resources import example, example_names, folder


def test_folder_inside_the_package_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed package reads its own copy, whatever lies beside it."""
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "own.yaml").write_text("title: mine")
    (tmp_path / "examples" / "README.md").write_text("no spec")
    monkeypatch.setattr(importlib.resources, "files", lambda _: tmp_path)
    assert example_names() == ("own",)
    assert example("own").read_text(encoding="utf-8") == "title: mine"


def test_examples_are_named_in_order() -> None:
    """The list of examples is sorted, and each of its names leads to a file with content."""
    names = example_names()
    assert "mazur" in names
    assert list(names) == sorted(names)
    assert all(example(name).read_text(encoding="utf-8").strip() for name in names)


@pytest.mark.parametrize("name", ["mazurr", "", "../pyproject", "mazur.yaml"])
def test_unknown_example(name: str) -> None:
    """A name that is not in the list is a KeyError, even if it would lead to a file."""
    with pytest.raises(KeyError):
        example(name)


def test_missing_folder_is_an_error_of_the_installation() -> None:
    """A folder that no installation has is reported by its name, and not as a traceback."""
    with pytest.raises(TracerError, match="lacks its folder 'pictures'"):
        folder("pictures")
