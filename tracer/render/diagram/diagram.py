"""The diagram of a trace, ready for any medium."""

from __future__ import annotations

from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from tracer.derive.entries import Entry
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.notation.figures import Figures
from tracer.notation.notation import Notation, terminal
from tracer.notation.numbers import NumberFormat
from tracer.render.diagram.expression import ExpressionParts, expression_drawing
from tracer.render.diagram.lettering import Formulas, Symbols, formulas, lettering
from tracer.render.diagram.network import NetworkParts
from tracer.render.diagram.parts import TOLD, drawing
from tracer.render.diagram.records import Drawing, Size
from tracer.render.diagram.summary import SummaryParts
from tracer.render.diagram.values import (
    Numbers,
    Values,
    said,
    segment_of,
    standard_numbers,
    with_blanks,
)
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network

MOST_UNITS = 8
"""In a layer; a network with a larger one is drawn layer by layer."""


class Wish(Struct, frozen=True):
    """How a diagram is wanted.

    Attributes:
        notation: symbols and the language of words; None: those of a terminal.
        symbols: how symbols are lettered; None: as the notation has them.
        numbers: how values are written; None: with four significant digits.
        formulas: how the formulas of expressions are; None: as the notation has them.
        edges: the most that edges tell: ``gradients`` (weights with their derivatives),
            ``values`` (weights), ``names`` or ``none``. They tell less where there is no room.
        step: which training step, from 1; 0: the first one in which the sample takes part.
        room: how large the drawing may get before edges tell less; None: as large as it needs.
        blanks: whether what is calculated has no number, for a sheet to be filled in.
        prefix: what every id starts with, so that a page can hold several diagrams.
    """

    notation: Notation | None = None
    symbols: Symbols | None = None
    numbers: Numbers | None = None
    formulas: Formulas | None = None
    edges: str = "values"
    step: int = 0
    room: Size | None = None
    blanks: bool = False
    prefix: str = "d-"


def diagram_of(trace: Trace, sample: int = 1, wish: Wish | None = None) -> Drawing:
    """The diagram of a trace.

    Args:
        trace: the trace.
        sample: whose values stand in it, from 1.
        wish: how it is wanted.

    Raises:
        UnknownQuantityError: there is no such sample or training step.
    """
    wish = wish or Wish()
    spec, words = trace.spec, _notation(wish).words
    title = said(title_of_spec(spec), words)
    tellings = TOLD[TOLD.index(wish.edges) :] if wish.room else (wish.edges,)
    if isinstance(spec, Network) and is_large(spec):
        layers = SummaryParts(spec, wish.prefix, words)
        told = (layers.vertices, layers.links, tellings, wish.room)
        return drawing("summary", title, title, *told)
    values = _values(trace, segment_of(trace, sample, wish.step), sample, wish)
    if not isinstance(spec, Network):
        return expression_drawing(title, ExpressionParts(trace, values, wish.prefix), wish.edges)
    parts = NetworkParts(spec, values, wish.prefix, tellings)
    return drawing("network", title, title, parts.vertices, parts.links, tellings, wish.room)


def is_large(spec: Network) -> bool:
    """Whether a network is drawn layer by layer."""
    widths = [len(spec.inputs), *(len(layer.units) for layer in spec.layers)]
    per_step = spec.time.steps if spec.time else 1
    return max(widths[1:]) > MOST_UNITS or widths[0] > MOST_UNITS * per_step


def _values(trace: Trace, segment: Segment, sample: int, wish: Wish) -> Values:
    notation = _notation(wish)
    symbols = wish.symbols or lettering(notation)
    numbers = wish.numbers or standard_numbers(NumberFormat(None, 4))
    numbers = with_blanks(numbers) if wish.blanks else numbers
    if not notation.figures.is_plain:
        numbers = partial(_with_figures, notation.figures, numbers)
    how = wish.formulas or formulas(notation)
    return Values(trace, segment, sample, symbols, numbers, how, notation.words)


def _with_figures(figures: Figures, numbers: Numbers, entry: Entry) -> str:
    """A value after its sign, its digits as a page has them."""
    sign, blank, number = numbers(entry).rpartition(" ")
    return sign + blank + figures.value(number)


def _notation(wish: Wish) -> Notation:
    """The notation, in which nothing says the sample or the step: the whole diagram is of one."""
    return replace(wish.notation or terminal(samples=False), samples=False, steps=False)
