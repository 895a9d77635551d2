"""Reading pooling and maxout layers, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.spec.gathering import Gathering


def layer(fields: str, more: str = "") -> str:
    """A network of one pooling layer."""
    return f"inputs: {{shape: [3, 4]}}\nlayers:\n  - pooling: {{{fields}}}\n{more}"


def gathering(text: str, k: int = 0) -> Gathering:
    """What a layer gathers."""
    wiring = network(text).layers[k].wiring
    assert isinstance(wiring, Gathering)
    return wiring


def test_a_window_moves_by_its_own_size() -> None:
    """Unless a stride is said, windows lie side by side."""
    assert gathering(layer("take: max, size: 2")).groups == ((0, 1, 4, 5), (2, 3, 6, 7))
    assert len(gathering(layer("take: max, size: 2, stride: 1")).groups) == 6
    assert gathering(layer("take: max, size: [1, 2], stride: [3, 2]")).groups == ((0, 1), (2, 3))


def test_padding_is_not_gathered() -> None:
    """At the border a window has fewer places."""
    found = gathering(layer("take: average, size: 2, padding: same, stride: 1"))
    assert [len(group) for group in found.groups] == [4, 4, 4, 2] * 2 + [2, 2, 2, 1]


def test_each_channel_is_taken_by_itself() -> None:
    """Units are positions and, at each, channels, as in what is looked at."""
    text = "inputs: {shape: [2], channels: 2}\nlayers: [{pooling: {take: max, size: 2}}]"
    assert gathering(text).groups == ((0, 2), (1, 3))
    assert network(text).layers[0].units == ("p1_1_1", "p1_1_2")


def test_a_layer_that_gathers_has_no_number_among_biases() -> None:
    """Biases are named after the layers that can have some."""
    found = network(layer("take: max, size: 3", "  - {units: [o], bias: 3}"))
    assert [item.name for item in found.parameters] == ["w1", "b1"]


def test_maxout_is_a_layer_for_each_piece() -> None:
    """Every piece sees what the layer sees; the layer gathers the units of its name in all."""
    text = """
        inputs: [x]
        layers:
          - {units: [a, b]}
          - {units: [m, n], ties: last, pieces: [{bias: 1}, {weights: [[1, 2], [3, k = 4]]}]}
          - {units: [o], pieces: [{weights: [[5]]}], from: x}
    """
    found = network(text)
    assert [layer.units for layer in found.layers] == [
        *(("a", "b"), ("m_1", "n_1"), ("m_2", "n_2"), ("m", "n"), ("o_1",), ("o",))
    ]
    assert list(found.layers[1].wiring.sources) == list(found.layers[2].wiring.sources) == [1, 2]
    assert gathering(text, 3).groups == ((3, 5), (4, 6))
    assert gathering(text, 3).last_wins
    assert not gathering(text, 5).last_wins
    assert [item.name for item in found.parameters][6:8] == ["b2", "w7"]


WRONG = {
    "size: 2": "3:14: {}: 'take' is missing: take: max, average",
    "take: max": "3:14: {}: 'size' is missing",
    "take: mx, size: 2": "3:21: {}.take: unknown take 'mx' (did you mean 'max'?)",
    "take: max, size: 9, stride: 1, padding: [3, 0]": "3:14: {}: a window of 9 columns does",
    "take: max, size: 2, padding: 2": "3:14: {}: a window lies on padding alone",
    "take: max, size: 2, divide_by: window": "3:46: {}.divide_by: a maximum is not divided",
    "take: average, size: 2, ties: last": "3:45: {}.ties: an average has no ties",
    "take: max, size: [1, 1, 1]": "3:32: {}.size: found a list of 3, expected 2",
}


@pytest.mark.parametrize(("fields", "said"), WRONG.items())
def test_wrong_pooling_is_told(fields: str, said: str) -> None:
    """What is missing, does not fit or means nothing has its place."""
    assert problem(layer(fields)).startswith(said.format("layers[0].pooling"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{units: 2, pieces: [{}]}", "2:18: layers[0].units: expected a list of names"),
        ("{units: [m], pieces: []}", "2:31: layers[0].pieces: expected a list of pieces"),
        (
            "{units: [m], pieces: [{activation: relu}]}",
            "2:33: layers[0].pieces[0]: unknown field 'activation'",
        ),
        (
            "{units: [m], pieces: [{}], weights: [[1]]}",
            "2:37: layers[0]: unknown field 'weights'; it belongs in a piece",
        ),
        ("{units: [x_1, x], pieces: [{}]}", "2:19: layers[0].units[0]: the name 'x_1' is taken"),
        (
            "{units: [m], pieces: [{weights: [[1, 2]]}]}",
            "2:43: layers[0].pieces[0].weights[0]: found 2 entries in the row of m_1, expected 1",
        ),
        (
            "{pooling: {take: max, size: 1}, activation: relu}",
            "2:42: layers[0]: unknown field 'act",
        ),
    ],
)
def test_wrong_maxout_is_told(text: str, said: str) -> None:
    """Pieces have weights and biases only, and make names that have to be free."""
    assert problems(f"inputs: [i]\nlayers: [{text}]")[0].startswith(said)


def test_pooling_has_nothing_to_freeze() -> None:
    """The name of a layer without parameters cannot stand in 'frozen'."""
    text = layer("take: max, size: 2", "training: {learning_rate: 1, frozen: p1}")
    assert "nothing that can be frozen is called 'p1'" in problem(text)
