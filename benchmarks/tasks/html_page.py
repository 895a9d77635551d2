"""A network's calculation as an HTML page: the time of making it, and its size.

``python -m benchmarks.tasks.html_page seconds 4 8 8 4``: processor time after start-up, the trace
being there already. With ``bytes`` the page's size is the result.
"""

from __future__ import annotations

import sys

from benchmarks.tasks.formulas import traced
from benchmarks.tasks.report import report, seconds_of
from tracer.cli.main import collect_seldom
from tracer.derive.trace import Trace
from tracer.render.formats import PAGES, draft_of
from tracer.sheet.page import Wanted

LEAST_SECONDS = 0.5


def main(what: str, *sizes: str) -> None:
    """Times the making of the page, or measures the page."""
    collect_seldom()
    trace = traced([int(size) for size in sizes])
    seconds, page = seconds_of(lambda: html_of(trace), LEAST_SECONDS)
    size = float(len(page.encode()))
    report(seconds, len(trace.steps), size if what == "bytes" else None)


def html_of(trace: Trace) -> str:
    """The page of the whole calculation."""
    return "\n".join(PAGES[".html"](draft_of(trace, Wanted())))


if __name__ == "__main__":
    main(*sys.argv[1:])
