"""What tests of pages rely on: the browser shows what was asked for, and tells what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import AxeOf, PageOf
from tests.browser.visit import Visit

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>{head}</head>
<body><main><h1>A page</h1>{body}</main></body></html>"""


def html(body: str, head: str = "") -> str:
    """A page with nothing wrong but what a test puts into it."""
    return PAGE.format(head=head, body=body)


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="" src="https://example.org/picture.png">',
        '<link rel="stylesheet" href="http://example.org/style.css">',
        "<script>fetch('https://example.org/data.json').catch(() => 0)</script>",
        "<style>@import url(//example.org/a.css)</style>",
    ],
)
def test_a_request_is_told(body: str, browser: Browser, tmp_path: Path) -> None:
    """A page that asks a network for anything is found, however it asks."""
    visit = Visit(browser, tmp_path)
    visit.page(html(body)).wait_for_timeout(100)
    visit.close()
    assert any("example.org" in complaint for complaint in visit.complaints)


@pytest.mark.parametrize(
    ("script", "says"),
    [("throw new Error('lost')", "lost"), ("console.error('odd')", "odd"), ("no()", "no is not")],
)
def test_a_failing_script_is_told(script: str, says: str, browser: Browser, tmp_path: Path) -> None:
    """A page whose script fails, or reports an error, is found."""
    visit = Visit(browser, tmp_path)
    visit.page(html(f"<script>{script}</script>"))
    visit.close()
    assert any(says in complaint for complaint in visit.complaints)


def test_what_a_page_brings_along_is_no_request(page_of: PageOf) -> None:
    """A page may show what it carries itself: data in addresses, and scripts."""
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    page = page_of(html(f'<img alt="a dot" src="{dot}"><script>document.title += "!"</script>'))
    assert page.title() == "A page!"


def test_a_page_is_seen_as_asked_for(page_of: PageOf) -> None:
    """Width, theme, motion, scripts and the fragment are those that a test asks for."""
    text = html("<p id='here'>text</p><script>document.title = location.hash</script>")
    page = page_of(text, width=320, dark=True, reduced_motion=True, fragment="here")
    assert page.evaluate("innerWidth") == 320
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    assert page.title() == "#here"
    still = page_of(text, script=False)
    assert still.title() == "A page"
    assert still.evaluate("matchMedia('(prefers-color-scheme: light)').matches")


def test_axe_finds_nothing_on_a_good_page(page_of: PageOf, axe: AxeOf) -> None:
    """A page with a language, a title, a heading and a landmark has nothing against it."""
    assert axe(page_of(html("<p>text</p>"))) == []


def test_axe_finds_what_is_wrong(page_of: PageOf, axe: AxeOf) -> None:
    """An image without a text, and grey on white, are found and named."""
    found = axe(page_of(html("<img src='data:,'><p style='color: #ccc'>pale</p>")))
    assert sorted(line.split(":")[0] for line in found) == ["color-contrast", "image-alt"]
