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


POOLED = """
    inputs: {name: x, shape: [2, 3]}
    layers:
      - {name: p, pooling: {take: max, size: 2, stride: 1}}
    samples: [{input: [[1, 5, 2], [4, 3, 0.12345678901234567]], target: [[4, 5]]}]
"""


def test_the_winner_of_each_window_is_marked_and_gets_the_derivative() -> None:
    """Where windows overlap, the page also says where each winner stands; its parts add up."""
    lines = page(POOLED)
    assert "out_p = the largest of each 2x2 window on x" in lines
    assert "≈ max over [ 1  5*  2           ] ≈ [ 5  5 ]" in lines
    assert "winner_p = [ 1,2  1,2 ]" in lines
    assert "∂E/∂x = each entry of ∂E/∂out_p to the winner of its window, 0 to the others" in lines
    assert "= to the winners [ 1  0 ] = [ 0  1*  0 ]" in lines


def test_long_givens_are_rounded_in_maps() -> None:
    """A number with more digits than are shown elsewhere is rounded, and the sign says so."""
    lines = page(POOLED)
    assert "[ 4  3   0.123456789 ]     1×2" in lines
    assert not any("0.12345678901234567" in line for line in lines)


def test_an_average_passes_equal_shares() -> None:
    """What every window covers gets as much as it counts for."""
    text = POOLED.replace("take: max, size: 2, stride: 1", "take: average, size: [2, 3]")
    lines = page(text.replace("[[4, 5]]", "[[4]]"))
    assert "out_p = the average of each 2x3 window on x" in lines
    assert "∂E/∂x = each entry of ∂E/∂out_p, divided by 6, to every place of its window" in lines
    assert "rows(out_p) = P_p·rows(x)" in lines


def test_pooling_of_letters_says_that_no_winner_is_known() -> None:
    """Among letters nobody has won, and a value that is given was not taken."""
    for text in (POOLED.replace("[1, 5, 2]", "[a, 5, 2]"), POOLED + "    given: {out_p_1_1: 3}\n"):
        lines = page(text)
        assert any(line.startswith("some of these values are letters or given") for line in lines)
        assert not any("to the winner" in line for line in lines)
