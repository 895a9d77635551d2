"""Diagrams as TikZ: it compiles without a word, and nothing in it is a command of the author's."""

from __future__ import annotations

import pytest

from tests.published.examples import traced as traced_example
from tracer.render.diagram.diagram import diagram_of
from tracer.render.diagram.lettering import numeral
from tracer.render.diagram.records import Run
from tracer.render.diagram.tex import maths, tikz


@pytest.mark.parametrize(
    ("runs", "written"),
    [
        ((Run("w", slanted=True), Run("5", -1), Run(" = 0.40")), "w_{5}=0.40"),
        ((Run("δ", slanted=True), Run("h", -1, True), Run("1", -1)), r"\delta_{h1}"),
        ((Run("∂"), Run("E", slanted=True), Run("/"), Run("∂"), Run("out")),
         r"\partial E/\partial\mathrm{out}"),
        (numeral("≈ -1.5e-7"), r"\approx-1.5\cdot10^{-7}"),
        ((Run("m\u0302", slanted=True),), r"\hat{m}"),
        ((Run(r"\input{x}$"),), r"\backslash\mathrm{input}\{\mathrm{x}\}\$"),
        ((Run("中"),), r"\mbox{[U+4E2D]}"),
        ((Run("ö"),), r"\mbox{ö}"),
        ((Run("8 weights, b: 2"),), r"8\ \mathrm{weights}{,}\ \mathrm{b}{:}\ 2"),
    ],
)  # fmt: skip
def test_lines_are_formulas(runs: tuple[Run, ...], written: str) -> None:
    """A line of text is set as a formula, in which every sign is itself."""
    assert maths(runs).replace("\\backslash ", "\\backslash") == written


@pytest.mark.parametrize("name", ["mazur", "lstm", "convnet", "decks_sine", "perceptron_xor"])
def test_a_picture_is_whole(name: str) -> None:
    """Braces are paired, and every node and edge is drawn."""
    drawing = diagram_of(traced_example(name))
    text = tikz(drawing)
    assert text.count("{") == text.count("}")
    assert text.count(r"\draw[") >= len(drawing.nodes) + len(drawing.edges)
    lines = sum(len(node.lines) for node in drawing.nodes)
    assert text.count(r"\node[value") == lines
