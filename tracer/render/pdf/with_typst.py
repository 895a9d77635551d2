"""PDFs by Typst, a wheel that brings all it needs: in a process of its own, which can be ended."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from tracer.errors import OutputError
from tracer.render.pdf.running import mistake, run
from tracer.render.pdf.typst_process import PDF, SAID, SOURCE, Said

CHILD = "tracer.render.pdf.typst_process"

NO_NETWORK = "http://127.0.0.1:9"
"""A proxy that is not there: a page asks nobody for a package."""

OFFLINE = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"), NO_NETWORK)

NO_PACKAGES = "packages are not fetched from anywhere"


class Typst:
    """The wheel ``typst``, where it is installed beside this program."""

    suffix = ".typ"
    how_to_get = "Typst with pip install 'backprop-tracer[pdf]'"

    def is_there(self) -> bool:
        """Whether it can run on this machine."""
        found = find_spec("typst")
        return found is not None and found.origin is not None  # a mere folder has no origin

    def pdf(self, source: str) -> bytes:
        """The document as a PDF: `pdf_of_typst`."""
        return pdf_of_typst(source)


def pdf_of_typst(source: str, fonts: Sequence[str] = ()) -> bytes:
    """A Typst document as a PDF, the same bytes for the same source and fonts.

    Args:
        source: the document; it can read no file and fetch no package.
        fonts: folders with fonts, besides those of the wheel.

    Raises:
        OutputError: Typst does not understand it; the first mistake is told with its line.
        LimitError: it takes too long.
    """
    with tempfile.TemporaryDirectory(prefix="trace-") as folder:
        return _typeset(source, [os.path.abspath(path) for path in fonts], Path(folder))


def _typeset(source: str, fonts: Sequence[str], folder: Path) -> bytes:
    (folder / SOURCE).write_bytes(source.encode("utf-8", "replace"))
    path = os.pathsep.join(part or os.getcwd() for part in sys.path)
    environment = OFFLINE | {"NO_PROXY": "", "no_proxy": "", "PYTHONPATH": path}
    code = run("Typst", (sys.executable, "-m", CHILD, *fonts), str(folder), environment)
    pdf, said = folder / PDF, folder / SAID
    if code == 0 and pdf.exists():
        return pdf.read_bytes()
    if said.exists():
        raise _failure(source, msgspec.json.decode(said.read_bytes(), type=Said))
    raise OutputError(f"cannot make a PDF: Typst ended without a word (exit code {code})")


def _failure(source: str, said: Said) -> OutputError:
    if "download package" in said.message:
        return mistake("Typst", source, NO_PACKAGES, said.line)
    return mistake("Typst", source, said.message, said.line)
