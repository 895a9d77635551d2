"""Outputs in more layers than the last: each has an error, and those that feed others add up."""

from __future__ import annotations

import pytest

from tests.unit.making import TWO_OUTPUT_LAYERS, names, part_names, step, told, traced


def test_every_output_has_a_target_and_an_error() -> None:
    """Targets and errors are those of all outputs, in their order, and the total adds them up."""
    trace = traced(TWO_OUTPUT_LAYERS)
    assert [name for name in names(trace) if name.startswith(("target", "E"))] == [
        *("target_h", "target_o", "target_p", "E_h", "E_o", "E_p", "E")
    ]
    assert trace["E_h"].value == 12.5
    assert trace["E"].value == (25 + 121 + 25) / 2


def test_an_output_that_feeds_others_adds_both() -> None:
    """The slope of its own error, and a product for each path, stand in one sum."""
    trace = traced(TWO_OUTPUT_LAYERS)
    assert step(trace, "dE/dout_h").rule.name == "loss and paths"
    assert told(trace, "∂E/∂out_h") == [
        "∂E/∂out_h = ∂E_h/∂out_h + δ_o · ∂net_o/∂out_h + δ_p · ∂net_p/∂out_h",
        "= out_h - target_h + δ_o·w2 + δ_p·w3",
        "= 9 - 4 + 11·2 + 5·5",
        "= 52",
    ]
    assert trace["dE/dx"].value == 52 * 6 * 3


def test_its_longer_telling_has_each_part() -> None:
    """Its own error first, then what comes through each unit; an output at the end has zeros."""
    trace = traced(TWO_OUTPUT_LAYERS)
    assert part_names(trace, "dE/dout_h") == ["dE_h/dout_h", "dE/dout_h:o", "dE/dout_h:p"]
    assert [part.value for part in step(trace, "dE/dout_h").substeps] == [5, 22, 25]
    assert part_names(trace, "dE/dout_o") == ["dE_h/dout_o", "dE_o/dout_o", "dE_p/dout_o"]
    assert [part.value for part in step(trace, "dE/dout_o").substeps] == [0, 11, 0]


def test_one_path_is_told_beside_the_own_error() -> None:
    """With one unit fed, the sum still has two terms."""
    text = TWO_OUTPUT_LAYERS.replace("[o, p], weights: [[2], [5]]", "[o], weights: [[2]]")
    trace = traced(text.replace("[4, 7, 40]", "[4, 7]"))
    assert part_names(trace, "dE/dout_h") == ["dE_h/dout_h", "dE/dout_h:o"]
    assert trace["dE/dout_h"].value == 5 + 22


def test_an_output_in_the_middle_that_feeds_nobody() -> None:
    """Of one layer, some units may feed others while some do not: each is told as what it is."""
    trace = traced(
        """
        inputs: [x]
        layers:
          - {units: [g, h], output: yes, weights: [[3], [4]]}
          - {units: [o], weights: {o: {g: 2}}}
        samples: [{input: 1, target: [1, 2, 3]}]
        """
    )
    assert step(trace, "dE/dout_g").rule.name == "loss and paths"
    assert step(trace, "dE/dout_h").rule.name == "slope of the loss"
    assert (trace["dE/dout_g"].value, trace["dE/dout_h"].value) == (2 + 2 * 3, 2)


def test_a_negative_delta_turns_every_term() -> None:
    """Where delta is minus the gradient, so is the error signal of such an output."""
    trace = traced(TWO_OUTPUT_LAYERS, delta="negative_gradient")
    assert told(trace, "error_h") == [
        "error_h = -∂E_h/∂out_h + δ_o · ∂net_o/∂out_h + δ_p · ∂net_p/∂out_h",
        "= target_h - out_h + δ_o·w2 + δ_p·w3",
        "= 4 - 9 + (-11)·2 + (-5)·5",
        "= -52",
    ]
    assert trace["w1+"].value == traced(TWO_OUTPUT_LAYERS)["w1+"].value


@pytest.mark.parametrize("loss", ["mean_squared_error", "1/n*(out - target)^4"])
def test_the_number_of_outputs_counts_all(loss: str) -> None:
    """A loss that takes the mean takes it over the outputs of all layers."""
    trace = traced(TWO_OUTPUT_LAYERS, loss=loss)
    power = 2 if "squared" in loss else 4
    assert trace["E_h"].value * 3 == 5**power
