"""The biases or thresholds of a layer as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracer.errors import suggestion
from tracer.spec.edges import Incoming
from tracer.spec.ledger import Ledger
from tracer.spec.network import ParameterKind
from tracer.spec.tree.forms import Items, Pairs
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entries, Entry, WrittenLayer

SHARED = {ParameterKind.BIAS: "b{layer}", ParameterKind.THRESHOLD: "theta{layer}"}
OWN = {ParameterKind.BIAS: "b_{unit}", ParameterKind.THRESHOLD: "theta_{unit}"}


class Offsets(NamedTuple):
    """What is added to (or subtracted from) each unit's weighted sum.

    Attributes:
        kind: bias or threshold.
        shared: the one that all units share.
        own: each unit's own, in the order of the units; None where it has none.
    """

    kind: ParameterKind = ParameterKind.BIAS
    shared: Entry | None = None
    own: tuple[Entry | None, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """All that was written."""
        return tuple(entry for entry in (self.shared, *self.own) if entry)

    def book(self, ledger: Ledger, layer: int, units: Sequence[str]) -> tuple[int | None, ...]:
        """The number of each unit's parameter, for the layer with a number from 1."""
        if self.shared:
            name = SHARED[self.kind].format(layer=layer)
            return (ledger.offset(self.shared, self.kind, name),) * len(units)
        own = self.own or (None,) * len(units)
        return tuple(
            ledger.offset(entry, self.kind, OWN[self.kind].format(unit=unit)) if entry else None
            for unit, entry in zip(units, own, strict=False)
        )


def offsets(
    layer: WrittenLayer, incoming: Incoming, units: Sequence[str], problems: Problems
) -> Offsets:
    """What a layer says of its biases, in one of three places."""
    if layer.bias is not None and layer.threshold is not None:
        problems.add(layer.node, "a layer has a bias or a threshold, not both")
    if layer.bias_first and not isinstance(layer.weights, Items):
        problems.add(layer.node, "'bias_first' is about rows of weights, and there are none")
    if layer.bias_first and (layer.bias is not None or layer.threshold is not None):
        problems.add(layer.node, "the rows start with the bias already ('bias_first')")
    if layer.bias_first:
        return Offsets(own=_present(incoming.biases))
    if layer.threshold is not None:
        return _written(layer.threshold, ParameterKind.THRESHOLD, units, problems)
    if layer.bias is not None:
        return _written(layer.bias, ParameterKind.BIAS, units, problems)
    return Offsets()


def _written(
    entries: Entries, kind: ParameterKind, units: Sequence[str], problems: Problems
) -> Offsets:
    match entries:
        case Entry():
            return Offsets(kind) if entries.absent else Offsets(kind, entries)
        case Items(node, items):
            if len(items) != len(units):
                found = f"found {len(items)} for {len(units)} units"
                problems.add(node, f"{found}, expected one for each ({listed(units)})")
            return Offsets(kind, own=_present(items))
        case Pairs():
            return Offsets(kind, own=_by_unit(entries, units, problems))


def _by_unit(
    entries: Pairs[Entry], units: Sequence[str], problems: Problems
) -> tuple[Entry | None, ...]:
    known = frozenset(units)
    for unit, _ in entries.pairs:
        if unit.text not in known:
            hint = suggestion(unit.text, units) or f"; known: {listed(units)}"
            problems.add(unit, f"this layer has no unit '{unit.text}'{hint}")
    found = {unit.text: entry for unit, entry in entries.pairs}
    return _present(tuple(found.get(unit) for unit in units))


def _present(entries: tuple[Entry | None, ...]) -> tuple[Entry | None, ...]:
    return tuple(None if entry is None or entry.absent else entry for entry in entries)
