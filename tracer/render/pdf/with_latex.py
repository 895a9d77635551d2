r"""PDFs by LaTeX: latexmk runs pdflatex, in a temporary folder, without a shell, again and again.

The source may read and write nothing outside that folder by TeX's own commands, and start no
program. (``\pdfobj file`` of pdfTeX itself asks nobody. It can only stand in a template of the
user's own; what comes from a spec is escaped, and is no command.)
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from tracer.errors import OutputError
from tracer.render.pdf.running import mistake, run
from tracer.render.pdf.tex_log import first_error

DEBIAN = "latexmk texlive-latex-recommended texlive-pictures lmodern"

MAIN, SHEET = "main", "sheet"
"""The file that TeX is started with, and the page that it reads."""

START = r"\pdfinfoomitdate=1 \pdfsuppressptexinfo=-1 \pdftrailerid{%s}\input{%s}" + "\n"
"""Leaves out of the PDF when and where it was made; documents are told apart by what they are."""

PDFLATEX = "pdflatex -no-shell-escape -interaction=nonstopmode -halt-on-error -file-line-error"
COMMAND = ("latexmk", "-norc", "-silent", "-pdf", f"-pdflatex={PDFLATEX} %O %S", f"{MAIN}.tex")

PARANOID = {
    "openin_any": "p",
    "openout_any": "p",
    "shell_escape": "f",
    "max_print_line": "10000",
}
"""No file outside the folder is read or written, no program started, no line of the log broken."""


LACKING = re.compile(r"File `[\w-]+\.(sty|cls|def|fd|tex)' not found")


class Typeset(Struct, frozen=True):
    """What LaTeX made of a source.

    Attributes:
        pdf: the document.
        log: what TeX said in its last run.
    """

    pdf: bytes
    log: str


class Latex:
    """latexmk and pdflatex, where both are found on the path."""

    suffix = ".tex"
    how_to_get = f"LaTeX, on Debian and Ubuntu with 'apt-get install {DEBIAN}'"

    def is_there(self) -> bool:
        """Whether it can run on this machine."""
        return all(map(shutil.which, ("latexmk", "pdflatex")))

    def pdf(self, source: str) -> bytes:
        """The document as a PDF: `pdf_of_latex`."""
        return pdf_of_latex(source)


def pdf_of_latex(tex: str) -> bytes:
    """A LaTeX document as a PDF, the same bytes for the same text.

    Raises:
        OutputError: LaTeX does not understand it; the first mistake is told with its line.
        LimitError: it takes too long.
    """
    return typeset(tex).pdf


def typeset(tex: str) -> Typeset:
    """A LaTeX document as a PDF, and what TeX said about it.

    Raises:
        OutputError: LaTeX does not understand it; the first mistake is told with its line.
        LimitError: it takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="trace-") as folder:
        return _typeset(tex, Path(folder))


def _typeset(tex: str, folder: Path) -> Typeset:
    content = tex.encode("utf-8", "replace")
    (folder / f"{SHEET}.tex").write_bytes(content)
    (folder / f"{MAIN}.tex").write_text(START % (sha256(content).hexdigest(), SHEET))
    code = run("LaTeX", COMMAND, str(folder), _environment(folder))
    log, pdf = folder / f"{MAIN}.log", folder / f"{MAIN}.pdf"
    said = log.read_text("utf-8", "replace") if log.exists() else ""
    if code or not pdf.exists():
        raise _failure(tex, said)
    return Typeset(pdf.read_bytes(), said)


def _environment(folder: Path) -> dict[str, str]:
    """What TeX finds: fonts that it draws itself are kept out of the user's folders."""
    made = os.environ.get("SOURCE_DATE_EPOCH", "0")
    return PARANOID | {"SOURCE_DATE_EPOCH": made, "TEXMFVAR": str(folder / "texmf-var")}


def _failure(tex: str, log: str) -> OutputError:
    error = first_error(log, SHEET)
    hint = f" (this program's own pages need no more than {DEBIAN})"
    message = error.message + (hint if LACKING.search(error.message) else "")
    return mistake("LaTeX", tex, message, error.line)
