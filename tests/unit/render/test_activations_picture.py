"""The picture of activations: its lines are the functions, and its marks stand at the kinks."""

from __future__ import annotations

from math import exp, isfinite, isnan
from typing import Any

import pytest

from tracer.cli.activation_curves import curve
from tracer.maths.parse import parse
from tracer.render.pictures.activations import OUT, SLOPE, draw
from tracer.render.pictures.canvas import saved
from tracer.rules.activations import TABLE, Activation, activation, own_activation

H = 1e-5
ALL = [activation(row.name) for row in TABLE]
OWN = [own_activation(text) for text in ("net**2", "where(net > 1, net**2, net)", "sin(net)")]


def line(axes: Any, style: str) -> list[tuple[float, float]]:
    """The points of the line of a style."""
    (found,) = [
        one for one in axes.lines if one.get_linestyle() == style and len(one.get_xdata()) > 2
    ]
    return list(zip(found.get_xdata(), found.get_ydata(), strict=True))


def marks(axes: Any, kind: str) -> dict[tuple[float, float], bool]:
    """The places of marks of a kind, and whether each is full."""
    return {
        (float(one.get_xdata()[0]), float(one.get_ydata()[0])): one.get_markerfacecolor() != "white"
        for one in axes.lines
        if one.get_marker() == kind
    }


@pytest.mark.parametrize("row", [*ALL, *OWN], ids=lambda row: str(row.name))
def test_the_dashed_line_is_the_slope_of_the_solid_one(row: Activation) -> None:
    """Away from kinks, the slope drawn is the difference quotient of the value drawn."""
    found = curve(row)
    (axes,) = draw([found]).axes
    values, slopes = line(axes, OUT.line), line(axes, SLOPE.line)
    assert len(values) == len(slopes) > 200
    near = [kink.at for kink in found.kinks]
    for (x, y), (_, slope) in zip(values, slopes, strict=True):
        if isnan(y) or any(abs(x - at) < 0.01 for at in near):
            continue
        rise = (found.value(x + H) - found.value(x - H)) / (2 * H)
        assert abs(slope - rise) < 1e-3 * (1 + abs(rise)), x


def test_the_sigmoid() -> None:
    """The lines of the sigmoid are those of 1/(1 + exp(-net)), from -5 to 5, without a mark."""
    (axes,) = draw([curve(activation("sigmoid"))]).axes
    points = [(x, y) for x, y in line(axes, OUT.line) if isfinite(y)]
    assert -5 <= points[0][0] < -4.99
    assert 4.99 < points[-1][0] <= 5
    assert all(abs(y - 1 / (1 + exp(-x))) < 1e-12 for x, y in points)
    assert not marks(axes, OUT.mark)
    assert not marks(axes, SLOPE.mark)


@pytest.mark.parametrize("at_zero", ["0", "1", "1/2"])
def test_the_slope_at_a_kink_is_as_stated(at_zero: str) -> None:
    """The full mark is what was set; open ones are what the slope comes to from either side."""
    row = activation("relu", (("at_zero", parse(at_zero)),))
    (axes,) = draw([curve(row)]).axes
    stated = {"0": 0.0, "1": 1.0, "1/2": 0.5}[at_zero]
    expected = {(0.0, 0.0): False, (0.0, 1.0): False, (0.0, stated): True}
    assert marks(axes, SLOPE.mark) == expected
    assert not marks(axes, OUT.mark)
    assert at_zero in axes.get_xlabel()


def test_a_jump() -> None:
    """A step is full at step(0), open at the other side, and not drawn between them."""
    (axes,) = draw([curve(activation("step"))]).axes
    assert marks(axes, OUT.mark) == {(0.0, 1.0): True, (0.0, 0.0): False}
    assert any(isnan(y) for _, y in line(axes, OUT.line)[1:-1])
    assert not any(0.01 < y < 0.99 for _, y in line(axes, OUT.line))


def test_kinks_far_out_are_on_the_picture() -> None:
    """The frame reaches beyond every kink."""
    (axes,) = draw([curve(own_activation("max(0, net - 40)"))]).axes
    assert axes.get_xlim()[1] > 40
    assert (40.0, 1.0) in marks(axes, SLOPE.mark)


def test_what_has_no_value_is_left_out() -> None:
    """Where a function overflows it has no point, and what is far too steep is cut off."""
    (axes,) = draw([curve(own_activation("exp(exp(exp(net)))"))]).axes
    assert axes.get_ylim()[1] < 1e9
    assert any(isnan(y) for _, y in line(axes, OUT.line)[:-1])


def test_one_panel_for_each() -> None:
    """Each activation has a panel of its own, named; one legend tells lines and marks apart."""
    drawn = draw([curve(row) for row in ALL])
    assert len(drawn.axes) == len(ALL)
    assert drawn.axes[0].get_title() == "identity"
    assert "alpha = 1" in drawn.axes[6].get_title()
    told = [text.get_text() for text in drawn.legends[0].get_texts()]
    assert told == ["out", "slope, ∂out/∂net", "what it is at a kink", "what it only comes to"]
    assert len(draw([curve(activation("tanh"))]).legends[0].get_texts()) == 2


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_it_repeats_itself(suffix: str) -> None:
    """The same functions give the same bytes."""
    curves = [curve(activation("relu")), curve(own_activation("net**2"))]
    assert saved(lambda: draw(curves), suffix) == saved(lambda: draw(curves), suffix)
