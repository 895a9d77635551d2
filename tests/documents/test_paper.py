"""PDFs of pages: the same bytes each time, hostile words as text, matrices, long names."""

from __future__ import annotations

import json

import pytest

from tests.documents.compiling import Document, text_of
from tests.unit.making import BY_HEAD, traced
from tracer.render.draft import Look
from tracer.render.formats import PRINTED, draft_of
from tracer.render.pages.latex import to_latex
from tracer.sheet.matrix.page import matrix_pages
from tracer.sheet.page import Wanted

HOSTILE = r"<script> \input{/etc/passwd} $$x$$ #read(1) 100% _a_ ^~"
LONG = "a_name_of_very_many_letters_" * 4 + "x"


@pytest.mark.parametrize("engine", ["latex", "typst"])
def test_hostile_words_are_text(engine: str) -> None:
    """What an author writes is found by a search in the PDF, sign by sign; twice the same bytes."""
    words = json.dumps(HOSTILE)
    rest = [line for line in BY_HEAD.splitlines() if "title:" not in line]
    trace = traced("\n".join((f"    title: {words}", f"    notes: [{words}]", *rest)))
    made = [
        PRINTED[".pdf"](draft_of(trace, Wanted(), look=Look(pdf_engine=engine))) for _ in range(2)
    ]
    assert made[0] == made[1]
    found = "".join(text_of(made[0]).split())
    for word in HOSTILE.split()[:-1]:
        assert word in found


def test_matrices_compile() -> None:
    """A page in matrices compiles as quietly as any other."""
    made = Document("\n".join(to_latex(draft_of(traced(BY_HEAD), Wanted(), view=matrix_pages))))
    assert (made.warnings, made.overfull) == ([], [])


def test_long_names_fit() -> None:
    """Names of more than a hundred letters stick out nowhere."""
    trace = traced(BY_HEAD.replace("x1", LONG))
    made = Document("\n".join(to_latex(draft_of(trace, Wanted(long=True)))))
    assert (made.warnings, made.overfull) == ([], [])
