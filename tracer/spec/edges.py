"""The edges into a layer as its weights say them: rows, named edges, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracer.errors import suggestion
from tracer.spec.scope import Scope
from tracer.spec.tree.forms import Items, Pairs
from tracer.spec.tree.limits import MAX_EDGES
from tracer.spec.tree.nodes import Scalar
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Edges, Entry, Rows, WrittenLayer


class Incoming(NamedTuple):
    """What leads into a layer.

    Attributes:
        edges: (unit of the layer, source, what was written), in the written order.
        biases: what each row starts with, where rows start with biases; else empty.
    """

    edges: list[tuple[int, int, Entry]]
    biases: tuple[Entry, ...] = ()


def incoming(
    layer: WrittenLayer, group: int, scope: Scope, problems: Problems, most: int = MAX_EDGES
) -> Incoming:
    """The edges into a layer.

    Args:
        layer: what was written.
        group: the layer's group in the scope.
        scope: the network's names.
        problems: where wrong shapes and unknown names go.
        most: as many edges as the limit leaves for this layer.
    """
    sources = _sources(layer, group, scope, problems)
    if sources is None:
        return Incoming([])
    allowed = sources if layer.sources else range(scope.starts[group])
    found = incoming_from(sources, allowed, layer, group, scope, problems, most)
    return found._replace(edges=_all_reached(found.edges, layer, scope.groups[group], problems))


def incoming_from(
    sources: Sequence[int],
    allowed: Sequence[int],
    layer: WrittenLayer,
    group: int,
    scope: Scope,
    problems: Problems,
    most: int = MAX_EDGES,
) -> Incoming:
    """The edges into a layer from certain units.

    Args:
        sources: the units that rows of weights speak of, in order.
        allowed: the units that named edges may start at.
        layer: what was written.
        group: the layer's group in the scope.
        scope: the network's names.
        problems: where wrong shapes and unknown names go.
        most: as many edges as the limit leaves for this layer.
    """
    units = scope.groups[group]
    if isinstance(layer.weights, Pairs):
        return Incoming(_named_edges(layer.weights, group, allowed, scope, problems))
    if isinstance(layer.weights, Items):
        names = [scope.units[source] for source in sources]
        found = _rows(layer, layer.weights, units, names, problems)
        edges = [
            (unit, source, entry)
            for unit, row in enumerate(found.rows)
            for source, entry in zip(sources, row, strict=False)
            if not entry.absent
        ]
        return Incoming(edges, found.biases)
    if len(units) * len(sources) > most:
        problems.add(layer.node, f"more than {MAX_EDGES:,} edges")
        return Incoming([])
    letter = Entry(layer.node)
    return Incoming([(unit, source, letter) for unit in range(len(units)) for source in sources])


def _sources(
    layer: WrittenLayer, group: int, scope: Scope, problems: Problems
) -> Sequence[int] | None:
    """The numbers of the units that feed a layer, in the written order; None if one is wrong."""
    if layer.sources is None:
        return scope.members(group - layer.back)
    words = layer.sources.items if isinstance(layer.sources, Items) else (layer.sources,)
    numbers: dict[int, Scalar] = {}
    meant = [(word, _meant(word, group, scope, problems)) for word in words]
    for word, found in meant:
        for number in found:
            if number in numbers:
                problems.add(word, f"'{scope.units[number]}' feeds this layer already")
            numbers.setdefault(number, word)
    return list(numbers) if all(found for _, found in meant) else None


def _meant(word: Scalar, group: int, scope: Scope, problems: Problems) -> Sequence[int]:
    """The units that a word in ``from`` stands for; they have to come before the layer."""
    name = word.text
    if name in scope.names:
        found: Sequence[int] = scope.members(scope.names[name])
    elif name in scope.numbers:
        found = (scope.numbers[name],)
    else:
        known = (*scope.names, *scope.numbers)
        hint = suggestion(name, known) or f"; known: {listed(known)}"
        problems.add(word, f"no unit or layer is called '{name}'{hint}")
        return ()
    if found[-1] >= scope.starts[group]:
        problems.add(word, f"'{name}' does not come before this layer")
        return ()
    return found


class _Found(NamedTuple):
    rows: list[tuple[Entry, ...]]
    biases: tuple[Entry, ...]


def _rows(
    layer: WrittenLayer, rows: Rows, units: Sequence[str], sources: list[str], problems: Problems
) -> _Found:
    """The rows without their biases, once their shape is known to be right."""
    if len(rows.items) != len(units):
        found = _counted(len(rows.items), "row")
        wanted = f"{len(units)}, one for each unit ({listed(units)})"
        problems.add(rows.node, f"found {found} of weights, expected {wanted}")
    expected = ["the bias", *sources] if layer.bias_first else sources
    for unit, row in zip(units, rows.items, strict=False):
        if len(row.items) != len(expected):
            found = _counted(len(row.items), "entry", "entries")
            wanted = f"{len(expected)} ({listed(expected)})"
            problems.add(row.node, f"found {found} in the row of {unit}, expected {wanted}")
    kept = [row.items for row in rows.items[: len(units)]]
    if not layer.bias_first:
        return _Found(kept, ())
    return _Found([row[1:] for row in kept], tuple(row[0] for row in kept if row))


def _named_edges(
    weights: Edges, group: int, allowed: Sequence[int], scope: Scope, problems: Problems
) -> list[tuple[int, int, Entry]]:
    units = {name: k for k, name in enumerate(scope.groups[group])}
    earlier = {scope.units[number]: number for number in allowed}
    edges = []
    for unit, row in weights.pairs:
        if not _known(unit, units, "this layer has no unit", problems):
            continue
        for source, entry in row.pairs:
            known = _known(source, earlier, "nothing that feeds this layer is called", problems)
            if known and not entry.absent:
                edges.append((units[unit.text], earlier[source.text], entry))
    return edges


def _known(word: Scalar, names: dict[str, int], complaint: str, problems: Problems) -> bool:
    if word.text in names:
        return True
    hint = suggestion(word.text, names) or f"; known: {listed(names)}"
    problems.add(word, f"{complaint} '{word.text}'{hint}")
    return False


def _all_reached(
    edges: list[tuple[int, int, Entry]],
    layer: WrittenLayer,
    units: Sequence[str],
    problems: Problems,
) -> list[tuple[int, int, Entry]]:
    """Complain of units that nothing feeds, unless something else is wrong already."""
    reached = {unit for unit, _, _ in edges} | {item.unit for item in layer.couplings}
    missing = [name for k, name in enumerate(units) if k not in reached]
    if missing and not problems:
        problems.add(layer.node, f"no edge leads into {listed(missing)}")
    return edges


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
