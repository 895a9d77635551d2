"""Which nodes and edges of a diagram a step uses, so that a page can light them up."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from msgspec import Struct

from tracer.derive.entries import Entry, Step
from tracer.derive.trace import Trace
from tracer.maths.expression import symbols
from tracer.render.diagram.records import Drawing, Edge, Look
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Quantity

OF_TOTAL = (kinds.SAMPLE_ERROR, kinds.DATA_ERROR, kinds.PENALTY, kinds.TOTAL)
"""What belongs to the last node of the error."""

OF_RESULT = (kinds.ADJOINT, kinds.CONTRIBUTION, kinds.TANGENT)
"""What says a second name without being about it: all are derivatives of the same result."""


class Uses(Struct, frozen=True):
    """What a step is about, and what it uses, as ids of a drawing in the drawing's order.

    Attributes:
        aims: the nodes and edges that its own quantity belongs to.
        used: those of the quantities in its formula, and in the chain behind it.
    """

    aims: tuple[str, ...]
    used: tuple[str, ...]


def uses_of(trace: Trace, quantity: str | Entry, drawing: Drawing) -> Uses:
    """Which nodes and edges a step uses; for many steps, `Index` does it faster.

    Args:
        trace: the trace.
        quantity: its plain name, or its entry.
        drawing: a drawing of the trace.

    Raises:
        UnknownQuantityError: the trace has no quantity of that name.
    """
    entry = trace[quantity] if isinstance(quantity, str) else quantity
    return Index(trace, drawing).uses(entry)


class Index:
    """The nodes and edges of a drawing, looked up by what belongs to them."""

    def __init__(self, trace: Trace, drawing: Drawing) -> None:
        self.trace = trace
        self.order: dict[str, int] = {}
        self.owners: dict[str, list[str]] = {}
        self.units: dict[str, str] = {}
        self.parameters: dict[str, list[Edge]] = {}
        self.between: dict[tuple[str, str], list[str]] = {}
        for node in drawing.nodes:
            self.units.update(dict.fromkeys(node.names, node.id))
        for edge in drawing.edges:
            self.between.setdefault((edge.tail, edge.head), []).append(edge.id)
            for name in edge.names:
                self.parameters.setdefault(name, []).append(edge)
        self.edges = {edge.id: edge for edge in drawing.edges}
        owned = [(node.id, node.quantities) for node in drawing.nodes]
        for name, quantities in (*owned, *((e.id, e.quantities) for e in drawing.edges)):
            self.order[name] = len(self.order)
            for quantity in quantities:
                self.owners.setdefault(quantity, []).append(name)
        errors = [node.id for node in drawing.nodes if node.look is Look.ERROR]
        self.total = set(errors[-1:])

    def uses(self, entry: Entry) -> Uses:
        """Which nodes and edges a step uses."""
        aims = self.places(entry.quantity)
        found: set[str] = set()
        for quantity in _used(entry):
            found |= self._beside(self.places(quantity), aims)
        for one, other in product(aims, found):
            found = found | self._bare(one, other) | self._bare(other, one)
        return Uses(self._sorted(aims), self._sorted(found - aims))

    def _beside(self, places: set[str], aims: set[str]) -> set[str]:
        """Of the edges that share a parameter those that touch what the step is about, if any."""
        touching = {
            name
            for name in places & self.edges.keys()
            if aims & {self.edges[name].tail, self.edges[name].head}
        }
        return (places - self.edges.keys()) | touching if touching else places

    def _bare(self, tail: str, head: str) -> set[str]:
        """The edges between two nodes that carry no parameter."""
        between = self.between.get((tail, head), ())
        return {name for name in between if not self.edges[name].names}

    def places(self, quantity: Quantity) -> set[str]:
        """The nodes and edges that a quantity belongs to."""
        found = set(self.owners.get(self.trace.name(quantity), ()))
        if not quantity.unit:
            return found or (self.total if quantity.kind in OF_TOTAL else found)
        related = quantity.kind not in OF_RESULT
        ends = [name for name in (quantity.unit, quantity.source if related else "") if name]
        nodes = [self.units[name] for name in ends if name in self.units]
        for name in ends:
            edges = self.parameters.get(name, ())
            found.update(edge.id for edge in edges if not nodes or edge.head in nodes)
        if not found or len(ends) == 2:
            found.update(nodes)
        if len(nodes) == 2:
            found.update(self.between.get((nodes[0], nodes[1]), ()))
            found.update(self.between.get((nodes[1], nodes[0]), ()))
        return found

    def _sorted(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=self.order.__getitem__))


def _used(entry: Entry) -> list[Quantity]:
    """What stands in an entry's formula, and in the chain behind it."""
    found = [operand.quantity for operand in entry.operands]
    chain = entry.chain if isinstance(entry, Step) else None
    if chain is not None:
        found += (of for of in symbols(chain) if isinstance(of, Quantity))
    return list(dict.fromkeys(found))
