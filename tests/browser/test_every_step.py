"""Every step of a page is reached, and with each exactly what its formula uses is lit."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageOf
from tests.browser.written import ODD, name_of, page_file

LIT = """mark => [...document.querySelectorAll(`.view .step.${mark}, .view .givens li.${mark}`)]
    .map(part => part.id)"""
IN_VIEW = """() => {
    const box = document.querySelector('.view .now').getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
}"""


def data_of(page: Page) -> dict[str, Any]:
    """What the page's script knows: the names of all quantities, and what each uses."""
    found: dict[str, Any] = json.loads(page.locator("#page-data").text_content() or "")
    return found


@pytest.mark.parametrize("spec", ["mazur", "valley", ODD], ids=name_of)
def test_one_key_leads_through_all_steps(spec: str, page_of: PageOf) -> None:
    """The right arrow leads through every step in order; each is in view, with what it uses lit."""
    page = page_of(page_file(spec), width=400, reduced_motion=True)
    data = data_of(page)
    names, uses = data["names"], data["uses"]
    steps = [name for name, used in zip(names, uses, strict=True) if isinstance(used, list)]
    assert len(steps) > 5
    for name in steps:
        page.keyboard.press("ArrowRight")
        assert page.evaluate(LIT, "now") == [name]
        assert page.evaluate(IN_VIEW), name
        wanted = sorted({names[k] for k in uses[names.index(name)]})
        assert sorted(page.evaluate(LIT, "used")) == wanted
    page.keyboard.press("ArrowRight")
    assert page.evaluate(LIT, "now") == steps[-1:]
