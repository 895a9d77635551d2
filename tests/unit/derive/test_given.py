"""Partial states: the trace starts at what the author gives."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, names, spec, told, traced
from tracer.derive.entries import Given
from tracer.derive.trace import trace
from tracer.errors import SpecError, UnknownQuantityError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Number
from tracer.sheet.page import Wanted
from tracer.spec import ExpressionProgram, GivenValue, read_text

OPEN = """
    inputs: [x]
    layers:
      - {units: [h], activation: square, weights: [[2]], bias: 1}
      - {units: [o], weights: [[3]]}
    training: {learning_rate: 1/10}
"""


def given(text: str, pairs: str) -> str:
    """A spec's text with given values."""
    return f"{text}\n    given: {{{pairs}}}\n"


def test_a_given_value_replaces_the_calculated_one() -> None:
    """What depends on a given quantity follows from the given value."""
    trace = traced(given(BY_HEAD, "net_h1: 10"))
    assert isinstance(trace["net_h1"], Given)
    assert trace["net_h1"].value == 10
    assert trace["out_h1"].value == 100
    assert trace["net_h2"].value == 2


def test_a_trace_starts_at_what_is_given() -> None:
    """What could only be told in letters is left out; the rest follows from the given values."""
    trace = traced(given(OPEN, "net_h: 5, δ_o: -34"))
    assert names(trace) == [
        *("learning_rate", "w1", "b1", "w2", "net_h", "out_h", "net_o", "out_o"),
        *("dout_o/dnet_o", "dE/dnet_o", "dE/dout_h", "dout_h/dnet_h", "dE/dnet_h"),
        *("dE/dw2", "dE/db1", "dE/dx", "w2+", "b1+"),
    ]
    assert trace["dE/dnet_h"].value == -34 * 3 * 10
    assert trace["w2+"].value == 3 + Fraction(34 * 25, 10)


def test_aliases_and_samples_are_understood() -> None:
    """Values are given by any name that the trace understands."""
    trace = traced(given(IN_A_ROW, "'delta_z[2]': 100, 'E[1]': 1/2"))
    assert trace["dE/dw[2]"].value == 200
    assert trace["E"].value == Fraction(1, 2) + 4 + 9


def test_a_given_letter_stays_open() -> None:
    """A quantity that is given as a letter is told as that letter, and so is what follows."""
    trace = traced(given(BY_HEAD, "net_h1: a"))
    assert trace["out_h1"].value is None
    assert "out_h1" in [entry.name for entry in trace]
    assert trace["out_h2"].value == 4


def test_later_steps_start_from_the_new_weights() -> None:
    """Only the first training step starts at the given state."""
    trace = traced(given(IN_A_ROW, "w: 4"), steps="2")
    assert trace["w@1"].value == 4
    assert trace["net_z[1]@1"].value == 4
    assert trace["w@2"].value == trace["w+@1"].value
    assert trace["net_z[1]@2"].value == trace["w+@1"].value


def test_unknown_quantities_are_refused() -> None:
    """Every given name that the trace does not have is told, with its place and what is close."""
    with pytest.raises(SpecError) as caught:
        traced(given(BY_HEAD, "net_h3: 1, E: 2, netto: 3"))
    first, second = caught.value.problems
    assert str(first).startswith("net.yaml:10:9: given: this trace has no quantity 'net_h3'")
    assert "(did you mean 'net_h" in str(first)
    assert (second.place.column, second.field) == (26, "given")


def test_a_quantity_given_by_two_names_is_refused() -> None:
    """An alias is the same quantity."""
    with pytest.raises(SpecError, match="'dE/dnet_o1' is given a value twice"):
        traced(given(BY_HEAD, "delta_o1: 1, dE/dnet_o1: 1"))


def test_values_that_come_from_no_file() -> None:
    """Of given values that Python made there is no place to tell."""
    found = replace(spec(BY_HEAD), given=(GivenValue("net_h3", Number(Fraction(1), "1")),))
    with pytest.raises(UnknownQuantityError, match=r"^given: this trace has no quantity 'net_h3'"):
        calculated(found)


def test_expressions_start_at_given_results() -> None:
    """An intermediate result of an expression can be given."""
    found = read_text("expression: [a = x*x, y = a*z]\nat: {z: 3}\ngiven: {a: 7}\n")
    assert isinstance(found, ExpressionProgram)
    trace = calculated(found)
    assert trace["y"].value == 21
    assert trace["dy/da"].value == 3
    assert "x" not in names(trace)
    assert "dy/dx" not in names(trace)


def test_a_compiled_run_starts_at_the_given_state() -> None:
    """A long run goes on from the step that started at the given state."""
    long = trace(spec(given(IN_A_ROW, "w: 4"), steps="25"), arithmetic("exact"))
    short = trace(spec(given(IN_A_ROW, "w: 4"), steps="3"), arithmetic("exact"))
    assert long["w+@3"].value == short["w+@3"].value


@pytest.mark.parametrize("steps", ["3", "30"])
@pytest.mark.parametrize("pairs", ["delta_o: d", "w1: q"])
def test_a_given_letter_leaves_later_steps_open(pairs: str, steps: str) -> None:
    """What a given letter reaches stays open through the training, compiled or not."""
    trace = traced(given(OPEN, f"x: 2, target_o: 1, b1: 1, {pairs}"), steps=steps)
    assert trace[f"w1+@{steps}"].value is None
    assert trace[f"net_o@{steps}"].value is None
    assert trace[f"dout_o/dnet_o@{steps}"].value == 1


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ("'x[2]': 5", "x[2]"),
        ("learning_rate: 3", "learning_rate"),
        ("'target_z[3]': 7", "target_z[3]"),
    ],
)
@pytest.mark.parametrize("batch", ["full", "online"])
def test_what_no_step_changes_keeps_its_given_value(pairs: str, name: str, batch: str) -> None:
    """A given input, target or learning rate is that of every training step."""
    trace = traced(given(IN_A_ROW, pairs), steps="6", batch=batch)
    wanted = trace[name].value
    assert isinstance(trace[name], Given)
    for segment in trace.segments:
        entries = {entry.name: entry for entry in trace.entries(segment)}
        assert name not in entries or entries[name].value == wanted
    rate, old, slope = (trace[f"{part}"].value for part in ("learning_rate", "w@6", "dE/dw@6"))
    assert trace["w+@6"].value == old - rate * slope


def test_a_frozen_weight_keeps_its_given_value() -> None:
    """A frozen parameter is what is given in every step, and is told with its given digits."""
    trace = traced(given(BY_HEAD, "w1: 4.0"), steps="2", frozen="w1")
    assert trace["net_h1@2"].value == 4 + 2 * trace["w2@2"].value + trace["b_h1@2"].value
    behind = [entry for entry in trace.why("net_h1@2") if entry.name == "w1"]
    assert [(type(entry), entry.value) for entry in behind] == [(Given, 4)]
    assert told(trace, "net_h1", Wanted(steps=(2,)))[1].startswith("= 4.0·1 + ")


def test_given_data_alone_start_nothing_in_the_middle() -> None:
    """With given inputs only, the calculation is told from its start, its letters too."""
    trace = traced(given(OPEN, "x: 2"))
    assert trace["out_h"].value == 25
    assert trace["dE/dnet_o"].value is None


def test_data_given_twice_are_refused() -> None:
    """A sample's number may stand behind a name or not; it is the same quantity."""
    with pytest.raises(SpecError, match="'x\\[1\\]' is given a value twice"):
        traced(given(OPEN, "x: 2, 'x[1]': 3"))
