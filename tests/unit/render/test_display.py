"""What a notebook shows, asked the way Jupyter asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tracer
from tests.unit.making import BY_HEAD, IN_A_ROW, spec, traced
from tracer.derive.trace import Trace
from tracer.render.display import DisplayedTrace
from tracer.render.formats import lines_of
from tracer.sheet.page import Wanted


def shown(thing: object) -> str | None:
    """The Markdown that IPython's formatter gets: it calls the method of that name, if any."""
    method = getattr(type(thing), "_repr_markdown_", None)
    if method is None:
        return None
    text = method(thing)
    assert isinstance(text, str)
    return text


def test_a_trace_shows_its_page() -> None:
    """At the end of a cell a trace is its page in Markdown, as a notebook has it in cells."""
    found = tracer.trace(spec(BY_HEAD), "exact")
    notebook = json.loads("\n".join(lines_of(traced(BY_HEAD), Wanted(), "page.ipynb")))
    cells = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert shown(found) == "\n\n".join(cells)
    assert r"\mathrm{net}_{h1} &= w_1 \cdot x_1" in cells[2]


@pytest.mark.parametrize("words", [["w1", "biases"], ("biases", "w1"), {"w1", "biases"}])
def test_a_setting_of_several_words_is_a_list(words: object) -> None:
    """In Python, what is frozen can be a list; an empty one freezes nothing."""
    trace = tracer.trace("mazur", frozen=words)
    assert "w1+" not in trace
    assert "b1+" not in trace
    assert "w2+" in trace
    assert "b1+" in tracer.trace("mazur", frozen=[])


def test_a_loaded_trace_shows_its_page(tmp_path: Path) -> None:
    """A trace that was loaded is shown like one that was calculated."""
    found = tracer.trace(spec(BY_HEAD), "exact")
    tracer.save(found, str(tmp_path / "t.json"))
    assert shown(tracer.load(str(tmp_path / "t.json"))) == shown(found)


def test_digits_of_the_page() -> None:
    """By hand, the page has the digits that are carried."""
    text = shown(tracer.trace(spec(BY_HEAD), "by-hand:2"))
    assert text is not None
    assert "shown to 2 decimals" in text


def test_a_long_training_stays_short() -> None:
    """A notebook is not flooded: of many steps the first is told, and the errors."""
    text = shown(tracer.trace(spec(IN_A_ROW), "float", steps=1000))
    assert text is not None
    assert len(text.splitlines()) < 400
    assert "# Training step 1" in text
    assert "# Training step 2" not in text
    assert "| step 1000 | $E$ ≈ " in text


def test_it_is_the_same_trace() -> None:
    """What is displayed is a trace like any other: equal, and with its warnings."""
    found = traced(BY_HEAD)
    plain = Trace(found.spec, found.arithmetic, found.segments, "E")
    displayed = DisplayedTrace.of(plain)
    assert isinstance(displayed, Trace)
    assert displayed == plain
    assert plain == displayed
    assert displayed.warnings == plain.warnings
    assert repr(displayed) == repr(plain)


@pytest.mark.parametrize("thing", [traced(BY_HEAD), 3])
def test_the_engine_knows_no_notebook(thing: object) -> None:
    """A trace of the engine has no page: pages are made by those who look at it."""
    assert shown(thing) is None
