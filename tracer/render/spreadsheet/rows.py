"""What stands in the cells of a row beside its value: names, rule, formula, as text."""

from __future__ import annotations

from typing import NamedTuple

from tracer.derive.entries import Entry, Given, Step
from tracer.maths.expression import Number
from tracer.maths.printer import written
from tracer.notation.notation import Notation
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.notation.said import on_page
from tracer.phrase import Phrase
from tracer.sheet.telling import tell
from tracer.sheet.words import one_line

HEADS = (
    Phrase("name"),
    Phrase("symbol"),
    Phrase("rule"),
    Phrase("formula"),
    Phrase("value"),
    Phrase("as calculated"),
    Phrase("difference"),
)
GIVEN_HEADS = (
    Phrase("name"),
    Phrase("symbol"),
    Phrase("what it is"),
    Phrase("as in the file"),
    Phrase("value"),
)

LONGEST_TEXT = 2_000
"""As many characters of a formula's text are written; a cell holds 32,767."""


class Texts(NamedTuple):
    """The text cells of a row, under `HEADS` or `GIVEN_HEADS`."""

    name: str
    symbol: str
    rule: str
    formula: str


def texts_of(entry: Entry, notation: Notation, asked: NumberFormat) -> Texts:
    """The texts of a given or a step."""
    symbol = notation.symbol(entry.quantity)
    if isinstance(entry, Given):
        word = on_page(Phrase(entry.quantity.kind.word), notation)
        return _cleaned(entry.name, symbol, word, _as_written(entry))
    assert isinstance(entry, Step)
    return _of_step(entry, notation, asked)


def _of_step(step: Step, notation: Notation, asked: NumberFormat) -> Texts:
    symbol, rule = notation.symbol(step.quantity), on_page(Phrase(step.rule.name), notation)
    if step.is_carried:
        return _cleaned(step.name, symbol, rule, step.operands[0].name)
    line = next(line for line in tell(step, asked).lines if not line.is_chain)
    return _cleaned(step.name, symbol, rule, written(line.expression, notation.style()))


def as_calculated(entry: Entry, asked: NumberFormat) -> str:
    """The trace's own number, as a page shows it; empty for letters."""
    if entry.value is None:
        return ""
    return shown_value(entry.value, entry.trace.arithmetic, asked).text


def _as_written(given: Given) -> str:
    written = given.written
    return written.text if isinstance(written, Number) else str(written.of)


def _cleaned(*texts: str) -> Texts:
    return Texts(*(_shortened(one_line(text)) for text in texts))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …"
