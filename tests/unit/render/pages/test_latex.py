"""LaTeX pages: every line says what the page in text says; no word of an author is a command."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import pages, tex
from tests.support.amount import FEW
from tests.support.html_pages import same_lines
from tests.support.mathematics import READ_BACK, suitable
from tests.support.networks import Drawn, networks
from tests.support.reading import evaluated
from tests.support.tracing import network_of, traced_if_finite
from tests.unit.making import BY_HEAD, traced
from tests.unit.render.markup.test_rows import BREAKER
from tests.unit.render.pages.test_html import HOSTILE, WIDE, traced_example, wanted
from tracer.derive.trace import Trace
from tracer.maths.expression import Symbol
from tracer.notation.numbers import Shown
from tracer.render.draft import Look
from tracer.render.formats import PAGES, draft_of
from tracer.render.text import TextPage
from tracer.resources import example_names
from tracer.sheet.page import Wanted

SPLIT = re.compile(r"\\(?:input|include|write|openin|read|immediate|csname|catcode)\b")


def latex(trace: Trace, asked: Wanted | None = None, look: Look | None = None) -> str:
    """The page of the whole calculation."""
    draft = draft_of(trace, asked or wanted(trace, long=True), look=look or Look())
    return "\n".join(PAGES[".tex"](draft))


def differences(trace: Trace, text: str = "") -> list[str]:
    """Where the page says something else than the page in text."""
    text = text or latex(trace)
    draft = draft_of(trace, wanted(trace, long=True))
    printed = pages.sections(TextPage(draft.notation, WIDE).lines(draft.sections))
    told = [one for section in printed for one in section.told]
    known = [symbol for section in printed for symbol, _, _ in section.givens]
    symbols = list(zip((symbol for symbol, _ in tex.givens(text)), known, strict=False))
    return list(same_lines(tex.tellings(text), told, symbols))


@pytest.mark.parametrize("name", ["mazur", "byu", "decks_sine", "lstm", "convolution", "momentum"])
def test_every_line_of_an_example_says_what_text_says(name: str) -> None:
    """Read back, each formula, each line of numbers and each result is that of the text page."""
    assert differences(traced_example(name)) == []


@FEW
@given(networks(most_steps=2, evaluated=True), st.randoms(use_true_random=False))
def test_every_line_of_a_page_says_what_text_says(drawn: Drawn, random: Random) -> None:
    """So it is for any network whose numbers can be worked out once more."""
    trace = traced_if_finite(network_of(drawn, random), "decimal:30")
    with suitable():
        assert differences(trace) == []


@pytest.mark.parametrize("digits", ["1/3", f"-{'1234567890' * 12}/{'97' * 50}", "0." + "5" * 99])
def test_the_rows_of_a_long_number_are_the_number(digits: str) -> None:
    """A number that goes on in further rows is read back as itself."""
    rows = BREAKER.rows(Symbol(Shown(digits, True)), 12)
    read = Fraction(evaluated(tex.formula_of(" ".join(rows)), {}, READ_BACK))
    assert read == Fraction(digits)


def test_a_changed_digit_is_found() -> None:
    """The reading back notices one wrong digit: these tests can fail."""
    trace = traced(BY_HEAD)
    assert differences(trace, latex(trace).replace("= 46", "= 47"))


def test_a_step() -> None:
    """A step is a block that an author can paste: a line for each sign, aligned at it."""
    assert r"""
\begin{align*}
  \mathrm{net}_{h1} &= w_1 \cdot x_1 + w_2 \cdot x_2 + b_{h1} \\
    &= 1 \cdot 1 + 2 \cdot 2 + 1 \\
    &= 6
\end{align*}
""" in latex(traced(BY_HEAD))


def test_a_fragment() -> None:
    """A fragment is the body as it stands in the document, and the few commands that it needs."""
    trace = traced(BY_HEAD)
    body = latex(trace, look=Look(fragment=True))
    assert r"\documentclass" not in body
    assert r"\begin{document}" not in body
    assert body.partition(r"\begin{longtable}")[2].strip() in latex(trace)


@pytest.mark.parametrize("name", example_names())
def test_the_same_bytes(name: str) -> None:
    """A page is the same each time."""
    assert latex(traced_example(name)) == latex(traced_example(name))


def test_hostile_words_are_no_commands() -> None:
    """A title and a note full of markup are shown as they are."""
    words = json.dumps(HOSTILE, ensure_ascii=False)
    rest = [line for line in BY_HEAD.splitlines() if "title:" not in line]
    text = latex(traced("\n".join((f"    title: {words}", f"    notes: [{words}]", *rest))))
    body = text.partition(r"\begin{document}")[2]
    assert not SPLIT.search(body)
    assert r"\textbackslash{}input\{/etc/passwd\} \$\$x\$\$" in body
    assert "[U+1F9E0]" in body
