"""Every built-in example: what was published is right, or it is said what its author did."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from click.testing import CliRunner

from tests.published.examples import NAMES, compared, spec, traced
from tests.published.recomputed import EPOCHS, RIGHT, UNDER
from tracer import resources
from tracer.cli.main import cli
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.render.formats import PAGES, RECORDS, lines_of
from tracer.render.json import from_json
from tracer.sheet.page import Wanted
from tracer.sheet.published import half_unit
from tracer.spec import ExpressionProgram, read_text, with_training

COUNTS = {  # example: (published values, of which right, of the others made by known settings)
    "baydin_forward": (5, 5, 0),
    "baydin_reverse": (14, 14, 0),
    "byu": (12, 12, 0),
    "convolution": (20, 20, 0),
    "cs231n_hinge": (4, 4, 0),
    "cs231n_softmax": (9, 9, 0),
    "decks_integer": (22, 21, 1),
    "decks_sine": (3, 3, 0),
    "mazur": (30, 25, 4),
    "micrograd": (3, 3, 0),
    "momentum_quadratic": (14, 14, 0),
    "negnevitsky": (25, 25, 0),
    "nnwj": (17, 8, 9),
    "perceptron_or": (39, 39, 0),
    "rgu": (14, 4, 9),
    "saturated": (32, 32, 0),
}

ONLY_SAID = {("mazur", "dE/dout_h1:o2"), ("rgu", "delta_bottom")}
"""Slips that no settings bring about."""

FULL = Fraction(1, 10**13)
"""How far a float's own rounding can be away, relative to the value."""


CASES = [
    pytest.param(name, number, id=f"{name}-{published.quantity}")
    for name in NAMES
    for number, published in enumerate(spec(name).about.published)
]
"""Every published value of every example."""


def test_examples_with_published_values_are_all_counted() -> None:
    """An example that says what was published is in the table of counts, and no other is."""
    assert {name for name in NAMES if spec(name).about.published} == set(COUNTS)


@pytest.mark.parametrize(("name", "number"), CASES)
def test_published_value_is_right_or_explained(name: str, number: int) -> None:
    """A published value is ours to its digits, or its author's settings give it and we say so."""
    comparison = compared(name)[number]
    published = comparison.published
    if comparison.agrees:
        assert not published.why
        return
    assert published.why.endswith(".")
    assert comparison.explained != ((name, published.quantity) in ONLY_SAID)


@pytest.mark.parametrize("name", COUNTS)
def test_number_of_right_values(name: str) -> None:
    """As many values are published, right, and brought about by known settings as we counted."""
    found = compared(name)
    right = sum(comparison.agrees for comparison in found)
    made = sum(comparison.explained for comparison in found)
    assert (len(found), right, made) == COUNTS[name]


@pytest.mark.parametrize(
    ("name", "quantity", "value"),
    [(name, *row) for name, rows in RIGHT.items() for row in rows.items()],
)
def test_recomputed_in_full(name: str, quantity: str, value: str) -> None:
    """Our value is the one that other programs computed, to all the digits of a float."""
    times = {p.quantity: p.times.value for p in spec(name).about.published}.get(quantity, 1)
    step = int(quantity.rpartition("@")[2]) if "@" in quantity else 1
    assert_close(name, quantity, value, f"steps={step}" if step > 1 else "", Fraction(times))


@pytest.mark.parametrize(
    ("name", "settings", "quantity", "value"),
    [
        (name, settings, *row)
        for name, groups in UNDER.items()
        for settings, rows in groups.items()
        for row in rows.items()
    ],
)
def test_recomputed_under_other_settings(
    name: str, settings: str, quantity: str, value: str
) -> None:
    """Under its author's settings, too, our value is right to all the digits of a float."""
    step = quantity.rpartition("@")[2] if "@" in quantity else "1"
    assert_close(name, quantity, value, f"{settings}, steps={step}")


def assert_close(
    name: str, quantity: str, value: str, settings: str, times: Fraction = Fraction(1)
) -> None:
    """Our value, multiplied as its author does, is the expected one but for a float's rounding."""
    numbers = "float" if "0000" in quantity else "decimal"
    found = traced(name, numbers, settings)[quantity].value
    expected = Fraction(value)
    assert abs(Fraction(found) * times - expected) <= max(abs(expected) * FULL, FULL / 100)


def test_biases_that_are_trained() -> None:
    """Mazur's network with a trained bias for each unit has the error that others publish of it."""
    text = resources.example("mazur").read_text(encoding="utf-8")
    private = text.replace("bias: 0.35 ", "bias: [0.35, 0.35] ").replace("0.60", "[0.60, 0.60]")
    changed = with_training(read_text(private), {"frozen": "none", "steps": "2"})
    found = trace(changed, arithmetic("decimal"))["E@2"].value
    assert abs(found - Decimal("0.28047144679143016")) < Decimal("1e-16")


@pytest.mark.parametrize(("quantity", "value"), EPOCHS.items())
def test_three_epochs_to_ten_digits(quantity: str, value: str) -> None:
    """BYU's network after each of three epochs, as a program prints it with ten digits."""
    shown = shown_value(
        traced("byu")[quantity].value, traced("byu").arithmetic, NumberFormat(significant=10)
    )
    assert Decimal(shown.text) == Decimal(value)


@pytest.mark.parametrize("name", NAMES)
def test_example_says_what_it_is(name: str) -> None:
    """Every example has a title of its own and says where it comes from."""
    about = spec(name).about
    assert about.title
    assert about.source
    assert [spec(other).about.title for other in NAMES].count(about.title) == 1


@pytest.mark.parametrize("name", NAMES)
def test_example_has_every_number(name: str) -> None:
    """Every example calculates to its last quantity; only the symbolic one keeps letters."""
    values = [entry.value for entry in traced(name)]
    assert values
    assert (None in values) == (name == "decks_sine_symbolic")


@pytest.mark.parametrize("suffix", [".txt", *RECORDS])
@pytest.mark.parametrize("name", NAMES)
def test_example_renders(name: str, suffix: str) -> None:
    """Every example is written as text and as records, down to the last derivative or weight."""
    found = traced(name)
    *_, last = found
    text = "\n".join(lines_of(found, Wanted(), f"out{suffix}"))
    if suffix == ".json":
        assert from_json(text) == found
    elif suffix == ".csv":
        rows = {row["name"]: row for row in csv.DictReader(text.splitlines())}
        row = rows[last.name]
        exact = (
            found.arithmetic.text(last.value) if last.is_exact and last.value is not None else ""
        )
        assert (row["name"], row["exact"]) == (last.name, exact)
        assert (last.value is None) == (not row["value"])
    else:
        assert last_line(found) in text


@pytest.mark.parametrize("suffix", sorted(set(PAGES) - {".txt"}))
@pytest.mark.parametrize("name", NAMES)
def test_example_is_a_page(name: str, suffix: str) -> None:
    """Every example is written in every format of pages, down to the digits of the last value."""
    found = traced(name)
    text = "\n".join(lines_of(found, Wanted(), f"out{suffix}"))
    digits = re.findall(r"[0-9][0-9.]*", last_line(found))[-1]
    assert digits in text


def last_line(found: Trace) -> str:
    """What the last quantity's telling ends with: its number, or its formula over letters."""
    *_, last = found
    if last.value is None:
        return "∂y/∂w1·1"
    return shown_value(last.value, found.arithmetic, NumberFormat()).text


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_table_of_published_values_reads_back(name: str) -> None:
    """`trace NAME --published` prints a row for each value, and its columns say what we found."""
    run = CliRunner().invoke(cli, [name, "--published"])
    assert run.exit_code == 0
    rows = {line.split()[0]: line.split() for line in run.output.splitlines() if line.strip()}
    for comparison in compared(name):
        ours, published = rows[comparison.name][2], rows[comparison.name][1]
        assert published == comparison.published.value.text
        assert (rows[comparison.name][3:] == ["right"]) == comparison.agrees
        near = abs(Fraction(ours) - Fraction(published)) <= half_unit(published)
        assert near == comparison.agrees
    right = sum(comparison.agrees for comparison in compared(name))
    assert f"{right} of {COUNTS[name][0]} published values are right" in run.output


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(COUNTS)))
def test_nothing_published_is_said(name: str) -> None:
    """An example of our own numbers has nothing to compare with, and the command says so."""
    run = CliRunner().invoke(cli, [name, "--published"])
    assert run.exit_code != 0


def test_both_kinds_of_spec_are_shown() -> None:
    """There are examples of networks and of expression programs."""
    assert {isinstance(spec(name), ExpressionProgram) for name in NAMES} == {True, False}
