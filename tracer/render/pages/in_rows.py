"""Pages whose long lines are broken into rows, and whose formulas have a width before they are set.

Widths are measured on the LaTeX of a formula, whatever medium it is written in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from tracer.maths.literals import is_decimal
from tracer.notation.notation import Notation
from tracer.render.markup.latex import LATEX
from tracer.render.markup.medium import Medium, Writer
from tracer.render.markup.rows import Breaker, Breaks
from tracer.render.markup.tex_width import width
from tracer.render.pages import model
from tracer.render.pages.build import PageBuilder
from tracer.render.pages.made import Told
from tracer.render.pages.matrices import EquationWriter
from tracer.render.pages.model import Given, Inline
from tracer.render.pages.setting import BIG_STEP, ROOM, room_beside
from tracer.rules.quantity import Quantity
from tracer.sheet import page as sheet
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.telling import Line


def as_it_is(formula: str) -> str:
    """No change."""
    return formula


class RowBuilder(PageBuilder):
    """Makes a page whose lines are broken where they are too long.

    Attributes:
        widths: how wide the formulas of the page are, in ems.
    """

    def __init__(
        self,
        medium: Medium,
        breaks: Breaks,
        notation: Notation,
        tidied: Callable[[str], str] = as_it_is,
    ) -> None:
        super().__init__(Writer(medium, notation))
        self.tidied, self.widths = tidied, dict[str, float]()
        self._ruler = self.writer if medium is LATEX else Writer(LATEX, notation)
        self._breakers = [self._breaker(self.writer, breaks, chain) for chain in (False, True)]
        self._rulers = [self._breaker(self._ruler, breaks, chain) for chain in (False, True)]

    def _breaker(self, writer: Writer, breaks: Breaks, chain: bool) -> Breaker:
        return Breaker(writer.style(chain), breaks, self._ruler.style(chain), width)

    def symbol(self, quantity: Quantity) -> Inline:
        """The symbol of a quantity."""
        found = super().symbol(quantity)
        self.widths[found.math] = width(self._ruler.symbol(quantity))
        return found

    def _given(self, row: sheet.GivenRow) -> Given:
        """A given."""
        found = super()._given(row)
        self.widths[found.value.math] = width(self._ruler.value(row.text))
        return found

    def formula(self, expression: Any, chain: bool = False) -> Inline:
        """A formula."""
        found = super().formula(expression, chain)
        math = self.tidied(found.math)
        self.widths[math] = width(self._ruler.formula(expression, chain))
        return replace(found, math=math)

    def _number(self, text: str) -> Inline:
        """A number in a table, with a minus that is no hyphen."""
        return Inline(math=self.writer.value(text)) if is_decimal(text) else super()._number(text)

    def pieces(self, line: Line, symbol: Inline) -> Iterator[Inline]:
        """A formula in rows."""
        room, chain = room_beside(self.widths[symbol.math]), line.is_chain
        rows = list(map(self.tidied, self._breakers[chain].rows(line.expression, room)))
        ruled = rows
        if self._ruler is not self.writer:
            ruled = self._rulers[chain].rows(line.expression, room)
        for row, measured in zip(rows, ruled, strict=True):
            self.widths[row] = width(measured)
            yield Inline(math=row)

    @cached_property
    def matrices(self) -> EquationWriter:
        """Writes equations of matrices, those that are too wide in blocks."""
        return EquationWriter(self.writer, self.text.matrices, ROOM - BIG_STEP)

    def equation(self, item: Equation) -> model.Equation:
        """An equation of matrices."""
        found = super().equation(item)
        self.widths[found.symbol.math] = self.matrices.symbol(item.target.name).width
        return found

    def matrix_line(self, symbol: float, line: Told) -> model.Line:
        """A line of an equation, its pieces in rows."""
        room, rows, used = room_beside(symbol), list[str](), 0.0
        for piece in line.pieces:
            if not rows or used + piece.width > room:
                rows.append("")
                used = 0.0
            rows[-1] += f" {piece.math}" if rows[-1] else piece.math.lstrip()
            used += piece.width
            self.widths[rows[-1]] = used
        pieces = tuple(Inline(math=self.tidied(row)) for row in rows)
        self.widths |= {one.math: self.widths[row] for one, row in zip(pieces, rows, strict=True)}
        return model.Line(line.sign, self.matrix_sign(line.sign), pieces)
