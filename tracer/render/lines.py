"""The lines of steps in any style: each shape is printed once, and filled in for every step."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cache

from tracer.maths.expression import Add, Expression, Mul, Symbol
from tracer.maths.printer import Style, written
from tracer.maths.shapes import Shapes
from tracer.sheet.telling import Line

Skeleton = tuple[int, ...]
"""Of a chain of partial derivatives: how many factors each term has."""

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
        self._shapes, self._chains = Shapes(printed, style), Shapes(printed, chain_style)

    def texts(self, line: Line) -> list[str]:
        """The texts of a line."""
        template = line.template
        if template is None or self.style.between is not None:
            return self._chain(line) if line.is_chain else list(self._plainly(line, self.style))
        pieces = [self.style.symbol(of) for of in line.operands]
        return self._shapes.texts(template.shown, template.roles, template, pieces)

    def _chain(self, line: Line) -> list[str]:
        """The texts of a chain of partial derivatives, most of which are sums of products."""
        style, found = self.chain_style, _skeleton(line.expression)
        if found is None or style.between is not None:
            return list(self._plainly(line, style))
        counts, leaves = found
        pieces = [style.symbol(of) for of in leaves]
        return self._chains.texts(*_shape(counts), counts, pieces)

    def _plainly(self, line: Line, style: Style) -> Iterable[str]:
        return self.printed(line.expression, style)

    def text(self, line: Line) -> str:
        """A line that is written in one piece."""
        return self.texts(line)[0]


def _skeleton(chain: Expression) -> tuple[Skeleton, list[Hashable]] | None:
    """A sum of products as the number of factors in each term, and what its factors are."""
    terms = chain.terms if isinstance(chain, Add) else (chain,)
    counts, leaves = [], []
    for term in terms:
        factors = term.factors if isinstance(term, Mul) else (term,)
        if not all(isinstance(factor, Symbol) for factor in factors):
            return None
        counts.append(len(factors))
        leaves += [factor.of for factor in factors if isinstance(factor, Symbol)]
    return tuple(counts), leaves


@cache
def _shape(counts: Skeleton) -> tuple[Expression, tuple[int, ...]]:
    """The sum of products with numbers for its factors, and these numbers."""
    numbers = iter(range(sum(counts)))
    terms = [tuple(Symbol(next(numbers)) for _ in range(count)) for count in counts]
    made: list[Expression] = [Mul(term) if len(term) > 1 else term[0] for term in terms]
    return (Add(tuple(made)) if len(made) > 1 else made[0]), tuple(range(sum(counts)))
