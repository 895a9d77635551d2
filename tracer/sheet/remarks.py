"""What an author says of a calculation: where it is from, errata, remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tracer.derive.trace import Trace
from tracer.phrase import Phrase, alone
from tracer.sheet.page import Section, Wanted
from tracer.sheet.words import one_line
from tracer.spec.network import Spec

View = Callable[[Trace, Wanted], Iterable[Section]]
"""A way to tell a trace."""


def told(view: View, trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """A view of a trace, and what its author says of it, if that is wanted."""
    sections = iter(view(trace, wanted))
    if wanted.key or wanted.has_own_symbols:
        from tracer.sheet.notations.opening import opened

        sections = opened(sections, trace, wanted)
    yield from sections
    if wanted.remarks:
        yield from remarks(trace.spec)


def remarks(spec: Spec) -> Iterator[Section]:
    """The source and the notes of a spec as a section; none, where it has none."""
    source = [(Phrase("source"), spec.about.source)] if spec.about.source else []
    said = source + [(Phrase("note"), note) for note in spec.about.notes]
    if said:
        rows = tuple((name, alone(one_line(text))) for name, text in said)
        yield Section(Phrase("Notes"), 1, rows)
