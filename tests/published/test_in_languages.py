"""Every example in every language: all words are translated, and all numbers stay as they are."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest

from tests.published.examples import NAMES, spec, traced
from tests.support.languages import NUMBER, OTHERS, SYMBOLS, WIDE, WORD, printed
from tests.support.marking import MARKS, unmarked
from tracer.notation.notation import terminal
from tracer.phrase import ENGLISH
from tracer.render.formats import lines_of
from tracer.render.language import words_of
from tracer.render.text import TextPage
from tracer.sheet.gradient_check import all_page
from tracer.sheet.gradient_curves import STEPS
from tracer.sheet.page import Wanted


@cache
def own_words(name: str) -> frozenset[str]:
    """What an example's author wrote, and the names of its quantities."""
    about, trace = spec(name).about, traced(name)
    texts = [
        about.title,
        about.source,
        *about.notes,
        *trace.names(trace.segments[0].program).listed,
    ]
    return frozenset(word for text in texts for word in WORD.findall(text))


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_page_comes_out_of_the_table(name: str) -> None:
    """Beside marked words a page has nothing but symbols, numbers and its author's own text."""
    known = SYMBOLS | own_words(name)
    for line in printed(traced(name), MARKS):
        left = [word for word in WORD.findall(unmarked(line)) if word not in known]
        assert not left, line


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_the_same_in_every_language(name: str, code: str) -> None:
    """The lines of givens and steps have the same numbers, in the same order."""
    english, other = (
        [NUMBER.findall(line) for line in printed(traced(name), words) if line.startswith("  ")]
        for words in (ENGLISH, words_of(code))
    )
    assert english == other


@pytest.mark.parametrize("code", OTHERS)
def test_no_sentence_of_a_page_stays_english(code: str) -> None:
    """Headings, conventions and sentences are other ones than in English."""
    trace = traced("mazur")
    english, other = (set(printed(trace, words)) for words in (ENGLISH, words_of(code)))
    known = SYMBOLS | own_words("mazur")
    same = [line for line in english & other if set(WORD.findall(line)) - known]
    assert set(same) <= {"Error", "Matrices"}


def test_the_check_of_derivatives_is_translated() -> None:
    """The page of `trace check-gradient` too has no word that no table knows."""
    trace = traced("mazur")
    page = TextPage(terminal(samples=False, words=MARKS), WIDE)
    for line in page.lines(all_page(trace, STEPS[4], Wanted().numbers)):
        known = SYMBOLS | own_words("mazur")
        assert not [word for word in WORD.findall(unmarked(line)) if word not in known], line


@pytest.mark.parametrize("name", ["mazur", "perceptron_or", "decks_sine", "convnet", "adam"])
def test_every_word_of_an_html_page_comes_out_of_the_table(name: str) -> None:
    """What stands on a page, its buttons, and what is read aloud: no word is English by itself."""
    html = "\n".join(lines_of(traced(name), Wanted(words=MARKS, key=True), "x.html"))
    labels = " ".join(re.findall(r'(?:aria-label|title|alt)="([^"]*)"', html))
    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", html, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]*>", " ", body) + labels).replace("\n", " ")
    published = spec(name).about.published
    printed_by_author = " ".join(f"{one.why} {one.under}" for one in published)
    known = SYMBOLS | own_words(name) | frozenset(WORD.findall(printed_by_author))
    assert not {word for word in WORD.findall(unmarked(text)) if word not in known}
    data = re.search(r'"words":(\{.*?\})[,}]', html)
    assert data is None or not WORD.search(unmarked(re.sub(r'"\w+":', "", data[1])))
