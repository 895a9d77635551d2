"""A page's records for HTML: formulas in MathML and in words, addresses, the key to the symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby

from msgspec.structs import replace

from tracer.maths.printer import Style
from tracer.notation.notation import Notation
from tracer.notation.symbols import NUMBERED
from tracer.phrase import Phrase
from tracer.render.lines import LineWriter
from tracer.render.markup.mathml import CLOSE, MATHML, MINUS, OPEN, row
from tracer.render.markup.medium import Writer
from tracer.render.markup.pieces import Fence, pieces
from tracer.render.markup.spoken import Speaker, speech
from tracer.render.pages import model
from tracer.render.pages.build import PageBuilder
from tracer.render.pages.model import Inline
from tracer.rules.quantity import Kind, Quantity, plain_name
from tracer.sheet import page as sheet
from tracer.sheet.telling import EXACT, Line, Telling

Plain = Callable[[Quantity], str]
"""The name that people type for a quantity."""

FENCE = Fence(OPEN.format("("), CLOSE.format(")"), row("{}"))


class HtmlBuilder(PageBuilder):
    """Makes the page of a view in HTML.

    Attributes:
        anchored: whether what the view tells has its address on the page.
        plain: the plain name of a quantity.
    """

    def __init__(
        self, notation: Notation, anchored: bool = True, plain: Plain = plain_name
    ) -> None:
        speaker = Speaker(notation.words)
        writer = Writer(MATHML, notation)
        spoken = Writer(speaker.medium, notation, beside=writer)
        super().__init__(writer, speech(spoken))
        self.anchored, self.plain = anchored, plain
        self._maths = line_writer(*_styles(self.writer), FENCE)
        self._words = line_writer(*_styles(spoken), speaker.fence)
        self._anchors: set[str] = set()
        self._key: dict[Kind, Inline] = {}

    def page(self, sections: Iterable[sheet.Section]) -> model.Page:
        """The page of a view's sections, with the key to its symbols."""
        made = super().page(sections)
        key = tuple(
            model.Key(symbol, self.text.said(Phrase(kind.word)))
            for kind, symbol in self._key.items()
        )
        return replace(made, key=key)

    def pieces(self, line: Line, symbol: Inline) -> Iterator[Inline]:
        """A formula in pieces, each of which is said."""
        texts = zip(self._maths.texts(line), self._words.texts(line), strict=True)
        return (Inline(math, spoken=words.strip()) for math, words in texts)

    def _name(self, quantity: Quantity) -> str:
        return self.plain(quantity)

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
        return Inline(text=self.notation.figures.value(text).replace("-", MINUS))

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


def line_writer(style: Style, chain_style: Style, fence: Fence) -> LineWriter:
    """Writes lines in pieces.

    Args:
        style: of formulas.
        chain_style: of chains of partial derivatives.
        fence: brackets that may be broken inside.
    """
    return LineWriter(style, chain_style, partial(pieces, fence=fence))


def _styles(writer: Writer) -> tuple[Style, Style]:
    return writer.style(False), writer.style(True)


VALUES = (Phrase("Quantity"), Phrase("Value"))


class ValuesBuilder(HtmlBuilder):
    """Makes the page of a table of values: a row for each, by the name that people type."""

    def _blocks(self, items: Iterable[sheet.Item]) -> Iterator[model.Block]:
        for is_given, group in groupby(items, key=lambda item: isinstance(item, sheet.GivenRow)):
            if is_given:
                heads = tuple(Inline(text=self.text.said(word)) for word in VALUES)
                yield model.Table(heads, tuple(map(self._row, group)))  # type: ignore[arg-type]
            else:
                yield from super()._blocks(group)

    def _row(self, row: sheet.GivenRow) -> tuple[tuple[Inline, ...], ...]:
        sign = "" if row.relation == EXACT else f"{row.relation} "
        name, value = self._name(row.quantity), Inline(text=sign + row.text.replace("-", MINUS))
        return (Inline(text=name, name="" if self.anchored else name),), (value,)
