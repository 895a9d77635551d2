"""Diagrams in LaTeX: they compile without a word, in the packages that a page has anyway."""

from __future__ import annotations

import pytest

from tests.documents.compiling import Document, text_of
from tests.published.examples import NAMES, traced
from tests.unit.making import traced as calculated
from tracer.render.diagram.diagram import diagram_of
from tracer.render.diagram.tex import tikz

PAGE = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{tikz}
\begin{document}
%s
\end{document}
"""
FITTED = (
    r"\noindent\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}"
    "{!}{%%\n%s}\n\n"
)  # fmt: skip

ODD = """
    inputs: [größe, 重さ, α_1]
    layers:
      - units: [δ, ñ, x_ß]
        activation: sigmoid
        weights: [[a_ = 1, é = 2, 3], [4, Ω = 5, 6], [7, 8, 9]]
    samples: [{input: [1, 2, 3], target: [1, 0, 1]}]
"""


def test_every_example_compiles() -> None:
    """The diagrams of all examples compile without a warning, and none sticks out."""
    pictures = (FITTED % tikz(diagram_of(traced(name))) for name in NAMES)
    document = Document(PAGE % "".join(pictures))
    assert document.warnings == []
    assert document.overfull == []


@pytest.mark.parametrize("sign", ["ß", "U+91CD"])
def test_names_are_text(sign: str) -> None:
    """Names in any writing are set, or told by their numbers."""
    document = Document(PAGE % (FITTED % tikz(diagram_of(calculated(ODD, "float")))))
    assert document.warnings == []
    assert sign in text_of(document.pdf)
