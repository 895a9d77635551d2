"""The formats of ``-o FILE``, by suffix: one row each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.notation import terminal
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted

Writer = Callable[[Trace, Wanted], Iterator[str]]


def _text(trace: Trace, wanted: Wanted) -> Iterator[str]:
    from tracer.render.text import TextPage

    return TextPage(terminal(trace.several_samples)).lines(whole(trace, wanted))


def _markdown(trace: Trace, wanted: Wanted) -> Iterator[str]:
    from tracer.render.markdown import to_markdown

    return to_markdown(trace, wanted)


def _json(trace: Trace, wanted: Wanted) -> Iterator[str]:
    from tracer.render.json import to_json

    return to_json(trace, wanted.numbers)


def _csv(trace: Trace, wanted: Wanted) -> Iterator[str]:
    from tracer.render.csv import to_csv

    return to_csv(trace, wanted.numbers)


TEXT = ".txt"
FORMATS: dict[str, Writer] = {TEXT: _text, ".md": _markdown, ".json": _json, ".csv": _csv}


def writer(path: str) -> Writer:
    """The format that a file's suffix asks for.

    Raises:
        OutputError: no format has that suffix.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        found = f"the suffix '{suffix}'" if suffix else "no suffix"
        raise OutputError(f"cannot write {path}: it has {found}; known are {known}")
    return FORMATS[suffix]
