"""A trace as JSON, and back: one entry a line, in a versioned format with a schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.json import Encoder

from tracer.derive.epochs import told_totals
from tracer.derive.run import Segment, plan
from tracer.derive.stopping import can_end
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import arithmetic as arithmetic_of
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.codec import decode, encode
from tracer.render.records import Record, full_names
from tracer.render.sums import records, value_text
from tracer.sheet.conventions import conventions

AT_ONCE = 200
"""Entries that are handed on together."""

FORMAT = "backprop-tracer/trace"
VERSION = 1


def to_json(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    """The lines of a JSON document, many entries at once."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "title": trace.spec.about.title,
        "arithmetic": trace.arithmetic.name,
        "unsettled": trace.unsettled,
        "conventions": [list(map(english, row)) for row in conventions(trace, asked)],
        "spec": trace.spec,
    }
    yield "{"
    for key, value in head.items():
        yield f'"{key}": {_dumps(value)},'
    yield '"entries": ['
    entries, before = map(_entry, records(trace, asked)), ""
    while lines := ",\n".join(islice(entries, AT_ONCE)):
        if before:
            yield before + ","
        before = lines
    yield before + "]"
    yield "}"


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=encode)


def _entry(record: Record) -> str:
    """A record without what does not apply to it, as one line."""
    written = record.written
    entry = GivenEntry(*record[:7], written) if written else StepEntry(*record[:-1])
    return _ENTRY.encode(entry).decode()


class GivenEntry(Struct, frozen=True, gc=False):
    """A given, as it is written to a file; its members are those of `Record`."""

    name: str
    kind: str
    phase: str
    step: int
    sample: int
    value: str | None
    exact: str | None
    written: str


class StepEntry(Struct, frozen=True, gc=False):
    """A step, as it is written to a file; its members are those of `Record`."""

    name: str
    kind: str
    phase: str
    step: int
    sample: int
    value: str | None
    exact: str | None
    rule: str
    formula: str
    numbers: str
    depends: Sequence[str]


_ENTRY = Encoder()


def from_json(text: str) -> Trace:
    """The trace that `to_json` wrote, equal to the one that was written.

    The program is laid out again from the spec inside; every value is the file's.

    Raises:
        TracerError: the text is no saved trace of this version, or its entries are not those of
            its spec.
    """
    try:
        data = json.loads(text)
        head = (data["format"], data["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise TracerError("this is no saved trace: it is no JSON object with a format") from None
    if head != (FORMAT, VERSION):
        raise TracerError(f"this is {head}, where {(FORMAT, VERSION)} is understood")
    try:
        return _restored(data)
    except DAMAGES:
        raise TracerError("this saved trace is damaged: its parts do not fit together") from None


DAMAGES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a spec or an entry raises that no trace was saved with."""


def _restored(data: dict[str, Any]) -> Trace:
    spec = decode(data["spec"])
    numbers, last = arithmetic_of(data["arithmetic"]), _last_step(data["entries"])
    planned = tuple(plan(spec))
    empty = Trace(spec, numbers, planned[:last] if can_end(spec) else planned)
    values = {entry["name"]: entry["value"] for entry in data["entries"]}
    implied: set[str] = set()
    filled = tuple(_filled(empty, segment, values, implied) for segment in empty.segments)
    found = Trace(spec, numbers, filled, _text_or_none(data["unsettled"]))
    unknown = values.keys() - implied - _sums(found, values)
    if unknown:
        raise TracerError(f"this saved trace has '{min(unknown)}', which its spec does not imply")
    if len(filled) < len(planned) and not (found.ending and found.ending.reason):
        raise TracerError(f"this saved trace ends after step {last}, where its spec goes on")
    return found


def _sums(found: Trace, values: dict[str, str | None]) -> set[str]:
    """The names of the sums over epochs, each of which is what it is made of where it is told."""
    sums = {total.name: total for total in told_totals(found)}
    for name, total in sums.items():
        told, made = values.get(name), value_text(found, total)
        if name in values and told != made:
            raise TracerError(f"this saved trace says '{name}' is {told}; its parts give {made}")
    return set(sums)


def _last_step(entries: list[dict[str, Any]]) -> int:
    """The last training step of a saved trace."""
    return max((int(entry["step"]) for entry in entries), default=0)


def _text_or_none(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value


def _filled(
    trace: Trace, segment: Segment, values: dict[str, str | None], implied: set[str]
) -> Segment:
    """A training step with the file's values; notes the names that it has."""
    found: list[Any] = [None] * segment.program.size
    for address, name in enumerate(full_names(trace, segment)):
        if address in segment.program.untold:
            continue
        if name not in values:
            raise TracerError(f"this saved trace lacks '{name}', which its spec implies")
        implied.add(name)
        text = values[name]
        found[address] = None if text is None else trace.arithmetic.read(text)
    return Segment(segment.program, found, segment.step)


def load(path: str) -> Trace:
    """The trace in a file that was saved as JSON.

    Raises:
        TracerError: the file cannot be read, or is no saved trace.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise TracerError(f"cannot read {path}: {error}") from None
    return from_json(text)
