"""What tests of documents rely on: warnings, boxes that stick out, and what is on the pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.documents.compiling import Document, bookmarks_of, pictures_of, text_of
from tests.documents.overlaps import overlaps_of
from tests.documents.samples import latex

PAGE = "\\documentclass{article}\n%s\\begin{document}\n%s\n\\end{document}\n"


@pytest.fixture(scope="module")
def good() -> Document:
    """A document with nothing wrong."""
    return Document(latex("h1"))


def test_nothing_is_said_of_a_good_document(good: Document) -> None:
    """A document that compiles cleanly has no warnings and no box that sticks out."""
    assert good.warnings == []
    assert good.overfull == []


@pytest.mark.parametrize(
    ("before", "body", "says"),
    [
        ("", r"\ref{nowhere}", "Reference `nowhere'"),
        ("", r"\label{a}\label{a}x", "Label `a' multiply defined"),
        ("", r"{\fontseries{q}\selectfont x}", "Font shape"),
        ("\\usepackage{hyperref}\n", r"\section{$x^2$}", "Token not allowed in a PDF string"),
    ],
)
def test_warnings_are_found(before: str, body: str, says: str) -> None:
    """Warnings of LaTeX, its fonts and its packages are found in the log."""
    assert [line for line in Document(PAGE % (before, body)).warnings if says in line]


@pytest.mark.parametrize(("width", "found"), [(1.0, False), (1.005, False), (1.1, True)])
def test_boxes_that_stick_out_are_found(width: float, found: bool) -> None:
    """A box is told when it sticks out by more than 5 points, and not before."""
    box = rf"\noindent\rule{{{width}\textwidth}}{{1pt}}"
    assert bool(Document(PAGE % ("", box)).overfull) is found


def test_what_is_on_the_pages_is_read(good: Document, tmp_path: Path) -> None:
    """Text, bookmarks and pictures of a PDF can be looked at."""
    assert "h1" in text_of(good.pdf)
    assert bookmarks_of(good.pdf) == ["Forward", "Backward"]
    (picture,) = pictures_of(good.pdf, tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_no_picture_of_what_is_no_pdf(tmp_path: Path) -> None:
    """A file that is no PDF fails the test that looks at it."""
    with pytest.raises(subprocess.CalledProcessError):
        pictures_of(b"text", tmp_path)


@pytest.mark.parametrize(
    ("between", "found"), [(r"\vspace{-1.3\baselineskip}", ["page 1: above below"]), ("", [])]
)
def test_words_over_each_other_are_found(between: str, found: list[str]) -> None:
    """Words that are printed over each other are told; lines one below the other are not."""
    assert overlaps_of(Document(PAGE % ("", rf"below\par{between} above")).pdf) == found
