"""Matrices as markup: entries in rows between brackets, what they are under them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from tracer.render.markup.mathml import CLOSE, OPEN, row
from tracer.sheet.matrix.equation import Joint

Rows = Sequence[Sequence[str]]


class Arrays(Struct, frozen=True):
    """How a medium writes matrices.

    Attributes:
        matrix: writes entries in rows, given the caption that stands under them.
        joints: the signs between two factors.
        across: what stands for columns that are left out.
        down: what stands for rows that are left out.
        absent: what stands where there is no entry.
        marked: an entry that is pointed at, over ``{}``.
    """

    matrix: Callable[[Rows, str], str]
    joints: Mapping[Joint, str]
    across: str
    down: str
    absent: str
    marked: str


def _latex(rows: Rows, caption: str) -> str:
    inner = r" \\ ".join(" & ".join(cells) for cells in rows)
    columns = "r" * len(rows[0])
    array = rf"\left[\begin{{array}}{{{columns}}} {inner} \end{{array}}\right]"
    return rf"\underset{{{caption}}}{{{array}}}"


def _typst(rows: Rows, caption: str) -> str:
    inner = "; ".join(", ".join(cells) for cells in rows)
    array = f'mat(delim: "[", align: #right, {inner})'
    return f"attach(limits({array}), b: {caption})"


def _mathml(rows: Rows, caption: str) -> str:
    inner = "".join(
        f"<mtr>{''.join(f'<mtd>{cell}</mtd>' for cell in cells)}</mtr>" for cells in rows
    )
    table = f'<mtable class="matrix">{inner}</mtable>'
    array = row(OPEN.format("["), table, CLOSE.format("]"))
    return f"<munder>{array}<mrow>{caption}</mrow></munder>"


ARRAYS: dict[str, Arrays] = {
    "latex": Arrays(
        matrix=_latex,
        joints={
            Joint.PRODUCT: r" \cdot ",
            Joint.HADAMARD: r" \circ ",
            Joint.SCALED: r" \cdot ",
            Joint.CORRELATION: r" \star ",
        },
        across=r"\cdots",
        down=r"\vdots",
        absent=r"\cdot",
        marked="{}^{{*}}",
    ),
    "typst": Arrays(
        matrix=_typst,
        joints={
            Joint.PRODUCT: " dot ",
            Joint.HADAMARD: " compose ",
            Joint.SCALED: " dot ",
            Joint.CORRELATION: " star ",
        },
        across="dots.c",
        down="dots.v",
        absent="dot",
        marked='{}^"*"',
    ),
    "mathml": Arrays(
        matrix=_mathml,
        joints={
            Joint.PRODUCT: "<mo>·</mo>",
            Joint.HADAMARD: "<mo>∘</mo>",
            Joint.SCALED: "<mo>·</mo>",
            Joint.CORRELATION: "<mo>⋆</mo>",
        },
        across="<mo>⋯</mo>",
        down="<mo>⋮</mo>",
        absent="<mo>·</mo>",
        marked="<msup>{}<mo>*</mo></msup>",
    ),
}
"""By the names of the media."""
