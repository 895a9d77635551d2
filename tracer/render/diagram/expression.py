"""The graph of an expression: operations with their values, and what comes back through them."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.derive.entries import Entry, Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.phrase import Phrase
from tracer.render.diagram.layout import bent
from tracer.render.diagram.lettering import spoken
from tracer.render.diagram.parts import INSIDE, Link, Vertex, edge, label_size, node
from tracer.render.diagram.records import Drawing, Look, Run, Size, Spot, Text, Way
from tracer.render.diagram.values import Values
from tracer.render.pictures.layers import Layout, layout
from tracer.render.pictures.ports import shares
from tracer.rules.quantity import ADJOINT, CONTRIBUTION, RESULT, TANGENT, VARIABLE

EDGE = Phrase("from {tail} to {head}")
MARGIN = 6.0
PORTS = 0.7
"""The part of a node's side at which edges end."""


class ExpressionParts:
    """An expression being turned into vertices and links.

    Attributes:
        vertices: in the order of evaluation.
        links: one for each use of a value.
    """

    def __init__(self, trace: Trace, values: Values, prefix: str) -> None:
        self.values, self.prefix = values, prefix
        entries = list(trace.entries(values.segment))
        self.primal = [entry for entry in entries if entry.quantity.kind in (VARIABLE, RESULT)]
        self.back = [entry for entry in entries if entry.phase in (Phase.BACKWARD, Phase.TANGENTS)]
        self.vertices = [self._vertex(k, entry) for k, entry in enumerate(self.primal)]
        places = {entry.address: number for number, entry in enumerate(self.primal)}
        self.uses = [
            (places[operand.address], number)
            for number, entry in enumerate(self.primal)
            if isinstance(entry, Step) and not entry.is_carried
            for operand in entry.operands
        ]
        labels = self._contributions()
        self.links = [self._link(k, use, labels[k]) for k, use in enumerate(self.uses)]

    def _vertex(self, number: int, entry: Entry) -> Vertex:
        is_made = isinstance(entry, Step) and not entry.is_carried
        look = Look.HIDDEN if is_made else Look.INPUT
        look = Look.OUTPUT if is_made and number == len(self.primal) - 1 else look
        unit = entry.quantity.unit
        texts = [*self._told(entry), *(self.values.text(of, Way.BACKWARD) for of in self._of(unit))]
        names = tuple(of.name for of in (entry, *self._of(unit)))
        says = ", ".join(text.says or spoken(text.runs) for text in texts)
        name = f"{self.prefix}n{number}"
        return Vertex(name, look, (unit,), says, 0, tuple(texts), names)

    def _told(self, entry: Entry) -> list[Text]:
        """What a value is, and how large."""
        if not isinstance(entry, Step) or entry.is_carried:
            return [self.values.text(entry)]
        symbol, formula = self.values.symbols(entry.quantity), self.values.formulas(entry.formula)
        first = Text((*symbol, Run(" = "), *formula), entry.name, heading=True)
        number = self.values.number(entry)
        return [first, Text(number, entry.name)] if number else [first]

    def _of(self, unit: str) -> list[Entry]:
        """The adjoint of a value, or its tangents."""
        kinds = (ADJOINT, TANGENT)
        return [e for e in self.back if e.quantity.kind in kinds and e.quantity.unit == unit]

    def _contributions(self) -> list[Entry | None]:
        """For each use of a value that has several: what comes back through it."""
        left: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.back:
            if entry.quantity.kind is CONTRIBUTION and isinstance(entry, Step):
                user = entry.operands[0].quantity.unit
                left.setdefault((entry.quantity.unit.rpartition("^")[0], user), []).append(entry)
        found: list[Entry | None] = []
        for tail, head in self.uses:
            key = self.primal[tail].quantity.unit, self.primal[head].quantity.unit
            found.append(left[key].pop(0) if left.get(key) else None)
        return found

    def _link(self, number: int, use: tuple[int, int], label: Entry | None) -> Link:
        tail, head = use
        ends = [self.primal[end].quantity.unit for end in use]
        says = self.values.say(EDGE, tail=ends[0], head=ends[1])
        text = self.values.text(label, Way.BACKWARD) if label else None
        names = (label.name,) if label else ()
        name = f"{self.prefix}e{number}"
        return Link(name, tail, head, "use", (), says, text, text, None, names)


def expression_drawing(title: str, parts: ExpressionParts, told: str) -> Drawing:
    """The drawing of an expression's graph."""
    texts = [link.told(told) for link in parts.links]
    sizes = [vertex.size for vertex in parts.vertices]
    found = layout(sizes, parts.uses, [label_size(of) for of in texts])
    spots = [Spot(spot.x + MARGIN, spot.y + MARGIN) for spot in found.spots]
    curves = _curves(found, spots)
    nodes = tuple(
        node(vertex, spot, size)
        for vertex, spot, size in zip(parts.vertices, spots, sizes, strict=False)
    )
    edges = []
    for link, of, way, curve in zip(parts.links, texts, found.ways, curves, strict=True):
        spot = None if way.label is None else spots[way.label]
        edges.append(edge(link, parts.vertices, of, curve, spot))
    size = Size(found.total.width + 2 * MARGIN, found.total.height + 2 * MARGIN)
    return Drawing("expression", title, title, size, nodes, tuple(edges), told)


def _curves(found: Layout, spots: Sequence[Spot]) -> list[tuple[Spot, ...]]:
    """Each arrow from side to side, level at each place on its way."""
    ways = [way.items for way in found.ways]
    leaves = shares([(items[0], items[1]) for items in ways], spots)
    enters = shares([(items[-1], items[-2]) for items in ways], spots)
    curves = []
    for number, items in enumerate(ways):
        stops = [_port(found, spots, items[0], leaves[number], 1)]
        for item in items[1:-1]:
            half = found.sizes[item].width / 2
            if half:
                stops += [Spot(spots[item].x + side * half, spots[item].y) for side in (-1, 1)]
        stops.append(_port(found, spots, items[-1], enters[number], -1))
        curves.append(bent(stops))
    return curves


def _port(found: Layout, spots: Sequence[Spot], item: int, share: float, side: int) -> Spot:
    size = found.sizes[item]
    room = max(size.height - INSIDE, 0.0) * PORTS
    return Spot(spots[item].x + side * size.width / 2, spots[item].y + (share - 0.5) * room)
