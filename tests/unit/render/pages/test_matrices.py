"""Equations of matrices on pages: brackets, shapes, signs, and what is left out."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.unit.making import BY_HEAD, traced
from tracer.notation.matrices import MatrixName, matrix_tree, transposed
from tracer.notation.notation import terminal
from tracer.render.draft import Draft
from tracer.render.formats import PAGES, draft_of
from tracer.render.markup.latex import tree
from tracer.render.pages.typst import to_typst
from tracer.rules import quantity as kinds
from tracer.sheet.matrix.page import matrix_pages
from tracer.sheet.page import Wanted

PLAIN = terminal(samples=False)


def draft() -> Draft:
    """A small network in matrices."""
    return draft_of(traced(BY_HEAD), Wanted(), view=matrix_pages)


@pytest.mark.parametrize(
    ("name", "latex", "turned"),
    [
        (MatrixName(kinds.WEIGHT, "W", "1"), "W_1", r"W_1^{\top}"),
        (MatrixName(kinds.WEIGHT, "W", "1→3"), r"W_{1\to3}", r"W_{1\to3}^{\top}"),
        (MatrixName(kinds.DELTA, "", "2"), r"\delta_2", r"\delta_2^{\top}"),
        (
            MatrixName(kinds.SLOPE, "", "2"),
            r"\sigma^{\prime}(Z_2)",
            r"{(\sigma^{\prime}(Z_2))}^{\top}",
        ),
        (MatrixName(kinds.NET, "", "1", 2), "Z_1^{[2]}", "{(Z_1^{[2]})}^{\\top}"),
    ],
)
def test_symbols(name: MatrixName, latex: str, turned: str) -> None:
    """A matrix is a letter with its layer below; its transpose has brackets where it needs them."""
    found = matrix_tree(name, PLAIN)
    assert tree(found) == latex
    assert tree(transposed(found)) == turned


def test_an_equation_in_latex() -> None:
    """The formula in symbols, the matrices with numbers and shapes, the result."""
    text = "\n".join(PAGES[".tex"](draft()))
    assert r"Z_1 &= X \cdot W_1 + b_1 \\" in text.replace("  ", " ")
    assert r"\left[\begin{array}{rr}" in text
    assert r"\underset{\text{1\ensuremath{\times}2}}{\left[" in text
    assert text.count(r"\begin{array}") == text.count(r"\end{array}")


def test_an_equation_in_html() -> None:
    """Matrices are tables in brackets, well formed, each line with its words."""
    text = "\n".join(PAGES[".html"](draft()))
    found = re.findall(r"<math[^>]*>.*?</math>", text, re.DOTALL)
    trees = [ElementTree.fromstring(math) for math in found]
    assert any(made.find(".//mtable") is not None for made in trees)
    assert "<munder>" in text


def test_an_equation_in_typst() -> None:
    """Matrices are Typst's own, their shapes below them."""
    text = "\n".join(to_typst(draft()))
    assert 'attach(limits(mat(delim: "[", align: #right, ' in text


@pytest.mark.parametrize("suffix", [".tex", ".html", ".md"])
def test_nothing_is_text_of_fixed_width(suffix: str) -> None:
    """No part of a page in matrices is left as lines of text."""
    lines = list(PAGES[suffix](draft()))
    assert not any("<pre" in line or line == "```text" for line in lines)
