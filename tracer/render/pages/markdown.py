"""Pages as Markdown with maths: formulas are LaTeX, between signs that a reader's program knows.

GitHub and GitLab leave what stands in a block ``math``, or between a dollar and a backquote, as it
is; between dollars alone they read low lines and backslashes as Markdown first. Notebooks know
dollars alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from tracer.notation.notation import Notation
from tracer.render.draft import Draft
from tracer.render.markdown import FENCE, escaped
from tracer.render.markup.latex import LATEX, small_brackets
from tracer.render.pages import model
from tracer.render.pages.in_rows import RowBuilder
from tracer.render.pages.latex import BREAKS
from tracer.render.pages.setting import Setting
from tracer.render.pages.tex_tables import SETTING
from tracer.sheet.page import Section


class Dialect(Struct, frozen=True):
    """Between what formulas stand.

    Attributes:
        opened: the line above a block.
        closed: the line below it.
        inline: a formula in a line of text, over ``{}``.
    """

    opened: str
    closed: str
    inline: str


GITHUB = Dialect(f"{FENCE}math", FENCE, "$`{}`$")
NOTEBOOK = Dialect("$$", "$$", "${}$")

NAME = re.compile(r"\\text\{((?:\w|\\_)+)\}")
"""A name in text, where MathJax would show the backslash of its low line, and KaTeX needs it."""
OPERATOR = re.compile(r"\\operatorname\{(\w+)\}")
"""A function's name, as GitHub refuses it."""
NO_FITTING = "{math}"


def to_markdown_with_maths(draft: Draft) -> Iterator[str]:
    """The lines of a document, as GitHub and GitLab show it."""
    parts = markdown_sections(draft.sections, draft.notation, GITHUB)
    for number, lines in enumerate(parts):
        if number:
            yield ""
        yield from lines


def markdown_sections(
    sections: Iterable[Section], notation: Notation, dialect: Dialect = NOTEBOOK
) -> Iterator[tuple[str, ...]]:
    """The lines of each section.

    Args:
        sections: of any view.
        notation: the symbols.
        dialect: of which program.
    """
    writer = _Writer(dialect)
    page = MarkdownBuilder(LATEX, BREAKS, notation, small_brackets).page(sections)
    yield from (tuple(writer.section(section)) for section in page.sections)


class MarkdownBuilder(RowBuilder):
    """Makes a page whose tables hold numbers as text: programs are slow with many formulas."""

    def _number(self, text: str) -> model.Inline:
        return model.Inline(text=self.notation.figures.value(text))


class _Writer:
    """Writes the blocks of a page."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.setting = Setting(SETTING.width, r"\\", r"&\quad", SETTING.beside, NO_FITTING)

    def section(self, section: model.Section) -> Iterator[str]:
        """A heading, the conventions as a table, and the blocks."""
        yield f"{'#' * section.level} {escaped(section.title)}"
        if section.rows:
            yield from ("", "| | |", "|---|---|")
            yield from (f"| {escaped(name)} | {self._cell(row)} |" for name, row in section.rows)
        for block in section.blocks:
            yield ""
            yield from self._block(block)

    def _block(self, block: model.Block) -> Iterator[str]:
        return _WRITERS[block.kind](self, block)

    def lead(self, lead: model.Lead) -> Iterator[str]:
        """A sentence."""
        told = f"**{escaped(lead.rule)}:** {escaped(lead.text)}"
        yield told if lead.text else escaped(lead.rule)

    def givens(self, givens: model.Givens) -> Iterator[str]:
        """Givens side by side."""
        for number, columns in enumerate(self.setting.in_columns(givens.rows)):
            if number:
                yield ""
            yield from self._displayed(columns.rows)

    def step(self, step: model.Step) -> Iterator[str]:
        """A step, its lines aligned, and the longer telling below it."""
        yield from self._displayed(self.setting.aligned(step))
        for part in step.parts:
            yield ""
            yield from self._block(part)

    def equation(self, equation: model.Equation) -> Iterator[str]:
        """An equation of matrices, and what is to be known of it."""
        yield from self._displayed(self.setting.aligned(equation))
        for remark in equation.remarks:
            yield ""
            yield f"({self._cell(remark)})"

    def sentence(self, sentence: model.Sentence) -> Iterator[str]:
        """A sentence with formulas in it."""
        yield self._cell(sentence.pieces)

    def argument(self, argument: model.Argument) -> Iterator[str]:
        """A sentence, and the step that it leads to."""
        yield self._cell(argument.pieces)
        yield ""
        yield from self.step(argument.step)

    def formula(self, formula: model.Formula) -> Iterator[str]:
        """A formula on a line of its own."""
        yield from self._displayed([f"&{formula.relation} {formula.formula.math}"])

    def table(self, table: model.Table) -> Iterator[str]:
        """A table; its cells of numbers stand right."""
        yield f"| {' | '.join(map(self._inline, table.heads))} |"
        yield "|" + ("---:|" if table.is_numeric else "---|") * len(table.heads)
        yield from (f"| {' | '.join(map(self._cell, row))} |" for row in table.rows)

    def text(self, text: model.Text) -> Iterator[str]:
        """Lines of fixed width."""
        yield from (f"{FENCE}text", *text.lines, FENCE)

    def _displayed(self, rows: Iterable[str]) -> Iterator[str]:
        """Rows of a formula under each other."""
        yield from (self.dialect.opened, r"\begin{aligned}")
        yield from map(_for_browsers, rows)
        yield from (r"\end{aligned}", self.dialect.closed)

    def _cell(self, pieces: Sequence[model.Inline]) -> str:
        return "".join(map(self._inline, pieces))

    def _inline(self, piece: model.Inline) -> str:
        """A piece of a line; a bar in a formula would end the cell of its table."""
        if not piece.math:
            return escaped(piece.text)
        return self.dialect.inline.format(_for_browsers(piece.math).replace("|", r"\vert "))


def _for_browsers(formula: str) -> str:
    """A formula that MathJax and KaTeX read alike, and in which nobody sees the start of a tag."""
    roman = NAME.sub(r"\\mathrm{\1}", OPERATOR.sub(r"\\mathrm{\1}\\,", formula))
    return roman.replace("<", r"\lt ").replace(">", r"\gt ")


_WRITERS: dict[str, Callable[[_Writer, Any], Iterator[str]]] = {
    "lead": _Writer.lead,
    "givens": _Writer.givens,
    "step": _Writer.step,
    "equation": _Writer.equation,
    "sentence": _Writer.sentence,
    "argument": _Writer.argument,
    "formula": _Writer.formula,
    "table": _Writer.table,
    "text": _Writer.text,
}
"""How each kind of block is written."""
