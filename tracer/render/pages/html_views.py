"""Which views of a trace an HTML page has beside the one that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.render.draft import Draft
from tracer.sheet.overview import table, whole
from tracer.sheet.page import Section, Wanted
from tracer.sheet.remarks import told
from tracer.spec.network import ExpressionProgram, Network

FIRST = "calculation"


class Told(NamedTuple):
    """A view of a page.

    Attributes:
        key: its address.
        title: what it is called.
        sections: what it shows.
    """

    key: str
    title: str
    sections: Iterable[Section]


def told_views(draft: Draft) -> Iterator[Told]:
    """The view that was asked for; beside the whole calculation the others that there are."""
    trace, wanted, view = draft.trace, draft.wanted, draft.view
    if trace is None or view is None:
        yield Told(FIRST, "Calculation", draft.sections)
        return
    yield Told(FIRST, "Calculation", told(view, trace, wanted._replace(long=True)))
    if view is whole and wanted.remarks:
        made = ((key, title, make(trace, wanted)) for key, title, make in OTHERS)
        yield from (Told(key, title, sections) for key, title, sections in made if sections)


def _values(trace: Trace, wanted: Wanted) -> list[Section]:
    return _without_heading(table(trace, wanted))


def _matrices(trace: Trace, wanted: Wanted) -> list[Section]:
    """The calculation in matrices; empty where it has none."""
    if not isinstance(trace.spec, Network):
        return []
    from tracer.sheet.matrix.page import Asked, matrix_pages
    from tracer.sheet.matrix.reading import ROWS

    asked = Asked(trace.spec.about.presentation.samples_as or ROWS)
    try:
        return _without_heading(matrix_pages(trace, wanted, asked))
    except TracerError:
        return []


def _graph(trace: Trace, wanted: Wanted) -> list[Section]:
    """The graph of an expression; empty for a network."""
    if not isinstance(trace.spec, ExpressionProgram):
        return []
    from tracer.sheet.gradient_graph import gradient_graph

    try:
        return _without_heading(gradient_graph(trace, wanted))
    except TracerError:
        return []


def _without_heading(sections: Iterable[Section]) -> list[Section]:
    """A view without the conventions, which the page tells once; every item made."""
    made = [section._replace(items=list(section.items)) for section in sections]
    return [made[0]._replace(rows=()), *made[1:]] if made else []


OTHERS: tuple[tuple[str, str, Callable[[Trace, Wanted], list[Section]]], ...] = (
    ("values", "All values", _values),
    ("matrices", "Matrices", _matrices),
    ("graph", "Graph", _graph),
)
"""The other views: address, title, and what makes them."""
