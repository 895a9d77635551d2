"""Sections as Markdown with maths, as Jupyter and GitHub show it: formulas are LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tracer.notation.notation import Notation
from tracer.render.markdown import FENCE, escaped
from tracer.render.markup.latex import LATEX
from tracer.render.markup.medium import Writer
from tracer.render.pages import model
from tracer.render.pages.build import PageBuilder
from tracer.sheet.page import Section

WIDEST = 110
"""A formula of more letters of LaTeX goes on in the next line, between two of its terms."""

NAME = re.compile(r"\\text\{((?:[A-Za-z0-9]|\\_)+)\}")
"""A name in text, where MathJax would show the backslash of its low line, and KaTeX needs it."""

IN_A_ROW = 3
"""As many givens stand side by side."""


def markdown_sections(sections: Iterable[Section], notation: Notation) -> Iterator[tuple[str, ...]]:
    """The lines of each section.

    Args:
        sections: of any view.
        notation: the symbols.
    """
    page = PageBuilder(Writer(LATEX, notation)).page(sections)
    for section in page.sections:
        yield tuple(_section(section))


def _section(section: model.Section) -> Iterator[str]:
    yield f"{'#' * section.level} {escaped(section.title)}"
    if section.rows:
        yield from ("", "| | |", "|---|---|")
        yield from (f"| {escaped(name)} | {_cell(inlines)} |" for name, inlines in section.rows)
    for block in section.blocks:
        yield ""
        yield from _WRITERS[block.kind](block)


def _lead(lead: model.Lead) -> Iterator[str]:
    yield f"**{escaped(lead.rule)}:** {escaped(lead.text)}" if lead.text else escaped(lead.rule)


def _givens(givens: model.Givens) -> Iterator[str]:
    """Givens side by side, each at its sign of relation."""
    cells = [f"{row.symbol.math} &{row.relation} {row.value.math}" for row in givens.rows]
    lines = [
        " &\\qquad ".join(cells[start : start + IN_A_ROW])
        for start in range(0, len(cells), IN_A_ROW)
    ]
    yield from _displayed(lines)


def _step(step: model.Step) -> Iterator[str]:
    lines = []
    for k, line in enumerate(step.lines):
        head = step.symbol.math if not k else ""
        first, *rest = _broken(line.pieces)
        lines.append(f"{head} &{line.relation} {first}")
        lines += [f"&\\quad {part}" for part in rest]
    yield from _displayed(lines)
    for part in step.parts:
        yield ""
        yield from _WRITERS[part.kind](part)


def _broken(pieces: Sequence[model.Inline]) -> list[str]:
    """A formula in lines that are not too long."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece.math) > WIDEST:
            lines.append("")
        lines[-1] += piece.math
    return lines


def _formula(formula: model.Formula) -> Iterator[str]:
    yield from _displayed([f"&{formula.relation} {formula.formula.math}"])


def _displayed(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a formula under each other."""
    yield from ("$$", r"\begin{aligned}")
    for k, line in enumerate(lines, 1):
        yield _for_browsers(line) + (r" \\" if k < len(lines) else "")
    yield from (r"\end{aligned}", "$$")


def _for_browsers(formula: str) -> str:
    """A formula that MathJax and KaTeX read alike, and in which nobody sees the start of a tag."""
    roman = NAME.sub(r"\\mathrm{\1}", formula)
    return roman.replace("<", r"\lt ").replace(">", r"\gt ")


def _table(table: model.Table) -> Iterator[str]:
    yield f"| {' | '.join(_inline(head) for head in table.heads)} |"
    yield "|" + "---|" * len(table.heads)
    for row in table.rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(inlines: Iterable[model.Inline]) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: model.Inline) -> str:
    """A piece of a line; a bar in a formula would end the cell of its table."""
    if not inline.math:
        return escaped(inline.text)
    return f"${_for_browsers(inline.math).replace('|', chr(92) + 'vert ')}$"


def _text(text: model.Text) -> Iterator[str]:
    yield from (f"{FENCE}text", *text.lines, FENCE)


_WRITERS: dict[str, Callable[[Any], Iterator[str]]] = {
    "lead": _lead,
    "givens": _givens,
    "step": _step,
    "formula": _formula,
    "table": _table,
    "text": _text,
}
"""How each kind of block is written."""
