"""The formats of ``-o FILE``, by suffix: pages and pictures for readers, records for programs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from tracer.derive.trace import Trace
from tracer.errors import OutputError
from tracer.notation.numbers import NumberFormat
from tracer.render.draft import PLAIN_LOOK, Draft, Look
from tracer.render.files import write_bytes, write_whole
from tracer.render.notebook.origin import Origin
from tracer.render.pictures.aim import ANYWHERE, Aim
from tracer.render.spreadsheet.view import live_cells
from tracer.sheet.epochs import epochs_view
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted, symbols_of
from tracer.sheet.remarks import View, told

PageWriter = Callable[[Draft], Iterator[str]]
PageMaker = Callable[[Draft], bytes]
RecordWriter = Callable[[Trace, NumberFormat], Iterator[str]]
WorkbookWriter = Callable[[Trace, Wanted], bytes]


def _text(draft: Draft) -> Iterator[str]:
    from tracer.render.text import TextPage

    return TextPage(draft.notation).lines(draft.sections)


def _markdown(draft: Draft) -> Iterator[str]:
    if draft.look.plain:
        from tracer.render.markdown import to_markdown

        return to_markdown(draft.sections, draft.notation)
    from tracer.render.pages.markdown import to_markdown_with_maths

    return to_markdown_with_maths(draft)


def _html(draft: Draft) -> Iterator[str]:
    from tracer.render.pages.html import to_html

    return to_html(draft)


def _latex(draft: Draft) -> Iterator[str]:
    from tracer.render.pages.latex import to_latex

    return to_latex(draft)


def _pdf(draft: Draft) -> bytes:
    from tracer.render.pages.pdf import to_pdf

    return to_pdf(draft)


def _json(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    from tracer.render.json import to_json

    return to_json(trace, asked)


def _epochs_csv(trace: Trace, asked: NumberFormat) -> Iterator[str]:  # noqa: ARG001
    from tracer.render.epochs_csv import epochs_to_csv

    return epochs_to_csv(trace)


def _csv(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    from tracer.render.csv import to_csv

    return to_csv(trace, asked)


def _ipynb(draft: Draft) -> Iterator[str]:
    from tracer.render.notebook.ipynb import to_ipynb

    return to_ipynb(draft)


def _live_csv(trace: Trace, asked: NumberFormat) -> Iterator[str]:
    from tracer.render.spreadsheet.csv import to_live_csv

    return to_live_csv(trace, asked)


def _xlsx(trace: Trace, wanted: Wanted) -> bytes:
    from tracer.render.spreadsheet.xlsx import to_xlsx

    return to_xlsx(trace, wanted.numbers, symbols_of(trace, wanted))


NOTEBOOK = ".ipynb"

PAGES: dict[str, PageWriter] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _html,
    ".tex": _latex,
    NOTEBOOK: _ipynb,
}
"""What shows a view of a trace: the whole calculation, a table, one quantity's chain."""

PRINTED: dict[str, PageMaker] = {".pdf": _pdf}
"""The same in bytes."""

RECORDS: dict[str, RecordWriter] = {".json": _json, ".csv": _csv}
"""What holds every entry of a trace, whichever are looked at."""

TABLES: dict[tuple[View, str], RecordWriter] = {
    (epochs_view, ".csv"): _epochs_csv,
    (live_cells, ".csv"): _live_csv,
}
"""Views that are records by themselves, in some formats."""

WORKBOOKS: dict[str, WorkbookWriter] = {".xlsx": _xlsx}
"""What holds every entry of a trace as a cell with a live formula, in bytes."""

FORMATS = (*PAGES, *PRINTED, *RECORDS)

PICTURES = (".svg", ".png")
"""What is drawn of a trace, in bytes."""

KNOWN = (*FORMATS, *WORKBOOKS, *PICTURES)
"""Every suffix of ``-o FILE``."""


WITH_KEY = (".tex", ".pdf")
"""Pages that open with a key to their symbols, whichever these are."""

OWN_KEY = ".html"
"""Pages that make their key of what stands on them."""


def suffix_of(path: str) -> str:
    """The suffix of a file that can be written.

    Raises:
        OutputError: no format has it.
    """
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in KNOWN:
        known = ", ".join(KNOWN)
        found = f"the suffix '{suffix}'" if suffix else "no suffix"
        raise OutputError(f"cannot write {path}: it has {found}; known are {known}")
    return suffix


def write(
    trace: Trace,
    wanted: Wanted,
    path: str,
    view: View = whole,
    picture: str = "",
    look: Look = PLAIN_LOOK,
    origin: Origin | None = None,
    aim: Aim = ANYWHERE,
) -> None:
    """Writes a file, whole or not at all, in the format that its suffix asks for.

    Args:
        trace: the trace.
        wanted: what its reader asked to see; records show of it the digits.
        path: the file.
        view: what a page shows.
        picture: the name of the picture to be drawn; empty: the first one that fits.
        look: how a page is to look.
        origin: what the trace was calculated from, for pages that make it again.
        aim: what a picture is to look at.

    Raises:
        OutputError: no format has that suffix, or the file cannot be written.
    """
    suffix = suffix_of(path)
    if suffix in PICTURES:
        from tracer.render.pictures.canvas import bytes_of

        symbols = symbols_of(trace, wanted)
        write_bytes(path, bytes_of(trace, suffix, picture, aim, symbols))
    elif suffix in WORKBOOKS:
        write_bytes(path, WORKBOOKS[suffix](trace, wanted))
    elif suffix in RECORDS or (view, suffix) in TABLES:
        write_whole(path, lines_of(trace, wanted, path, view))
    else:
        draft = draft_of(trace, _keyed(wanted, suffix), view, look)
        write_page(path, replace(draft, origin=origin))


def _keyed(wanted: Wanted, suffix: str) -> Wanted:
    """What was asked for, with the key to the symbols where a format opens with it."""
    return wanted._replace(key=(wanted.key or suffix in WITH_KEY) and suffix != OWN_KEY)


def draft_of(trace: Trace, wanted: Wanted, view: View = whole, look: Look = PLAIN_LOOK) -> Draft:
    """A view of a trace as a page that is to be written."""
    sections, notation = told(view, trace, wanted), symbols_of(trace, wanted)
    return Draft(sections, notation, look, trace, wanted, view)


def write_page(path: str, draft: Draft) -> None:
    """Writes a page, whole or not at all, in the format that the file's suffix asks for.

    Raises:
        OutputError: no page has that suffix, or the file cannot be written.
    """
    suffix = suffix_of(path)
    if suffix in PRINTED:
        write_bytes(path, PRINTED[suffix](draft))
    else:
        write_whole(path, PAGES[suffix](draft))


def lines_of(trace: Trace, wanted: Wanted, path: str, view: View = whole) -> Iterator[str]:
    """The lines of a file, in the format that its suffix asks for.

    Args:
        trace: the trace.
        wanted: what its reader asked to see; records show of it the digits.
        path: the file.
        view: what a page shows.

    Raises:
        OutputError: no format has that suffix, or it is that of a picture or a workbook.
    """
    suffix = suffix_of(path)
    if suffix in (*PICTURES, *PRINTED):
        raise OutputError(f"{path} is no text: it has no lines")
    if suffix in WORKBOOKS:
        raise OutputError(f"{path} is a workbook: it has no lines")
    if (view, suffix) in TABLES:
        return TABLES[view, suffix](trace, wanted.numbers)
    if suffix in RECORDS:
        return RECORDS[suffix](trace, wanted.numbers)
    return PAGES[suffix](draft_of(trace, _keyed(wanted, suffix), view))
