"""The page in matrices: the same training steps, the same parts, one equation for each layer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.phrase import Phrase
from tracer.sheet.conventions import conventions
from tracer.sheet.course import training_table
from tracer.sheet.matrix.blocks import MOST
from tracer.sheet.matrix.equation import Equation
from tracer.sheet.matrix.given import legend, matrix_conventions
from tracer.sheet.matrix.items import equations
from tracer.sheet.matrix.reading import COLUMNS, ROWS, Reading
from tracer.sheet.overview import shortened
from tracer.sheet.page import MANY_STEPS, Item, Section, Wanted
from tracer.sheet.titles import title_of, title_of_step
from tracer.sheet.words import title_of_spec
from tracer.spec.network import Network
from tracer.spec.unrolled import carried


class Asked(NamedTuple):
    """What a reader of matrices asked for.

    Attributes:
        samples: whether the samples are rows or columns.
        whole: whether large matrices are shown in full.
    """

    samples: str = ROWS
    whole: bool = False


STANDARD = Asked()


def matrix_pages(trace: Trace, wanted: Wanted, asked: Asked = STANDARD) -> Iterator[Section]:
    """The whole calculation in matrices; of a long training its first step and its errors."""
    yield from matrix_page(trace, shortened(trace, wanted), asked)
    if len(trace.segments) > MANY_STEPS and not wanted.steps:
        yield from training_table(trace, wanted)


def matrix_page(trace: Trace, wanted: Wanted, asked: Asked = STANDARD) -> Iterator[Section]:
    """The whole calculation in matrices, section by section.

    Args:
        trace: of a network.
        wanted: what its reader asked to see.
        asked: how the matrices are to be shown.

    Raises:
        TracerError: an expression has no matrix form.
    """
    segments = [
        segment for segment in trace.segments if not wanted.steps or segment.step in wanted.steps
    ]
    first = reading_of(trace, segments[0], wanted, asked)
    rows = (
        *conventions(trace, wanted.numbers),
        *matrix_conventions(asked.samples, trace.arithmetic),
    )
    yield Section(title_of_spec(trace.spec), 1, rows)
    yield Section(Phrase("Matrices"), items=legend(first, asked.samples))
    for segment in segments:
        if trace.several_steps:
            yield Section(title_of_step(trace, segment), 1)
        reading = reading_of(trace, segment, wanted, asked)
        for phase, group in groupby(equations(reading), key=itemgetter(0)):
            if phase in wanted.phases:
                items = [turned(item, asked.samples) for _, item in group]
                yield Section(title_of(phase), items=items)


def reading_of(
    trace: Trace, segment: Segment, wanted: Wanted, asked: Asked, bare: bool = False
) -> Reading:
    """A training step, asked for its matrices.

    Raises:
        TracerError: an expression has no matrix form, nor have gates, nor what is cut off.
    """
    if not isinstance(trace.spec, Network):
        raise TracerError("an expression has no layers, and so no matrix form (--matrix)")
    _refuse_cells(trace.spec)
    most = sys.maxsize if asked.whole else MOST
    return Reading(trace, trace.spec, segment, wanted, most, bare)


OVER_TIME = (
    "the same weights act at every time step, so that layer by layer they would stand under a new "
    "name at each of them: a recurrent network has no matrix form here; --long shows every use"
)


def has_matrix_form(network: Network) -> bool:
    """Whether nothing in a network keeps it from being told in matrices."""
    try:
        _refuse_cells(network)
    except TracerError:
        return False
    return True


def _refuse_cells(network: Network) -> None:
    """Refuses networks in which more than matrix products leads from layer to layer.

    Raises:
        TracerError: outputs act without a weight, derivatives are cut, or a state is carried over.
    """
    if any(layer.couplings for layer in network.layers):
        raise TracerError("a cell's gates act without weights, and have no matrix form (--matrix)")
    if any(layer.cut for layer in network.layers) or carried(network.time):
        told = "'truncate' and 'carry_state' cut derivatives off"
        raise TracerError(f"{told}, which has no matrix form (--matrix)")
    if network.time is not None:
        raise TracerError(f"{OVER_TIME} (--matrix)")


def turned(item: Item, samples: str) -> Item:
    """The item under a convention: equations turned where samples are columns."""
    return item.flipped if isinstance(item, Equation) and samples == COLUMNS else item
