"""LaTeX pages: a document for pdflatex, or its body alone, for authors to paste from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.notation.notation import Notation
from tracer.render.draft import Draft
from tracer.render.markup.latex import LATEX, small_brackets
from tracer.render.markup.medium import Writer
from tracer.render.markup.rows import Breaker, Breaks
from tracer.render.markup.tex_width import width
from tracer.render.pages.build import PageBuilder
from tracer.render.pages.model import Inline
from tracer.render.pages.templates import Target, environment, mistakes_told
from tracer.render.pages.tex_tables import FILTERS, room_beside
from tracer.sheet.telling import Line

DELIMITERS = {
    "block_start_string": "((*",
    "block_end_string": "*))",
    "variable_start_string": "(((",
    "variable_end_string": ")))",
    "comment_start_string": "((=",
    "comment_end_string": "=))",
}
"""As in nbconvert: braces and per cent signs are TeX's own."""


def stacked(rows: Sequence[str]) -> str:
    """Rows under each other, as one piece of a formula."""
    return r"\begin{aligned} &" + r" \\ &".join(rows) + r" \end{aligned}"


BREAKS = Breaks(r"\bigl(", r"\bigr)", stacked)


class LatexBuilder(PageBuilder):
    """Makes a page whose lines are broken where they are too long."""

    def __init__(self, notation: Notation) -> None:
        super().__init__(Writer(LATEX, notation))
        styles = (self.writer.style(False), self.writer.style(True))
        self._breakers = [Breaker(style, BREAKS, style, width) for style in styles]

    def pieces(self, line: Line, symbol: Inline) -> Iterator[Inline]:
        """A formula in rows."""
        rows = self._breakers[line.is_chain].rows(line.expression, room_beside(symbol.math))
        yield from (Inline(math=small_brackets(row)) for row in rows)


TARGET = Target("latex", "page.tex", DELIMITERS, FILTERS)
FRAGMENT = "fragment.tex"


def to_latex(draft: Draft) -> Iterator[str]:
    """The lines of a document, or of its body alone."""
    page = LatexBuilder(draft.notation).page(draft.sections)
    name = FRAGMENT if draft.look.fragment else TARGET.main
    env = environment(TARGET, draft.look.template)
    with mistakes_told():
        text = env.get_template(name).render(page=page)
    yield from text.rstrip("\n").split("\n")
