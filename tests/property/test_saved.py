"""Saved traces of random networks: read back, and every printed formula computed again."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import FEW
from tests.support.mathematics import suitable
from tests.support.networks import NUMBERS, Drawn, networks
from tests.support.records import by_name, entries, operands, recomputed, saved
from tests.support.rounding import MODES, by_hand
from tests.support.tracing import network_of, traced_if_finite
from tests.support.witness import in_digits
from tracer.maths.parse import parse_value
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.render.csv import to_csv
from tracer.render.json import from_json
from tracer.spec import GivenValue

RANDOM = st.randoms(use_true_random=False)
ROUNDED = ("float", "decimal:50", "interval:30", "by-hand:4", "by-hand:5sig:half-even")
FORMATS = st.builds(NumberFormat, st.none() | st.integers(0, 12), st.integers(1, 12))


@pytest.mark.parametrize("numbers", ROUNDED)
@FEW
@given(drawn=networks(most_steps=2, evaluated=True), random=RANDOM, asked=FORMATS)
def test_saved_trace_is_read_back(
    drawn: Drawn, random: Random, asked: NumberFormat, numbers: str
) -> None:
    """A trace saved as JSON is read back as an equal trace, in every arithmetic that rounds."""
    found = traced_if_finite(network_of(drawn, random), numbers)
    document = saved(found, asked)
    assert from_json(document) == found
    assert [entry["name"] for entry in entries(document)] == [entry.name for entry in found]


@FEW
@given(networks(rational=True, most_steps=2, evaluated=True), RANDOM)
def test_saved_exact_trace_is_read_back(drawn: Drawn, random: Random) -> None:
    """A trace in fractions, saved as JSON, is read back as an equal trace; another one is not."""
    found = traced_if_finite(network_of(drawn, random), "exact")
    document = saved(found)
    assert from_json(document) == found
    changed = json.loads(document)
    changed["entries"][-1]["value"] += "1"
    assert from_json(json.dumps(changed)) != found


@FEW
@given(networks(rational=True, most_steps=2, evaluated=True), RANDOM)
def test_formulas_give_the_exact_values(drawn: Drawn, random: Random) -> None:
    """In fractions, each entry's formula over plain names gives its value, exactly."""
    found = entries(saved(traced_if_finite(network_of(drawn, random), "exact")))
    values = by_name(found)
    for entry in found:
        if "formula" in entry:
            again = recomputed(entry["formula"], operands(entry, values))
            assert again == values[entry["name"]], entry


@FEW
@given(networks(most_steps=2, evaluated=True), RANDOM)
def test_formulas_give_the_values(drawn: Drawn, random: Random) -> None:
    """With 50 digits, each entry's formula over plain names gives its value, to 40 digits."""
    with suitable():
        for sample in range(1, len(drawn.cases) + 1):
            in_digits(drawn, sample)
    found = entries(saved(traced_if_finite(network_of(drawn, random), "decimal:50")))
    values = by_name(found)
    size = 1 + max(map(abs, values.values()))
    for entry in found:
        if "formula" in entry:
            again = recomputed(entry["formula"], operands(entry, values))
            assert abs(again - values[entry["name"]]) <= size * Fraction(1, 10**40), entry


@FEW
@given(networks(most_steps=3, evaluated=True), RANDOM, st.data())
def test_saved_partial_state_is_read_back(
    drawn: Drawn, random: Random, data: st.DataObject
) -> None:
    """Whatever is given, a saved trace is read back, and what is not given is as its formula says.

    What no step changes keeps its given value through the training.
    """
    spec = network_of(drawn, random)
    whole = traced_if_finite(spec, "decimal:50")
    names = [entry.name.removesuffix("@1") for entry in whole if entry.segment.step == 1]
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    values = {name: parse_value(data.draw(NUMBERS)) for name in chosen}
    asked = tuple(GivenValue(name, value) for name, value in values.items())
    found = traced_if_finite(replace(spec, given=asked), "decimal:50")
    document = saved(found)
    assert from_json(document) == found
    for name, value in values.items():
        assert getattr(found[name], "written", None) == value
    numbers = by_name(entries(document))
    size = 1 + max(map(abs, numbers.values()))
    for entry in entries(document):
        if "formula" in entry:
            again = recomputed(entry["formula"], operands(entry, numbers))
            assert abs(again - numbers[entry["name"]]) <= size * Fraction(1, 10**40), entry


@FEW
@given(
    networks(most_steps=2),
    RANDOM,
    st.integers(2, 7),
    st.booleans(),
    st.sampled_from(MODES),
)
def test_by_hand_each_step_is_its_formula_rounded(
    drawn: Drawn, random: Random, digits: int, significant: bool, mode: str
) -> None:
    """By hand, each value is exactly that of its formula over the rounded values, rounded."""
    numbers = f"by-hand:{digits}{'sig' if significant else ''}:{mode}"
    found = entries(saved(traced_if_finite(network_of(drawn, random), numbers)))
    values = by_name(found)
    for entry in found:
        if "formula" in entry and entry["rule"] != "carried over":
            again = recomputed(entry["formula"], operands(entry, values))
            assert by_hand(again, digits, significant, mode) == values[entry["name"]], entry


@FEW
@given(networks(rational=True, most_steps=2, evaluated=True), RANDOM)
def test_exact_numbers_put_in_give_the_value(drawn: Drawn, random: Random) -> None:
    """In fractions, a line of numbers that are all shown in full gives the value, exactly."""
    trace = traced_if_finite(network_of(drawn, random), "exact")
    found = entries(saved(trace))
    assert all(entry["exact"] == entry["value"] for entry in found)
    whole = {
        entry.name
        for entry in trace
        if shown_value(entry.value, trace.arithmetic, NumberFormat()).exact
    }
    for entry in found:
        if "formula" in entry and whole.issuperset(entry["depends"]):
            again = recomputed(entry["numbers"], {})
            assert again == Fraction(entry["value"]), entry


@FEW
@given(networks(most_steps=2, evaluated=True), RANDOM, FORMATS)
def test_table_for_spreadsheets_has_every_entry(
    drawn: Drawn, random: Random, asked: NumberFormat
) -> None:
    """Python's own reader finds in the CSV what the JSON says, row by row."""
    found = traced_if_finite(network_of(drawn, random), "decimal:50")
    rows = list(csv.DictReader(io.StringIO("\n".join(to_csv(found, asked)))))
    said = entries(saved(found, asked))
    for row, entry in zip(rows, said, strict=True):
        assert (row["name"], row["exact"]) == (entry["name"], entry["exact"] or "")
        assert abs(Fraction(row["value"]) - Fraction(entry["value"])) <= _half_digit(row["value"])
        assert row["step"] == str(entry["step"])
        assert row["formula"].removeprefix("'") == entry.get("formula", "")


def _half_digit(value: str) -> Fraction:
    """What rounding to fifty digits can change."""
    return abs(Fraction(value)) / 10**49
