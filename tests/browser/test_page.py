"""A calculation's page in the browser: readable on any screen, in any theme, on paper, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AxeOf, PageOf
from tests.browser.test_formulas import fonts_in
from tests.browser.visit import HEIGHT
from tests.browser.written import ODD, SPECS, name_of, page_file
from tests.documents.compiling import pictures_of, text_of
from tests.documents.overlaps import overlaps_of
from tracer.render.pages.fonts import FAMILY

HOSTILE = r"<script>document.title='owned'</script> <b>x</b> $$ \input{/etc/passwd} 🎉 שלום & <!--"
SPEC = """
title: {title!r}
inputs: [i]
layers: [{{units: [o], activation: sigmoid, weights: [[w = 0.5]]}}]
loss: half_squared_error
samples: [{{input: [1], target: [0]}}]
training: {{learning_rate: 0.5}}
"""

REACHED = ("scrollable-region-focusable", "target-size")
"""What becomes wrong on a narrow screen: regions that no key scrolls, links close together."""

SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"

CUT_OFF = """() => [...document.querySelectorAll('main *')].filter(box => {
    const style = getComputedStyle(box);
    const cuts = ['hidden', 'clip'].includes(style.overflowX);
    return cuts && box.getClientRects().length && box.clientWidth > 1
        && box.scrollWidth > box.clientWidth + 1;
}).map(box => box.outerHTML.slice(0, 200))"""
"""What is cut off at its sides so that nobody can scroll to it."""

NUMBERS = """() => [...document.querySelectorAll('main .view:first-of-type mn')]
    .filter(number => number.checkVisibility()).map(number => number.textContent)"""

FOCUSED = """() => {
    const at = document.activeElement, style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return [at.outerHTML.slice(0, 120), style.outlineStyle, box.width * box.height,
            box.bottom > 0 && box.top < innerHeight];
}"""


@pytest.mark.parametrize("spec", [*SPECS[:3], ODD], ids=name_of)
def test_axe_finds_nothing(spec: str, page_of: PageOf, axe: AxeOf) -> None:
    """Nothing on the page is hard to read or to use, in either theme, on either screen."""
    page = page_of(page_file(spec), width=1000)
    unfold(page)
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert axe(page, "color-contrast") == []


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_no_page_moves_sideways(spec: str, page_of: PageOf, axe: AxeOf) -> None:
    """From a small telephone to a wide screen, the page is as wide as the screen."""
    page = page_of(page_file(spec, "--long"), width=1600)
    unfold(page)
    for width in (1600, 768, 320):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate(SIDEWAYS) <= 0, width
        assert page.evaluate(CUT_OFF) == [], width
    assert axe(page, *REACHED) == []


@pytest.mark.parametrize("spec", SPECS, ids=name_of)
def test_a_page_needs_no_script(spec: str, page_of: PageOf) -> None:
    """Without a script, and before one runs, every number of the calculation can be read."""
    with_script, without = (page_of(page_file(spec), script=on) for on in (True, False))
    assert without.locator("main mn").count() > 0
    assert without.evaluate(NUMBERS) == with_script.evaluate(NUMBERS)


def test_formulas_are_in_our_font(page_of: PageOf) -> None:
    """Every sign in the formulas of a page is drawn by the font that it carries."""
    page = page_of(page_file("mazur"))
    page.evaluate("document.querySelector('main').id = 'all'")
    assert fonts_in(page, "all math") == {FAMILY}


@pytest.mark.parametrize("width", [320, 1000])
def test_a_page_can_be_read_by_keys(width: int, page_of: PageOf) -> None:
    """The tab key leads through the page and out of it; what has the focus is on screen, marked."""
    page = page_of(page_file("mazur"), width=width, reduced_motion=True)
    seen: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        element, outline, size, on_screen = page.evaluate(FOCUSED)
        if element.startswith("<body"):
            break
        seen.append(element)
        assert outline != "none", element
        assert size > 0, element
        assert on_screen, element
    assert element.startswith("<body"), "the tab key never leaves the page"
    assert 'class="skip"' in seen[0]


def test_the_skip_link_leads_to_the_calculation(page_of: PageOf) -> None:
    """Whoever uses keys reaches the calculation at once, past what stands above it."""
    page = page_of(page_file("mazur"))
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("location.hash") == "#view-calculation"
    assert page.evaluate("document.activeElement.closest('.view').id") == "view-calculation"


def test_names_are_text(page_of: PageOf, tmp_path: Path) -> None:
    """Names with marks of other languages, and of other scripts, come out as they were written."""
    spec = tmp_path / "net.yaml"
    spec.write_text(SPEC.format(title=HOSTILE), encoding="utf-8")
    page = page_of(page_file(str(spec)))
    assert page.title() == HOSTILE
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator("main b:text('x')").count() == 0


@pytest.mark.parametrize("spec", ["mazur", "lstm_cell", "valley"])
def test_a_page_can_be_printed(spec: str, page_of: PageOf, tmp_path: Path) -> None:
    """On paper all numbers stand unfolded, none over another, on white, whatever the theme is."""
    page = page_of(page_file(spec), dark=True)
    pdf = page.pdf(format="A4", print_background=True)
    text = "".join(text_of(pdf).split())
    numbers = page.evaluate(
        "[...document.querySelectorAll('.view:first-of-type mn')].map(mn => mn.textContent)"
    )
    assert len(numbers) > 20
    assert [number for number in numbers if number.replace(" ", "") not in text] == []
    assert overlaps_of(pdf) == []
    assert corner_of(pictures_of(pdf, tmp_path)[0]) == (255, 255, 255)


def corner_of(picture: Path) -> tuple[int, ...]:
    """The colour of a picture near its upper left corner."""
    from PIL import Image

    return tuple(Image.open(picture).convert("RGB").getpixel((3, 3)))  # type: ignore[arg-type]


def unfold(page: Page) -> None:
    """Opens all that can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
