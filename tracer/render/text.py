"""A page as text for a terminal of any width: aligned at the relation signs, long lines broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracer.maths.printer import Style, written
from tracer.notation.notation import Notation
from tracer.notation.said import AsText, said
from tracer.phrase import Phrase
from tracer.render.grid import grid_lines
from tracer.render.lines import LineWriter
from tracer.render.listing import listing_lines
from tracer.render.matrix import MatrixText
from tracer.render.wrap import columns_of, padded, wrapped, wrapped_formula
from tracer.sheet.listing import Joint, Listing
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.remarks import LegendRow, Synapse
from tracer.sheet.page import GivenRow, Grid, Item, Lead, Section, reason_of
from tracer.sheet.telling import Telling

INDENT = "  "


class Paint(NamedTuple):
    """How parts of a text are marked: with terminal codes, or not at all."""

    heading: str = "{}"
    lead: str = "{}"
    result: str = "{}"


PLAIN = Paint()
COLOURS = Paint("\x1b[1m{}\x1b[0m", "\x1b[2m{}\x1b[0m", "\x1b[32m{}\x1b[0m")


class TextPage:
    """Writes sections as lines of text.

    Attributes:
        notation: the symbols.
        width: columns at most, as far as a formula has places to break.
        paint: terminal codes.
    """

    def __init__(self, notation: Notation, width: int = 80, paint: Paint = PLAIN) -> None:
        self.notation = notation
        self.width = width
        self.paint = paint
        self.style: Style = notation.style()
        self.told = LineWriter(self.style, notation.style(chain=True))
        self.medium = AsText(notation)
        self.matrices = MatrixText(notation, width, self.style)

    def lines(self, sections: Iterable[Section]) -> Iterator[str]:
        """Every line of a page, without line ends."""
        for number, section in enumerate(sections):
            if number:
                yield ""
            yield from self._heading(section)
            yield from self._rows(section)
            yield from self.items(section.items)

    def _heading(self, section: Section) -> Iterator[str]:
        title = self.said(section.title)
        yield self.paint.heading.format(title)
        yield ("=" if section.level == 1 else "-") * len(title)

    def said(self, phrase: Phrase) -> str:
        """A phrase in the language and the notation of the page."""
        return said(phrase, self.notation.words, self.medium)

    def _rows(self, section: Section) -> Iterator[str]:
        rows = [(self.said(name), self.said(text)) for name, text in section.rows]
        label = max((len(name) for name, _ in rows), default=0)
        for name, text in rows:
            indent = " " * (label + 2)
            first, *rest = wrapped(text, self.width - len(indent))
            yield f"{name.ljust(label)}  {first}"
            yield from (indent + line for line in rest)

    def items(self, items: Iterable[Item]) -> Iterator[str]:
        """The lines of a section's givens and steps."""
        givens: list[GivenRow] = []
        for item in items:
            if isinstance(item, GivenRow):
                givens.append(item)
                continue
            yield from self._givens(givens)
            givens = []
            yield from self._item(item)
        yield from self._givens(givens)

    def _item(
        self, item: Lead | Telling | Joint | Listing | Equation | LegendRow | Synapse | Grid
    ) -> Iterator[str]:
        match item:
            case Lead(text):
                yield ""
                for line in wrapped(self.said(text), self.width):
                    yield self.paint.lead.format(line)
            case Joint(expression, sign):
                head = f"{INDENT}{sign} " if sign else INDENT * 2
                formula = written(expression, self.style)
                first, *rest = wrapped_formula(formula, self.width - len(head))
                yield head + first
                yield from (" " * len(head) + line for line in rest)
            case Listing():
                rows = listing_lines(item, self.notation, self.width - len(INDENT))
                yield from (INDENT + row for row in rows)
            case Grid():
                lines = grid_lines(item, self.notation, self.width - len(INDENT))
                yield from ((INDENT + line).rstrip() for line in lines)
            case Equation():
                yield from self.matrices.equation(item)
            case LegendRow():
                yield from self.matrices.legend(item)
            case Synapse():
                yield from self._synapse(item)
            case _:
                yield from self._telling(item)

    def _synapse(self, item: Synapse) -> Iterator[str]:
        """The argument, and the derivative as one more line before its formula."""
        yield from self.matrices.synapse(item)
        symbol = self.notation.symbol(item.telling.quantity)
        yield f"{INDENT}{symbol} = {self.matrices.of_sum(item)}"
        first, *rest = self._telling(item.telling)
        yield first.replace(symbol, " " * len(symbol), 1)
        yield from rest

    def _givens(self, givens: list[GivenRow]) -> Iterator[str]:
        """The givens side by side, in columns of one width."""
        value = self.notation.figures.value
        cells = [
            f"{self.notation.symbol(given.quantity)} {given.relation} {value(given.text)}"
            for given in givens
        ]
        widest = max(map(columns_of, cells), default=0) + 2 * len(INDENT)
        columns = max((self.width - len(INDENT)) // max(widest, 1), 1)
        for first in range(0, len(cells), columns):
            row = "".join(padded(cell, widest) for cell in cells[first : first + columns])
            yield (INDENT + row).rstrip()

    def _telling(self, telling: Telling, depth: int = 1) -> Iterator[str]:
        symbol = INDENT * depth + self.notation.symbol(telling.quantity)
        for number, line in enumerate(telling.lines):
            text = self.told.text(line)
            head = (
                f"{symbol} {line.relation} "
                if not number
                else f"{' ' * columns_of(symbol)} {line.relation} "
            )
            first, *rest = wrapped_formula(text, self.width - columns_of(head))
            last = number == len(telling.lines) - 1
            yield head + (self.paint.result.format(first) if last and not rest else first)
            yield from (" " * columns_of(head) + part for part in rest)
        yield from self._parts(telling, depth + 2)

    def _parts(self, telling: Telling, depth: int) -> Iterator[str]:
        """The lines of the longer telling, with a sentence wherever the rule changes."""
        reason = telling.step.rule.why
        for part in telling.parts:
            rule = part.step.rule
            if rule.why != reason:
                reason = rule.why
                indent = INDENT * depth
                for line in wrapped(self.said(reason_of(rule)), self.width - len(indent)):
                    yield indent + self.paint.lead.format(line)
            yield from self._telling(part, depth)
