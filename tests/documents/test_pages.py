"""The pages of all worked examples, typeset by both engines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tests.documents.compiling import Document, bookmarks_of
from tracer.derive.settle import calculated
from tracer.derive.trace import Trace
from tracer.render.draft import Draft, Look
from tracer.render.formats import draft_of
from tracer.render.pages.latex import to_latex
from tracer.render.pages.typst import to_typst
from tracer.render.pdf.with_typst import pdf_of_typst
from tracer.render.text import TextPage
from tracer.resources import example_names
from tracer.sheet.digits import standard_digits
from tracer.sheet.page import Section, Wanted
from tracer.spec.find import find

TOGETHER = 8
"""As many examples are typeset in one document, which saves TeX's start."""
NAMES = example_names()
BATCHES = [NAMES[start : start + TOGETHER] for start in range(0, len(NAMES), TOGETHER)]
BODY = r"\begin{document}"


def draft(trace: Trace, long: bool = False, look: Look | None = None) -> Draft:
    """The whole calculation as a page."""
    wanted = Wanted(standard_digits(trace.spec, trace.arithmetic), long=long)
    made = draft_of(trace, wanted, look=look or Look())
    return replace(made, sections=[_read(section) for section in made.sections])


def _read(section: Section) -> Section:
    """A section that can be read again."""
    return section._replace(items=tuple(section.items))


def traced(name: str) -> Trace:
    """An example's calculation."""
    spec = find(name)
    return calculated(spec, spec.about.presentation.arithmetic or "")


def document(drafts: Sequence[Draft]) -> str:
    """One document of several bodies, as an author puts them together."""
    head = "\n".join(to_latex(drafts[0])).partition(BODY)[0]
    bodies = ["\n".join(to_latex(_fragment(one))) for one in drafts]
    return "\n\n".join((head + BODY, *bodies, r"\end{document}", ""))


def _fragment(draft: Draft) -> Draft:
    return replace(draft, look=Look(fragment=True))


@pytest.mark.parametrize("names", BATCHES, ids=lambda names: f"{names[0]} to {names[-1]}")
def test_latex_has_nothing_to_complain_of(names: Sequence[str]) -> None:
    """Every example compiles without a warning, without a box that sticks out, in its own words."""
    drafts = [draft(traced(name)) for name in names]
    made = Document(document(drafts))
    assert (made.warnings, made.overfull) == ([], [])
    assert "Missing character" not in made.log


@pytest.mark.parametrize("name", NAMES)
def test_typst_sets_every_example(name: str) -> None:
    """Typst compiles every example, and its headings are bookmarks."""
    page = draft(traced(name))
    made = pdf_of_typst("\n".join(to_typst(page)))
    said = TextPage(page.notation).said
    assert bookmarks_of(made) == [said(section.title) for section in page.sections][1:]
