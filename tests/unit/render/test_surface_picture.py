"""The picture of the error over two parameters: heights, path, choice, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
from msgspec.structs import replace

import tracer
from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, calculated, program, spec, traced
from tracer.errors import OutputError
from tracer.maths.expression import Number
from tracer.maths.parse import parse_value
from tracer.render.pictures import surface
from tracer.render.pictures.aim import Aim
from tracer.render.pictures.canvas import bytes_of
from tracer.render.pictures.landscape import Landscape, has_landscape
from tracer.render.pictures.table import picture_of
from tracer.spec import Network, read_text

TWO_LAYERS = """
    inputs: [x]
    layers:
      - {units: [h], activation: tanh, weights: [[w = 0.5]], bias: b = -0.2}
      - {units: [o], activation: sigmoid, weights: [[v = 1.5]], bias: c = 0.3}
    samples: [{input: 1.5, target: 1}, {input: -1, target: 0}]
    training: {learning_rate: 0.5, steps: 3}
"""


def error_at(text: str, **numbers: str) -> float:
    """E of a new trace in which parameters have other numbers."""
    found = spec(text, steps="1")
    assert isinstance(found, Network)
    parameters = tuple(
        replace(parameter, value=_number(numbers[parameter.name]))
        if parameter.name in numbers
        else parameter
        for parameter in found.parameters
    )
    trace = calculated(replace(found, parameters=parameters), "float")
    return float(trace["E"].value)


def _number(text: str) -> Number:
    found = parse_value(text)
    assert isinstance(found, Number)
    return found


@pytest.mark.parametrize("names", ["w,b", "v,w", "c,v"])
def test_heights_are_errors_of_new_traces(names: str) -> None:
    """The height at a point is E of a trace whose two parameters have its numbers."""
    one, other = names.split(",")
    land = Landscape(traced(TWO_LAYERS, "decimal"), names)
    for first, second in (("0.5", "-0.25"), ("-3", "2"), ("10", "-10")):
        height = land.error(float(first), float(second))
        assert height == pytest.approx(error_at(TWO_LAYERS, **{one: first, other: second}))


def test_the_path_is_the_training() -> None:
    """The path has the two parameters before each step, and after the last."""
    trace = traced(TWO_LAYERS, "decimal")
    path = Landscape(trace, "w,v").path
    names = ["w@1", "w@2", "w@3", "w+@3"]
    assert [point[0] for point in path] == [float(trace[name].value) for name in names]
    assert path[0] == (0.5, 1.5)


def test_the_error_is_of_all_samples() -> None:
    """Also where each step sees one sample, the surface is that of all, and the caption says so."""
    online = traced(IN_A_ROW.replace("w = 2]]", "w = 2]], bias: b = 1"), "float", batch="online")
    whole = traced(IN_A_ROW.replace("w = 2]]", "w = 2]], bias: b = 1"), "float")
    assert Landscape(online).error(2, 1) == pytest.approx(float(whole["E"].value))
    assert "E is of all samples" in str(surface.draw(online)._supxlabel.get_text())


def test_the_caption_says_what_stands_still() -> None:
    """Where there are other parameters, they are as at the start, and the caption says it."""
    text = surface.draw(traced(TWO_LAYERS, "decimal"))._supxlabel.get_text()
    assert text.startswith("all other parameters as at the start; the path is that of the training")
    two = surface.draw(tracer.trace("valley"))
    assert two._supxlabel.get_text() == ""


def test_expressions_have_a_surface_too() -> None:
    """A descent of an expression is drawn over its variables, on the values of its formula."""
    land = Landscape(tracer.trace("valley"))
    assert land.names == ("x", "y")
    assert land.error(3, -2) == pytest.approx(3**2 + 10 * 2**2)
    assert land.path[0] == land.start


def test_the_parameters_that_move_most_are_chosen() -> None:
    """Without a choice, the two that the training moves farthest are drawn, in their order."""
    assert Landscape(tracer.trace("mazur")).names == ("w5", "w6")


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ("w5", "two different parameters"),
        ("w5,w5", "two different parameters"),
        ("w5,w6,w7", "two different parameters"),
        ("w5,w66", r"no parameter 'w66' \(did you mean 'w6'"),
        ("w5,?", "there are: w1, w2"),
    ],
)
def test_a_wrong_choice_is_told(weights: str, says: str) -> None:
    """One parameter, three, or one that is not there: an error says what would be right."""
    with pytest.raises(OutputError, match=says):
        surface.draw(tracer.trace("mazur"), Aim(weights=weights))


@pytest.mark.parametrize(
    "trace",
    [
        traced(IN_A_ROW),
        traced(SIGMOID.replace("[[0.5]]", "[[w]]")),
        calculated(program("y = x*x", x="2")),
        tracer.trace("partial"),
    ],
)
def test_what_has_no_surface(trace: Any) -> None:
    """One parameter, letters, or values given in the middle make no surface."""
    assert not has_landscape(trace)
    with pytest.raises(OutputError):
        picture_of(trace, "surface")


def test_places_without_an_error_are_left_out() -> None:
    """Where the error has no value, the map has a hole, and is drawn all the same."""
    text = (
        "expression: f = x**2 + y**2 - ln(x)\n"
        "at: {x: 0.5, y: 1}\n"
        "minimise: {learning_rate: 0.1, steps: 2}\n"
    )
    trace = calculated(read_text(text), "float")
    land = Landscape(trace)
    assert math.isnan(land.error(-1, 1))
    assert bytes_of(trace, ".svg", "surface")


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_it_repeats_itself(suffix: str) -> None:
    """The same trace makes the same bytes."""
    trace = traced(BY_HEAD, "decimal")
    assert bytes_of(trace, suffix, "surface") == bytes_of(trace, suffix, "surface")
