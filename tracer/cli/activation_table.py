"""The table of activations: what holds of each, in a terminal's columns or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sympy

from tracer.maths.plain import plain
from tracer.proof.properties import Properties
from tracer.render.markdown import escaped
from tracer.render.wrap import WIDTH, wrapped
from tracer.rules.activations import Activation

HEADS = (
    ("activation", ""),
    ("mono-", "tone"),
    ("conti-", "nuous"),
    ("differ-", "entiable"),
    ("bound-", "ed"),
    ("zero-", "centred"),
    ("range", ""),
)
NOTES = (
    "Computed from the formulas: SymPy finds the limits and the sign of each derivative.",
    "zero-centred: the values reach as far below 0 as above.",
)
DIGITS = 6
LONGEST_NAME = 24

Row = tuple[Activation, Properties]


def in_columns(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table in fixed width."""
    names = _short_names(rows)
    cells = [_cells(found, names[one.name]) for one, found in rows]
    heads = [tuple(head[k] for head in HEADS) for k in (0, 1)]
    widths = [max(len(line[k]) for line in (*heads, *cells)) for k in range(len(HEADS))]
    for line in (*heads, *cells):
        pairs = zip(line, widths, strict=True)
        yield "  ".join(cell.ljust(width) for cell, width in pairs).rstrip()
    yield ""
    long = (f"{short}: {name}" for name, short in names.items() if short != name)
    for note in (*long, *NOTES, *_conventions(rows, names)):
        yield from wrapped(note, WIDTH)


def _short_names(rows: Sequence[Row]) -> dict[str, str]:
    """What each is called in a column: its name, or a number for a long formula."""
    names = list(dict.fromkeys(activation.name for activation, _ in rows))
    long = [name for name in names if len(name) > LONGEST_NAME]
    return {name: f"formula {long.index(name) + 1}" if name in long else name for name in names}


def in_markdown(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table as Markdown."""
    names = {activation.name: activation.name for activation, _ in rows}
    yield "# Activations"
    yield ""
    heads = [escaped(f"{one.rstrip('-')}{other}") for one, other in HEADS]
    heads[5] = "zero\\-centred"
    yield f"| {' | '.join([*heads, 'value', 'slope'])} |"
    yield f"|{'---|' * (len(HEADS) + 2)}"
    for activation, found in rows:
        cells = _cells(found, activation.name)
        texts = [*cells, plain(activation.value), plain(activation.slope)]
        yield f"| {' | '.join(map(escaped, texts))} |"
    yield ""
    yield from (f"- {escaped(note)}" for note in (*NOTES, *_conventions(rows, names)))


def _cells(found: Properties, name: str) -> tuple[str, ...]:
    held = (found.monotone, found.continuous, found.differentiable, found.bounded)
    words = ("yes" if holds else "no" for holds in (*held, found.zero_centred))
    return (name, *words, _range(found))


def _range(found: Properties) -> str:
    """All values: an interval, or the few that there are."""
    if found.values:
        return f"{{{', '.join(map(_number, found.values))}}}"
    left, right = "[" if found.has_low else "(", "]" if found.has_high else ")"
    return f"{left}{_number(found.low)}, {_number(found.high)}{right}"


def _number(value: Any) -> str:
    """A number of SymPy's as people write it: a short one exactly, else to a few digits."""
    if not value.is_finite:
        return "-∞" if value < 0 else "∞"
    if value.is_Rational and len(str(value)) <= DIGITS:
        return str(value)
    return str(sympy.N(value, DIGITS)).rstrip("0").rstrip(".")


def _conventions(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[str]:
    """What is agreed on at kinks and jumps, and parameters that are in force."""
    for activation, _ in rows:
        texts = {key: plain(value) for key, value in activation.parameters}
        if activation.convention:
            yield f"{names[activation.name]}: {activation.convention.format(**texts)}"
