"""All layers of one time step, resolved: plain ones, recurrent ones, cells with gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.errors import suggestion
from tracer.spec.ledger import authored_names
from tracer.spec.recurrent.cells import GATED
from tracer.spec.recurrent.gated import GatedLayer, gated, own_curve, parts
from tracer.spec.recurrent.names import Namer, members
from tracer.spec.recurrent.parts import Fed, Part, fed, plain_part
from tracer.spec.scope import Scope
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry, WrittenLayer

Found = GatedLayer | Fed


def resolved(layers: Sequence[WrittenLayer], names: Scope, problems: Problems) -> list[Part]:
    """The parts of all layers, in the order of calculation; none where there are problems.

    Args:
        layers: as they were written.
        names: the names of one time step.
        problems: where wrong shapes and unknown names go.
    """
    found = [_found(layer, group, names, problems) for group, layer in enumerate(layers, 1)]
    if problems:
        return []
    namer = Namer(names, authored_names(entry for item in found for entry in _entries(item)))
    pairs = enumerate(zip(layers, found, strict=True), 1)
    return [
        part
        for group, (layer, item) in pairs
        for part in _parts(layer, group, item, names, namer, problems)
    ]


def _found(layer: WrittenLayer, group: int, names: Scope, problems: Problems) -> Found:
    """What leads into a layer, gate by gate where it has gates."""
    if layer.cell in GATED:
        return gated(layer, group, GATED[layer.cell or ""], names, problems)
    return fed(layer, group, _state(layer, group, names, problems), names, problems)


def _parts(
    layer: WrittenLayer, group: int, item: Found, names: Scope, namer: Namer, problems: Problems
) -> Iterator[Part]:
    if isinstance(item, Fed):
        yield plain_part(layer, group, item, names, namer, problems)
        return
    units = names.groups[group]
    letters = members(item.cell, units, own_curve(layer).name, names.numbers)
    yield from parts(item, letters, names, namer)


def _state(layer: WrittenLayer, group: int, names: Scope, problems: Problems) -> int | None:
    """The number of the layer whose outputs come back into a layer one time step later."""
    if layer.recurrent_from is None:
        return group if layer.cell or layer.recurrent_weights else None
    name = layer.recurrent_from.text
    if names.names.get(name):
        return names.names[name]
    known = [name for name, number in names.names.items() if number]
    hint = suggestion(name, known) or f"; layers with a name: {listed(known) or 'none'}"
    problems.add(layer.recurrent_from, f"no layer is called '{name}'{hint}")
    return None


def _entries(item: Found) -> Iterator[Entry]:
    """All parameters that were written for a layer."""
    for leading in item.fed.values() if isinstance(item, GatedLayer) else (item,):
        yield from leading.entries()
