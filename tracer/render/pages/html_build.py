"""A page's records for HTML: formulas in MathML and in words, addresses, the key to the symbols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tracer.maths.expression import Expression
from tracer.maths.printer import Style
from tracer.notation.notation import Notation
from tracer.notation.symbols import NUMBERED
from tracer.render.lines import LineWriter
from tracer.render.markup.mathml import CLOSE, MATHML, MINUS, OPEN, row
from tracer.render.markup.medium import Writer
from tracer.render.markup.pieces import Fence, pieces
from tracer.render.markup.spoken import SPOKEN, speech
from tracer.render.pages import model
from tracer.render.pages.build import PageBuilder
from tracer.render.pages.model import Inline
from tracer.rules.quantity import Kind, Quantity
from tracer.sheet import page as sheet
from tracer.sheet.telling import Line, Telling

FENCE = Fence(OPEN.format("("), CLOSE.format(")"), row("{}"))


def in_pieces(formula: Expression, style: Style) -> Iterator[str]:
    """The pieces of a formula, between which a page can break it."""
    return pieces(formula, style, FENCE)


class HtmlBuilder(PageBuilder):
    """Makes the page of a view in HTML.

    Attributes:
        anchored: whether what the view tells has its address on the page.
    """

    def __init__(self, notation: Notation, anchored: bool = True) -> None:
        super().__init__(Writer(MATHML, notation), speech(notation))
        self.lines = LineWriter(self.writer.style(False), self.writer.style(True), in_pieces)
        self.spoken = Writer(SPOKEN, notation)
        self.anchored = anchored
        self._anchors: set[str] = set()
        self._key: dict[Kind, Inline] = {}

    def page(self, sections: Iterable[sheet.Section]) -> model.Page:
        """The page of a view's sections, with the key to its symbols."""
        made = super().page(sections)
        key = tuple(model.Key(symbol, kind.word) for kind, symbol in self._key.items())
        return replace(made, key=key)

    def pieces(self, line: Line, symbol: Inline) -> Iterator[Inline]:
        """A formula in pieces, the first of which says all of it."""
        first, *rest = self.lines.texts(line)
        yield Inline(math=first, spoken=self.spoken.line(line))
        yield from (Inline(math=math) for math in rest)

    def grid(self, item: sheet.Grid) -> model.Table:
        """A table of numbers; a name such as w1 above a column is set as a symbol."""
        made = super().grid(item)
        return replace(made, heads=tuple(map(self._head, made.heads)))

    def _head(self, head: Inline) -> Inline:
        is_symbol = (head.text.isalpha() and len(head.text) == 1) or NUMBERED.match(head.text)
        return self._letter(head.text) if is_symbol else head

    def _letter(self, name: str) -> Inline:
        return Inline(math=self.writer.value(name), spoken=name)

    def _number(self, text: str) -> Inline:
        return Inline(text=text.replace("-", MINUS))

    def telling(self, telling: Telling) -> model.Step:
        """A step and its address."""
        made = super().telling(telling)
        return replace(made, anchor=self._anchor(made.name, telling.quantity, made.symbol))

    def _given(self, row: sheet.GivenRow) -> model.Given:
        made = super()._given(row)
        return replace(made, anchor=self._anchor(made.name, row.quantity, made.symbol))

    def _anchor(self, name: str, quantity: Quantity, symbol: Inline) -> str:
        """The address of what is told first under a name; empty for what is told again."""
        if not self.anchored:
            return ""
        self._key.setdefault(quantity.kind, symbol)
        if name in self._anchors:
            return ""
        self._anchors.add(name)
        return name

    def _parts(self, telling: Telling) -> Iterator[model.Step | model.Lead]:
        """The longer telling, in which nothing has an address."""
        before, self.anchored = self.anchored, False
        yield from super()._parts(telling)
        self.anchored = before
