"""Which layers have targets."""

from __future__ import annotations

import pytest

from tests.unit.making import TWO_OUTPUT_LAYERS, network
from tracer.errors import SpecError
from tracer.maths.expression import Symbol


def test_the_last_layer_is_the_output() -> None:
    """Where no layer says so, the last one has targets; it may say so as well."""
    text = TWO_OUTPUT_LAYERS.replace("output: yes, ", "").replace("[4, 7, 40]", "[7, 40]")
    assert network(text).output_names == ("o", "p")
    assert network(text.replace("[o, p],", "[o, p], output: yes,")).output_names == ("o", "p")


def test_a_layer_before_may_be_one_too() -> None:
    """Targets are named over all outputs, in the order of the layers."""
    assert network(TWO_OUTPUT_LAYERS).outputs == (1, 2, 3)
    assert network(TWO_OUTPUT_LAYERS).output_names == ("h", "o", "p")
    named = network(TWO_OUTPUT_LAYERS.replace("[4, 7, 40]", "{p: 40, h: 4, o: 7}"))
    assert named == network(TWO_OUTPUT_LAYERS)


def test_targets_that_are_left_out_are_letters() -> None:
    """Every output's target has its own letter."""
    targets = network(TWO_OUTPUT_LAYERS.replace(", target: [4, 7, 40]", "")).samples[0].targets
    assert targets == tuple(map(Symbol, ("target_h", "target_o", "target_p")))


def test_the_number_of_targets_is_told() -> None:
    """Too few targets are told with the names of all outputs."""
    with pytest.raises(SpecError, match=r"found 2 numbers, expected 3 \(h, o, p\)"):
        network(TWO_OUTPUT_LAYERS.replace("[4, 7, 40]", "[7, 40]"))


def test_the_last_layer_cannot_be_none() -> None:
    """A last layer that says it is no output is told so, with its place."""
    with pytest.raises(SpecError, match="the last layer always is an output") as caught:
        network(TWO_OUTPUT_LAYERS.replace("[o, p],", "[o, p], output: no,"))
    assert caught.value.problems[0].place.line == 5
