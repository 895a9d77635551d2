"""What comes back from before the first time step: as the layers say, or 0."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.maths.expression import number
from tracer.spec.recurrent.copies import states
from tracer.spec.recurrent.parts import Part
from tracer.spec.samples import values
from tracer.spec.scope import Scope
from tracer.spec.tree.problems import Problems
from tracer.spec.written import Entry, Values, WrittenLayer, WrittenSample

START = number(0)

Start = tuple[str, Entry]


def starts(
    layers: Sequence[WrittenLayer], parts: Sequence[Part], names: Scope, problems: Problems
) -> list[Start]:
    """The units whose outputs come back, each with what it has before the first time step.

    Args:
        layers: as they were written.
        parts: the layers of one time step.
        names: the names of one time step.
        problems: where wrong lengths and unknown names go.
    """
    wanted, found = states(parts), dict[str, Entry]()
    for group, layer in enumerate(layers, 1):
        own = names.groups[group]
        all_of_layer = [unit for part in parts if part.group == group for unit in part.units]
        outputs = [unit for unit in own if unit in wanted]
        cells = [unit for unit in all_of_layer if unit in wanted and unit not in own]
        found |= _started(layer, layer.start, outputs, "start", problems)
        found |= _started(layer, layer.start_cell, cells, "start_cell", problems)
    return [(unit, found[unit]) for unit in wanted if unit in found]


def _started(
    layer: WrittenLayer,
    written: Values | None,
    units: Sequence[str],
    field: str,
    problems: Problems,
) -> dict[str, Entry]:
    """What some units start with."""
    if written is None:
        return {unit: Entry(layer.node, None, START) for unit in units}
    if not units:
        if not problems:
            node = layer.node.content(field) or layer.node
            problems.add(node, f"nothing of this layer comes back, so it has no '{field}'")
        return {}
    given = values(WrittenSample(layer.node), written, units, None, field, problems)
    return dict(zip(units, given, strict=False))
