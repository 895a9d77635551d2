"""Which views of a trace an HTML page has beside the one that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.phrase import Phrase, alone, listed, phrase
from tracer.render.draft import Draft
from tracer.render.pages.html_build import HtmlBuilder, ValuesBuilder
from tracer.sheet.ending import end_rows
from tracer.sheet.listing import Listing
from tracer.sheet.overview import shortened, table, whole
from tracer.sheet.page import Section, Wanted, page
from tracer.sheet.published import Comparer, Comparison
from tracer.sheet.remarks import told
from tracer.sheet.words import one_line
from tracer.spec.network import ExpressionProgram, Network

COMPARED = (
    Phrase("Quantity"),
    Phrase("Published"),
    Phrase("Right"),
    Phrase("Verdict"),
    Phrase("Why"),
)
FIRST, CALCULATION = "view-calculation", Phrase("Calculation")


class Told(NamedTuple):
    """A view of a page.

    Attributes:
        key: its address, which no quantity has: names are without hyphens.
        title: what it is called.
        sections: what it shows.
        builder: what makes its page.
    """

    key: str
    title: Phrase
    sections: Iterable[Section]
    builder: type[HtmlBuilder] = HtmlBuilder


def told_views(draft: Draft) -> Iterator[Told]:
    """The view that was asked for; beside the whole calculation the others that there are."""
    trace, wanted, view = draft.trace, draft.wanted, draft.view
    if trace is None or view is None:
        yield Told(FIRST, CALCULATION, draft.sections)
        return
    first = ValuesBuilder if view is table else HtmlBuilder
    yield Told(FIRST, CALCULATION, told(view, trace, wanted._replace(long=True)), first)
    if view is whole and wanted.remarks:
        made = ((other, other.make(trace, wanted)) for other in OTHERS)
        for other, sections in made:
            if sections:
                yield Told(other.key, other.title, sections, other.builder)


def blanks(draft: Draft) -> Iterator[Section]:
    """What a page to fill in is made of: the calculation, without what was found at its end."""
    trace, wanted, view = draft.trace, draft.wanted, draft.view
    assert trace is not None
    assert view is not None
    if view is whole:
        first, *rest = page(trace, shortened(trace, wanted))
    else:
        first, *rest = view(trace, wanted)
    found = {name for name, _ in end_rows(trace, wanted.numbers)} - {UNTIL}
    yield first._replace(rows=tuple(row for row in first.rows if row[0] not in found))
    yield from rest


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


def _published(trace: Trace, _: Wanted) -> list[Section]:
    """Published values beside ours; empty where the spec has none."""
    if not trace.spec.about.published:
        return []
    found = list(Comparer(trace.spec, trace.arithmetic).comparisons())
    rows = [_compared(comparison) for comparison in found]
    has_why = any(row[-1] for row in rows)
    heads, cells = (COMPARED, rows) if has_why else (COMPARED[:-1], [row[:-1] for row in rows])
    right = sum(comparison.agrees for comparison in found)
    text = "{right} of {all} published values are right to the digits printed"
    says = phrase(text, right=right, all=len(found))
    source = one_line(trace.spec.about.source)
    table = Listing(heads, tuple(cells))
    return [
        Section(Phrase(""), 1),
        Section(says, rows=((SOURCE, alone(source)),) if source else (), items=[table]),
    ]


SOURCE, UNTIL = Phrase("source"), Phrase("until")
RIGHT, NOT_RIGHT = phrase("{sign} right", sign="✓"), phrase("{sign} not right", sign="✗")


def _compared(comparison: Comparison) -> tuple[Phrase | str, ...]:
    """A published value's row: our value beside it, and why it is not right."""
    published, verdict = comparison.published, RIGHT if comparison.agrees else NOT_RIGHT
    name, value = comparison.name, published.value.text
    return name, value, comparison.right, verdict, _why(comparison)


def _why(comparison: Comparison) -> Phrase | str:
    """Why a published value is not right; empty for one that is."""
    if comparison.agrees:
        return ""
    why = one_line(comparison.published.why)
    if not comparison.explained:
        return why
    under = listed(f"{name} {text}" for name, text in comparison.published.under)
    return phrase("{why} (comes out under: {settings})", why=why, settings=under)


class Other(NamedTuple):
    """A view beside the calculation; `make` gives no sections where it does not fit."""

    key: str
    title: Phrase
    make: Callable[[Trace, Wanted], list[Section]]
    builder: type[HtmlBuilder] = HtmlBuilder


OTHERS = (
    Other("view-values", Phrase("All values"), _values, ValuesBuilder),
    Other("view-matrices", Phrase("Matrices"), _matrices),
    Other("view-graph", Phrase("Graph"), _graph),
    Other("view-published", Phrase("Published values"), _published),
)
"""The other views."""
