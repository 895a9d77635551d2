"""How a page opens: the conventions, which symbols mean two things, and the key to the symbols."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tracer.derive.trace import Trace
from tracer.notation.book import BookNotation
from tracer.notation.notation import Notation
from tracer.sheet.conventions import GRADIENT_ITSELF
from tracer.sheet.notations.arranged import slopes_first
from tracer.sheet.notations.collisions import collisions
from tracer.sheet.notations.key import key
from tracer.sheet.page import Section, Wanted, symbols_of
from tracer.sheet.rows import Row


def _says_something(notation: Notation, row: Row) -> bool:
    """Whether a row is more than that delta is what a notation writes in its place."""
    profile = notation.profile if isinstance(notation, BookNotation) else None
    is_derivative = profile is not None and "/" in profile.said["delta"]
    return not (is_derivative and row[1].text == GRADIENT_ITSELF)


def opened(sections: Iterator[Section], trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """A view's sections; the first with what symbols need, and after it their key, if wanted."""
    notation = symbols_of(trace, wanted)
    profile = notation.profile if isinstance(notation, BookNotation) else None
    if profile is not None and profile.slope_first:
        sections = slopes_first(sections)
    for first in sections:
        rows = filter(partial(_says_something, notation), first.rows)
        yield first._replace(rows=(*rows, *collisions(trace, notation)))
        if wanted.key:
            yield key(trace, notation)
        break
    yield from sections
