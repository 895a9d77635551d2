"""The picture of a learning rule: the line between the classes after each epoch."""

from __future__ import annotations

import pytest

from tests.unit.making import IN_A_ROW, calculated, traced
from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.render.pictures import lines
from tracer.render.pictures.table import picture_of
from tracer.spec import find, with_training


def labels(found: Trace) -> list[str]:
    """What the legend says."""
    axes = lines.draw(found).axes[0]
    return [text.get_text() for text in axes.get_legend().get_texts()]


@pytest.mark.parametrize("name", ["perceptron_and", "perceptron_or", "perceptron_xor", "hebb"])
def test_it_is_drawn_unless_another_is_named(name: str) -> None:
    """A rule that learns from two inputs has its lines as the first picture."""
    assert picture_of(calculated(find(name))).name == "lines"


def test_a_line_for_each_epoch() -> None:
    """The legend has both classes, the start and every epoch; equal lines are told once."""
    epochs = ["epoch 1", "epoch 2", "epoch 3", "epochs 4, 5"]
    assert labels(calculated(find("perceptron_and"))) == ["target 0", "target 1", "start", *epochs]


def test_a_circle_and_what_is_not_seen() -> None:
    """On XOR the lines repeat themselves, and two of them lie outside of the picture."""
    found = labels(calculated(find("perceptron_xor")))
    assert found[-1] == "epochs 6, 7, 8, 9, 10"
    assert {"epoch 3: outside", "epoch 4: outside"} <= set(found)


def test_the_line_is_where_net_is_0() -> None:
    """Both ends of the last line have the net input 0; an input that is -1 counts as threshold."""
    found = calculated(find("perceptron_or"))
    axes = lines.draw(found).axes[0]
    *_, last = axes.lines
    for x, y in zip(last.get_xdata(), last.get_ydata(), strict=True):
        assert 0.5 * x + 0.5 * y == pytest.approx(0.5)


def test_the_arrow_points_to_the_side_of_class_1() -> None:
    """The net input is above 0 where the arrow ends."""
    axes = lines.draw(calculated(find("perceptron_or"))).axes[0]
    (arrow,) = axes.texts
    x, y = arrow.get_position()
    assert arrow.get_text() == "net > 0"
    assert 0.5 * x + 0.5 * y > 0.5


def test_weights_of_0_have_no_line() -> None:
    """Where no input has a weight, there is no line, and the legend says so."""
    assert "start: no line" in labels(calculated(find("perceptron_or")))


def test_a_long_training_draws_some() -> None:
    """Of more than twelve epochs, milestones are drawn."""
    found = calculated(with_training(find("perceptron_xor"), {"epochs": "40"}))
    assert labels(found)[-2:] == ["epoch 5", "epochs 10, 20, 40"]


def test_a_unit_each() -> None:
    """Several units have a plane each."""
    text = """
        inputs: [x, z]
        layers: [{units: [a, b], activation: sign, weights: [[1, 2], [0, 1]], bias: [0, 1]}]
        samples: [{input: [1, 2], target: [1, -1]}, {input: [0, 1], target: [-1, 1]}]
        training: {learning_rule: perceptron, learning_rate: 1}
    """
    drawn = lines.draw(traced(text))
    assert [axes.get_title() for axes in drawn.axes] == ["unit a", "unit b"]


@pytest.mark.parametrize(
    "text",
    [
        IN_A_ROW,
        "inputs: 1\nlayers: [{units: 1, activation: step, weights: [[1]]}]\n"
        "samples: [{input: 1, target: 1}]\n"
        "training: {learning_rule: perceptron, learning_rate: 1}",
        "inputs: 2\nlayers: [{units: 1, activation: step}]\n"
        "training: {learning_rule: perceptron, learning_rate: 1}",
    ],
)
def test_what_has_no_lines(text: str) -> None:
    """Gradient descent, one input, and letters have no such picture."""
    assert not lines.has_lines(traced(text))
    with pytest.raises(OutputError):
        picture_of(traced(text), "lines")
