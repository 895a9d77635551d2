"""The blocks of a page in matrices: equations, the legend, the argument of a single synapse."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

from msgspec.structs import replace

from tracer.phrase import Phrase
from tracer.render.markup.medium import Writer
from tracer.render.pages import model
from tracer.render.pages.made import Told
from tracer.render.pages.matrices import EquationWriter
from tracer.render.pages.model import Inline
from tracer.render.text import TextPage
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.remarks import LegendRow, Synapse, argument_of, legend_of
from tracer.sheet.telling import EXACT, Telling


class MatrixBlocks(ABC):
    """Makes these blocks; the rest of a page is made by who inherits from it.

    Attributes:
        writer: writes formulas in the page's medium.
        text: writes the same as text.
    """

    writer: Writer
    text: TextPage

    @abstractmethod
    def sentence(self, phrase: Phrase) -> tuple[Inline, ...]:
        """A phrase in the language of the page, its formulas as formulas."""

    @abstractmethod
    def telling(self, telling: Telling) -> model.Step:
        """A step."""

    @cached_property
    def matrices(self) -> EquationWriter:
        """Writes equations of matrices."""
        return EquationWriter(self.writer, self.text.matrices)

    def equation(self, item: Equation) -> model.Equation:
        """An equation of matrices."""
        symbol = self.matrices.symbol(item.target.name)
        told = self.matrices.lines(item)
        lines = tuple(self.matrix_line(symbol.width, line) for line in told)
        remarks = tuple(map(self.sentence, item.remarks))
        return model.Equation(Inline(symbol.math, spoken=symbol.spoken), lines, remarks)

    def matrix_line(self, symbol: float, line: Told) -> model.Line:
        """A line of an equation.

        Args:
            symbol: the width of what stands before it, in ems.
            line: its sign and pieces.
        """
        pieces = tuple(Inline(made.math, spoken=made.spoken) for made in line.pieces)
        return model.Line(line.sign, self.matrix_sign(line.sign), pieces)

    def matrix_sign(self, sign: str) -> str:
        """The sign before a line; none where the line goes on."""
        return self.writer.relation(sign) if sign else ""

    def legend(self, item: LegendRow) -> model.Sentence:
        """A matrix, and what its rows and columns belong to."""
        return model.Sentence(self.sentence(legend_of(item)))

    def synapse(self, item: Synapse) -> model.Argument:
        """Why the derivative by a weight is what the weight is multiplied by."""
        step = self.telling(item.telling)
        first = Inline(math=self.matrices.of_sum(item))
        line = model.Line(EXACT, self.writer.relation(EXACT), (first,), is_chain=True)
        told = replace(step, lines=(line, *step.lines))
        return model.Argument(self.sentence(argument_of(item)), told)
