"""The page in maps: what is told of a convolution, and what is left out where it would be wrong."""

from __future__ import annotations

import pytest

from tests.unit.making import traced
from tracer.errors import TracerError
from tracer.notation.notation import terminal
from tracer.render.text import TextPage
from tracer.sheet.maps.page import map_pages
from tracer.sheet.page import Wanted

TEXT = """
    inputs: {shape: [5], channels: 2}
    layers:
      - {name: a, convolution: {kernels: [[[1, 2]], [[3, 4]]]}, bias: [1, none]}
      - {name: b, convolution: {kernel: [[1, 0], [0, 2]], stride: 2, padding: 1}}
    samples:
      - {input: [[1, 2], [3, 4], [5, 6], [7, 8], [9, 0]], target: [0, 0, 0]}
      - {input: [[0, 2], [3, 4], [5, 6], [7, 8], [9, 0]], target: [0, 0, 0]}
    training: {learning_rate: 1}
"""


def page(text: str, **settings: str) -> list[str]:
    """The lines of the page, without empty ones."""
    trace = traced(text, **settings)
    printer = TextPage(terminal(samples=trace.several_samples), 80)
    return [line.strip() for line in printer.lines(map_pages(trace, Wanted())) if line.strip()]


def test_maps_of_channels_and_filters_have_their_numbers() -> None:
    """A dot stands for the place; samples are told one after the other."""
    lines = page(TEXT)
    assert "Forward: a over x, sample 2" in lines
    assert "net_a_•_1[2] = x_•_1[2] ⋆ k1_•_1 + x_•_2[2] ⋆ k1_•_2 + b_k1" in lines
    assert "net_a_•_2[2] = x_•_1[2] ⋆ k2_•_1 + x_•_2[2] ⋆ k2_•_2" in lines
    assert "net_b[1] = out_a_•_1[1] ⋆ k3_•_1 + out_a_•_2[1] ⋆ k3_•_2" in lines
    assert "(the window moves by 2)" in lines
    assert "∂E/∂out_a_•_2[1] = δ_b[1] ⋆ turned(k3_•_2)" in lines
    assert "∂E/∂K[1] = (windows(x)[1])ᵀ·δ_a[1]" in lines


def test_a_turned_kernel_lies_turned_and_comes_back_as_it_is() -> None:
    """In true convolution the forward pass has the turned kernel, the full one its opposite."""
    lines = page(TEXT.replace("stride: 2", "operation: convolution, stride: 2"))
    assert "net_b[1] = out_a_•_1[1] ⋆ turned(k3_•_1) + out_a_•_2[1] ⋆ turned(k3_•_2)" in lines
    assert "∂E/∂turned(k3_•_1)[1] = out_a_•_1[1] ⋆ δ_b[1]" in lines
    assert "∂E/∂out_a_•_1[1] = δ_b[1] ⋆ k3_•_1" in lines


def test_what_comes_back_with_new_weights_is_not_told_as_a_convolution() -> None:
    """In place, the page says why there is no equation."""
    lines = page(TEXT, update="in_place")
    assert any(line.startswith("with weights updated in place") for line in lines)
    assert not any("turned" in line for line in lines)


def test_what_feeds_others_too_is_not_told_as_a_convolution() -> None:
    """Where the derivative has more paths than this layer, the page says so."""
    lines = page(
        TEXT.replace("padding: 1}}", "padding: 1}, from: x}").replace("0, 0, 0", "1, 2, 3")
    )
    assert any(line.startswith("what is seen acts on the error in other ways") for line in lines)


def test_a_weight_in_several_places_has_no_map() -> None:
    """A symmetric kernel's derivative adds up several places."""
    lines = page(TEXT.replace("[[1, 2]]", "[[s = 1, s]]"))
    assert any(line.startswith("some weight stands in several places") for line in lines)


def test_only_convolutions_have_maps() -> None:
    """A network without one is refused, and so is an expression."""
    for text in ("inputs: [x]\nlayers: [{units: [o]}]", "expression: x"):
        trace = traced(text)
        with pytest.raises(TracerError, match="there is no convolution here"):
            list(map_pages(trace, Wanted()))
