"""Formulas of one shape, printed once and filled in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.support.formulas import formulas
from tracer.errors import FormulaError
from tracer.maths.expression import Symbol, substitute, symbols
from tracer.maths.parse import parse
from tracer.maths.plain import plain_style
from tracer.maths.precedence import ATOM, POWER, QUOTIENT, SIGN
from tracer.maths.printer import Piece, written
from tracer.maths.shapes import Shapes

PIECES = (
    Piece("x", ATOM),
    Piece("0.5", ATOM),
    Piece("-2", SIGN),
    Piece("1/3", QUOTIENT),
    Piece("dE/dw", POWER),
    Piece("50%", ATOM),
)
STYLE = plain_style(lambda of: of if isinstance(of, Piece) else Piece(str(of)))


@given(formulas("abc"), st.lists(st.tuples(*[st.sampled_from(PIECES)] * 3), min_size=1))
def test_filled_in_is_printed(text: str, rows: list[tuple[Piece, Piece, Piece]]) -> None:
    """What is filled in reads like the formula printed by itself, brackets and all."""
    try:
        shape = parse(text)
    except FormulaError:
        return
    roles = symbols(shape)
    shapes = Shapes(lambda formula, style: (written(formula, style),), STYLE)
    for row in rows:
        pieces = row[: len(roles)]
        put_in = dict(zip(roles, map(Symbol, pieces), strict=True))
        alone = written(substitute(shape, put_in), STYLE)
        assert shapes.texts(shape, roles, text, pieces) == [alone]
