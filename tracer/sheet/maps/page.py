"""The page in maps: every convolution and pooling of a training step, sample by sample."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import (
    BY_KEPT,
    BY_OUT,
    DELTA,
    KEPT,
    KEPT_SIGNAL,
    MASK,
    NEGATIVE_DELTA,
    NET,
    OUT,
    SIGNAL,
    Kind,
)
from tracer.sheet.conventions import conventions
from tracer.sheet.maps.equations import (
    by_kernels,
    by_source,
    delta_of,
    forward,
    signal_of,
    target_kind,
)
from tracer.sheet.maps.grids import Maps
from tracer.sheet.maps.looking import Looking
from tracer.sheet.maps.pools import Pools, passed_back, taken
from tracer.sheet.maps.products import as_matrices
from tracer.sheet.maps.selections import pools_as_matrices
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.matrix.signs import sign_before
from tracer.sheet.overview import shortened
from tracer.sheet.page import Item, Lead, Section, Wanted
from tracer.sheet.titles import of_sample, title_of_step
from tracer.sheet.words import title_of_spec
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, Network
from tracer.spec.windows.convolution import Convolution

MOST = 12
"""Maps with more rows or columns are shown in part, unless they are asked for in full."""

SIGNS = Phrase(
    "X ⋆ k lays k on every window of X, multiplies place by place and adds up; "
    "• stands for all rows or columns"
)
IN_PLACE = Phrase(
    "with weights updated in place, what comes back is no full convolution of one kernel"
)
NOT_KNOWN = Phrase(
    "some of these values are letters or given, so that no map says what windows take"
)
OTHER_PATHS = Phrase(
    "what is seen acts on the error in other ways as well: the sums are on the long page"
)
COMING_BACK = {
    BY_KEPT: "∂E/∂kept",
    KEPT_SIGNAL: "error_kept",
    BY_OUT: "∂E/∂out",
    SIGNAL: "error",
    DELTA: "δ",
    NEGATIVE_DELTA: "δ",
}
"""What the backward pass has for the units of a layer, in order; none has all of it."""


def map_pages(trace: Trace, wanted: Wanted, whole: bool = False) -> Iterator[Section]:
    """Every convolution and pooling in maps, and as a product of matrices.

    Args:
        trace: of a network with a convolution or pooling.
        wanted: what its reader asked to see.
        whole: whether large maps are shown in full.

    Raises:
        TracerError: there is neither.
    """
    network = trace.spec
    if not isinstance(network, Network) or not any(map(_has_windows, network.layers)):
        raise TracerError("there is no convolution here and no pooling, and so no maps (--maps)")
    wanted = shortened(trace, wanted)
    rows = (*conventions(trace, wanted.numbers), (Phrase("signs"), SIGNS))
    yield Section(title_of_spec(network), 1, rows)
    for segment in trace.segments:
        if wanted.steps and segment.step not in wanted.steps:
            continue
        if trace.several_steps:
            yield Section(title_of_step(trace, segment), 1)
        most = sys.maxsize if whole else MOST
        yield from _sections(Reading(trace, network, segment, wanted, most))


def _sections(reading: Reading) -> Iterator[Section]:
    """Sample by sample: forward, backward from the last layer to the first, as matrices."""
    layers = reading.network.layers
    for sample in reading.samples:
        found = [one for layer in layers for one in _looking(reading, layer, sample)]
        for one in found:
            yield Section(phrase("Forward: {layer}", layer=_title(one)), items=_forward(one))
        for one in reversed(found):
            if one.addresses(_kind_of_back(one)):
                yield Section(phrase("Backward: {layer}", layer=_title(one)), items=_backward(one))
        for one in found:
            if isinstance(one, Pools) and not one.is_known:
                continue
            yield Section(phrase("As matrices: {layer}", layer=_title(one)), items=_matrices(one))


def _looking(reading: Reading, layer: Layer, sample: int) -> Iterator[Looking]:
    """A layer that looks through windows; nothing for another."""
    wiring = layer.wiring
    if isinstance(wiring, Convolution):
        yield Maps(reading, layer, wiring, sample)
    elif isinstance(wiring, Gathering) and wiring.axes:
        yield Pools(reading, layer, wiring, sample)


def _has_windows(layer: Layer) -> bool:
    wiring = layer.wiring
    return isinstance(wiring, Convolution) or (isinstance(wiring, Gathering) and bool(wiring.axes))


def _title(one: Looking) -> Phrase:
    title = phrase("{layer} over {seen}", layer=one.wiring.name, seen=one.wiring.seen)
    return of_sample(title, one.sample if len(one.reading.network.samples) > 1 else 0)


def _kind_of_back(one: Looking) -> Kind:
    """What a layer has where something comes back to it: deltas, or what its outputs get."""
    return signal_of(one) if isinstance(one, Pools) else delta_of(one)[0]


def _forward(one: Looking) -> Iterator[Item]:
    if isinstance(one, Maps):
        yield from forward(one)
        yield from _shown(one, OUT, "out")
    elif isinstance(one, Pools) and one.is_known:
        yield from taken(one)
    else:
        yield Lead(NOT_KNOWN)
        yield from _shown(one, OUT, "out")
    yield from _shown(one, MASK, "mask")
    yield from _shown(one, KEPT, "kept")


def _backward(one: Looking) -> Iterator[Item]:
    for kind, before in COMING_BACK.items():
        yield from _shown(one, kind, before)
    if isinstance(one, Maps):
        yield from _to_kernels(one)
    elif not isinstance(one, Pools) or not one.is_known:
        yield Lead(NOT_KNOWN)
        return
    if one.reading.network.training.in_place and isinstance(one, Maps):
        yield Lead(IN_PLACE)
    elif not one.is_alone:
        yield Lead(OTHER_PATHS)
    elif one.address(target_kind(one), one.source([0] * len(one.sizes), 0)) is not None:
        yield from by_source(one) if isinstance(one, Maps) else ()
        yield from passed_back(one) if isinstance(one, Pools) else ()


SHARED = Phrase("some weight stands in several places, so its derivative is no entry of a map")


def _to_kernels(maps: Maps) -> Iterator[Item]:
    if maps.has_own_weights:
        yield from by_kernels(maps)
    else:
        yield Lead(SHARED)


def _matrices(one: Looking) -> Iterator[Item]:
    if isinstance(one, Maps):
        yield from as_matrices(one)
    elif isinstance(one, Pools):
        yield from pools_as_matrices(one)


def _shown(maps: Looking, kind: Kind, before: str) -> Iterator[Equation]:
    """A quantity of the layer's units as maps, without an equation."""
    if kind is NET or not maps.addresses(kind):
        return
    for of_filter in maps.filter_numbers:
        found = maps.own(kind, before, of_filter)
        yield Equation(found, relation=sign_before([found]), most=maps.reading.most)
