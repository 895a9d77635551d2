"""Pictures by suffix: which one is drawn, and that it is the same every time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import tracer
from tests.unit.making import BY_HEAD, IN_A_ROW, traced
from tracer.errors import OutputError
from tracer.render.pictures import errors
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
