"""The engines for PDFs: which one is taken, and what both of them promise."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.documents import samples
from tests.documents.compiling import bookmarks_of, text_of
from tracer.errors import OutputError
from tracer.render.pdf import NAMES
from tracer.render.pdf.engines import ENGINES, engine
from tracer.render.pdf.with_latex import Latex
from tracer.render.pdf.with_typst import Typst

WRITERS = {"latex": samples.latex, "typst": samples.typst}
MISTAKES = {
    "latex": "\\documentclass{article}\n\\begin{document}\nall \\nope here\n\\end{document}\n",
    "typst": "= Title\n\nall #nope here\n",
}


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes a machine that has only these engines."""

    def only(*names: str) -> None:
        for kind, name in ((Latex, "latex"), (Typst, "typst")):
            monkeypatch.setattr(kind, "is_there", lambda _, there=name in names: there)

    return only


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_is_taken_by_name(name: str, only: Callable[..., None]) -> None:
    """An engine that is asked for is taken, whatever else is there."""
    only(*NAMES)
    assert engine(name) is ENGINES[name]


@pytest.mark.parametrize(
    ("there", "taken"), [(("latex", "typst"), "latex"), (("typst",), "typst")], ids=str
)
def test_the_first_that_is_there_is_taken(
    there: tuple[str, ...], taken: str, only: Callable[..., None]
) -> None:
    """LaTeX is taken where it is installed, and Typst where LaTeX is not."""
    only(*there)
    assert engine() is ENGINES[taken]


@pytest.mark.parametrize("name", ["", *NAMES])
def test_a_missing_engine_is_told(name: str, only: Callable[..., None]) -> None:
    """Where no engine is there, or not the one asked for, the message says how to get it."""
    only(*(set(NAMES) - {name} if name else ()))
    with pytest.raises(OutputError) as caught:
        engine(name)
    message = str(caught.value)
    assert ("apt-get install latexmk" in message) == (name != "typst")
    assert ("pip install 'backprop-tracer[pdf]'" in message) == (name != "latex")


def test_an_unknown_engine_is_told() -> None:
    """A name that no engine has is told, with those that there are."""
    with pytest.raises(OutputError, match=r"'latx'; there are latex, typst \(did you mean 'latex'"):
        engine("latx")


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_is_the_same_every_time(name: str) -> None:
    """The same source gives the same bytes, another one others: no date, no folder is in them."""
    source = WRITERS[name]("h1")
    first, second = ENGINES[name].pdf(source), ENGINES[name].pdf(source)
    assert first == second
    assert first.startswith(b"%PDF-")
    assert ENGINES[name].pdf(WRITERS[name]("h2")) != first


@pytest.mark.parametrize("name", NAMES)
def test_names_come_out_as_text(name: str) -> None:
    """Names that try to be commands are found in the PDF by whoever searches for them."""
    pdf = ENGINES[name].pdf(WRITERS[name](*samples.HOSTILE))
    found = re.sub(r"\s+", " ", text_of(pdf))
    assert [hostile for hostile in samples.HOSTILE if hostile not in found] == []
    assert "0.08216704" in found


@pytest.mark.parametrize("name", NAMES)
def test_sections_are_bookmarks(name: str) -> None:
    """Whoever opens the PDF finds its sections in the outline."""
    assert bookmarks_of(ENGINES[name].pdf(WRITERS[name]("h1"))) == ["Forward", "Backward"]


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_told_with_its_line(name: str) -> None:
    """A source with a mistake ends in the engine's own words, the line's number and the line."""
    with pytest.raises(OutputError) as caught:
        ENGINES[name].pdf(MISTAKES[name])
    first, second = str(caught.value).splitlines()
    assert re.search("line 3 of the page's source: (Undefined control|unknown variable)", first)
    assert second.startswith("     3 | all ")
    assert "/tmp" not in first


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("signs", ["", "\n", "\x00", "\ud800", "\\", "#", "{", "}" * 50, "é\r\n"])
def test_any_text_ends_in_a_pdf_or_a_message(name: str, signs: str) -> None:
    """Whatever the source is, the engine makes a PDF of it or says why not."""
    with suppress(OutputError):
        assert ENGINES[name].pdf(signs).startswith(b"%PDF-")
