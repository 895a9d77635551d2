"""HTML pages: whole, without a network, without a script's help; every line says what text says."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support import html_pages, pages
from tests.support.amount import FEW
from tests.support.html_pages import Elements, same_lines
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tests.unit.making import BY_HEAD, IN_A_ROW, traced
from tracer.cli.main import cli
from tracer.cli.options import Calculation, Digits
from tracer.derive.trace import Trace
from tracer.render.draft import Look
from tracer.render.formats import PAGES, draft_of
from tracer.render.language import words_of
from tracer.render.text import TextPage
from tracer.resources import example_names
from tracer.sheet.digits import standard_digits
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted

HOSTILE = (
    "</script><script>alert(1)</script> \\input{/etc/passwd} $$x$$ \"' & \u202eright \U0001f9e0"
)
WIDE = 100_000


def traced_example(name: str) -> Trace:
    """The trace of a built-in example, as the command line makes it."""
    calculation = Calculation()
    return calculation.trace(calculation.spec(name), Digits())


def wanted(trace: Trace, long: bool = False) -> Wanted:
    """What a reader asks for who asks for nothing."""
    return Wanted(standard_digits(trace.spec, trace.arithmetic), long=long)


def html(trace: Trace, look: Look | None = None) -> str:
    """The page of the whole calculation."""
    return "\n".join(PAGES[".html"](draft_of(trace, wanted(trace), whole, look or Look())))


def differences(trace: Trace) -> list[str]:
    """Where the page says something else than the page in text."""
    view = html_pages.views(html(trace))["view-calculation"]
    draft = draft_of(trace, wanted(trace, long=True))
    printed = pages.sections(TextPage(draft.notation, WIDE).lines(draft.sections))
    told = [one for section in printed for one in section.told]
    known = [(symbol, text) for section in printed for symbol, _, text in section.givens]
    rows = html_pages.givens(view)
    symbols = [(mine, theirs) for (mine, _), (theirs, _) in zip(rows, known, strict=False)]
    return list(same_lines(html_pages.tellings(view), told, symbols))


@pytest.mark.parametrize("name", example_names())
def test_every_example_has_a_whole_page(name: str) -> None:
    """Tags fit, ids are there once, links lead somewhere, and nothing is asked of a network."""
    text = html(traced_example(name))
    elements = Elements(text)
    assert not elements.mistakes
    ids = elements.values("id")
    assert len(ids) == len(set(ids))
    links = {unquote(link) for link in elements.values("href")}
    assert links <= {f"#{name}" for name in ids}
    assert not elements.values("src")
    assert set(re.findall(r"url\((\w*)|@import", text)) == {"data"}
    assert not [name for _, found in elements.found for name in found if name.startswith("on")]
    assert all(found.get("aria-label") for tag, found in elements.found if tag == "math" if found)


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


def test_a_changed_digit_is_found() -> None:
    """The reading back notices one wrong digit: these tests can fail."""
    trace = traced(BY_HEAD)
    text = html(trace).replace("<mn>46</mn>", "<mn>47</mn>")
    view = html_pages.views(text)["view-calculation"]
    draft = draft_of(trace, wanted(trace, long=True))
    printed = pages.sections(TextPage(draft.notation, WIDE).lines(draft.sections))
    told = [one for section in printed for one in section.told]
    assert list(same_lines(html_pages.tellings(view), told, []))


def test_hostile_words_stay_text() -> None:
    """A title and a note full of markup are shown as they are, and are no markup."""
    words = json.dumps(HOSTILE, ensure_ascii=False)
    rest = [line for line in BY_HEAD.splitlines() if "title:" not in line]
    text = html(traced("\n".join((f"    title: {words}", f"    notes: [{words}]", *rest))))
    assert text.count("<script") == 2
    assert "&lt;script&gt;alert(1)" in text
    assert "\u202e" not in text
    assert not Elements(text).mistakes


def test_the_policy_names_the_script_and_the_style() -> None:
    """The page forbids every script and style sheet but its own two, which it names by hashes."""
    text = html(traced(BY_HEAD))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src 'none'" in policy[1]
    for tag in ("script", "style"):
        content = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = b64encode(sha256(content[0].encode()).digest()).decode()
        assert len(content) == 1
        assert f"sha256-{digest}".replace("+", "&#43;") in policy[1].replace("+", "&#43;")


def test_a_page_is_the_same_every_time() -> None:
    """Two pages of one trace are the same to the byte."""
    assert html(traced(IN_A_ROW)) == html(traced(IN_A_ROW))


def test_steps_and_parts_have_addresses() -> None:
    """Each given and each step is found under its plain name."""
    trace = traced(BY_HEAD)
    ids = set(Elements(html(trace)).values("id"))
    assert {entry.name for entry in trace} <= ids


def test_a_page_has_the_views_that_there_are() -> None:
    """Values and matrices stand beside a network's calculation, a graph beside an expression's."""
    assert list(html_pages.views(html(traced_example("mazur")))) == [
        "view-calculation",
        "view-values",
        "view-matrices",
        "view-published",
    ]
    assert "view-graph" in html_pages.views(html(traced_example("baydin_reverse")))


VIEWS = {
    "mazur": ("--table", "--matrix", "--only dE/dw1", "--phase backward", "--pseudocode mitchell"),
    "convolution": ("--maps",),
    "decks_sine": ("--columns", "--gradient-graph"),
    "linear": ("--collapse",),
    "perceptron_xor": ("--epochs",),
}


@pytest.mark.parametrize(
    ("name", "options"), [(name, one) for name, some in VIEWS.items() for one in some]
)
def test_every_view_is_a_page(name: str, options: str, tmp_path: Path) -> None:
    """What the command line shows as text, it writes as a page that is whole."""
    path = tmp_path / "page.html"
    run = CliRunner().invoke(cli, ["show", name, *options.split(), "-o", str(path)])
    assert run.exit_code == 0, run.output
    elements = Elements(path.read_text(encoding="utf-8"))
    assert not elements.mistakes
    ids = elements.values("id")
    assert {unquote(link) for link in elements.values("href")} <= {f"#{one}" for one in ids}


def test_a_derivation_is_a_page_too(tmp_path: Path) -> None:
    """What is told of no trace has no diagram and no steps, and is a page all the same."""
    path = tmp_path / "page.html"
    run = CliRunner().invoke(cli, ["derive", "x**2*sin(x)", "-o", str(path)])
    assert run.exit_code == 0, run.output
    text = path.read_text(encoding="utf-8")
    assert not Elements(text).mistakes
    assert "<svg xmlns" not in text


def test_a_page_says_its_words_once_for_each_language() -> None:
    """Templates are compiled once for many pages, and no page has another's language."""
    trace = traced(BY_HEAD)
    pages_of = {code: html_in(trace, code) for code in ("en", "de", "en", "es")}
    assert "Link to" in pages_of["en"]
    assert pages_of["en"] == html(trace)
    assert 'lang="de"' in pages_of["de"]
    assert 'lang="es"' in pages_of["es"]


def html_in(trace: Trace, code: str) -> str:
    """The page in a language."""
    draft = draft_of(trace, wanted(trace), whole)
    words = words_of(code)
    return "\n".join(PAGES[".html"](replace(draft, notation=replace(draft.notation, words=words))))


def test_the_longer_telling_is_folded_up_unless_it_is_asked_for() -> None:
    """The parts of a step stand on every page; ``--long`` has them unfolded."""
    trace = traced(BY_HEAD)
    folded = html(trace)
    draft = draft_of(trace, wanted(trace, long=True), whole)
    unfolded = "\n".join(PAGES[".html"](draft))
    assert folded.count("<details><summary>") == unfolded.count("<details open><summary>") > 0
    assert "<details><summary>" not in unfolded
