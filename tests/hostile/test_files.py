"""Bad files: a clear error with its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.cases import CASES
from tests.hostile.running import is_refused, trace


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    """Each bad file ends in a message that says where and what, and in the exit code 2."""
    case = CASES[name]
    content = case.text if isinstance(case.text, bytes) else case.text.encode()
    (tmp_path / "net.yaml").write_bytes(content)
    ended = trace("net.yaml", cwd=tmp_path)
    is_refused(ended)
    assert case.says in ended.err
    if case.place:
        assert f"net.yaml:{case.place}" in ended.err


def test_a_file_of_100_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """A file beyond the limit is refused by its size."""
    with (tmp_path / "net.yaml").open("wb") as file:
        file.truncate(100 * 2**20)
    ended = trace("net.yaml", cwd=tmp_path)
    is_refused(ended)
    assert "net.yaml" in ended.err


@pytest.mark.parametrize("name", ["missing.yaml", ".", "mazurr"])
def test_what_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    """A missing file, a folder, a misspelt example: each is said."""
    is_refused(trace(name, cwd=tmp_path))


def test_terminal_codes_in_a_title_stay_text(tmp_path: Path) -> None:
    """Control characters cannot come in by a file."""
    text = 'title: "\\e[31mred"\nexpression: y = 1\n'
    (tmp_path / "net.yaml").write_text(text, encoding="utf-8")
    ended = trace("net.yaml", cwd=tmp_path)
    assert "\x1b" not in ended.out + ended.err
