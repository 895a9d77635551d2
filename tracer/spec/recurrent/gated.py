"""A layer with gates, resolved into the parts of its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracer.errors import suggestion
from tracer.rules.activations import Activation, activation
from tracer.spec.edges import incoming
from tracer.spec.offsets import offsets
from tracer.spec.recurrent.cells import BEFORE, OUTPUT, RENEWS, SWAPPED, Cell, Curve, Member
from tracer.spec.recurrent.names import Namer
from tracer.spec.recurrent.parts import (
    NO_EDGES,
    Fed,
    Part,
    Source,
    before,
    edges,
    is_output,
    named_offsets,
)
from tracer.spec.recurrent.written import WrittenGate
from tracer.spec.scope import Scope
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import WrittenLayer


class GatedLayer(NamedTuple):
    """A layer with gates.

    Attributes:
        layer: what was written.
        group: its number, from 1.
        cell: its kind.
        fed: what leads into each member that has weights, by its letter.
    """

    layer: WrittenLayer
    group: int
    cell: Cell
    fed: Mapping[str, Fed]


def gated(
    layer: WrittenLayer, group: int, cell: Cell, scope: Scope, problems: Problems
) -> GatedLayer:
    """A layer with gates, once what it says of them is known to be right."""
    written = _gates(layer, cell, problems)
    found = {
        member.letter: _fed(member, layer, written[member.gate], group, scope, problems)
        for members in cell.layers
        for member in members
        if member.gate
    }
    return GatedLayer(layer, group, cell, found)


def _gates(layer: WrittenLayer, cell: Cell, problems: Problems) -> dict[str, WrittenGate]:
    """What is said of each gate; of one that is left out, that its weights are letters."""
    found = {key.text: gate for key, gate in layer.gates.pairs} if layer.gates else {}
    for key, gate in layer.gates.pairs if layer.gates else ():
        if key.text not in cell.gates:
            hint = suggestion(key.text, cell.gates) or f"; its gates: {listed(cell.gates)}"
            problems.add(key, f"cell {cell.name} has no gate '{key.text}'{hint}")
        elif gate.recurrent_bias is not None and not _has_two_biases(cell, key.text):
            wanted = "only n of a gru_reset_after has a 'recurrent_bias'; add it to 'bias'"
            problems.add(gate.node, wanted)
    return {letter: found.get(letter) or WrittenGate(layer.node) for letter in cell.gates}


def _has_two_biases(cell: Cell, gate: str) -> bool:
    members = (member for layer in cell.layers for member in layer)
    return any(member.gate == gate and member.bias == "recurrent_bias" for member in members)


def _fed(
    member: Member,
    layer: WrittenLayer,
    gate: WrittenGate,
    group: int,
    scope: Scope,
    problems: Problems,
) -> Fed:
    """What leads into one of a cell's members."""
    asked = layer._replace(
        node=gate.node,
        weights=gate.weights,
        recurrent_weights=gate.recurrent_weights,
        bias=getattr(gate, member.bias),
    )
    now = incoming(asked, group, scope, problems) if member.inputs else NO_EDGES
    back = before(asked, group, group if member.takes else None, scope, problems)
    return Fed(now, back, offsets(asked, now, scope.groups[group], problems))


def parts(
    found: GatedLayer, names: Mapping[str, tuple[str, ...]], scope: Scope, namer: Namer
) -> Iterator[Part]:
    """The parts of a cell, in the order of calculation.

    Args:
        found: the layer.
        names: what each letter is called for each unit.
        scope: the names of one time step.
        namer: gives names to parameters.
    """
    for members in found.cell.layers:
        pieces = [_piece(member, found, names, scope, namer) for member in members]
        yield _joined(pieces)


def _joined(pieces: list[Part]) -> Part:
    """Members that are calculated together, as one part."""
    starts = [len(pieces[0].units) * k for k in range(len(pieces))]
    pairs = list(zip(starts, pieces, strict=True))
    own = [
        entry
        for piece in pieces
        for entry in (piece.offsets.own or (piece.offsets.shared,) * len(piece.units))
    ]
    return pieces[0]._replace(
        units=tuple(unit for piece in pieces for unit in piece.units),
        activations=tuple(curve for piece in pieces for curve in piece.activations),
        edges=tuple(
            (start + k, source, entry) for start, piece in pairs for k, source, entry in piece.edges
        ),
        offsets=pieces[0].offsets._replace(shared=None, own=tuple(own)),
        couplings=tuple(
            (row, start + k, sources)
            for start, piece in pairs
            for row, k, sources in piece.couplings
        ),
    )


def _piece(
    member: Member,
    found: GatedLayer,
    names: Mapping[str, tuple[str, ...]],
    scope: Scope,
    namer: Namer,
) -> Part:
    """One member, for all units of its cell."""
    layer, group, units = found.layer, found.group, names[member.letter]
    piece = Part(
        layer,
        group,
        units,
        (_curve(member, layer),) * len(units),
        couplings=tuple(
            (row, k, tuple(_source(letter, names, k) for letter in _order(letters, layer)))
            for k in range(len(units))
            for row, letters in member.couplings
        ),
        is_output=member.letter == OUTPUT and is_output(layer, group, scope),
        is_own=member.letter == OUTPUT,
    )
    if member.letter not in found.fed:
        return piece
    leading, gate = found.fed[member.letter], member.gate
    stand_in = () if member.takes.endswith(BEFORE) else names.get(member.takes, ())
    bias = f"b{gate}" if member.bias == "bias" else f"b{member.letter}"
    return piece._replace(
        edges=edges(leading, scope, namer, (f"w{gate}", f"u{gate}"), stand_in),
        offsets=named_offsets(leading.offsets, namer, units, str(group), bias),
    )


def _order(letters: tuple[str, ...], layer: WrittenLayer) -> tuple[str, ...]:
    """The letters of a coupling; those that z blends in the order that the layer says."""
    if layer.update_gate != RENEWS or "z" not in letters:
        return letters
    return tuple(SWAPPED.get(letter, letter) for letter in letters)


def _source(letter: str, names: Mapping[str, tuple[str, ...]], k: int) -> Source:
    return Source(names[letter.removesuffix(BEFORE)][k], letter.endswith(BEFORE))


def own_curve(layer: WrittenLayer) -> Activation:
    """The activation of a cell's candidate and state: tanh, unless the layer says another."""
    said = layer.activation
    return said if isinstance(said, Activation) else activation("tanh")


def _curve(member: Member, layer: WrittenLayer) -> Activation:
    chosen = {
        Curve.GATE: layer.gate_activation or activation("sigmoid"),
        Curve.OWN: own_curve(layer),
        Curve.NONE: activation("identity"),
    }
    return chosen[member.curve]
