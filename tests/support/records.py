"""Saved traces read without the program's help: JSON entries, each formula computed again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from tests.support.mathematics import READ_BACK
from tests.support.reading import evaluated, with_identifiers
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.render.json import to_json

Entry = dict[str, Any]


def saved(trace: Trace, asked: NumberFormat | None = None) -> str:
    """The trace as a JSON document."""
    return "\n".join(to_json(trace, asked or NumberFormat()))


def entries(document: str) -> list[Entry]:
    """The givens and steps of a JSON document."""
    found: list[Entry] = json.loads(document)["entries"]
    return found


def recomputed(text: str, values: Mapping[str, Fraction]) -> Fraction:
    """A formula's value: exact where it is rational, else to 60 digits.

    Args:
        text: over plain names, or over numbers.
        values: the value of each name.
    """
    identifiers = {name: f"q{k}" for k, name in enumerate(values)}
    formula = with_identifiers(text, identifiers) if values else text
    numbers = {identifiers[name]: value for name, value in values.items()}
    return Fraction(evaluated(formula, numbers, READ_BACK))


def operands(entry: Entry, values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The values of the names in an entry's formula."""
    return {name: values[name] for name in entry["depends"]}


def by_name(found: Iterable[Entry]) -> dict[str, Fraction]:
    """The value of every entry, from its text."""
    return {entry["name"]: Fraction(entry["value"]) for entry in found}
