"""Formulas as MathML and LaTeX: numbers, signs, brackets, hostile names."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.formulas import formulas
from tests.support.mathml import formula_of
from tracer.errors import FormulaError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import Add, Expression, Mul, Neg, Pow, Symbol, number, symbols
from tracer.maths.parse import parse
from tracer.notation.notation import terminal
from tracer.notation.numbers import Shown
from tracer.render.markup.latex import LATEX
from tracer.render.markup.mathml import MATHML
from tracer.render.markup.medium import Medium, Writer
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Quantity

NOTATION = terminal(samples=True)
MEDIA = (MATHML, LATEX)
NAMES = ("a", "b", "c")
FLOATS = arithmetic("float")
X = Symbol("x")


def writer(medium: Medium) -> Writer:
    """Of the standard notation."""
    return Writer(medium, NOTATION)


def value(formula: Expression) -> float | None:
    """A formula's value at fixed numbers; None where it has none."""
    at = {"a": 0.7, "b": -1.3, "c": 2.1}
    names = symbols(formula)
    try:
        return float(compiled(formula, names, FLOATS)(*(at[str(name)] for name in names)))
    except FAILURES:
        return None


@given(formulas(NAMES))
def test_mathml_means_the_same(text: str) -> None:
    """What a browser shows of a formula, read back, has the formula's value."""
    try:
        tree = parse(text)
    except FormulaError:
        return
    again = parse(formula_of(writer(MATHML).formula(tree)))
    was, now = value(tree), value(again)
    assert (was is None) == (now is None)
    if was is not None and now is not None and math.isfinite(was):
        assert math.isclose(was, now, rel_tol=1e-9, abs_tol=1e-12)


@given(formulas(NAMES))
def test_latex_closes_what_it_opens(text: str) -> None:
    """Braces, brackets that grow and environments come in pairs."""
    try:
        made = writer(LATEX).formula(parse(text))
    except FormulaError:
        return
    assert made.count("{") == made.count("}")
    assert made.count(r"\left") == made.count(r"\right")
    assert made.count(r"\begin") == made.count(r"\end")


@pytest.mark.parametrize(
    ("text", "mathml", "latex"),
    [
        ("0.20", "<mn>0.20</mn>", "0.20"),
        ("-0.4", "<mrow><mo>−</mo><mn>0.4</mn></mrow>", "-0.4"),
        ("7/3", "<mfrac><mn>7</mn><mn>3</mn></mfrac>", r"\frac{7}{3}"),
        (
            "1.5e-7",
            "<mrow><mn>1.5</mn><mo>·</mo><msup><mn>10</mn>"
            "<mrow><mo>−</mo><mn>7</mn></mrow></msup></mrow>",
            r"1.5\cdot 10^{-7}",
        ),
        ("2e12", None, r"2\cdot 10^{12}"),
        ("-7/3", None, r"-\frac{7}{3}"),
        ("[1.2, 1.3]", None, r"\left[1.2,\, 1.3\right]"),
    ],
)
def test_numbers(text: str, mathml: str | None, latex: str) -> None:
    """A number is set as it is shown: its digits, its bar, its power of ten."""
    if mathml:
        assert writer(MATHML).number(text) == mathml
    assert writer(LATEX).number(text) == latex


@pytest.mark.parametrize(
    ("formula", "latex"),
    [
        (Add((X, Symbol(Shown("-2", True)))), r"x + \left(-2\right)"),
        (Mul((Symbol(Shown("-2", True)), X)), r"-2 \cdot x"),
        (Mul((X, Symbol(Shown("1/3", True)))), r"x \cdot \frac{1}{3}"),
        (Pow(Symbol(Shown("-2", True)), number(2)), r"\left(-2\right)^{2}"),
        (Pow(Symbol(Shown("1e-5", True)), number(2)), r"\left(1\cdot 10^{-5}\right)^{2}"),
        (Pow(Symbol(Shown("1/3", True)), number(2)), r"\left(\frac{1}{3}\right)^{2}"),
        (Neg(Add((X, X))), r"-\left(x + x\right)"),
        (Pow(parse("exp(x)"), number(2)), r"\left(e^{x}\right)^{2}"),
        (parse("1/(1 + exp(-x))"), r"\frac{1}{1 + e^{-x}}"),
        (parse("max(0, x)"), r"\max\left(0, x\right)"),
        (parse("abs(x)*sqrt(x)"), r"\left|x\right| \cdot \sqrt{x}"),
    ],
)  # fmt: skip
def test_brackets(formula: Expression, latex: str) -> None:
    """A number with a sign has brackets after an operator; a bar groups by itself."""
    assert writer(LATEX).formula(formula) == latex


def test_a_derivative_under_an_exponent_has_brackets() -> None:
    """The square of a derivative is not the derivative by a square."""
    squared = Pow(Symbol(Quantity(kinds.GRADIENT, "w5")), number(2))
    made = writer(LATEX).formula(squared)
    assert made == r"\left(\frac{\partial E}{\partial w_5}\right)^{2}"


HOSTILE = ("<script>alert(1)</script>", r"\input{/etc/passwd}", "$$", "a&b", "100%", "x_y^z", "'\"")


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text(name: str) -> None:
    """Nothing in a name is markup: MathML stays well formed and LaTeX has no command of it."""
    quantity = Quantity(kinds.NET, name, sample=1)
    made = writer(MATHML).symbol(quantity)
    shown = "".join(ElementTree.fromstring(f"<math>{made}</math>").itertext())
    assert shown.startswith("net")
    assert "[1]" in shown
    assert name.partition("^")[0].replace("_", "") in shown
    tex = writer(LATEX).symbol(quantity)
    assert r"\input" not in tex
    assert not re.search(r"(?<!\\)[$%&]", tex)


@given(st.text(max_size=12))
def test_any_name_is_well_formed(name: str) -> None:
    """Whatever an author calls a unit, its symbol is well-formed MathML."""
    if "\0" in name or not name.isprintable():
        return
    made = writer(MATHML).symbol(Quantity(kinds.OUT, name))
    ElementTree.fromstring(f"<math>{made}</math>")
