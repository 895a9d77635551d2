"""The lines of steps in any style: each shape is printed once, and filled in for every step."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tracer.maths.expression import Expression
from tracer.maths.printer import Style, written
from tracer.maths.shapes import Shapes
from tracer.sheet.telling import Line

Printed = Callable[[Expression, Style], Iterable[str]]
"""The texts of a formula in a style, one or several."""


def whole(formula: Expression, style: Style) -> Iterable[str]:
    """The formula in one piece."""
    return (written(formula, style),)


class LineWriter:
    """Writes the lines of steps.

    Attributes:
        style: of formulas.
        chain_style: of chains of partial derivatives.
        printed: what is made of a formula: one text, or pieces between which it can be broken.
    """

    def __init__(self, style: Style, chain_style: Style, printed: Printed = whole) -> None:
        self.style, self.chain_style, self.printed = style, chain_style, printed
        self._shapes = Shapes(printed, style)

    def texts(self, line: Line) -> list[str]:
        """The texts of a line."""
        template = line.template
        if template is None or self.style.between is not None:
            style = self.chain_style if line.is_chain else self.style
            return list(self.printed(line.expression, style))
        pieces = [self.style.symbol(of) for of in line.operands]
        return self._shapes.texts(template.shown, template.roles, template, pieces)

    def text(self, line: Line) -> str:
        """A line that is written in one piece."""
        return self.texts(line)[0]
