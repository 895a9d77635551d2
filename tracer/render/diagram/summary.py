"""A network too large for a drawing of its units: a box for each layer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from tracer.phrase import ENGLISH, Phrase, Words, counted
from tracer.render.diagram.lettering import named
from tracer.render.diagram.parts import Link, Vertex
from tracer.render.diagram.places import columns_of_layers, feeding
from tracer.render.diagram.records import Look, Run, Text
from tracer.render.diagram.values import said
from tracer.spec.network import Layer, Network

EDGE, ERROR, TO_ERROR = Phrase("from {tail} to {head}"), Phrase("error"), Phrase("to the error")


class SummaryParts:
    """The layers of a network as vertices, and what connects them as links.

    Attributes:
        vertices: the inputs, the layers, the error.
        links: in the order of the layers that they enter.
    """

    def __init__(self, spec: Network, prefix: str, words: Words = ENGLISH) -> None:
        self.spec, self.prefix, self.words = spec, prefix, words
        inputs = counted(len(spec.inputs), "{count} input", "{count} inputs")
        self.vertices = [self._box(0, Look.INPUT, inputs, spec.inputs, 0)]
        self.links: list[Link] = []
        self._owners = [0] * len(spec.inputs)
        for layer, column in zip(spec.layers, columns_of_layers(spec), strict=True):
            self._layer(layer, column)
        if spec.samples and spec.samples[0].targets:
            self._error()

    def _box(
        self,
        number: int,
        look: Look,
        many: Phrase,
        members: Sequence[str],
        column: int,
        how: str = "",
    ) -> Vertex:
        """A box that says how many members it has, which, and what they do."""
        count = self._say(many)
        ends = [*members[:1], *members[1:][-1:]]
        said = chain.from_iterable((Run(" … "), *named(name)) for name in ends)
        texts = [Text((Run(count),), heading=True), Text(tuple(said)[1:])]
        texts += [Text((Run(how),))] if how else []
        says = f"{count}{', ' if how else ''}{how}"
        return Vertex(f"{self.prefix}n{number}", look, tuple(members), says, column, tuple(texts))

    def _layer(self, layer: Layer, column: int) -> None:
        number = len(self.vertices)
        last = set(range(layer.first_unit, layer.first_unit + len(layer.units)))
        look = Look.OUTPUT if last & set(self.spec.outputs) else Look.HIDDEN
        units = counted(len(layer.units), "{count} unit", "{count} units")
        self.vertices.append(self._box(number, look, units, layer.units, column, self._how(layer)))
        tails = sorted({self._owners[source] for source in feeding(layer)})
        for tail in tails:
            self._link(tail, number, layer, self._shape(layer) if len(tails) == 1 else "")
        self._owners += [number] * len(layer.units)

    def _link(self, tail: int, head: int, layer: Layer, shape: str) -> None:
        numbers = (*layer.wiring.parameters, *(bias for bias in layer.biases if bias is not None))
        names = tuple(self.spec.parameters[number].name for number in numbers)
        text = Text(_lettered(shape)) if shape else None
        kind = "weight" if names else "plain"
        ends = self._say(EDGE, tail=self.vertices[tail].says, head=self.vertices[head].says)
        says = f"{shape}, {ends}" if shape else ends
        number = f"{self.prefix}e{len(self.links)}"
        self.links.append(Link(number, tail, head, kind, names, says, text, text))

    def _say(self, text: Phrase, **parts: str) -> str:
        return said(replace(text, parts=(*text.parts, *parts.items())), self.words)

    def _how(self, layer: Layer) -> str:
        """What the units of a layer do, as far as all do the same."""
        if layer.joint:
            return layer.joint.name
        names = list(dict.fromkeys(activation.name for activation in layer.activations))
        many = counted(len(names), "{count} activation", "{count} activations")
        return names[0] if len(names) == 1 else self._say(many)

    def _shape(self, layer: Layer) -> str:
        """The shape of what is between two layers: its matrix, or the number of its weights."""
        weights, rows = len(layer.wiring.parameters), len(layer.units)
        columns = len(layer.wiring.sources)
        offsets = len({bias for bias in layer.biases if bias is not None})
        if not weights:
            return ""
        told = f"W: {rows} × {columns}"
        if weights != rows * columns:
            told = self._say(counted(weights, "{count} weight", "{count} weights"))
        return f"{told}, b: {offsets}" if offsets else told

    def _error(self) -> None:
        number = len(self.vertices)
        column = 1 + max(vertex.column for vertex in self.vertices)
        texts = (Text(named("E")),)
        name = f"{self.prefix}n{number}"
        box = Vertex(name, Look.ERROR, (), self._say(ERROR), column, texts)
        self.vertices.append(box)
        for tail in sorted({self._owners[output] for output in self.spec.outputs}):
            name = f"{self.prefix}e{len(self.links)}"
            self.links.append(Link(name, tail, number, "error", (), self._say(TO_ERROR)))


def _lettered(shape: str) -> tuple[Run, ...]:
    """The letters of matrices lean, as in formulas."""
    parts = re.split(r"\b([Wb])(?=:)", shape)
    return tuple(Run(part, slanted=k % 2 == 1) for k, part in enumerate(parts) if part)
