"""How a page opens: the conventions, which symbols mean two things, and the key to the symbols."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.derive.trace import Trace
from tracer.sheet.notations.collisions import collisions
from tracer.sheet.notations.key import key
from tracer.sheet.page import Section, Wanted, symbols_of


def with_key(sections: Iterator[Section], trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """A view's sections; after the first one, that of the conventions, the key to the symbols."""
    notation = symbols_of(trace, wanted)
    for first in sections:
        yield first._replace(rows=(*first.rows, *collisions(trace, notation)))
        yield key(trace, notation)
        break
    yield from sections
