"""From written layers to a network's layers and parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from operator import eq
from typing import NamedTuple

from tracer.errors import Place, suggestion
from tracer.rules.activations import Activation, activation
from tracer.rules.joint import Joint
from tracer.spec.edges import Incoming, incoming
from tracer.spec.gathering import Gathering
from tracer.spec.ledger import Ledger, authored_names
from tracer.spec.maxout import gathered_pieces
from tracer.spec.network import Layer
from tracer.spec.offsets import Offsets, offsets
from tracer.spec.recurrent.written import WrittenCoupling
from tracer.spec.scope import Scope
from tracer.spec.tree import nodes
from tracer.spec.tree.forms import Items, Pairs
from tracer.spec.tree.limits import MAX_EDGES
from tracer.spec.tree.nodes import Mapping, Node
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.unrolled import Coupling
from tracer.spec.windows.kernels import Kernels, kernels
from tracer.spec.windows.pooling import pooling
from tracer.spec.wiring import Dense, Sparse, Wiring
from tracer.spec.written import Entry, WrittenLayer, WrittenNetwork


class _Draft(NamedTuple):
    """A layer whose parameters have no numbers yet."""

    written: WrittenLayer
    units: tuple[str, ...]
    first_unit: int
    incoming: Incoming
    offsets: Offsets

    def entries(self) -> Iterator[Entry]:
        yield from (entry for _, _, entry in self.incoming.edges)
        yield from self.offsets.entries()

    def wiring(self, ledger: Ledger) -> Wiring:
        weights = ((unit, at, ledger.weight(entry)) for unit, at, entry in self.incoming.edges)
        return _wiring(tuple(weights), len(self.units))

    def biases(self, ledger: Ledger, number: int) -> tuple[int | None, ...]:
        return self.offsets.book(ledger, number, self.units)


class _WindowDraft(NamedTuple):
    """A convolution layer whose parameters have no numbers yet."""

    written: WrittenLayer
    units: tuple[str, ...]
    first_unit: int
    first_source: int
    kernels: Kernels

    def entries(self) -> Iterator[Entry]:
        yield from self.kernels.written()

    def wiring(self, ledger: Ledger) -> Wiring:
        return self.kernels.book(ledger, self.first_source)

    def biases(self, ledger: Ledger, number: int) -> tuple[int | None, ...]:
        return self.kernels.book_biases(ledger, number)


class _GatheringDraft(NamedTuple):
    """A layer that has no parameters."""

    written: WrittenLayer
    units: tuple[str, ...]
    first_unit: int
    gathering: Gathering

    def entries(self) -> Iterator[Entry]:
        return iter(())

    def wiring(self, ledger: Ledger) -> Wiring:
        return self.gathering

    def biases(self, ledger: Ledger, number: int) -> tuple[int | None, ...]:
        return (None,) * len(self.units)


Draft = _Draft | _WindowDraft | _GatheringDraft


def layers(
    written: WrittenNetwork, scope: Scope, problems: Problems
) -> tuple[tuple[Layer, ...], Ledger]:
    """The layers of a network, and the book of its parameters."""
    drafts = list(_drafts(written, scope, problems))
    authored = authored_names(entry for draft in drafts for entry in draft.entries())
    ledger = Ledger(problems, scope, authored)
    numbers = accumulate(int(not isinstance(draft, _GatheringDraft)) for draft in drafts)
    built = tuple(map(_layer, drafts, numbers, repeat(ledger), repeat(problems)))
    ledger.put_numbers(written.parameters)
    return built, ledger


def _drafts(written: WrittenNetwork, scope: Scope, problems: Problems) -> Iterator[Draft]:
    left, kernel = MAX_EDGES, 1
    for group, layer in enumerate(written.layers.items if written.layers else (), 1):
        units, start = scope.groups[group], scope.starts[group]
        view = scope.written[group].view
        if layer.pieces is not None:
            yield _GatheringDraft(layer, units, start, gathered_pieces(layer, start, len(units)))
            continue
        if layer.pooling and view:
            taken = pooling(layer.pooling, view, scope.starts[view.group], problems)
            if taken is None:
                yield _Draft(layer, units, start, Incoming([]), Offsets())
            else:
                yield _GatheringDraft(layer, units, start, taken)
            continue
        if layer.convolution and view:
            found = kernels(layer, layer.convolution, view, kernel, problems)
            if found is not None and found.edges > left:
                problems.add(layer.node, f"more than {MAX_EDGES:,} edges")
                found = None
            if found is None:
                yield _Draft(layer, units, start, Incoming([]), Offsets())
                continue
            kernel += len(found.entries)
            left -= found.edges
            yield _WindowDraft(layer, units, start, scope.starts[view.group], found)
            continue
        leading = incoming(layer, group, scope, problems, left)
        left -= len(leading.edges)
        added = offsets(layer, leading, units, problems)
        yield _Draft(layer, units, start, leading, added)


def _layer(draft: Draft, number: int, ledger: Ledger, problems: Problems) -> Layer:
    return Layer(
        units=draft.units,
        first_unit=draft.first_unit,
        activations=activations(draft.written, draft.units, problems),
        wiring=draft.wiring(ledger),
        biases=draft.biases(ledger, number),
        joint=_joint(draft.written, draft.units, problems),
        couplings=tuple(_coupling(item, ledger.scope) for item in draft.written.couplings),
        cut=tuple(ledger.scope.numbers[name] for name in draft.written.cut),
        place=problems.place(draft.written.node),
        places=_places(draft.written.node, draft.units, problems),
    )


def _coupling(written: WrittenCoupling, scope: Scope) -> Coupling:
    """A coupling between the units that were named."""
    operands = tuple(scope.numbers[name] for name in written.operands)
    return Coupling(written.row, written.unit, operands)


def _wiring(edges: tuple[tuple[int, int, int], ...], units: int) -> Wiring:
    """Dense where every source feeds every unit and parameters count on; else the edges."""
    width, rest = divmod(len(edges), units)
    if width and not rest:
        _, start, first = edges[0]
        in_rows = ((k // width, start + k % width, first + k) for k in range(len(edges)))
        if all(map(eq, edges, in_rows)):
            return Dense(range(start, start + width), units, first)
    return Sparse(edges)


def _places(layer: Mapping, units: Sequence[str], problems: Problems) -> tuple[Place, ...]:
    """Where each unit's activation is written; where none is, the layer."""
    node = layer.content("activation") or layer
    if isinstance(node, nodes.Sequence):
        return tuple(map(problems.place, node.items))
    if isinstance(node, Mapping) and node is not layer and node.content("name") is None:
        return tuple(problems.place(node.content(unit) or layer) for unit in units)
    return (problems.place(node),) * len(units)


def activations(
    layer: WrittenLayer, units: Sequence[str], problems: Problems
) -> tuple[Activation, ...]:
    """One activation for each unit; identity where nothing is said, or what belongs to all."""
    identity = activation("identity")
    match layer.activation:
        case Joint():
            return (identity,) * len(units)
        case Items(node, items):
            _complain_of_joint(zip(node.items, items, strict=True), problems)
            if len(items) != len(units):
                found = f"found {len(items)} activations for {len(units)} units"
                problems.add(node, f"{found}, expected one for each ({listed(units)})")
            return tuple(one for one in items if isinstance(one, Activation))
        case Pairs(_, pairs):
            known = frozenset(units)
            for unit, _ in pairs:
                if unit.text not in known:
                    hint = suggestion(unit.text, units) or f"; known: {listed(units)}"
                    problems.add(unit, f"this layer has no unit '{unit.text}'{hint}")
            _complain_of_joint(pairs, problems)
            chosen = {unit.text: one for unit, one in pairs if isinstance(one, Activation)}
            return tuple(chosen.get(unit, identity) for unit in units)
        case one:
            return (one or identity,) * len(units)


def _joint(layer: WrittenLayer, units: Sequence[str], problems: Problems) -> Joint | None:
    """What makes all outputs of a layer together; it takes two units at least."""
    found = layer.activation
    if not isinstance(found, Joint):
        return None
    if len(units) < 2:
        node = layer.node.content("activation") or layer.node
        message = f"{found.name} of a layer with one unit is always the same; give it two or more"
        problems.add(node, message)
    return found


def _complain_of_joint(
    chosen: Iterable[tuple[Node, Activation | Joint]], problems: Problems
) -> None:
    """A joint activation is no activation of one unit."""
    for node, one in chosen:
        if isinstance(one, Joint):
            message = f"{one.name} takes all units of a layer together: activation: {one.name}"
            problems.add(node, message)
