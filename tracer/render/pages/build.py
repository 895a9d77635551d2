"""From a view's sections to what templates are given: every formula written in the medium."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from tracer.maths.expression import Symbol
from tracer.notation.matrices import MatrixName
from tracer.notation.notation import Notation
from tracer.notation.numbers import Shown
from tracer.phrase import Part, Phrase, Typed, flat
from tracer.render.markup.medium import Writer
from tracer.render.pages import model
from tracer.render.pages.matrix_blocks import MatrixBlocks
from tracer.render.pages.model import Inline
from tracer.render.text import TextPage
from tracer.rules.quantity import Quantity, plain_name
from tracer.sheet import page as sheet
from tracer.sheet.listing import Cell, Joined, Joint, Listing
from tracer.sheet.listing import Part as CellPart
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.remarks import LegendRow, Synapse
from tracer.sheet.telling import Line, Telling

Speech = Callable[[Any], str]
"""A formula or a quantity in words."""
TEXT_WIDTH = 100


def silent(of: object) -> str:  # noqa: ARG001
    """No words: for media that nobody listens to."""
    return ""


class PageBuilder(MatrixBlocks):
    """Makes the page of a view.

    Attributes:
        writer: writes formulas in the page's medium.
        speech: says them in words.
    """

    def __init__(self, writer: Writer, speech: Speech = silent) -> None:
        self.writer, self.speech = writer, speech
        self.notation: Notation = writer.notation
        self.text = TextPage(self.notation, TEXT_WIDTH)

    def page(self, sections: Iterable[sheet.Section]) -> model.Page:
        """The page of a view's sections."""
        made = tuple(self._section(k, section) for k, section in enumerate(sections))
        language = self.notation.words.code
        return model.Page(made[0].title if made else "", made, language=language)

    def _section(self, number: int, section: sheet.Section) -> model.Section:
        rows = tuple((self.text.said(name), self.sentence(text)) for name, text in section.rows)
        phase = section.phase.value if section.phase else ""
        blocks = tuple(self._blocks(section.items))
        title = self.text.said(section.title)
        return model.Section(f"s{number}", title, section.level, phase, rows, blocks)

    def _blocks(self, items: Iterable[sheet.Item]) -> Iterator[model.Block]:
        for is_given, group in groupby(items, key=lambda item: isinstance(item, sheet.GivenRow)):
            if is_given:
                yield model.Givens(tuple(map(self._given, group)))  # type: ignore[arg-type]
            else:
                yield from (getattr(self, BUILDERS[type(item)])(item) for item in group)

    def sentence(self, phrase: Phrase) -> tuple[Inline, ...]:
        """A phrase in the language of the page, its formulas as formulas."""
        found: list[Inline] = []
        for part in flat(phrase, self.notation.words):
            inline = self._inline(part)
            if found and inline.text and found[-1].text:
                found[-1] = Inline(text=found[-1].text + inline.text)
            else:
                found.append(inline)
        return tuple(found)

    def _inline(self, part: Part) -> Inline:
        match part:
            case str():
                return Inline(text=part)
            case Quantity():
                return self.symbol(part)
            case MatrixName():
                made = self.matrices.symbol(part)
                return Inline(math=made.math, spoken=made.spoken)
            case Typed(formula):
                return self.formula(formula)
        return self.formula(part)

    def _given(self, row: sheet.GivenRow) -> model.Given:
        value = Inline(math=self.writer.value(row.text), spoken=row.text)
        symbol, relation = self.symbol(row.quantity), self.writer.relation(row.relation)
        return model.Given(self._name(row.quantity), symbol, relation, value)

    def _name(self, quantity: Quantity) -> str:
        return plain_name(quantity, self.notation.samples, steps=True)

    def symbol(self, quantity: Quantity) -> Inline:
        """The symbol of a quantity."""
        return Inline(math=self.writer.symbol(quantity), spoken=self.speech(quantity))

    def formula(self, expression: Any, chain: bool = False) -> Inline:
        """A formula."""
        math = self.writer.formula(expression, chain)
        return Inline(math=math, spoken=self.speech(expression))

    def lead(self, item: sheet.Lead) -> model.Lead:
        """A sentence before steps."""
        parts = dict(item.text.parts)
        rule, why = parts.get("rule"), parts.get("why")
        if isinstance(rule, Phrase) and isinstance(why, Phrase):
            return model.Lead(self.text.said(rule), self.text.said(why))
        return model.Lead(self.text.said(item.text), "")

    def telling(self, telling: Telling) -> model.Step:
        """A step."""
        step, last = telling.step, len(telling.lines) - 1
        symbol = self.symbol(telling.quantity)
        lines = tuple(self._line(line, k == last, symbol) for k, line in enumerate(telling.lines))
        shown = telling.lines[-1].other
        value = shown.of.text if isinstance(shown, Symbol) and isinstance(shown.of, Shown) else ""
        return model.Step(
            name=self._name(telling.quantity),
            word=telling.quantity.kind.word,
            symbol=symbol,
            lines=lines,
            parts=tuple(self._parts(telling)),
            uses=tuple(dict.fromkeys(self._name(entry.quantity) for entry in step.operands)),
            rule=self.text.said(Phrase(step.rule.name)),
            value=value,
        )

    def _parts(self, telling: Telling) -> Iterator[model.Step | model.Lead]:
        """The longer telling, with a sentence wherever the rule changes."""
        reason = telling.step.rule.why
        for part in telling.parts:
            rule = part.step.rule
            if rule.why != reason:
                reason = rule.why
                yield model.Lead(self.text.said(Phrase(rule.name)), self.text.said(rule.reason))
            yield self.telling(part)

    def _line(self, line: Line, is_last: bool, symbol: Inline) -> model.Line:
        relation = self.writer.relation(line.relation)
        is_result = is_last and isinstance(line.other, Symbol)
        pieces = tuple(self.pieces(line, symbol))
        return model.Line(line.relation, relation, pieces, line.is_chain, is_result)

    def pieces(self, line: Line, symbol: Inline) -> Iterator[Inline]:
        """The pieces of a formula between which its line can be broken.

        Args:
            line: of a step.
            symbol: of what the step gives, which stands before it.
        """
        yield self.formula(line.expression, line.is_chain)

    def joint(self, item: Joint) -> model.Formula:
        """A line of a chain of equal expressions."""
        relation = self.writer.relation(item.sign) if item.sign else ""
        return model.Formula(relation, self.formula(item.expression))

    def listing(self, item: Listing) -> model.Table:
        """A table."""
        rows = tuple(tuple(tuple(self._cell(cell)) for cell in row) for row in item.rows)
        return model.Table(tuple(Inline(text=self.text.said(head)) for head in item.heads), rows)

    def _cell(self, cell: Cell) -> Iterator[Inline]:
        parts = cell.parts if isinstance(cell, Joined) else (cell,)
        for k, part in enumerate(parts):
            if k and isinstance(cell, Joined):
                yield Inline(text=cell.between)
            yield self._part(part)

    def _part(self, part: CellPart) -> Inline:
        if isinstance(part, Phrase):
            return Inline(text=self.text.said(part))
        if isinstance(part, str):
            sign = part in self.writer.medium.relations
            return Inline(math=self.writer.relation(part)) if sign else Inline(text=part)
        return self.symbol(part) if isinstance(part, Quantity) else self.formula(part)

    def grid(self, item: sheet.Grid) -> model.Table:
        """A table of numbers."""
        columns = [item.label, *(column for group in item.groups for column in group)]
        heads = tuple(self._part(column.head) for column in columns)
        rows = zip(*(column.cells for column in columns), strict=True)
        cells = tuple(tuple((self._cell_of_grid(text),) for text in row) for row in rows)
        return model.Table(heads, cells, is_numeric=True)

    def _cell_of_grid(self, part: Phrase | str) -> Inline:
        return self._number(part) if isinstance(part, str) else self._part(part)

    def _number(self, text: str) -> Inline:
        return Inline(text=self.notation.figures.value(text))


BUILDERS: dict[type[Any], str] = {
    sheet.Lead: "lead",
    Telling: "telling",
    Joint: "joint",
    Listing: "listing",
    sheet.Grid: "grid",
    Equation: "equation",
    LegendRow: "legend",
    Synapse: "synapse",
}
"""The method that makes the block of each kind of item."""
