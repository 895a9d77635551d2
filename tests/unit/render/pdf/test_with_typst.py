"""Typst: what a source may not do, and fonts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracer.errors import OutputError
from tracer.render.pdf import with_typst
from tracer.render.pdf.with_typst import Typst, pdf_of_typst


@pytest.mark.parametrize("name", ["/etc/passwd", "../../etc/passwd", "/../etc/passwd"])
def test_files_outside_are_not_read(name: str) -> None:
    """A file outside the folder of the run is not there, or refused."""
    with pytest.raises(OutputError, match=r"file not found|escape the project root") as caught:
        pdf_of_typst(f'#read("{name}")')
    assert "root:" not in str(caught.value)


def test_no_package_is_fetched() -> None:
    """A source that wants a package from the network is told that there is none."""
    with pytest.raises(OutputError, match=r"line 2 .*: packages are not fetched from anywhere"):
        pdf_of_typst('= A\n#import "@preview/cetz:0.3.0": *')


def test_fonts_are_those_of_the_wheel_and_of_a_folder(tmp_path: Path) -> None:
    """The machine's own fonts are not used, so that a page looks the same everywhere."""
    before = pdf_of_typst("text")
    assert pdf_of_typst("text", [str(tmp_path)]) == before
    assert b"Libertinus" in before


def test_a_folder_of_that_name_is_no_typst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called typst, where somebody runs the program, is not taken for the wheel."""
    assert Typst().is_there()
    (tmp_path / "typst").mkdir()
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    assert not Typst().is_there()


def test_an_end_without_a_word_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that dies is told as such."""
    monkeypatch.setattr(with_typst, "CHILD", "no_such_module")
    with pytest.raises(OutputError, match=r"ended without a word \(exit code 1\)"):
        pdf_of_typst("text")
