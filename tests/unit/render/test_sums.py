"""The sums over epochs in JSON and CSV: what they are made of, and that they read back."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support.records import by_name, entries, operands, recomputed, saved
from tests.unit.making import calculated, traced
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.notation.numbers import NumberFormat
from tracer.render.csv import to_csv
from tracer.render.json import from_json
from tracer.render.schema import schema
from tracer.render.sums import records
from tracer.spec import find

NETWORK = """
    inputs: [x]
    layers: [{{units: [{unit}], weights: [[w = {weight}]]}}]
    samples: [{{input: 1, target: 2}}, {{input: 2, target: 2}}, {{input: 3, target: 1}}]
    training: {{learning_rate: 1/10, batch: 2, epochs: 3, until: {{error_below: 1}}}}
    {given}
"""
OUTPUT = NETWORK.format(unit="y", weight="1/2", given="")

TRACES = {
    "exact": traced(OUTPUT),
    "decimal": traced(OUTPUT, "decimal"),
    "by hand": traced(OUTPUT, "by-hand:4sig"),
    "an error is given": traced(NETWORK.format(unit="y", weight="1/2", given="given: {E: 3}")),
    "a unit called epoch1": traced(NETWORK.format(unit="epoch1", weight="1/2", given="")),
    "adaline": calculated(find("adaline")),
    "perceptron": calculated(find("perceptron_and")),
    "letters": traced(
        OUTPUT.replace("w = 1/2", "a").replace(
            ", until: {error_below: 1}", ", learning_rule: adaline"
        )
    ),
}


def sums(trace: Trace) -> list[dict[str, Any]]:
    """The entries of epochs."""
    return [entry for entry in entries(saved(trace)) if "epoch" in entry["kind"]]


@pytest.mark.parametrize("name", TRACES)
def test_a_trace_with_epochs_reads_back(name: str) -> None:
    """It keeps the schema, is read as an equal trace, and is saved again as the same text."""
    text = saved(TRACES[name])
    Draft202012Validator(schema()).validate(json.loads(text))
    assert from_json(text) == TRACES[name]
    assert saved(from_json(text)) == text


@pytest.mark.parametrize("name", TRACES)
def test_every_name_of_a_sum_stands_before_it(name: str) -> None:
    """A sum has a name of its own, and depends on entries that stand before it."""
    seen: set[str] = set()
    for entry in entries(saved(TRACES[name])):
        assert set(entry.get("depends", ())) <= seen
        assert entry["name"] not in seen
        seen.add(entry["name"])


@pytest.mark.parametrize("name", ["exact", "an error is given", "perceptron", "adaline"])
def test_a_sum_is_the_sum_of_its_parts(name: str) -> None:
    """Formula and numbers, calculated again, give the value."""
    values = by_name(entry for entry in entries(saved(TRACES[name])) if entry["value"])
    found = sums(TRACES[name])
    assert found
    for entry in found:
        assert recomputed(entry["formula"], operands(entry, values)) == Fraction(entry["value"])
        assert entry["value"] == TRACES[name].arithmetic.text(TRACES[name][entry["name"]].value)


def test_numbers_are_those_that_stand_on_the_page() -> None:
    """A given error is put in as it was written."""
    first = sums(TRACES["an error is given"])[0]
    assert (first["formula"], first["depends"]) == ("E@1 + E@2", ["E@1", "E@2"])
    assert first["numbers"].startswith("3 + ")


def test_what_nobody_can_tell_apart_is_left_out() -> None:
    """An output called epoch1 has an error of that name; the sums of other epochs stay."""
    trace = TRACES["a unit called epoch1"]
    assert not any(entry["name"] == "E_epoch1" for entry in sums(trace))
    assert [entry["name"] for entry in sums(trace)][:1] == ["E_epoch2"]


def test_a_plain_training_has_none() -> None:
    """Sums are told of trainings that are told by their epochs."""
    assert sums(traced(OUTPUT.replace(", until: {error_below: 1}", ""))) == []


def test_files_without_sums_are_read() -> None:
    """What was saved before there were sums is read as it was."""
    data = json.loads(saved(TRACES["exact"]))
    data["entries"] = [one for one in data["entries"] if "epoch" not in one["kind"]]
    assert from_json(json.dumps(data)) == TRACES["exact"]


def test_a_sum_that_is_not_that_of_its_parts_is_refused() -> None:
    """A changed sum is told, with what its parts give."""
    data = json.loads(saved(TRACES["perceptron"]))
    entry = next(one for one in data["entries"] if one["name"] == "errors_epoch3")
    entry["value"] = "7"
    with pytest.raises(TracerError, match="'errors_epoch3' is 7; its parts give 2"):
        from_json(json.dumps(data))


def test_csv_has_the_same_rows() -> None:
    """A spreadsheet has the sums as well."""
    trace = TRACES["perceptron"]
    rows = list(csv.DictReader(to_csv(trace, NumberFormat())))
    assert len(rows) == len(list(records(trace, NumberFormat())))
    found = {row["name"]: row for row in rows}["errors_epoch2"]
    assert (found["value"], found["numbers"], found["step"]) == ("1", "0 + 0 + 1 + 0", "8")
