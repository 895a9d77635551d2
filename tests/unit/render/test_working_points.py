"""The picture of activations at work: the curves, the points on them, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest

import tracer
from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, calculated, program, traced
from tracer.errors import OutputError, UnknownQuantityError
from tracer.render.pictures import activity
from tracer.render.pictures.aim import Aim
from tracer.render.pictures.canvas import bytes_of
from tracer.render.pictures.table import picture_of
from tracer.render.pictures.working_points import activities, has_activities


def texts(axes: Any) -> str:
    """What is written in a panel."""
    return "\n".join(text.get_text() for text in axes.texts)


def test_a_unit_stands_on_its_curve() -> None:
    """The point of a unit is its net input and its output, and both curves go through it."""
    trace = traced(SIGMOID, "decimal")
    (found,) = activities(trace, "o")
    (point,) = found.points
    assert (point.net, point.slope) == (0.5, float(trace["dout_o/dnet_o"].value))
    nets, outs, slopes = found.curves()
    nearest = min(range(len(nets)), key=lambda k: abs(nets[k] - point.net))
    assert outs[nearest] == pytest.approx(point.out, abs=0.01)
    assert slopes[nearest] == pytest.approx(point.slope, abs=0.01)
    assert outs[0] == pytest.approx(1 / (1 + math.exp(-nets[0])))


def test_the_tangent_touches_at_the_point() -> None:
    """The tangent goes through the point with the slope of the trace."""
    trace = traced(SIGMOID, "decimal")
    (axes,) = activity.draw(trace, Aim(unit="o")).axes
    tangent = next(line for line in axes.lines if line.get_label() == "tangent")
    (x1, x2), (y1, y2) = tangent.get_xdata(), tangent.get_ydata()
    assert (y2 - y1) / (x2 - x1) == pytest.approx(float(trace["dout_o/dnet_o"].value))
    assert (y1 + y2) / 2 == pytest.approx(float(trace["out_o"].value))
    assert texts(axes) == "o\nnet 0.5\nout 0.6225\nslope 0.2350"


def test_each_activation_has_a_panel() -> None:
    """Units with the same activation share a panel; each is told with its numbers."""
    panels = activity.draw(traced(BY_HEAD)).axes
    assert [panel.get_title() for panel in panels] == ["square", "identity"]
    assert "1  h2: 2 → 4\n2  h1: 6 → 36" in texts(panels[0])
    assert "1  o2: -22 → -22\n2  o1: 46 → 46" in texts(panels[1])


def test_the_curve_reaches_every_unit() -> None:
    """A unit far from 0 is on the picture."""
    for found in activities(traced(BY_HEAD)):
        low, high = found.span
        assert all(low < point.net < high for point in found.points)


def test_each_sample_has_a_point() -> None:
    """Of several samples, a unit has as many points, which say the sample."""
    (found,) = activities(traced(IN_A_ROW))
    assert [point.name for point in found.points] == ["z[1]", "z[2]", "z[3]"]


def test_a_jump_is_a_gap() -> None:
    """A step has no steep line between its two levels."""
    (found,) = activities(tracer.trace("perceptron_and"))
    _, outs, _ = found.curves()
    assert {out for out in outs if not math.isnan(out)} == {0.0, 1.0}
    assert sum(map(math.isnan, outs)) == 1


def test_points_that_are_close_share_a_label() -> None:
    """Labels of units that work at nearly the same point do not lie on each other."""
    (axes,) = activity.draw(tracer.trace("mazur")).axes
    assert [text.get_text() for text in axes.texts[:-1]] == ["1–2", "3–4"]


def test_an_unknown_unit_is_told() -> None:
    """A unit that is not there is an error that names those that are."""
    with pytest.raises(UnknownQuantityError, match="did you mean 'h1'"):
        activity.draw(traced(BY_HEAD), Aim(unit="h11"))
    with pytest.raises(UnknownQuantityError, match="there are: h1, h2, o1, o2"):
        activity.draw(traced(BY_HEAD), Aim(unit="zz"))


def test_what_has_no_activation_has_no_picture() -> None:
    """An expression, and a network of letters alone, have none."""
    assert not has_activities(calculated(program("y = x*x", x="2")))
    letters = traced(SIGMOID.replace("[[0.5]]", "[[w]]"))
    assert not has_activities(letters)
    with pytest.raises(OutputError):
        picture_of(letters, "activation")


def test_too_many_activations_are_refused() -> None:
    """More panels than can be seen are refused, and --unit is named."""
    layers = "".join(
        f"      - {{units: 1, activation: '{k}*net', weights: [[1]], bias: none}}\n"
        for k in range(1, 11)
    )
    text = f"    inputs: 1\n    layers:\n{layers}    samples: [{{input: 1, target: 1}}]\n"
    trace = traced(text)
    with pytest.raises(OutputError, match="10 different activations are too many"):
        activity.draw(trace)
    assert activity.draw(trace, Aim(unit="o1")).axes[0].get_title() == "10*net"


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_it_repeats_itself(suffix: str) -> None:
    """The same trace makes the same bytes."""
    trace = traced(SIGMOID, "decimal")
    assert bytes_of(trace, suffix, "activation") == bytes_of(trace, suffix, "activation")


def test_titles_are_text() -> None:
    """An author's title is text, also where it looks like a formula or a tag."""
    title = "title: '$x^2$ <script> \\input{/etc/passwd}'"
    trace = traced(SIGMOID.replace("title: One sigmoid unit", title), "decimal")
    content = bytes_of(trace, ".svg", "activation").decode()
    assert "$x^2$ &lt;script&gt; \\input{/etc/passwd}" in content
