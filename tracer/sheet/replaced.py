"""Given values that stand in place of others: those that their formulas give, or the file's own."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.entries import Entry, Given, entry_at
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.phrase import Phrase, counted, phrase
from tracer.rules.decays import REMEMBERED
from tracer.rules.optimisers import SETTINGS
from tracer.sheet.rows import Row
from tracer.spec.expressions.descent import replaced_in
from tracer.spec.network import Network, Spec
from tracer.spec.placed import replaced

MOST_NAMED = 5
"""As many given values that replace others are named; more are counted."""

REPLACED = Phrase("replaced")


def replaced_rows(trace: Trace, asked: NumberFormat) -> Iterator[Row]:
    """The given values that stand in place of others, which their formulas would give."""
    segment = trace.segments[0]
    found = [entry_at(trace, segment, address) for address in segment.program.overrides]
    texts = [
        *_other_numbers(trace.spec),
        *(text for entry in found if (text := _difference(entry, asked))),
        *(text for entry in found if (text := _other_start(entry))),
    ]
    yield from ((REPLACED, text) for text in texts[:MOST_NAMED])
    if len(texts) > MOST_NAMED:
        yield REPLACED, counted(len(texts) - MOST_NAMED, "{count} more", "{count} more")


def _other_numbers(spec: Spec) -> Iterator[Phrase]:
    """What is given for a whole training in place of the file's own numbers."""
    pairs = replaced(spec) if isinstance(spec, Network) else replaced_in(spec)
    for name, mine, other in pairs:
        if name in SETTINGS:
            text = "{name} is given as {value}; its setting is {other}"
            yield phrase(text, name=name, value=mine.text, other=other.text)
        else:
            yield phrase(IN_FILE, name=name, value=mine.text, other=other.text)


IN_FILE = "{name} is given as {value}; the file has {other}"


def _other_start(entry: Entry) -> Phrase | None:
    """A parameter that is given another value than the file's, at the start; else None."""
    other = entry.segment.program.values.get(entry.address)
    if (
        not isinstance(entry, Given)
        or not isinstance(other, Number)
        or entry.block.kind in REMEMBERED
    ):
        return None
    mine = entry.written
    if isinstance(mine, Number) and mine.value == other.value:
        return None
    return phrase(IN_FILE, name=entry.name, value=_written(entry), other=other.text)


def _difference(entry: Entry, asked: NumberFormat) -> Phrase | None:
    """A given value and the one that it replaces; None where there is none, or no difference."""
    calculated = entry.replaced if isinstance(entry, Given) else None
    if not isinstance(entry, Given) or calculated is None or entry.value is None:
        return None
    arithmetic = entry.trace.arithmetic
    mine, other = (shown_value(value, arithmetic, asked) for value in (entry.value, calculated))
    if mine.text == other.text:
        return None
    if other.exact:
        text = "{name} is given as {value}; its formula gives {other}"
        return phrase(text, name=entry.name, value=_written(entry), other=other.text)
    text = "{name} is given as {value}; its formula gives about {other}"
    return phrase(text, name=entry.name, value=_written(entry), other=other.text)


def _written(entry: Given) -> str:
    return entry.written.text if isinstance(entry.written, Number) else str(entry.written.of)
