"""`trace templates`: what pages are made from, listed and copied out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tracer.cli.templates import command
from tracer.errors import OutputError
from tracer.resources import folder

RUN = CliRunner()


def listed() -> list[str]:
    """The templates' names."""
    return RUN.invoke(command, []).output.split()


def test_every_template_is_listed() -> None:
    """The list has each file of the folder, by its path in it."""
    root = Path(str(folder("templates")))
    assert listed() == sorted(
        (str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()),
        key=lambda name: name.split("/"),
    )


def test_they_are_copied_byte_by_byte(tmp_path: Path) -> None:
    """What is copied out is what pages are made from."""
    found = RUN.invoke(command, [str(tmp_path / "mine")])
    assert found.output == f"{len(listed())} templates in {tmp_path / 'mine'}\n"
    for name in listed():
        shipped = folder("templates") / name
        assert (tmp_path / "mine" / name).read_bytes() == shipped.read_bytes()


def test_what_is_there_stays(tmp_path: Path) -> None:
    """A template that somebody has changed is not overwritten, and nothing else is written."""
    own = tmp_path / listed()[-1]
    own.parent.mkdir()
    own.write_text("mine")
    with pytest.raises(OutputError, match=f"has {listed()[-1]} already"):
        RUN.invoke(command, [str(tmp_path)], catch_exceptions=False)
    assert own.read_text() == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [own]
    RUN.invoke(command, [str(tmp_path), "--force"], catch_exceptions=False)
    assert own.read_bytes() == (folder("templates") / listed()[-1]).read_bytes()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Where a file stands in the way, the error says so."""
    (tmp_path / "mine").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        RUN.invoke(command, [str(tmp_path / "mine")], catch_exceptions=False)
