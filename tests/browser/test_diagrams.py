"""Diagrams in the browser: what is drawn fits its place in the fonts that there are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AxeOf, PageOf
from tests.published.examples import traced
from tracer.render.diagram.diagram import Wish, diagram_of
from tracer.render.diagram.svg import style, svg

FRAME = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Diagram</title>
<style>{style} body {{ background: {ground}; }}</style>
<main><h1 style="color: {ink}">A network</h1>
<div class="diagram-frame" role="region" aria-label="Diagram" tabindex="0">{svg}</div></main>"""
COLOURS = {False: ("#fff", "#000"), True: ("#15181d", "#eee")}

STICKING_OUT = """() => [...document.querySelectorAll('.node, .label')].flatMap(part => {
    const room = part.querySelector('rect, .shape').getBoundingClientRect();
    return [...part.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < room.left || box.right > room.right
    }).map(text => text.textContent)
})"""
STRETCHED = """() => [...document.querySelectorAll('.diagram text')].map(text => {
    const wanted = text.getComputedTextLength();
    text.removeAttribute('textLength');
    return [text.textContent, text.getComputedTextLength() / wanted];
})"""


def page(name: str, dark: bool = False, edges: str = "values") -> str:
    """A page with the diagram of an example."""
    ground, ink = COLOURS[dark]
    drawn = svg(diagram_of(traced(name), 1, Wish(edges=edges)))
    return FRAME.format(style=style(), svg=drawn, ground=ground, ink=ink)


def lit(shown: Page, name: str, mark: str) -> None:
    """Marks the parts of a quantity."""
    shown.evaluate(
        """([name, mark]) => document.querySelectorAll('[data-quantities]').forEach(part =>
            part.dataset.quantities.split(' ').includes(name) && part.classList.add(mark))""",
        [name, mark],
    )


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_page_with_a_diagram_is_fine(width: int, dark: bool, page_of: PageOf, axe: AxeOf) -> None:
    """At every width and in both themes axe finds nothing, and the page does not move sideways."""
    shown = page_of(page("mazur", dark), width=width, dark=dark)
    assert axe(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["mazur", "lstm", "dropout", "byu", "decks_sine", "convnet"])
def test_text_stays_inside(name: str, page_of: PageOf) -> None:
    """No text is wider than the node or label that holds it."""
    assert page_of(page(name, edges="gradients")).evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("name", ["mazur", "lstm", "decks_sine", "convnet"])
def test_text_is_hardly_stretched(name: str, page_of: PageOf) -> None:
    """The room that a text is given is what it needs in a font like Times, give or take a fifth."""
    found = page_of(page(name)).evaluate(STRETCHED)
    assert found
    assert [(text, ratio) for text, ratio in found if not 0.8 < ratio < 1.2] == []


def test_a_step_is_lit_by_width_too(page_of: PageOf) -> None:
    """What a step is about has a thicker outline than what it uses, and that than the rest."""
    shown = page_of(page("mazur"))
    lit(shown, "net_h1", "aim")
    lit(shown, "out_h2", "used")
    widths = shown.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.node')].map(node =>
            [node.dataset.unit, parseFloat(getComputedStyle(
                node.querySelector('.shape')).strokeWidth)]))"""
    )
    assert widths["h1"] > widths["h2"] > widths["o1"] > widths["i1"]
