"""How long a headless Chromium takes to load and lay out the page of a network.

``python -m benchmarks.tasks.page_load 4 5 5 2``: seconds on the clock, from the start of the
navigation to the first frame after everything is there; the best of a few visits.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tasks.formulas import traced
from benchmarks.tasks.html_page import html_of
from benchmarks.tasks.report import report

VISITS = 3
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
LAID_OUT = """() => new Promise(done => requestAnimationFrame(() =>
    requestAnimationFrame(() => done(performance.now()))))"""


def main(*sizes: str) -> None:
    """Makes the page and visits it."""
    from playwright.sync_api import sync_playwright

    trace = traced([int(size) for size in sizes])
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "page.html"
        page.write_text(html_of(trace), encoding="utf-8")
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        milliseconds = []
        for _ in range(VISITS):
            visit = browser.new_page()
            visit.goto(page.as_uri())
            milliseconds.append(float(visit.evaluate(LAID_OUT)))
            visit.close()
        browser.close()
    report(min(milliseconds) / 1000, len(trace.steps))


if __name__ == "__main__":
    main(*sys.argv[1:])
