"""Typst pages: what becomes a PDF where no TeX is installed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tracer.render.diagram.typ import typst
from tracer.render.draft import Draft
from tracer.render.markup.rows import Breaks
from tracer.render.markup.typst import TYPST, quoted
from tracer.render.pages.delimiters import DELIMITERS
from tracer.render.pages.drawn import drawing_of, scale_of
from tracer.render.pages.in_rows import RowBuilder
from tracer.render.pages.model import Inline, Table
from tracer.render.pages.setting import Setting
from tracer.render.pages.templates import Target, environment, mistakes_told
from tracer.render.pages.tex_tables import LONG_WORD


def stacked(rows: Sequence[str]) -> str:
    """Rows under each other, as one piece of a formula."""
    return f"mat(delim: #none, align: #left, {'; '.join(rows)})"


BREAKS = Breaks(r"\(", r"\)", stacked)


def cell(pieces: Sequence[Inline]) -> str:
    """A line of pieces."""
    return "".join(f"${one.math}$" if one.math else f"#{quoted(one.text)};" for one in pieces)


def table_cell(pieces: Sequence[Inline]) -> str:
    """A cell, higher where it has fractions."""
    is_tall = any("frac(" in one.math for one in pieces)
    inner = "".join(map(_breakable, pieces))
    return f"#tall[{inner}]" if is_tall else inner


def _breakable(piece: Inline) -> str:
    """A piece of a cell; a long word may be broken after a low line."""
    if piece.math or max(map(len, piece.text.split(" "))) <= LONG_WORD:
        return cell([piece])
    return "#sym.zws;".join(f"#{quoted(part)};" for part in re.split("(?<=_)", piece.text))


def columns(table: Table) -> str:
    """How wide the columns of a table are: as wide as they need to be."""
    return f"({'auto, ' * len(table.heads)})"


def target(widths: Mapping[str, float]) -> Target:
    """The templates, and what they can call.

    Args:
        widths: how wide each formula of the page is, in ems.
    """
    setting = Setting(
        width=widths.__getitem__,
        row_end="\\",
        again="& quad",
        beside=" & quad ",
        fitting="#fitted({room}em, ${math}$)",
    )
    filters: dict[str, Callable[..., Any]] = {
        "quoted": quoted,
        "cell": cell,
        "table_cell": table_cell,
        "columns": columns,
        "aligned": setting.aligned,
        "in_columns": setting.in_columns,
    }
    return Target("typst", "page.typ", DELIMITERS, filters)


def to_typst(draft: Draft) -> Iterator[str]:
    """The lines of a document."""
    builder = RowBuilder(TYPST, BREAKS, draft.notation)
    page = builder.page(draft.sections)
    made = target(builder.widths)
    env = environment(made, draft.look.template)
    with mistakes_told():
        text = env.get_template(made.main).render(page=page, diagram=_diagram(draft))
    yield from text.rstrip("\n").split("\n")


def _diagram(draft: Draft) -> str:
    """The diagram; empty where there is none."""
    drawing = drawing_of(draft)
    if drawing is None:
        return ""
    return f"#scale({scale_of(drawing):.1%}, reflow: true)[{typst(drawing, draft.look.template)}]"
