"""PDFs of pages: the page in an engine's language, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tracer.render.draft import Draft
from tracer.render.pages.latex import to_latex
from tracer.render.pages.typst import to_typst
from tracer.render.pdf.engines import engine

SOURCES: Mapping[str, Callable[[Draft], Iterator[str]]] = {".tex": to_latex, ".typ": to_typst}
"""What writes the source of a page, by the suffix that an engine wants."""


def to_pdf(draft: Draft) -> bytes:
    """A page as PDF.

    Raises:
        OutputError: no engine is installed, or a template of the user's own has a mistake.
        LimitError: it takes too long.
    """
    chosen = engine(draft.look.pdf_engine or "")
    return chosen.pdf("\n".join(SOURCES[chosen.suffix](draft)) + "\n")
