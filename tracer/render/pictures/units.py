"""A small network as a graph: its units with their values, its weights on the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.derive.entries import Entry
from tracer.derive.trace import Trace
from tracer.notation.notation import Notation, terminal
from tracer.notation.said import english
from tracer.render.pictures.diagram import Arrow, Box, Diagram, Look
from tracer.render.pictures.numbers import told
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind
from tracer.sheet.words import title_of_spec
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, Network

MOST_EDGES = 30
"""A network with more edges than this is no picture."""

LEGEND = "upper part: values; lower part: derivatives of E; on the arrows: weights and derivatives"
WITHOUT_SLOPES = "in the boxes: values; on the arrows: weights"


def has_units(trace: Trace) -> bool:
    """Whether a trace is that of a network small enough to be drawn."""
    spec = trace.spec
    if not isinstance(spec, Network):
        return False
    count = 0
    for layer in spec.layers:
        if len(layer.units) > MOST_EDGES:
            return False
        count += sum(len(edges(layer, unit)) for unit in range(len(layer.units)))
    return 0 < count <= MOST_EDGES


def units(trace: Trace) -> Diagram:
    """The units of a network in its first training step, on the first sample."""
    spec = trace.spec
    assert isinstance(spec, Network)
    drawn = _Units(trace, spec)
    parts = [LEGEND if drawn.has_slopes else WITHOUT_SLOPES]
    if trace.several_samples:
        parts.append("E and all else is of sample 1 alone" if drawn.has_slopes else "sample 1")
    if trace.several_steps:
        parts.append("training step 1")
    legend = "; ".join(parts)
    return Diagram(
        english(title_of_spec(spec)), tuple(drawn.boxes()), tuple(drawn.arrows()), legend
    )


def edges(layer: Layer, unit: int) -> Sequence[tuple[int, int | None]]:
    """(source, parameter) of every edge into a unit; None where it carries no weight."""
    if isinstance(layer.wiring, Gathering):
        return [(source, None) for source in layer.wiring.groups[unit]]
    joined = (item.operands for item in layer.couplings if item.unit == unit)
    return [*layer.wiring.into(unit), *((source, None) for each in joined for source in each)]


class _Units:
    """A network being turned into boxes and arrows."""

    def __init__(self, trace: Trace, spec: Network) -> None:
        self.spec = spec
        self.notation: Notation = terminal(samples=False)
        self.known: dict[tuple[Kind, str], Entry] = {}
        for entry in trace.entries(trace.segments[0]):
            if entry.block.sample in (0, 1):
                self.known.setdefault((entry.quantity.kind, entry.quantity.unit), entry)

    def _lines(self, unit: str, *wanted: Kind) -> tuple[str, ...]:
        """The values that a unit or parameter has, of some kinds."""
        found = (self.known.get((kind, unit)) for kind in wanted)
        return tuple(told(entry, self.notation) for entry in found if entry is not None)

    @property
    def has_slopes(self) -> bool:
        """Whether there are derivatives: not under a rule that takes none, nor without targets."""
        slopes = {kinds.DELTA, kinds.NEGATIVE_DELTA, kinds.BY_OUT, kinds.SIGNAL}
        return any(kind in slopes for kind, _ in self.known)

    def boxes(self) -> list[Box]:
        """Inputs, units, and the error of each output that has one; the total error last."""
        spec = self.spec
        made = [
            Box(
                self._lines(name, kinds.INPUT) or (name,),
                self._lines(name, kinds.BY_INPUT),
                Look.GIVEN,
            )
            for name in spec.inputs
        ]
        for layer in spec.layers:
            for unit, bias in zip(layer.units, layer.biases, strict=True):
                made.append(self._unit(unit, bias))
        for _, name in self._errors():
            made.append(Box(self._lines(name, kinds.ERROR, kinds.TARGET)))
        total = self._lines("", kinds.SAMPLE_ERROR) or self._lines("", kinds.TOTAL)
        return [*made, Box(total or ("E",), (), Look.RESULT)] if self._errors() else made

    def _errors(self) -> list[tuple[int, str]]:
        """The outputs that have an error, by number and name."""
        ends = zip(self.spec.outputs, self.spec.output_names, strict=True)
        return [(number, name) for number, name in ends if (kinds.ERROR, name) in self.known]

    def _unit(self, unit: str, bias: int | None) -> Box:
        offset = () if bias is None else self._parameter(self.spec.parameters[bias].name)
        upper = self._lines(unit, kinds.NET, kinds.OUT)
        lower = self._lines(unit, kinds.BY_OUT, kinds.SIGNAL, kinds.DELTA, kinds.NEGATIVE_DELTA)
        return Box((*upper, *offset[:1]) or (unit,), (*lower, *offset[1:]))

    def _parameter(self, name: str) -> tuple[str, ...]:
        """A parameter's value, and its derivative."""
        value = self._lines(name, kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD)
        slope = self._lines(name, kinds.SAMPLE_GRADIENT) or self._lines(name, kinds.GRADIENT)
        return (*value, *slope)

    def _name(self, parameter: int) -> str:
        return self.spec.parameters[parameter].name

    def arrows(self) -> list[Arrow]:
        """An arrow for each weight, and from each output to its error and on to the total."""
        spec, found = self.spec, list[Arrow]()
        for layer in spec.layers:
            for place in range(len(layer.units)):
                head = layer.first_unit + place
                for source, parameter in edges(layer, place):
                    label = () if parameter is None else self._parameter(self._name(parameter))
                    found.append(Arrow(source, head, label))
        ends = self._errors()
        for place, (output, _) in enumerate(ends):
            found.append(Arrow(output, len(spec.units) + place))
            found.append(Arrow(len(spec.units) + place, len(spec.units) + len(ends)))
        return found
