"""Stepping through a calculation: by buttons, keys, clicks and addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageOf
from tests.browser.written import page_file

NOW = "[...document.querySelectorAll('.told .now')].map(item => item.id)"
USED = "[...document.querySelectorAll('.told .used')].map(item => item.id)"
LIT = """kind => [...document.querySelectorAll(`.diagram .${kind}`)].map(
    part => part.dataset.unit || part.dataset.parameter || part.dataset.quantity || '')"""


def mazur(page_of: PageOf, fragment: str = "", width: int = 1280) -> Page:
    """The page of a small network, without movement."""
    return page_of(page_file("mazur"), fragment=fragment, reduced_motion=True, width=width)


def press(page: Page, name: str) -> None:
    """Presses a button of the player."""
    page.get_by_role("button", name=name, exact=True).click()


def expect_step(page: Page, name: str) -> None:
    """Waits until a step is the current one, by its light and by its address."""
    page.wait_for_function("name => document.querySelector('.told .now')?.id === name", arg=name)
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#{name}"


def test_buttons_go_from_step_to_step(page_of: PageOf) -> None:
    """Next starts at the first step and goes on; back goes back; the ends are one press away."""
    page = mazur(page_of)
    press(page, "Next step")
    expect_step(page, "net_h1")
    press(page, "Next step")
    expect_step(page, "net_h2")
    press(page, "Step back")
    expect_step(page, "net_h1")
    assert page.get_by_role("button", name="Step back").is_disabled()
    press(page, "Last step")
    expect_step(page, "w4+")
    assert page.get_by_role("button", name="Next step").is_disabled()
    press(page, "First step")
    expect_step(page, "net_h1")


def test_keys_go_from_step_to_step(page_of: PageOf) -> None:
    """The arrows to the right and to the left do the same, however fast they come."""
    page = mazur(page_of)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect_step(page, "net_o1")
    page.keyboard.press("ArrowLeft")
    expect_step(page, "out_h2")


def test_a_step_lights_what_it_uses(page_of: PageOf) -> None:
    """A step is lit, what its formula uses is lit otherwise, and so are both in the diagram."""
    page = mazur(page_of, "dE/dout_h1")
    assert page.evaluate(NOW) == ["dE/dout_h1"]
    assert page.evaluate(USED) == ["w5", "w7", "dE/dnet_o1", "dE/dnet_o2"]
    assert "h1" in page.evaluate(LIT, "aim")
    assert {"o1", "o2", "w5", "w7"} <= set(page.evaluate(LIT, "used"))
    assert "w6" not in page.evaluate(LIT, "used")


def test_only_the_edge_that_a_step_uses_is_lit(page_of: PageOf) -> None:
    """A bias that several units share lights the edge into the unit that the step is about."""
    page = mazur(page_of, "net_h1")
    lit = page.evaluate(
        "[...document.querySelectorAll('.diagram .edge.used')].map(edge => edge.dataset.head)"
    )
    aims = page.evaluate("document.querySelector('.diagram .node.aim').id")
    assert set(lit) == {aims}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (".diagram .node[data-unit='o1'] .shape", "net_o1"),
        (".diagram .node[data-unit='o1'] [data-quantity='out_o1']", "out_o1"),
        (".told [id='dE/dw5'] .result", "dE/dw5"),
        (".told li[id='w5']", "w5"),
    ],
)
def test_a_click_goes_to_a_quantity(place: str, name: str, page_of: PageOf) -> None:
    """A node, a number on it, a row of the calculation and a given can be clicked on."""
    page = mazur(page_of)
    page.locator(place).first.dispatch_event("click")
    expect_step(page, name)


def test_an_edge_leads_to_its_derivative_at_the_second_click(page_of: PageOf) -> None:
    """An edge stands for its weight, then for the derivative by it, then for the new weight."""
    page = mazur(page_of)
    edge = page.locator(".diagram .edge[data-parameter='w5'] .line")
    for name in ("w5", "dE/dw5", "w5+", "w5"):
        edge.dispatch_event("click")
        expect_step(page, name)


def test_addresses_lead_to_steps_and_back(page_of: PageOf) -> None:
    """A link to a step opens there, and the browser's own back and forward follow the steps."""
    page = mazur(page_of, "dE/dw5")
    expect_step(page, "dE/dw5")
    page.keyboard.press("ArrowRight")
    expect_step(page, "dE/dw6")
    page.go_back()
    expect_step(page, "dE/dw5")
    page.go_forward()
    expect_step(page, "dE/dw6")


def test_the_step_is_said(page_of: PageOf) -> None:
    """A screen reader is told which step of how many it is, and what it gives, in words."""
    page = mazur(page_of)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".say")).to_have_text("Step 1 of 43: net h1 equals 0.3775")
    assert page.locator(".say").get_attribute("aria-live") == "polite"


def test_directions_are_told_by_more_than_colour(page_of: PageOf) -> None:
    """Forward, backward and update differ by a word and by an arrow, not by colour alone."""
    page = mazur(page_of, "dE/dnet_o1")
    expect(page.locator(".where")).to_have_text("← Backward pass")
    page.goto(page.url.partition("#")[0] + "#net_h1")
    expect(page.locator(".where")).to_have_text("→ Forward pass")
    borders = page.evaluate(
        "['forward', 'backward', 'update'].map(name => "
        "getComputedStyle(document.querySelector(`.part.${name}`)).borderLeftStyle)"
    )
    assert len(set(borders)) == 3


def test_play_goes_on_by_itself_and_ends(page_of: PageOf) -> None:
    """Play steps until the end or until it is stopped, and leaves one entry in the history."""
    page = page_of(page_file("mazur"), reduced_motion=True, fragment="w3+")
    expect_step(page, "w3+")
    page.keyboard.press("Space")
    expect_step(page, "w4+")
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=6000)


def test_views_are_tabs(page_of: PageOf) -> None:
    """A link shows its view alone; a step of the calculation brings the calculation back."""
    page = mazur(page_of)
    page.get_by_role("link", name="All values").click()
    expect(page.locator("[id='view-values']")).to_be_visible()
    expect(page.locator("[id='view-calculation']")).to_be_hidden()
    page.get_by_role("link", name="out_h1", exact=True).click()
    expect(page.locator("[id='view-calculation']")).to_be_visible()
    expect_step(page, "out_h1")


def test_without_a_script_all_views_stand_below_each_other(page_of: PageOf) -> None:
    """No script, no tabs: every view can be read, and nothing that does nothing is shown."""
    page = page_of(page_file("mazur"), script=False)
    assert page.locator(".view:visible").count() == page.locator(".view").count() == 4
    assert page.locator("button:visible").count() == 0


def test_the_theme_can_be_chosen(page_of: PageOf) -> None:
    """A button turns the page dark and light, whatever the system has; the page remembers it."""
    page = mazur(page_of)
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    button = page.locator("[data-do=theme]")
    button.click()
    button.click()
    expect(button).to_have_text("Colours: dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    button.click()
    assert page.evaluate(paper) == light


def test_everything_can_be_unfolded(page_of: PageOf) -> None:
    """The longer telling of one step, or of all, is there when it is asked for."""
    page = mazur(page_of)
    folded = page.locator(".lines details:not([open])")
    count = folded.count()
    assert count
    page.get_by_role("button", name="Unfold everything").click()
    assert folded.count() == 0
    page.get_by_role("button", name="Fold up again").click()
    assert folded.count() == count


def test_no_movement_where_none_is_wanted(page_of: PageOf) -> None:
    """Where the reader wants no movement, the page jumps, and nothing fades."""
    page = mazur(page_of)
    style = "getComputedStyle(document.querySelector('.step')).transitionDuration"
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate(style) == "0s"


OWN = """{% extends "base/page.html" %}
{% block header %}<header><h1>Exercise 3</h1></header>{% endblock %}
{% block player %}{% endblock %}
"""


def test_a_page_with_blocks_of_its_own_works(page_of: PageOf, tmp_path: Path) -> None:
    """Where an author's template leaves out buttons and player, addresses and clicks still work."""
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "page.html").write_text(OWN, encoding="utf-8")
    page = page_of(page_file("mazur", "--template", str(tmp_path)), fragment="dE/dw5")
    assert page.locator("h1").inner_text() == "Exercise 3"
    assert page.evaluate(NOW) == ["dE/dw5"]
    page.locator(".told [id='w5+'] .result").dispatch_event("click")
    expect_step(page, "w5+")
