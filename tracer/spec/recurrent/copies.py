"""Copies of the layers of one time step, one for every time step that needs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracer.spec.network import ParameterKind
from tracer.spec.offsets import Offsets
from tracer.spec.recurrent.dropouts import at_time
from tracer.spec.recurrent.made import items, pairs, words
from tracer.spec.recurrent.names import at
from tracer.spec.recurrent.parts import Part, Source
from tracer.spec.recurrent.written import WrittenCoupling, WrittenTime
from tracer.spec.tree.forms import Items
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.written import Entry, WrittenLayer


def copies(
    parts: Sequence[Part], steps: int, time: WrittenTime, problems: Problems
) -> Iterator[WrittenLayer]:
    """The layers of all time steps, in order.

    Args:
        parts: the layers of one time step.
        steps: how many time steps there are.
        time: where targets are, and how far derivatives go back.
        problems: where masks go that are not one for each copy.
    """
    every = time.loss == "every"
    needed = [every or is_needed for is_needed in needed_later(parts)]
    for step in range(1, steps + 1):
        has_targets = every or step == steps
        is_cut = time.truncate is not None and (steps - step + 1) % time.truncate == 0
        for part, is_needed in zip(parts, needed, strict=True):
            if is_needed or step == steps:
                copy = _copy(part, step, has_targets, is_cut and step > 1)
                place = (step - 1, steps) if is_needed else (0, 1)
                said = part.layer.dropout if part.is_own else None
                yield copy._replace(dropout=at_time(said, *place, problems))


def states(parts: Sequence[Part]) -> tuple[str, ...]:
    """The units whose outputs the next time step gets."""
    sources = (source for part in parts for source in part.sources)
    return tuple(dict.fromkeys(source.name for source in sources if source.is_before))


def needed_later(parts: Sequence[Part]) -> list[bool]:
    """Whether each part is needed where there are no targets: for the next time step."""
    wanted = set(states(parts))
    found = []
    for part in reversed(parts):
        is_needed = not wanted.isdisjoint(part.units)
        found.append(is_needed)
        if is_needed:
            wanted.update(source.name for source in part.sources if not source.is_before)
    return found[::-1]


def _copy(part: Part, step: int, has_targets: bool, is_cut: bool) -> WrittenLayer:
    node = part.layer.node
    named = [at(unit, step) for unit in part.units]
    rows: dict[int, dict[str, Entry]] = {}
    for unit, source, entry in part.edges:
        rows.setdefault(unit, {})[_name(source, step)] = entry
    weights = [(named[unit], pairs(node, row.items())) for unit, row in rows.items()]
    before = [_name(source, step) for source in part.sources if source.is_before]
    bias = _offsets(part.offsets, node)
    is_threshold = part.offsets.kind is ParameterKind.THRESHOLD
    return WrittenLayer(
        node,
        units=words(node, named),
        output=part.is_output and has_targets,
        activation=part.joint or items(node, part.activations),
        sources=words(node, dict.fromkeys(name for row in rows.values() for name in row)),
        weights=pairs(node, weights),
        bias=None if is_threshold else bias,
        threshold=bias if is_threshold else None,
        couplings=tuple(
            WrittenCoupling(row, unit, tuple(_name(source, step) for source in sources))
            for row, unit, sources in part.couplings
        ),
        cut=tuple(before) if is_cut else (),
    )


def _name(source: Source, step: int) -> str:
    return at(source.name, step - source.is_before)


def _offsets(found: Offsets, node: Node) -> Entry | Items[Entry] | None:
    """Biases or thresholds as a layer would write them."""
    if found.shared or not any(found.own):
        return found.shared
    own = tuple(entry or Entry(node, absent=True) for entry in found.own)
    return items(node, own)
