"""What a step lights up in a diagram."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.published.examples import traced as traced_example
from tests.unit.making import BY_HEAD, traced
from tracer.derive.trace import Trace
from tracer.errors import UnknownQuantityError
from tracer.render.diagram.diagram import diagram_of
from tracer.render.diagram.records import Drawing
from tracer.render.diagram.uses import uses_of


def named(drawing: Drawing, ids: Iterable[str]) -> set[str]:
    """Nodes by their unit or look, edges by parameter and head."""
    found = {node.id: " ".join(node.names) or node.look.value for node in drawing.nodes}
    for edge in drawing.edges:
        found[edge.id] = f"{' '.join(edge.names) or edge.kind}->{found[edge.head]}"
    return {found[name] for name in ids}


def lit(trace: Trace, name: str) -> tuple[set[str], set[str]]:
    """What a step is about, and what it uses."""
    drawing = diagram_of(trace)
    uses = uses_of(trace, name, drawing)
    return named(drawing, uses.aims), named(drawing, uses.used)


@pytest.mark.parametrize(
    ("name", "aims", "used"),
    [
        ("net_h1", {"h1"}, {"x1", "x2", "w1->h1", "w2->h1", "b_h1->h1"}),
        ("net_o1", {"o1"}, {"h1", "h2", "w5->o1", "w6->o1", "b2->o1"}),
        ("E_o1", {"error"}, {"o1", "error->error"}),
        ("dE/dout_o1", {"o1"}, {"error", "error->error"}),
        ("dE/dout_h1", {"h1"}, {"o1", "o2", "w5->o1", "w7->o2"}),
        ("dE/dw5", {"w5->o1"}, {"h1", "o1"}),
        ("dE/db2", {"b2->o1", "b2->o2"}, {"o1", "o2"}),
        ("w5+", {"w5->o1"}, set()),
    ],
)
def test_steps_of_a_network(name: str, aims: set[str], used: set[str]) -> None:
    """A step lights up the units and weights in its formula and in the chain behind it."""
    assert lit(traced(BY_HEAD), name) == (aims, used)


def test_a_part_of_a_sum() -> None:
    """The path of a derivative through one unit is about both units and the weight between."""
    aims, used = lit(traced(BY_HEAD), "dE/dout_h1:o1")
    assert aims | used == {"h1", "o1", "w5->o1"}


def test_operations() -> None:
    """In the graph of an expression a derivative uses the edge that it comes back along."""
    aims, used = lit(traced_example("decks_sine"), "dy/dw4")
    assert aims == {"w4"}
    assert used == {"w5", "use->w5"}


def test_layers() -> None:
    """In a summary the box of a unit's layer stands for the unit."""
    aims, used = lit(traced_example("convnet"), "net_o")
    assert aims == {"o"}
    assert used


def test_an_unknown_quantity() -> None:
    """What the trace does not have is refused."""
    trace = traced(BY_HEAD)
    with pytest.raises(UnknownQuantityError):
        uses_of(trace, "net_h9", diagram_of(trace))
