"""Inputs that move while the weights stay, in numbers that can be checked in the head."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.making import headings, spec, traced
from tests.unit.proof.judging import not_proved, proof_of
from tracer.derive.trace import Trace
from tracer.maths.arithmetic import arithmetic
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.json import from_json, to_json
from tracer.render.pictures.canvas import bytes_of
from tracer.render.pictures.inputs import has_moved_inputs
from tracer.sheet.conventions import conventions
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted

TEXT = """
    inputs: [x, y]
    layers:
      - {{units: [o], weights: [[2, -1]], bias: 1}}
    samples:
      - {{input: [1, 1], target: 0}}
      - {{input: [0, 3], target: 0}}
    training: {{learning_rate: {rate}, {more}move_inputs: {{{fields}}}}}
"""
"""out 2 and -2, so dE/dx is 4 and -4, dE/dy -2 and 2."""


def made(fields: str, more: str = "", rate: str = "1/4") -> Trace:
    """The trace under some settings."""
    return traced(TEXT.format(fields=fields, more=more, rate=rate))


@pytest.mark.parametrize(
    ("fields", "first", "second"),
    [
        ("direction: ascent", ("2", "1/2"), ("-1", "7/2")),
        ("direction: descent", ("0", "3/2"), ("1", "5/2")),
        ("direction: ascent, sign: yes", ("5/4", "3/4"), ("-1/4", "13/4")),
        ("direction: descent, sign: yes", ("3/4", "5/4"), ("1/4", "11/4")),
        ("direction: ascent, clip: [0, 3/2]", ("3/2", "1/2"), ("0", "3/2")),
        ("direction: descent, sign: yes, clip: [1/2, 1]", ("3/4", "1"), ("1/2", "1")),
    ],
)
def test_a_step(fields: str, first: tuple[str, str], second: tuple[str, str]) -> None:
    """Each sample's inputs move along or against the derivative, or its sign, within limits."""
    found = made(fields)
    moved = [found[f"{name}+[{sample}]"].value for sample in (1, 2) for name in ("x", "y")]
    assert moved == [Fraction(text) for text in (*first, *second)]
    assert "w1+" not in found


def test_the_step_after_starts_from_the_moved_inputs() -> None:
    """The second step's inputs are those of the first one's end; the weights are the same."""
    found = made("direction: ascent", "steps: 2, evaluate_after: yes, ")
    for sample in (1, 2):
        assert found[f"x[{sample}]@2"].value == found[f"x+[{sample}]@1"].value
        assert found[f"x[{sample}]@3"].value == found[f"x+[{sample}]@2"].value
    assert found["out_o[1]@2"].value == 2 * 2 - Fraction(1, 2) + 1
    assert found["E@3"].value > found["E@2"].value > found["E@1"].value


def test_without_a_step_nothing_moves() -> None:
    """With no steps there is a calculation, and no new inputs."""
    assert "x+[1]" not in made("direction: ascent", "steps: 0, ")


@pytest.mark.parametrize(("setting", "value"), [("", 1), (", sign_at_zero: -1", Fraction(3, 4))])
def test_the_sign_of_no_derivative(setting: str, value: Fraction) -> None:
    """Where the derivative is 0, sign(0) says how the input moves: not at all, if not said."""
    text = TEXT.format(fields=f"direction: ascent, sign: yes{setting}", more="", rate="1/4")
    found = traced(text.replace("[[2, -1]]", "[[0, -1]]"))
    assert found["x+[1]"].value == value
    assert not not_proved(proof_of(found.spec))


@pytest.mark.parametrize("sign", ["", ", sign: yes"])
@pytest.mark.parametrize("clip", ["", ", clip: [-1, 2]"])
def test_all_of_it_is_proved(sign: str, clip: str) -> None:
    """Each witness moves the inputs itself, over several steps, and agrees."""
    fields = f"direction: descent{sign}{clip}"
    text = TEXT.format(fields=fields, more="steps: 3, evaluate_after: yes, ", rate="1/3")
    text = text.replace("units: [o]", "units: [o], activation: tanh").replace("[0, 3]", "[0, 2]")
    assert not not_proved(proof_of(spec(text)))


def test_a_given_derivative_is_the_one_that_moves() -> None:
    """What is given in the first step counts, for the witnesses too."""
    text = (
        TEXT.format(fields="direction: ascent", more="", rate="1") + '    given: {"dE/dx[1]": 7}\n'
    )
    found = traced(text)
    assert found["x+[1]"].value == 8
    assert not not_proved(proof_of(found.spec))


def test_a_given_input_is_where_the_first_step_starts() -> None:
    """It moves from there; later steps have what the step before has made of it."""
    text = TEXT.format(fields="direction: ascent", more="steps: 2, ", rate="1/4")
    found = traced(text + '    given: {"x[1]": 3}\n')
    assert found["dE/dx[1]@1"].value == 12
    assert found["x[1]@2"].value == found["x+[1]@1"].value == 6
    rows = {english(key): english(text) for key, text in conventions(found, NumberFormat())}
    assert rows["given values"] == "hold in training step 1; later steps calculate them"
    assert not not_proved(proof_of(found.spec))


def test_what_is_saved_is_read_back() -> None:
    """A trace with moved inputs is the same after JSON."""
    found = made("direction: ascent, sign: yes, clip: [0, 1]", "steps: 2, ")
    assert from_json("\n".join(to_json(found, NumberFormat()))) == found


def test_the_page_ends_with_before_and_after() -> None:
    """Outputs and inputs of each sample, at the start and at the end."""
    found = made("direction: ascent", "evaluate_after: yes, ")
    sections = [
        s for s in whole(found, Wanted()) if english(s.title).startswith("Before and after")
    ]
    assert headings(sections) == [
        "Before and after 1 move, sample 1",
        "Before and after 1 move, sample 2",
    ]
    assert tuple(tuple(map(english, row)) for row in sections[0].rows) == (
        ("out_o", "2, then 4.5"),
        ("x", "1, then 2"),
        ("y", "1, then 0.5"),
    )


def test_a_picture_shows_both() -> None:
    """There is a picture as soon as something has moved; not of letters, and not before."""
    found = made("direction: ascent", "evaluate_after: yes, ")
    assert has_moved_inputs(found)
    assert not has_moved_inputs(made("direction: ascent"))
    svg = bytes_of(found, ".svg", "inputs").decode()
    assert "before" in svg
    assert "after" in svg


@pytest.mark.parametrize("numbers", ["decimal", "float", "interval", "by-hand:4"])
def test_every_arithmetic(numbers: str) -> None:
    """Each arithmetic comes to the same, within what it promises."""
    text = TEXT.format(fields="direction: ascent", more="steps: 2, ", rate="1/4")
    exact, found = traced(text, "exact"), traced(text, numbers)
    here = arithmetic(numbers).fraction(found["x+[2]@2"].value)
    assert here is not None
    assert abs(here - exact["x+[2]@2"].value) < Fraction(1, 100)
