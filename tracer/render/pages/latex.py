"""LaTeX pages: a document for pdflatex, or its body alone, for authors to paste from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.render.diagram.tex import tikz
from tracer.render.draft import Draft
from tracer.render.markup.latex import LATEX, small_brackets
from tracer.render.markup.rows import Breaks
from tracer.render.pages.delimiters import DELIMITERS
from tracer.render.pages.drawn import drawing_of, scale_of
from tracer.render.pages.in_rows import RowBuilder
from tracer.render.pages.templates import Target, environment, mistakes_told
from tracer.render.pages.tex_tables import FILTERS


def stacked(rows: Sequence[str]) -> str:
    """Rows under each other, as one piece of a formula."""
    return r"\begin{aligned} &" + r" \\ &".join(rows) + r" \end{aligned}"


BREAKS = Breaks(r"\bigl(", r"\bigr)", stacked)


TARGET = Target("latex", "page.tex", DELIMITERS, FILTERS)
FRAGMENT = "fragment.tex"


def to_latex(draft: Draft) -> Iterator[str]:
    """The lines of a document, or of its body alone."""
    page = RowBuilder(LATEX, BREAKS, draft.notation, small_brackets).page(draft.sections)
    name = FRAGMENT if draft.look.fragment else TARGET.main
    env = environment(TARGET, draft.look.template)
    with mistakes_told():
        text = env.get_template(name).render(page=page, diagram=_diagram(draft))
    yield from text.rstrip("\n").split("\n")


def _diagram(draft: Draft) -> str:
    """The diagram as TikZ; empty where there is none."""
    drawing = drawing_of(draft)
    if drawing is None:
        return ""
    picture = tikz(drawing, draft.look.template).strip()
    scale = scale_of(drawing)
    return picture if scale == 1 else f"\\scalebox{{{scale:.3f}}}{{%\n{picture}}}"
