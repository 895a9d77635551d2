"""A trace as records, with the sums over its epochs after the training steps that they end with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracer.derive.entries import Entry, Given
from tracer.derive.epochs import Total, told_totals
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.notation.numbers import NumberFormat, shower
from tracer.render.filler import Filler
from tracer.render.records import Piece, Record, in_formula, records_of_steps


def records(trace: Trace, asked: NumberFormat) -> Iterator[Record]:
    """Every given, every step and every sum over an epoch, each after what it is made of."""
    sums: dict[int, list[Total]] = {}
    for total in told_totals(trace):
        sums.setdefault(total.segment.step, []).append(total)
    steps = records_of_steps(trace, asked)
    for segment, found in zip(trace.segments, steps, strict=True):
        yield from found
        for total in sums.get(segment.step, ()):
            yield _record(trace, total, asked)


def _record(trace: Trace, total: Total, asked: NumberFormat) -> Record:
    """A sum over an epoch as a record of the training step that it ends with."""
    names = [entry.name for entry in total.operands]
    numbers = [_piece(trace, entry, asked) for entry in total.operands]
    filler = Filler(total.template)
    bare, grouped = ([[piece[k]] for piece in numbers] for k in (0, 1))
    value = value_text(trace, total)
    return Record(
        name=total.name,
        kind=total.quantity.kind.word,
        phase=total.phase.value,
        step=total.segment.step,
        sample=0,
        value=value,
        exact=value if total.is_exact else None,
        rule=total.rule.name,
        formula=_first(filler.with_names([[name] for name in names])),
        numbers=_first(filler.with_numbers(bare, grouped)),
        depends=tuple(dict.fromkeys(names)),
        written="",
    )


def value_text(trace: Trace, total: Total) -> str | None:
    """The value of a sum in full precision; None for letters."""
    value: Any = total.value
    return None if value is None else trace.arithmetic.text(value)


def _piece(trace: Trace, entry: Entry, asked: NumberFormat) -> Piece:
    """How what is added up stands in the formula with numbers."""
    written = entry.written if isinstance(entry, Given) else None
    text = written if isinstance(written, Number) else None
    return in_formula(entry.name, text, entry.value, shower(trace.arithmetic, asked))


def _first(texts: Iterator[str]) -> str:
    return next(texts)
