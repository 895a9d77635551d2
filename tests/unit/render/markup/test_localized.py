"""Numbers of countries and fractions in the line, in every medium: the same formula, read back."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.formulas import formulas
from tests.support.mathml import formula_of
from tests.unit.render.markup.test_media import NAMES, value
from tracer.errors import FormulaError
from tracer.maths.expression import Add, Call, Div, Expression, Mul, Neg, Symbol
from tracer.maths.parse import parse
from tracer.maths.precedence import SIGN
from tracer.maths.printer import written
from tracer.notation.figures import LOCALES, PLAIN, Figures
from tracer.notation.notation import Notation, terminal
from tracer.notation.numbers import Shown
from tracer.render.markup.latex import LATEX
from tracer.render.markup.mathml import MATHML
from tracer.render.markup.medium import Medium, Writer
from tracer.render.markup.pieces import pieces
from tracer.render.markup.typst import TYPST
from tracer.render.pages.html_build import FENCE
from tracer.rules.quantity import GRADIENT, Quantity

MEDIA = (MATHML, LATEX, TYPST)
GERMAN, IN_LINE = LOCALES["de"], Figures(inline=True)
MINUS = Symbol(Shown("-0.5", True, SIGN))
HALF = Symbol(Shown("0.5", True))


def in_figures(figures: Figures) -> Notation:
    """The standard notation with numbers of a kind."""
    return replace(terminal(samples=False), figures=figures)


@given(formulas(NAMES))
def test_fractions_in_the_line_mean_the_same(text: str) -> None:
    """A quotient with a slash has brackets where the bar has grouped."""
    try:
        tree = parse(text)
    except FormulaError:
        return
    again = parse(formula_of(Writer(MATHML, in_figures(IN_LINE)).formula(tree)))
    was, now = value(tree), value(again)
    assert (was is None) == (now is None)
    if was is not None and now is not None and math.isfinite(was):
        assert now == pytest.approx(was, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("medium", "text"),
    [
        (MATHML, "<mn>1.234.567,5</mn>"),
        (LATEX, "1.234.567{,}5"),
        (TYPST, '"1.234.567,5"'),
    ],
)
def test_a_number_in_german(medium: Medium, text: str) -> None:
    """A comma is part of its number in every medium."""
    assert Writer(medium, in_figures(GERMAN)).number("1234567.5") == text


@pytest.mark.parametrize(
    ("medium", "text"),
    [
        (MATHML, "<mo>;</mo>"),
        (LATEX, ";"),
        (TYPST, ";"),
    ],
)
def test_lists_have_semicolons(medium: Medium, text: str) -> None:
    """Intervals and arguments are parted by what no number contains; powers of ten stay whole."""
    writer = Writer(medium, in_figures(GERMAN))
    assert writer.number("[1.2, 1.3]").count(text) == 1
    assert writer.formula(Call("max", (HALF, MINUS))).count(text) == 1
    assert writer.number("1.5e-12345").replace("−", "-").count("-") == 1
    assert "12345" in writer.number("1.5e-12345")


def test_lists_in_text() -> None:
    """Text has them too."""
    style = in_figures(GERMAN).style()
    assert written(Call("max", (HALF, MINUS)), style) == "max(0,5; -0,5)"
    assert written(Symbol(Shown("[1.2, 1.3]", False)), style) == "[1,2; 1,3]"


@pytest.mark.parametrize("figures", [PLAIN, GERMAN, IN_LINE], ids=["plain", "german", "in line"])
@pytest.mark.parametrize("pages", [True, False], ids=["pieces", "whole"])
def test_numbers_never_stand_side_by_side(figures: Figures, pages: bool) -> None:
    """Where a book sets symbols side by side, numbers that are put in have a sign between them."""
    notation = replace(terminal(samples=False), figures=figures, times="")
    writer = Writer(MATHML, notation)
    product, fence = Mul((HALF, HALF, MINUS, HALF)), FENCE
    texts = pieces(product, writer.style(False), fence) if pages else [writer.formula(product)]
    assert "".join(texts).count("<mo>·</mo>") == 3


AFTER_OPERATORS: dict[str, Expression] = {
    "sum": Add((HALF, MINUS)),
    "difference": Add((HALF, Neg(MINUS))),
    "product": Mul((HALF, MINUS)),
    "power of a minus": Mul((HALF, Neg(MINUS))),
}


@pytest.mark.parametrize("figures", [PLAIN, GERMAN, IN_LINE], ids=["plain", "german", "in line"])
@pytest.mark.parametrize("name", AFTER_OPERATORS)
def test_negative_numbers_stand_in_brackets(name: str, figures: Figures) -> None:
    """No two operators stand beside each other, in no medium and no country."""
    formula, notation = AFTER_OPERATORS[name], in_figures(figures)
    assert "(-0" in written(formula, notation.style())
    for medium in MEDIA:
        assert "(" in Writer(medium, notation).formula(formula)


def test_a_negative_divisor_in_the_line() -> None:
    """After a slash a minus stands in brackets; under a bar it needs none."""
    formula = Div(HALF, MINUS)
    for medium in MEDIA:
        assert "(" in Writer(medium, in_figures(IN_LINE)).formula(formula)
        assert "left(" not in Writer(medium, in_figures(PLAIN)).formula(formula)


@pytest.mark.parametrize(
    ("medium", "text"),
    [
        (LATEX, r"\partial E/\partial w_5"),
        (MATHML, "<mo"),
        (TYPST, r"\/"),
    ],
)
def test_derivatives_in_the_line(medium: Medium, text: str) -> None:
    """A derivative is written with a slash where quotients are."""
    symbol = Writer(medium, in_figures(IN_LINE)).symbol(Quantity(GRADIENT, "w5"))
    assert text in symbol or "/" in symbol
    assert "frac" not in symbol


@given(st.sampled_from(sorted(LOCALES)), st.sampled_from(MEDIA))
def test_no_locale_changes_letters(locale: str, medium: Medium) -> None:
    """What is no number is written as without a locale."""
    quantity = Quantity(GRADIENT, "w5")
    writers = [Writer(medium, in_figures(one)) for one in (LOCALES[locale], PLAIN)]
    assert len({writer.symbol(quantity) for writer in writers}) == 1
