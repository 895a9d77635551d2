"""Compiled documents, as tests look at them: log, text, bookmarks, and pictures of the pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import Destination

from tracer.render.pdf.with_latex import typeset

WARNING = re.compile(r"^(?:LaTeX|Package|Class|pdfTeX)\b(?! *:).*\bwarning\b", re.IGNORECASE)
OVERFULL = re.compile(r"^Overfull \\(?P<box>[hv]box) \((?P<points>[\d.]+)pt too")
STICKS_OUT = 5.0
"""Points by which a box may be too large before a reader sees it."""


class Document:
    """A LaTeX source, compiled.

    Attributes:
        pdf: the bytes of the PDF.
        log: what TeX said in its last run.
    """

    def __init__(self, tex: str) -> None:
        made = typeset(tex)
        self.pdf = made.pdf
        self.log = made.log

    @property
    def warnings(self) -> list[str]:
        """The lines in which LaTeX, a class or a package warns of something."""
        return [line for line in self.log.splitlines() if WARNING.match(line)]

    @property
    def overfull(self) -> list[str]:
        """The boxes that stick out so far that a reader sees it, with where they stand."""
        found = [(line, OVERFULL.match(line)) for line in self.log.splitlines()]
        return [line for line, box in found if box and float(box["points"]) > STICKS_OUT]


def text_of(pdf: bytes) -> str:
    """What a reader finds when searching a PDF, laid out as on its pages."""
    return _poppler("pdftotext", "-layout", "-", "-", pdf=pdf).decode("utf-8")


def bookmarks_of(pdf: bytes) -> list[str]:
    """The titles in the outline of a PDF, from top to bottom."""
    return list(_titles(PdfReader(BytesIO(pdf)).outline))


def pictures_of(pdf: bytes, folder: Path, resolution: int = 80) -> list[Path]:
    """The pages of a PDF, as PNG files in a folder."""
    _poppler("pdftoppm", "-png", "-r", str(resolution), "-", str(folder / "page"), pdf=pdf)
    return sorted(folder.glob("page-*.png"))


def _titles(outline: Sequence[object]) -> Iterator[str]:
    for item in outline:
        if isinstance(item, list):
            yield from _titles(item)
        elif isinstance(item, Destination):
            yield str(item.title)


def _poppler(*command: str, pdf: bytes) -> bytes:
    return subprocess.run(command, input=pdf, check=True, capture_output=True).stdout
