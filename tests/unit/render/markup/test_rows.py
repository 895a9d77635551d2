"""Long formulas in rows."""

from __future__ import annotations

import pytest

from tracer.maths.expression import Add, Expression, Mul, Symbol
from tracer.maths.parse import parse
from tracer.notation.notation import terminal
from tracer.notation.numbers import Shown
from tracer.render.markup.latex import LATEX
from tracer.render.markup.medium import Writer
from tracer.render.markup.rows import Breaker
from tracer.render.markup.tex_width import width
from tracer.render.pages.latex import BREAKS

STYLE = Writer(LATEX, terminal(samples=False)).style(False)
BREAKER = Breaker(STYLE, BREAKS, STYLE, width)


def put_in(*texts: str) -> tuple[Symbol, ...]:
    """Numbers as they stand on a page."""
    return tuple(Symbol(Shown(text, True)) for text in texts)


@pytest.mark.parametrize(
    ("formula", "room", "rows"),
    [
        (parse("a + b - c"), 40, ["a + b - c"]),
        (parse("a + b - c"), 6, ["a + b - c"]),
        (parse("aa*bb + cc*dd - ee*ff"), 6, [
            r"\mathrm{aa} \cdot \mathrm{bb}",
            r"+ \mathrm{cc} \cdot \mathrm{dd}",
            r"- \mathrm{ee} \cdot \mathrm{ff}",
        ]),
        (parse("x*(aaaa + bbbb + cccc)"), 8, [
            "x",
            r"\cdot \bigl(\mathrm{aaaa}",
            r"+ \mathrm{bbbb}",
            r"+ \mathrm{cccc}\bigr)",
        ]),
        (parse("(aaaaaa + bbbbbb)/2"), 6, [
            r"\frac{\begin{aligned} &\mathrm{aaaaaa} \\ &+ \mathrm{bbbbbb} \end{aligned}}{2}",
        ]),
        (Add((parse("x"), Mul(put_in("-0.123456789", "0.5")))), 10, [
            "x",
            r"+ \left(-0.123456789\right)",
            r"\cdot 0.5",
        ]),
        (put_in("0.12345678901234567890")[0], 8, ["0.12345678901", "234567890"]),
        (put_in("-12345678901234567/3")[0], 7, [
            r"-\frac{\begin{aligned} &123456789 \\ &01234567 \end{aligned}}{3}",
        ]),
    ],
)  # fmt: skip
def test_where_formulas_are_broken(formula: Expression, room: float, rows: list[str]) -> None:
    """Sums before their signs, then products, brackets, quotients in themselves, digits last."""
    assert BREAKER.rows(formula, room) == rows


@pytest.mark.parametrize(
    ("formula", "ems"),
    [
        ("0.15 \\cdot 0.05", 4.278),
        (r"\frac{\partial E}{\partial w_5}", 1.955),
        (r"\frac{1}{1 + e^{-\mathrm{net}_{h1}}}", 4.913),
        (r"\begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}", 6.465),
    ],
)
def test_widths(formula: str, ems: float) -> None:
    """The estimate is near what TeX makes of it, and rather too large."""
    assert 0.9 * ems <= width(formula) <= 1.5 * ems
