"""A network as a graph to be drawn: its units with their values, its weights on the edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.derive.entries import Entry
from tracer.derive.network.joint import name_of
from tracer.phrase import Phrase
from tracer.render.diagram.lettering import named, numeral
from tracer.render.diagram.parts import Link, Vertex
from tracer.render.diagram.places import columns_of_inputs, columns_of_layers
from tracer.render.diagram.records import Look, Text, Way
from tracer.render.diagram.values import Values
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, Network, Parameter, ParameterKind

AHEAD = (kinds.NET, kinds.OUT, kinds.KEPT)
BACK = (kinds.SIGNAL, kinds.DELTA, kinds.NEGATIVE_DELTA)
OF_PARAMETERS = (kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD)
OF_TOTAL = (kinds.DATA_ERROR, kinds.PENALTY, kinds.TOTAL)
SIGNS = {ParameterKind.BIAS: "1", ParameterKind.THRESHOLD: "-1"}
"""What an offset is multiplied by: that is what stands in its node."""

INPUT = Phrase("input {values}")
UNITS = {
    Look.HIDDEN: Phrase("hidden unit {unit}, {activation}: {values}"),
    Look.OUTPUT: Phrase("output unit {unit}, {activation}: {values}"),
}
OFFSETS = {
    ParameterKind.BIAS: Phrase("node of the bias, always {number}"),
    ParameterKind.THRESHOLD: Phrase("node of the threshold, always {number}"),
}
EDGES = {
    "weight": Phrase("weight {value}, from {tail} to {head}"),
    "bias": Phrase("bias {value}, to {head}"),
    "threshold": Phrase("threshold {value}, to {head}"),
    "plain": Phrase("from {tail} to {head}"),
    "error": Phrase("to the error"),
}
"""What nodes and edges are, in words."""


def sources_of(layer: Layer, place: int) -> Iterator[tuple[int, int | None]]:
    """(source, parameter) of every edge into a unit; None where it carries no weight."""
    if isinstance(layer.wiring, Gathering):
        yield from ((source, None) for source in layer.wiring.groups[place])
    yield from layer.wiring.into(place)
    for item in layer.couplings:
        if item.unit == place:
            yield from ((source, None) for source in dict.fromkeys(item.operands))


class NetworkParts:
    """A network being turned into vertices and links.

    Attributes:
        tellings: what edges may come to tell.
        vertices: inputs, then layer after layer its offsets and units, then the errors.
        links: in the order of the units that they enter.
    """

    def __init__(self, spec: Network, values: Values, prefix: str, tellings: Sequence[str]) -> None:
        self.spec, self.values, self.prefix, self.tellings = spec, values, prefix, tellings
        self.vertices: list[Vertex] = []
        self.links: list[Link] = []
        self._units: list[int] = []
        layers = columns_of_layers(spec)
        for name, column in zip(spec.inputs, columns_of_inputs(spec, layers), strict=True):
            self._input(name, column)
        for number, (layer, column) in enumerate(zip(spec.layers, layers, strict=True), 1):
            self._layer(layer, column, name_of(number))
        self._errors()

    def _say(self, text: Phrase, **parts: str) -> str:
        return self.values.say(text, **parts)

    def _add(
        self,
        look: Look,
        name: str,
        says: str,
        column: int,
        texts: Sequence[Text],
        quantities: Sequence[str] = (),
    ) -> int:
        number = len(self.vertices)
        made = (f"{self.prefix}n{number}", look, (name,) if name else (), says, column)
        self.vertices.append(Vertex(*made, tuple(texts), tuple(quantities)))
        return number

    def _input(self, name: str, column: int) -> None:
        texts = self.values.texts(name, kinds.INPUT, kinds.STATE, kinds.KEPT)
        if self.values.has(kinds.MOVED_INPUT, name):
            texts += self.values.texts(name, kinds.BY_INPUT, way=Way.BACKWARD)
        found = texts or [Text(named(name), says=name)]
        says = self._say(INPUT, values=told_of(found))
        names = self.values.names(name)
        self._units.append(self._add(Look.INPUT, name, says, column, found, names))

    def _layer(self, layer: Layer, column: int, whole: str) -> None:
        shared = self.values.names(whole) if layer.joint else ()
        offsets: dict[ParameterKind, int] = {}
        for place in range(len(layer.units)):
            self._unit(layer, place, column, shared)
        for place, offset in enumerate(layer.biases):
            head = self._units[layer.first_unit + place]
            for source, parameter in sources_of(layer, place):
                self._edge(self._units[source], head, parameter)
            if offset is not None:
                kind = self.spec.parameters[offset].kind
                if kind not in offsets:
                    offsets[kind] = self._offset(kind, column - 1)
                self._edge(offsets[kind], head, offset)

    def _unit(self, layer: Layer, place: int, column: int, shared: tuple[str, ...]) -> None:
        name = layer.units[place]
        is_output = layer.first_unit + place in self.spec.outputs
        look = Look.OUTPUT if is_output else Look.HIDDEN
        texts = [Text(named(name), heading=True), *self.values.texts(name, *AHEAD)]
        back = self.values.texts(name, *BACK, way=Way.BACKWARD)
        back = back or self.values.texts(name, kinds.BY_OUT, way=Way.BACKWARD)
        texts += back
        activation = layer.joint.name if layer.joint else layer.activations[place].name
        values = told_of(texts[1:])
        says = self._say(UNITS[look], unit=name, activation=activation, values=values)
        names = [n for n in self.values.names(name) if n not in self._of_error(name)]
        self._units.append(self._add(look, name, says, column, texts, [*names, *shared]))

    def _offset(self, kind: ParameterKind, column: int) -> int:
        sign = SIGNS[kind]
        says = self._say(OFFSETS[kind], number=sign)
        return self._add(Look.BIAS, "", says, column, [Text(numeral(sign), way=Way.GIVEN)])

    def _edge(self, tail: int, head: int, parameter: int | None) -> None:
        if parameter is None:
            self._link(tail, head, "plain", "")
            return
        of = self.spec.parameters[parameter]
        value, slope = self._first(of, *OF_PARAMETERS), None
        if "gradients" in self.tellings:
            slope = self._first(of, kinds.SAMPLE_GRADIENT, kinds.GRADIENT)
        bare = Text(named(of.name), of.name, says=of.name)
        texts = (
            self.values.text(value, Way.GIVEN) if value else bare,
            self.values.symbol(value) if value and "names" in self.tellings else bare,
            self.values.text(slope, Way.BACKWARD) if slope else None,
        )
        self._link(tail, head, of.kind.value, of.name, texts, self.values.names(of.name))

    def _first(self, of: Parameter, *wanted: Kind) -> Entry | None:
        found = (self.values.entry(kind, of.name) for kind in wanted)
        return next((entry for entry in found if entry is not None), None)

    def _link(
        self,
        tail: int,
        head: int,
        kind: str,
        name: str,
        texts: tuple[Text | None, Text | None, Text | None] = (None, None, None),
        quantities: Sequence[str] = (),
    ) -> None:
        ends = [" ".join(self.vertices[end].names) for end in (tail, head)]
        value = texts[0].says if texts[0] else ""
        says = self._say(EDGES[kind], value=value, tail=ends[0], head=ends[1])
        number = f"{self.prefix}e{len(self.links)}"
        names = (name,) if name else ()
        self.links.append(Link(number, tail, head, kind, names, says, *texts, tuple(quantities)))

    def _of_error(self, unit: str) -> set[str]:
        found = (self.values.entry(kind, unit) for kind in (kinds.TARGET, kinds.ERROR))
        return {entry.name for entry in found if entry is not None}

    def _errors(self) -> None:
        """A node for each output's target and error, and one for what they come to."""
        ends = list(zip(self.spec.outputs, self.spec.output_names, strict=True))
        total = self.values.texts("", kinds.SAMPLE_ERROR) or self.values.texts("", *OF_TOTAL)
        wanted = (kinds.TARGET, kinds.ERROR, kinds.MISS, kinds.WRONG)
        found = [(unit, name, self.values.texts(name, *wanted)) for unit, name in ends]
        found = [each for each in found if each[2]]
        if not found:
            return
        last = max(vertex.column for vertex in self.vertices)
        if len(found) == 1:
            unit, name, texts = found[0]
            node = self._error_node(name, [*texts, *total], last + 1)
            self._link(self._units[unit], node, "error", "")
            return
        column = last + 2
        made = []
        for unit, name, texts in found:
            tail = self._units[unit]
            made.append(self._error_node(name, texts, self.vertices[tail].column + 1))
            self._link(tail, made[-1], "error", "")
        if total:
            node = self._error_node("", total, column)
            for tail in made:
                self._link(tail, node, "error", "")

    def _error_node(self, unit: str, texts: Sequence[Text], column: int) -> int:
        names = tuple(text.quantity for text in texts)
        text = Phrase("error of {unit}: {values}") if unit else Phrase("error: {values}")
        says = self._say(text, unit=unit, values=told_of(texts))
        return self._add(Look.ERROR, "", says, column, texts, names)


def told_of(texts: Sequence[Text]) -> str:
    """Lines of text, one after the other."""
    return ", ".join(text.says for text in texts)
