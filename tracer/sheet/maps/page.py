"""The page in maps: every convolution of a training step, sample by sample."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.rules.quantity import BY_OUT, NET, OUT, SIGNAL, Kind
from tracer.sheet.conventions import conventions
from tracer.sheet.maps.equations import (
    by_kernels,
    by_source,
    delta_of,
    forward,
    target_kind,
)
from tracer.sheet.maps.grids import Maps
from tracer.sheet.maps.products import as_matrices
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.reading import Reading
from tracer.sheet.overview import shortened
from tracer.sheet.page import Item, Lead, Section, Wanted, title_of_step
from tracer.sheet.words import title_of_spec
from tracer.spec.convolution import Convolution
from tracer.spec.network import Network

MOST = 12
"""Maps with more rows or columns are shown in part, unless they are asked for in full."""

SIGNS = (
    "X ⋆ k lays k on every window of X, multiplies place by place and adds up; "
    "• stands for all rows or columns"
)
IN_PLACE = "with weights updated in place, what comes back is no full convolution of one kernel"
OTHER_PATHS = "what is seen acts on the error in other ways as well: the sums are on the long page"


def map_pages(trace: Trace, wanted: Wanted, whole: bool = False) -> Iterator[Section]:
    """Every convolution in maps, and as a product of matrices.

    Args:
        trace: of a network with a convolution.
        wanted: what its reader asked to see.
        whole: whether large maps are shown in full.

    Raises:
        TracerError: there is no convolution.
    """
    network = trace.spec
    if not isinstance(network, Network) or not any(
        isinstance(layer.wiring, Convolution) for layer in network.layers
    ):
        raise TracerError("there is no convolution here, and so no maps (--maps)")
    wanted = shortened(trace, wanted)
    rows = (*conventions(trace, wanted.numbers), ("signs", SIGNS))
    yield Section(title_of_spec(network), 1, rows)
    for segment in trace.segments:
        if wanted.steps and segment.step not in wanted.steps:
            continue
        if trace.several_steps:
            yield Section(title_of_step(trace, segment), 1)
        most = sys.maxsize if whole else MOST
        yield from _sections(Reading(trace, network, segment, wanted, most))


def _sections(reading: Reading) -> Iterator[Section]:
    several = len(reading.network.samples) > 1
    for sample in reading.samples:
        for layer in reading.network.layers:
            if isinstance(layer.wiring, Convolution):
                maps = Maps(reading, layer, layer.wiring, sample)
                where = f", sample {sample}" if several else ""
                told = f"{maps.wiring.name} over {maps.wiring.seen}{where}"
                yield Section(f"Forward: {told}", items=_forward(maps))
                if maps.addresses(delta_of(maps)[0]):
                    yield Section(f"Backward: {told}", items=_backward(maps))
                yield Section(f"As matrices: {told}", items=as_matrices(maps))


def _forward(maps: Maps) -> Iterator[Item]:
    yield from forward(maps)
    yield from _shown(maps, OUT, "out")


def _backward(maps: Maps) -> Iterator[Item]:
    signal = SIGNAL if maps.reading.network.training.negative_delta else BY_OUT
    yield from _shown(maps, signal, "error" if signal is SIGNAL else "∂E/∂out")
    yield from _shown(maps, delta_of(maps)[0], "δ")
    if maps.has_own_weights:
        yield from by_kernels(maps)
    else:
        yield Lead("some weight stands in several places, so its derivative is no entry of a map")
    if maps.reading.network.training.in_place:
        yield Lead(IN_PLACE)
    elif not is_alone(maps):
        yield Lead(OTHER_PATHS)
    elif maps.address(target_kind(maps), maps.source([0] * len(maps.sizes), 0)) is not None:
        yield from by_source(maps)


def is_alone(maps: Maps) -> bool:
    """Whether what is seen acts on the error through this layer alone."""
    network, seen = maps.reading.network, set(maps.wiring.sources)
    others = (layer for layer in network.layers if layer is not maps.layer)
    fed = any(not seen.isdisjoint(layer.wiring.sources) for layer in others)
    return not fed and seen.isdisjoint(network.outputs)


def _shown(maps: Maps, kind: Kind, before: str) -> Iterator[Equation]:
    """A quantity of the layer's units as maps, without an equation."""
    if kind is NET or not maps.addresses(kind):
        return
    for of_filter in maps.filter_numbers:
        yield Equation(maps.own(kind, before, of_filter), most=maps.reading.most)
