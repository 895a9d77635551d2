"""A headless Chromium for pages, in which nothing may be asked of a network or go wrong unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.visit import Visit

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--no-first-run",
    "--font-render-hinting=none",
)
"""A browser that opens pages and does nothing else: it looks for no update and calls nobody."""

PageOf = Callable[..., Page]
"""`Visit.page`: a page, from its file or from its text."""

AxeOf = Callable[..., list[str]]
"""What is hard to use on a page, one line for each element that axe-core finds.

After the page come the names of the rules that are looked at; without them, all are.
"""


FINDINGS = """async rules => (await axe.run(rules.length ? {runOnly: rules} : {}))
    .violations.flatMap(found =>
    found.nodes.map(node => `${found.id}: ${found.help}: ${node.target}: ${node.html}`))"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, which starts once for all tests of a process, with an empty profile."""
    chromium = shutil.which("chromium")
    assert chromium, "there is no chromium; scripts/provide-tools brings it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def page_of(browser: Browser, tmp_path: Path) -> Iterator[PageOf]:
    """Opens pages; afterwards they must have asked for nothing, and no script may have failed."""
    visit = Visit(browser, tmp_path)
    yield visit.page
    visit.close()
    assert not visit.complaints


@pytest.fixture(scope="session")
def axe() -> AxeOf:
    """Looks through a page for what keeps people from reading or using it."""
    script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    def findings(page: Page, *rules: str) -> list[str]:
        page.evaluate(script)
        found: list[str] = page.evaluate(FINDINGS, rules)
        return found

    return findings
