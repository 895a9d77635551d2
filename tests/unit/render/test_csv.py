"""Tables for spreadsheets: columns, quoting, and cells that cannot be run."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, names, program, traced
from tracer.derive.trace import Trace
from tracer.notation.numbers import NumberFormat
from tracer.render.csv import COLUMNS, to_csv

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def table(trace: Trace) -> list[dict[str, str]]:
    """The rows, by the names of the columns."""
    return list(csv.DictReader(to_csv(trace, NumberFormat())))


def test_the_columns() -> None:
    """The first line names the columns, and every line has as many cells."""
    text = list(to_csv(traced(BY_HEAD), NumberFormat()))
    assert text[0] == "step,sample,phase,name,value,exact,rule,formula,numbers"
    assert {len(row) for row in csv.reader(text)} == {len(COLUMNS)}


def test_every_quantity_has_a_row() -> None:
    """One row for each given and step, in the order of the trace."""
    for settings in ({}, {"steps": "2"}, {"batch": "online", "steps": "3"}):
        trace = traced(IN_A_ROW, **settings)
        assert [row["name"] for row in table(trace)] == names(trace)


def test_a_step() -> None:
    """A row has its step and sample, phase, value in full, rule, formula and numbers."""
    rows = {row["name"]: row for row in table(traced(IN_A_ROW, "decimal", steps="2"))}
    assert rows["dE/dw[3]@2"] == {
        **{"step": "2", "sample": "3", "phase": "weights", "name": "dE/dw[3]@2"},
        **{"value": "-10.80", "exact": "-10.80", "rule": "chain rule"},
        **{"formula": "dE/dnet_z[3]@2*x[3]", "numbers": "'-3.6*3"},
    }
    assert rows["w@2"]["phase"] == "carried over"
    assert rows["w@2"]["formula"] == "w+@1"
    assert rows["x[3]"]["numbers"] == "3"
    assert rows["w+@1"]["sample"] == ""


def test_fractions_are_decimals() -> None:
    """A value whose decimals do not end is one for a spreadsheet, with the fraction beside it."""
    rows = {row["name"]: row for row in table(calculated(program("y = x/3", x="1"), "decimal:50"))}
    assert (rows["y"]["value"], rows["y"]["exact"]) == ("0." + 50 * "3", "1/3")


def test_letters_have_no_value() -> None:
    """What is left open has an empty value, and a given letter is shown as written."""
    rows = {row["name"]: row for row in table(calculated(program("y = 2*x")))}
    assert (rows["x"]["value"], rows["x"]["numbers"]) == ("", "x")
    assert (rows["y"]["value"], rows["y"]["formula"]) == ("", "2*x")


@pytest.mark.parametrize("settings", [{}, {"steps": "2"}, {"delta": "negative_gradient"}])
def test_no_cell_runs(settings: dict[str, str]) -> None:
    """No cell begins like a formula of a spreadsheet, unless it is a number."""
    text = BY_HEAD.replace("bias: 2", "threshold: t = -2")
    for row in table(traced(text, **settings)):
        for cell in row.values():
            if cell.startswith(DANGEROUS):
                Fraction(cell)


def test_negative_numbers_stay_numbers() -> None:
    """A negative value is no formula, and has no apostrophe."""
    rows = {row["name"]: row for row in table(traced(BY_HEAD, "decimal"))}
    assert rows["dE/dnet_o2"]["value"] == "-2"
    assert rows["w4"]["numbers"] == "-1"


def test_intervals_are_quoted() -> None:
    """A value with a comma in it is one cell."""
    rows = {
        row["name"]: row
        for row in table(traced(IN_A_ROW.replace("w = 2", "w = 1/3"), "interval:9"))
    }
    assert rows["w"]["value"] == "[0.333333333, 0.333333334]"
