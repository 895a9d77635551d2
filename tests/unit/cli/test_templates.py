"""`trace templates`: what pages are made from, listed and copied out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.unit.making import BY_HEAD, traced
from tracer.cli.templates import command
from tracer.errors import OutputError
from tracer.render.draft import Look
from tracer.render.formats import PAGES, draft_of
from tracer.resources import folder
from tracer.sheet.page import Wanted

RUN = CliRunner()


def listed() -> list[str]:
    """The templates' names."""
    return RUN.invoke(command, []).output.split()


def test_every_template_is_listed() -> None:
    """The list has each file that pages are made from, by its path in the folder."""
    root = Path(str(folder("templates")))
    found = (str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
    of_pages = (name for name in found if not name.startswith("spec/"))
    assert listed() == sorted(of_pages, key=lambda name: name.split("/"))


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


PAGE = """{% extends "base/page.html" %}
{% block header %}
<header><h1>Exercise 3: {{ page.title }}</h1></header>
{% endblock %}
"""


def test_a_template_changes_one_block(tmp_path: Path) -> None:
    """A template of one's own that extends ours has its own block, and everything else of ours."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "page.html").write_text(PAGE)
    trace = traced(BY_HEAD)
    ours = "\n".join(PAGES[".html"](draft_of(trace, Wanted())))
    look = Look(template=str(tmp_path))
    mine = "\n".join(PAGES[".html"](draft_of(trace, Wanted(), look=look)))
    assert "<h1>Exercise 3: A network for the head</h1>" in mine
    assert mine.count("<math") == ours.count("<math")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% block header %}", "page.html:1"),
        ("a\n{{ page.nothing }}", "page.html:2"),
        ("{{ ().__class__.__base__.__subclasses__() }}", "page.html:1"),
        ('{% include "nowhere.html" %}', "nowhere.html"),
    ],
)
def test_what_is_wrong_in_a_template_is_told(tmp_path: Path, source: str, found: str) -> None:
    """A mistake in a template is an error with its place, and no page is written."""
    (tmp_path / "page.html").write_text(source)
    look = Look(template=str(tmp_path))
    with pytest.raises(OutputError, match=found):
        list(PAGES[".html"](draft_of(traced(BY_HEAD), Wanted(), look=look)))
