"""Formulas in the browser: our font draws them, brackets grow, nothing is too wide."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AxeOf, PageOf
from tests.browser.formulas import FORMULAS, page
from tracer.render.pages.fonts import FAMILY

HEIGHTS = """id => [...document.querySelectorAll(`#${id} mrow`)].filter(
    row => row.firstElementChild?.localName == 'mo' && row.childElementCount == 3
).map(row => [...row.children].map(part => part.getBoundingClientRect().height))"""


@pytest.mark.parametrize("width", [320, 800, 1600])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_of_formulas_is_fine(width: int, dark: bool, page_of: PageOf, axe: AxeOf) -> None:
    """At every width and in both themes axe finds nothing, and the page does not move sideways."""
    shown = page_of(page(), width=width, dark=dark)
    assert axe(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_our_font_draws_every_formula(page_of: PageOf) -> None:
    """Not one sign of a formula is taken from another font than ours."""
    shown = page_of(page())
    assert set().union(*(fonts_in(shown, name.replace(" ", "-")) for name in FORMULAS)) == {FAMILY}


def test_brackets_are_as_high_as_what_they_hold(page_of: PageOf) -> None:
    """Brackets reach from the top to the bottom of what stands between them."""
    shown = page_of(page())
    for name in ("brackets", "matrix"):
        found = shown.evaluate(HEIGHTS, name)
        assert found
        assert [(left, inner) for left, inner, _ in found if left < 0.9 * inner] == []


def test_no_root_leaves_a_hole(page_of: PageOf) -> None:
    """What follows a small root stands as close to it as to a large one."""
    shown = page_of(page())
    boxes = shown.evaluate(
        """() => [...document.querySelectorAll('#root msqrt')].map(root =>
            [root, root.lastElementChild].map(box => box.getBoundingClientRect().right))"""
    )
    assert [root - inside for root, inside in boxes if root - inside > 4] == []


def test_indices_stand_at_one_height(page_of: PageOf) -> None:
    """An index is as low beside a name with a g as beside one without."""
    shown = page_of(page())
    bottoms = shown.evaluate(
        """() => [...document.querySelectorAll('#names msub > :last-child')].map(
            index => index.getBoundingClientRect().bottom)"""
    )
    assert len(bottoms) == 4
    assert max(bottoms) - min(bottoms) < 1


def fonts_in(page: Page, name: str) -> set[str]:
    """The families that draw what stands in an element, by its id."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    query = {"nodeId": root, "selector": f"#{name} *"}
    nodes = session.send("DOM.querySelectorAll", query)["nodeIds"]
    used: list[Any] = []
    for node in nodes:
        used += session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"] for font in used}
