"""Sheets to fill in: what a graded one holds, and what the script of a practice one is given."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.amount import FEW
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tests.unit.making import BY_HEAD, traced
from tests.unit.render.pages.test_html import html, traced_example
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.names import UNARY, VARIADIC
from tracer.render.draft import Look
from tracer.resources import example_names, folder

GRADED, PRACTICE = Look(graded=True), Look(practice=True)
LEAST = 4
"""Fewer digits stand in a style sheet by chance."""

DATA = re.compile(r'<script type="application/json" id="page-data">(.*?)</script>', re.S)
STYLE = re.compile(r"<style>.*?</style>|<script>.*?</script>", re.S)


def digits_of(text: str) -> str:
    """The first digits of a number without its zeros in front; empty where it has few."""
    found = re.sub(r"[^0-9]", "", text.lower().partition("e")[0]).strip("0")
    return found[:LEAST] if len(found) >= LEAST else ""


def answers(trace: Trace) -> set[str]:
    """The first digits of all that a sheet asks for, where they are none of a given's."""
    found = {digits_of(trace.arithmetic.text(one.value)) for one in trace.steps if one.value}
    return found - {""}


def body(page: str) -> str:
    """What tells something: the page without its style and its script, only its digits."""
    numbers = re.findall(r"[0-9][0-9.]*", STYLE.sub("", page))
    return " ".join(number.replace(".", "").lstrip("0") for number in numbers)


def leaks(trace: Trace) -> list[str]:
    """The answers that a graded sheet lets out."""
    page = body(html(trace, GRADED).partition("<body>")[2].partition('id="page-data"')[0])
    givens = " ".join(digits_of(trace.arithmetic.text(one.value)) for one in trace.givens)
    shown = {digits_of(number) for number in page.split()}
    return sorted(one for one in answers(trace) if one in shown and one not in givens)


@pytest.mark.parametrize("name", sorted({*example_names()} - {"saturated"}))
def test_no_graded_sheet_of_an_example_tells_an_answer(name: str) -> None:
    """The first four digits of no value stand in the source, unless a given has them too."""
    trace = traced_example(name)
    if not [step for step in trace.steps if step.value is not None]:
        with pytest.raises(TracerError):
            html(trace, GRADED)
        return
    assert leaks(trace) == []


@FEW
@given(networks(most_steps=2, evaluated=True), st.randoms(use_true_random=False))
def test_no_graded_sheet_tells_an_answer(drawn: Drawn, random: Random) -> None:
    """So it is for any network, over several training steps too."""
    assert leaks(traced_if_finite(network_of(drawn, random), "decimal:30")) == []


def data(page: str) -> dict[str, Any]:
    """What the page's script is given."""
    found = DATA.search(page)
    assert found
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_the_script_of_a_graded_sheet_is_given_no_formula() -> None:
    """Its script knows the names of the blanks and where to keep numbers, nothing else."""
    sheet = data(html(traced(BY_HEAD), GRADED))["practice"]
    assert sheet.keys() == {"kept", "tasks"}


def test_the_script_of_a_practice_sheet_is_given_no_answer() -> None:
    """It is given what is given, and formulas as trees of lists, each shape once."""
    trace = traced(BY_HEAD)
    sheet = data(html(trace, PRACTICE))["practice"]
    assert len(sheet["tasks"]) == len(trace.steps)
    assert len(sheet["trees"]) < len(trace.steps)
    names = {number: name for name, number in ((v, k) for k, v in sheet["tasks"].items())}
    assert set(names.values()) == {step.name for step in trace.steps}
    assert sorted(map(Fraction, sheet["known"].values())) == sorted(
        one.value for one in trace.givens
    )


def test_a_leak_is_found() -> None:
    """The search notices an answer: a page that shows them all is full of them."""
    trace = traced_example("mazur")
    shown = {digits_of(number) for number in body(html(trace)).split()}
    assert len(answers(trace) & shown) > 20


def test_nothing_to_fill_in_is_an_error() -> None:
    """A calculation in letters has no blanks, and an interval is no number: a clear error."""
    with pytest.raises(TracerError, match="fill in"):
        html(traced(BY_HEAD, "interval"), PRACTICE)


def test_the_script_has_every_function() -> None:
    """Whatever a formula may call, the script of a practice sheet can calculate."""
    script = folder("templates").joinpath("html", "practice.js").read_text(encoding="utf-8")
    table = script.partition("const FUNCTIONS = {")[2].partition("\n  };")[0]
    assert {*UNARY, *VARIADIC} <= set(re.findall(r"(\w+):", table))
