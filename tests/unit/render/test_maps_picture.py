"""The picture of convolutions: which traces have it, and which numbers stand on it."""

from __future__ import annotations

from tests.published.examples import traced as traced_example
from tests.unit.making import BY_HEAD, traced
from tracer.render.pictures.maps import draw, has_maps
from tracer.render.pictures.table import picture_of

LARGE = """
    inputs: {name: x, shape: [9, 9]}
    layers:
      - {name: c, convolution: {size: 2}}
"""


def test_a_convolution_is_drawn_in_grids() -> None:
    """What is seen, the kernel and the outputs stand beside each other, a number in each place."""
    found = traced_example("convolution")
    assert picture_of(found).name == "maps"
    grids = {
        axes.get_title(): [text.get_text() for text in axes.texts] for axes in draw(found).axes
    }
    assert grids["k1"] == ["1", "2", "3", "4"]
    assert grids["x"] == [str(number) for number in range(16)]
    assert grids["out_c"] == ["34", "44", "54", "74", "84", "94", "114", "124", "134"]


def test_only_small_convolutions_have_maps() -> None:
    """Neither a network without one nor a large grid is drawn so."""
    assert not has_maps(traced(BY_HEAD))
    assert not has_maps(traced(LARGE))
    assert has_maps(traced_example("convnet"))
