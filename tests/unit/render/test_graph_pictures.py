"""The picture of a graph: what stands in its boxes, and that nothing stands on anything else."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.published.examples import traced as traced_example
from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, network, program, traced
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.render.pictures import matrices
from tracer.render.pictures.graph import draw, has_graph, operations
from tracer.render.pictures.layers import Layout, Size, layout, ranks, rising
from tracer.render.pictures.units import units

SINE = ("w1 = x1", "w2 = x2", "w3 = w1*w2", "w4 = sin(w1)", "w5 = w3 + w4", "y = w5")


@st.composite
def graphs(draw: Any) -> tuple[list[Size], list[tuple[int, int]], list[Size | None]]:
    """Boxes of any size, arrows that never lead back, some with labels."""
    count = draw(st.integers(1, 12))
    sides = st.integers(10, 90).map(float)
    sizes = [Size(draw(sides), draw(sides)) for _ in range(count)]
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    arrows = [
        (min(pair), max(pair)) for pair in draw(st.lists(pairs, max_size=20)) if pair[0] != pair[1]
    ]
    labels = [draw(st.none() | st.builds(Size, sides, sides)) for _ in arrows]
    return sizes, arrows, labels


def overlap(found: Layout, one: int, other: int) -> bool:
    """Whether two items share more than an edge."""
    (a, b), (s, t) = (found.spots[one], found.spots[other]), (found.sizes[one], found.sizes[other])
    near = 1e-6
    return (
        abs(a.x - b.x) < (s.width + t.width) / 2 - near
        and abs(a.y - b.y) < (s.height + t.height) / 2 - near
    )


@given(graphs())
def test_nothing_overlaps(graph: tuple[list[Size], list[tuple[int, int]], list[Any]]) -> None:
    """Boxes, labels, and the places where arrows pass keep apart; all lie inside of the whole."""
    found = layout(*graph)
    for one, other in combinations(range(len(found.spots)), 2):
        assert not overlap(found, one, other)
    for spot, size in zip(found.spots, found.sizes, strict=True):
        assert size.width / 2 - 1e-6 <= spot.x <= found.total.width - size.width / 2 + 1e-6
        assert size.height / 2 - 1e-6 <= spot.y <= found.total.height - size.height / 2 + 1e-6


@given(graphs())
def test_arrows_lead_to_the_right(graph: tuple[Any, list[tuple[int, int]], Any]) -> None:
    """Each arrow passes columns from left to right, and its label is one of its places."""
    found = layout(*graph)
    for way, (tail, head) in zip(found.ways, graph[1], strict=True):
        assert (way.items[0], way.items[-1]) == (tail, head)
        places = [found.spots[item].x for item in way.items]
        assert places == sorted(places)
        assert way.label is None or way.label in way.items


def test_givens_stand_before_their_use() -> None:
    """What is given and used late stands late, so that its arrow is short."""
    assert ranks(4, [(0, 2), (2, 3), (1, 3)]) == [0, 2, 2, 4]


@given(st.lists(st.integers(-9, 9).map(float), max_size=8))
def test_heights_that_rise(wanted: list[float]) -> None:
    """The nearest numbers that never fall have the same sum, and are what rises already."""
    found = rising(wanted, [1.0] * len(wanted))
    assert found == sorted(found)
    assert sum(found) == pytest.approx(sum(wanted))
    if wanted == sorted(wanted):
        assert found == wanted


def test_the_graph_of_the_deck() -> None:
    """Deck 004's graph: values above, adjoints below, the two uses of w1 on its arrows."""
    graph = operations(calculated(program(*SINE, x1="2", x2="3"), "float"))
    boxes = {box.upper[0]: box for box in graph.boxes}
    assert boxes["w3 = w1·w2"].upper == ("w3 = w1·w2", "= 6")
    assert boxes["w1 = x1"].lower == ("∂y/∂w1 ≈ 2.584",)
    labels = {arrow.label for arrow in graph.arrows}
    assert labels == {(), ("∂y/∂w1ᵇ = 3",), ("∂y/∂w1ᵃ ≈ -0.4161",)}
    assert graph.legend.endswith("derivative of y by it")


def test_two_uses_in_one_operation() -> None:
    """In x*x both arrows carry a contribution, each its own."""
    graph = operations(calculated(program("y = x*x", x="3")))
    assert [arrow.label for arrow in graph.arrows] == [("∂y/∂xᵃ = 3",), ("∂y/∂xᵇ = 3",)]


def test_forward_mode_has_tangents() -> None:
    """In forward mode the lower part has the derivative by each variable."""
    spec = replace(program("y = x*z", x="3", z="5"), forward=True)
    graph = operations(calculated(spec))
    assert graph.boxes[-1].lower == ("∂y/∂x = 5", "∂y/∂z = 3")


def test_letters_have_formulas() -> None:
    """Without numbers the lower part has the rule, and the upper one the operation alone."""
    graph = operations(calculated(program("y = x*z")))
    assert graph.boxes[0].upper == ("x",)
    assert graph.boxes[0].lower == ("∂y/∂x = ∂y/∂y·z",)


def test_a_network() -> None:
    """Units with net, out and delta; weights with their derivatives; the errors at the end."""
    graph = units(traced(BY_HEAD))
    assert [box.upper[0] for box in graph.boxes][-3:] == ["E_o1 = 18", "E_o2 = 2", "E = 20"]
    assert ("w1 = 1", "∂E/∂w1 = 96") in [arrow.label for arrow in graph.arrows]
    assert "sample" not in graph.legend
    several = units(traced(IN_A_ROW, steps="2"))
    assert several.legend.endswith("sample 1 alone; training step 1")


def test_what_is_too_large_has_no_graph() -> None:
    """A network of hundreds of weights, and an expression of hundreds of operations, have none."""
    large = network("inputs: 20\nlayers:\n  - {units: 20}")
    assert not has_graph(trace(large, arithmetic("float")))
    lines = [f"x{k + 1} = x{k}*x{k}" for k in range(200)]
    assert not has_graph(calculated(program(*lines)))


@pytest.mark.parametrize(
    "name",
    [
        *("decks_sine", "decks_sine_symbolic", "baydin_forward", "micrograd", "lstm_cell"),
        *("mazur", "byu", "thresholds", "decks_neuron"),
    ],
)
def test_texts_keep_apart(name: str) -> None:
    """On the picture of an example no text touches another, and all fit."""
    found = traced_example(name)
    assert has_graph(found)
    texts_keep_apart(draw(found))


@pytest.mark.parametrize("name", ["mazur", "byu", "cs231n_softmax", "convnet", "maxout"])
def test_texts_of_layers_keep_apart(name: str) -> None:
    """So do the operations on matrices; what is calculated and its gradient are boxes apart."""
    found = traced_example(name)
    assert matrices.has_layers(found)
    texts_keep_apart(matrices.draw(found))
    boxes = matrices.layers(found).boxes
    assert all(not box.upper for box in boxes if box.lower)
    assert any(box.lower and box.lower[0].startswith("∂E/∂W1") for box in boxes)


def texts_keep_apart(figure: Any) -> None:
    """No text touches another, and all fit."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    (axes,) = figure.axes
    renderer = canvas.get_renderer()
    spans = [text.get_window_extent(renderer) for text in axes.texts if text.get_text()]
    assert all(span.x0 >= 0 and span.x1 <= figure.bbox.width for span in spans)
    for one, other in combinations(spans, 2):
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        high = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert wide <= 0 or high <= 2, "two texts overlap"


def test_what_gathers_is_joined_to_its_pieces() -> None:
    """A maxout unit has arrows from its pieces, without weights; derivatives are of one sample."""
    graph = units(traced_example("maxout"))
    names = [box.upper[0].split(" ")[0] for box in graph.boxes]
    joined = {(names[arrow.tail], names[arrow.head]) for arrow in graph.arrows if not arrow.label}
    assert {("net_m_1", "out_m"), ("net_m_2", "out_m")} <= joined
    assert ("w1 = 1", "∂E/∂w1 = 0") in [arrow.label for arrow in graph.arrows]
