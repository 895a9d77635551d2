"""The layers of one time step, resolved: who feeds whom, now and from the time step before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracer.rules.activations import Activation
from tracer.rules.joint import Joint
from tracer.spec.edges import Incoming, incoming, incoming_from
from tracer.spec.layers import activations
from tracer.spec.offsets import OWN, SHARED, Offsets, offsets
from tracer.spec.recurrent.names import Namer
from tracer.spec.scope import Scope
from tracer.spec.tree.problems import Problems
from tracer.spec.written import Entry, WrittenLayer


class Source(NamedTuple):
    """A unit or input, now or one time step before."""

    name: str
    is_before: bool = False


class Part(NamedTuple):
    """Units that are calculated together at each time step.

    Attributes:
        layer: the layer that they are of.
        group: that layer's number, from 1.
        units: their names.
        activations: one for each.
        edges: (unit, source, parameter), in the order of the sum.
        offsets: biases or thresholds.
        couplings: (row, unit, sources) of what they get without a weight.
        is_output: whether they have targets.
        is_own: whether they are the layer's own units, and not members of its cell.
        joint: what makes all outputs of all net inputs together, if anything does.
    """

    layer: WrittenLayer
    group: int
    units: tuple[str, ...]
    activations: tuple[Activation, ...]
    edges: tuple[tuple[int, Source, Entry], ...] = ()
    offsets: Offsets = Offsets()
    couplings: tuple[tuple[str, int, tuple[Source, ...]], ...] = ()
    is_output: bool = False
    is_own: bool = False
    joint: Joint | None = None

    @property
    def sources(self) -> dict[Source, None]:
        """All that feeds it, each once."""
        joined = (source for _, _, sources in self.couplings for source in sources)
        return dict.fromkeys((*(source for _, source, _ in self.edges), *joined))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its weights and biases."""
        entries = (*(entry for _, _, entry in self.edges), *self.offsets.entries())
        return tuple(dict.fromkeys(entry.name for entry in entries if entry.name))


class Fed(NamedTuple):
    """What leads into a layer's units, before parameters have names.

    Attributes:
        now: from the same time step.
        before: from the time step before, or from what is calculated of it.
        offsets: biases or thresholds.
    """

    now: Incoming
    before: Incoming
    offsets: Offsets

    def entries(self) -> Iterator[Entry]:
        """All parameters that were written."""
        for leading in (self.now, self.before):
            yield from (entry for _, _, entry in leading.edges)
        yield from self.offsets.entries()


NO_EDGES = Incoming([])


def fed(
    layer: WrittenLayer, group: int, state: int | None, scope: Scope, problems: Problems
) -> Fed:
    """What leads into a layer that has weights of its own.

    Args:
        layer: what was written.
        group: its number, from 1.
        state: the number of the layer whose outputs come back one time step later.
        scope: the names of one time step.
        problems: where wrong shapes and unknown names go.
    """
    now = incoming(layer, group, scope, problems)
    added = offsets(layer, now, scope.groups[group], problems)
    return Fed(now, before(layer, group, state, scope, problems), added)


def before(
    layer: WrittenLayer, group: int, state: int | None, scope: Scope, problems: Problems
) -> Incoming:
    """The edges from the outputs of a layer one time step before."""
    if state is None:
        return NO_EDGES
    members = scope.members(state)
    asked = layer._replace(weights=layer.recurrent_weights, bias_first=False)
    return incoming_from(members, members, asked, group, scope, problems)


def plain_part(
    layer: WrittenLayer, group: int, found: Fed, scope: Scope, namer: Namer, problems: Problems
) -> Part:
    """A layer without gates."""
    units = scope.groups[group]
    return Part(
        layer,
        group,
        units,
        activations(layer, units, problems),
        edges(found, scope, namer, ("w", "u")),
        named_offsets(found.offsets, namer, units, str(group)),
        is_output=is_output(layer, group, scope),
        is_own=True,
        joint=layer.activation if isinstance(layer.activation, Joint) else None,
    )


def is_output(layer: WrittenLayer, group: int, scope: Scope) -> bool:
    """Whether a layer's units have targets."""
    return bool(layer.output) or group == len(scope.groups) - 1


def edges(
    found: Fed, scope: Scope, namer: Namer, letters: tuple[str, str], units: Sequence[str] = ()
) -> tuple[tuple[int, Source, Entry], ...]:
    """The edges into a layer, unit after unit, their parameters named.

    Args:
        found: what leads into it.
        scope: the names of one time step.
        namer: gives names.
        letters: those of weights from the same time step, and from the one before.
        units: what stands, in this time step, for the units of the one before; empty: these.
    """
    names = scope.units
    first = min((source for _, source, _ in found.before.edges), default=0)
    now = [(k, Source(names[s]), namer.weight(e, letters[0])) for k, s, e in found.now.edges]
    back = [
        (
            k,
            Source(units[s - first]) if units else Source(names[s], True),
            namer.weight(e, letters[1]),
        )
        for k, s, e in found.before.edges
    ]
    return tuple(sorted((*now, *back), key=lambda edge: edge[0]))


def named_offsets(
    found: Offsets, namer: Namer, units: Sequence[str], group: str, shared: str = ""
) -> Offsets:
    """Biases or thresholds with a name each.

    Args:
        found: what was written.
        namer: gives names.
        units: the units that have them.
        group: the layer's number.
        shared: the name of a shared one; empty: made from the layer's number.
    """
    if found.shared:
        name = shared or SHARED[found.kind].format(layer=group)
        return found._replace(shared=namer.bias(found.shared, name))
    own = tuple(
        entry and namer.bias(entry, OWN[found.kind].format(unit=unit))
        for unit, entry in zip(units, found.own, strict=False)
    )
    return found._replace(own=own)
