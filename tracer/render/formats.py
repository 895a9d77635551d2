"""The formats of ``-o FILE``, by suffix: pages that readers see, and records that programs read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.notation import Notation, terminal
from tracer.notation.numbers import NumberFormat
from tracer.sheet.overview import whole
from tracer.sheet.page import Section, Wanted

PageWriter = Callable[[Iterable[Section], Notation], Iterator[str]]
RecordWriter = Callable[[Trace, NumberFormat], Iterator[str]]
View = Callable[[Trace, Wanted], Iterable[Section]]


def _text(sections: Iterable[Section], notation: Notation) -> Iterator[str]:
    from tracer.render.text import TextPage

    return TextPage(notation).lines(sections)


def _markdown(sections: Iterable[Section], notation: Notation) -> Iterator[str]:
    from tracer.render.markdown import to_markdown

    return to_markdown(sections, notation)


def _json(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    from tracer.render.json import to_json

    return to_json(trace, asked)


def _csv(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    from tracer.render.csv import to_csv

    return to_csv(trace, asked)


PAGES: dict[str, PageWriter] = {".txt": _text, ".md": _markdown}
"""What shows a view of a trace: the whole calculation, a table, one quantity's chain."""

RECORDS: dict[str, RecordWriter] = {".json": _json, ".csv": _csv}
"""What holds every entry of a trace, whichever are looked at."""

FORMATS = (*PAGES, *RECORDS)


def suffix_of(path: str) -> str:
    """The suffix of a file that can be written.

    Raises:
        OutputError: no format has it.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        found = f"the suffix '{suffix}'" if suffix else "no suffix"
        raise OutputError(f"cannot write {path}: it has {found}; known are {known}")
    return suffix


def lines_of(trace: Trace, wanted: Wanted, path: str, view: View = whole) -> Iterator[str]:
    """The lines of a file, in the format that its suffix asks for.

    Args:
        trace: the trace.
        wanted: what its reader asked to see; records show of it the digits.
        path: the file.
        view: what a page shows.

    Raises:
        OutputError: no format has that suffix.
    """
    suffix = suffix_of(path)
    if suffix in RECORDS:
        return RECORDS[suffix](trace, wanted.numbers)
    return PAGES[suffix](view(trace, wanted), terminal(trace.several_samples))
