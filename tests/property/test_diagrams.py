"""Diagrams of random networks: nothing lies on anything else, and nothing is left out."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.drawings import collisions, crossed, goes_right, outside, touches
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tests.unit.making import network
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.render.diagram.diagram import Wish, diagram_of
from tracer.render.diagram.network import sources_of
from tracer.render.diagram.parts import TOLD
from tracer.render.diagram.records import Drawing, Size
from tracer.render.diagram.uses import Index
from tracer.spec.network import Network

Draw = Any
NUMBERS = st.sampled_from(("0", "1", "-1", "0.25", "-0.123456", "12.5", "1e-9"))


@st.composite
def dense(draw: Draw) -> str:
    """Dense networks of up to 8 units a layer, some with biases, some with edges that skip."""
    widths = draw(st.lists(st.integers(1, 8), min_size=2, max_size=4))
    lines = [f"inputs: [{', '.join(f'x{k + 1}' for k in range(widths[0]))}]", "layers:"]
    for number, (before, width) in enumerate(pairwise(widths), 1):
        skips = number > 1 and draw(st.booleans())
        sources = before + (widths[0] if skips else 0)
        rows = [[draw(NUMBERS) for _ in range(sources)] for _ in range(width)]
        told = ", ".join(f"[{', '.join(row)}]" for row in rows)
        bias = draw(st.sampled_from(("", "bias: 1, ", f"bias: [{', '.join('1' * width)}], ")))
        back = f"from: [l{number - 1}, inputs], " if skips else ""
        lines.append(f"  - {{name: l{number}, units: {width}, {back}{bias}weights: [{told}]}}")
    row = ", ".join("1" for _ in range(widths[0]))
    goal = ", ".join("1" for _ in range(widths[-1]))
    lines += [f"samples: [{{input: [{row}], target: [{goal}]}}]", "training: {learning_rate: 0.1}"]
    return "\n".join(lines)


def check(drawing: Drawing) -> None:
    """What holds of every drawing."""
    assert not collisions(drawing)
    assert not outside(drawing)
    assert not crossed(drawing)
    nodes = {node.id: node for node in drawing.nodes}
    for edge in drawing.edges:
        assert touches(edge.curve[0], nodes[edge.tail])
        assert touches(edge.curve[-1], nodes[edge.head])
        assert goes_right(edge)
    ids = [*(node.id for node in drawing.nodes), *(edge.id for edge in drawing.edges)]
    assert len(set(ids)) == len(ids)


def check_edges(drawing: Drawing, spec: Network) -> None:
    """Every edge of the network is in the drawing once, its parameter told on it."""
    drawn = sorted(
        (tail, head, name)
        for edge in drawing.edges
        for name in edge.names
        for tail in _names(drawing, edge.tail) or ("",)
        for head in _names(drawing, edge.head)
    )
    wanted = []
    for layer in spec.layers:
        for place, unit in enumerate(layer.units):
            for source, parameter in sources_of(layer, place):
                if parameter is not None:
                    wanted.append((spec.units[source], unit, spec.parameters[parameter].name))
            bias = layer.biases[place]
            wanted += [] if bias is None else [("", unit, spec.parameters[bias].name)]
    assert drawn == sorted(wanted)
    for edge in drawing.edges:
        assert bool(edge.names) == bool(edge.label)
        if edge.label:
            assert edge.label.lines[0].text.quantity.split("@")[0] == edge.names[0]


def _names(drawing: Drawing, of: str) -> tuple[str, ...]:
    return next(node.names for node in drawing.nodes if node.id == of)


@given(dense(), st.sampled_from(("gradients", "values")))
@settings(max_examples=15)
def test_dense_networks_keep_apart(text: str, edges: str) -> None:
    """Up to 8 units a layer nothing lies on anything else, and every weight is told."""
    spec = network(text)
    drawing = diagram_of(trace(spec, arithmetic("float")), 1, Wish(edges=edges))
    check(drawing)
    check_edges(drawing, spec)
    assert drawing.labels == edges


@given(networks(most_steps=2))
@settings(max_examples=40)
def test_any_network_is_drawn(drawn: Drawn) -> None:
    """Skip connections, sparse and shared weights, thresholds: all is drawn, and keeps apart."""
    spec = network_of(drawn)
    found = traced_if_finite(spec, "float")
    for sample in sorted(found.segments[0].program.samples):
        drawing = diagram_of(found, sample)
        check(drawing)
        check_edges(drawing, spec)


@given(dense(), st.integers(100, 2000), st.integers(100, 2000))
@settings(max_examples=15)
def test_less_is_told_where_there_is_no_room(text: str, width: int, height: int) -> None:
    """A drawing is as small as asked for, or no telling of its edges is; it never overlaps."""
    found = trace(network(text), arithmetic("float"))
    drawing = diagram_of(found, 1, Wish(edges="gradients", room=Size(width, height)))
    check(drawing)
    bare = diagram_of(found, 1, Wish(edges="none"))
    if bare.size.width <= width and bare.size.height <= height:
        assert drawing.size.width <= width
        assert drawing.size.height <= height
    assert drawing.labels in TOLD


@given(networks(most_steps=2))
@settings(max_examples=40)
def test_every_step_is_about_something(drawn: Drawn) -> None:
    """Each quantity of a training step, but the learning rate, has its place in the drawing."""
    found = traced_if_finite(network_of(drawn), "float")
    check_uses(found)


def check_uses(found: Trace) -> None:
    """What holds of every drawing's index."""
    segment = found.segments[0]
    sample = min(segment.program.samples)
    drawing = diagram_of(found, sample)
    index = Index(found, drawing)
    known = {*(node.id for node in drawing.nodes), *(edge.id for edge in drawing.edges)}
    for entry in found.entries(segment):
        if entry.block.sample not in (0, sample) or entry.name == "learning_rate":
            continue
        uses = index.uses(entry)
        assert uses.aims, entry.name
        assert {*uses.aims, *uses.used} <= known
        assert not set(uses.aims) & set(uses.used)
