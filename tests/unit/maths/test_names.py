"""The names of functions, and the rows behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.maths.strategies import value
from tracer.maths import functions, names
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import symbols
from tracer.maths.functions import FUNCTIONS
from tracer.maths.parse import parse

NUMERIC = ["exact", "decimal", "by-hand:4", "float", "interval"]
PRIMITIVES = [row.name for row in functions.TABLE if not row.definition]


def test_every_unary_name_has_its_row() -> None:
    """The grammar knows exactly the functions that the table describes."""
    assert tuple(FUNCTIONS) == names.UNARY


def test_aliases_lead_to_functions() -> None:
    """Another spelling stands for a function that exists, and hides none."""
    assert set(names.ALIASES.values()) <= set(names.UNARY)
    assert not set(names.ALIASES) & set(names.UNARY)


@pytest.mark.parametrize("how", NUMERIC)
def test_every_arithmetic_has_every_primitive(how: str) -> None:
    """A row without a definition, max, min and the power are what an arithmetic must supply."""
    wanted = {*PRIMITIVES, *names.VARIADIC, "power"}
    assert set(arithmetic(how).functions) == wanted


@pytest.mark.parametrize("row", functions.TABLE, ids=lambda row: row.name)
def test_rows_are_formulas_in_x_and_y(row: functions.Function) -> None:
    """Slope, definition and stable form parse, over x, y and the convention at the kink."""
    allowed = {"x", "y"} | ({"at_zero"} if row.at_zero else set())
    for formula in filter(None, (row.slope, row.definition, row.stable)):
        assert set(symbols(parse(formula))) <= allowed
    for formula in filter(None, (row.definition, row.stable)):
        assert "y" not in symbols(parse(formula))


@pytest.mark.parametrize("row", [row for row in functions.TABLE if row.stable])
@given(st.integers(-300, 300))
def test_stable_forms_have_the_value_of_the_definition(
    row: functions.Function, tenths: int
) -> None:
    """Where the definition does not overflow, both forms agree to forty digits."""
    where = {"x": f"{tenths}/10"}
    difference = value(f"({row.definition})/({row.stable})", "decimal:60", where) - 1
    assert abs(difference) < 10**-30
