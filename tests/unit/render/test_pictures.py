"""Pictures by suffix: which one is drawn, and that it is the same every time."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

import tracer
from tests.unit.making import BY_HEAD, IN_A_ROW, traced
from tracer.errors import OutputError
from tracer.render.pictures import descent, errors
from tracer.render.pictures.canvas import bytes_of
from tracer.render.pictures.table import PICTURES, picture_of

STARTS = {".svg": b"<?xml", ".png": b"\x89PNG"}


@pytest.mark.parametrize("suffix", STARTS)
def test_the_suffix_chooses_the_format(suffix: str, tmp_path: Path) -> None:
    """A trace that is saved as .svg or .png is drawn in that format."""
    path = tmp_path / f"t{suffix}"
    tracer.save(traced(IN_A_ROW, steps="3"), str(path))
    assert path.read_bytes().startswith(STARTS[suffix])


@pytest.mark.parametrize("suffix", STARTS)
def test_a_picture_repeats_itself(suffix: str) -> None:
    """The same trace gives the same bytes."""
    trace = traced(IN_A_ROW, steps="3")
    assert bytes_of(trace, suffix) == bytes_of(trace, suffix)


def test_what_does_not_fit_is_refused() -> None:
    """A trace of one step has no picture of its training; a picture that there is not is none."""
    with pytest.raises(OutputError, match="this calculation has no picture 'error'"):
        picture_of(traced(BY_HEAD), "error")
    with pytest.raises(OutputError, match=r"no picture 'eror' \(did you mean 'error'\?\)"):
        picture_of(traced(BY_HEAD), "eror")


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: str(picture.name))
def test_each_picture_is_told(picture: Any) -> None:
    """Every row says what its picture shows."""
    assert picture.shows
    assert re.fullmatch(r"[a-z][a-z-]*", picture.name)


def test_the_error_is_that_of_the_trace() -> None:
    """The line of the training goes through E of every step."""
    trace = traced(IN_A_ROW, steps="4")
    (line,) = errors.draw(trace).axes[0].lines
    assert list(line.get_xdata()) == [1, 2, 3, 4]
    assert list(line.get_ydata()) == [float(trace[f"E@{step}"].value) for step in range(1, 5)]


def test_a_title_is_no_formula() -> None:
    """A dollar in a title is a dollar, also where nothing closes the formula that it opens."""
    text = IN_A_ROW.replace("    inputs", "    title: half of $5 \\frac$\n    inputs")
    assert b"half of $5" in bytes_of(traced(text, steps="2"), ".svg")


VALLEY = """
    expression: f = x**2 + 10*y**2
    at: {x: -4, y: 1}
    minimise: {learning_rate: 0.05, steps: 3, optimizer: momentum}
"""
CURVE = """
    expression: f = ln(x)*a
    at: {x: 2, a: 3}
    minimise: {learning_rate: 0.5, steps: 2, variables: [x]}
"""


class TestDescents:
    """The path of a descent."""

    def test_the_path_is_that_of_the_trace(self) -> None:
        """The path has the point before each step, and the one after the last."""
        found = traced(VALLEY)
        names = [(f"x@{k}", f"y@{k}") for k in (1, 2, 3)] + [("x+@3", "y+@3")]
        points = [tuple(float(found[name].value) for name in pair) for pair in names]
        assert descent.path(found) == points
        drawn = descent.draw(found).axes[0]
        xs, ys = zip(*points, strict=True)
        assert list(drawn.lines[0].get_xdata()) == list(xs)
        assert list(drawn.lines[0].get_ydata()) == list(ys)
        assert drawn.collections

    def test_the_map_is_of_the_function(self) -> None:
        """What is drawn as contours is the function, wherever it is asked."""
        value = descent.function(traced(VALLEY))
        assert value(1.5, -2) == 1.5**2 + 10 * 4
        assert value(0, 0) == 0

    def test_a_curve(self) -> None:
        """A function of one variable is a curve; it has no points where it has no value."""
        found = traced(CURVE, "float")
        value = descent.function(found)
        assert value(1.0) == 0
        assert math.isnan(value(-1.0))
        curve, path, *_ = descent.draw(found).axes[0].lines
        assert len(path.get_xdata()) == 3
        assert any(math.isnan(y) for y in curve.get_ydata())

    def test_what_has_no_path(self) -> None:
        """Three variables that move, or none, or a letter, have no path; they may have a curve."""
        three = "expression: f = x*y*z\nat: {x: 1, y: 1, z: 1}\n"
        assert not descent.has_path(traced(three + "minimise: {learning_rate: 1}\n"))
        assert not descent.has_path(traced(three))
        letter = "expression: f = x**2*a\nat: {x: 1}\n"
        settings = "minimise: {learning_rate: 1, variables: x}\n"
        assert not descent.has_path(traced(letter + settings))
        assert not descent.has_path(traced(IN_A_ROW, steps="3"))
        assert descent.has_path(traced(VALLEY, evaluate_after="yes"))
        assert errors.has_errors(traced(three + "minimise: {learning_rate: 1, steps: 2}\n"))

    @pytest.mark.parametrize("name", ["path", "error"])
    def test_both_pictures(self, name: str) -> None:
        """A descent has its path, and the function from step to step."""
        assert bytes_of(traced(VALLEY), ".png", name).startswith(STARTS[".png"])

    def test_a_flat_function(self) -> None:
        """A function that never changes has no contours, and its point does not move."""
        text = "expression: f = 0*x + 0*y + 1\nat: {x: 1, y: 2}\nminimise: {learning_rate: 1}\n"
        assert bytes_of(traced(text), ".svg").startswith(STARTS[".svg"])
