"""Outputs that act without a weight: each row against the rules of calculus."""

from __future__ import annotations

import pytest

from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import compiled
from tracer.maths.expression import number, symbols
from tracer.maths.parse import parse
from tracer.rules.calculus import derivative
from tracer.rules.couplings import OPERANDS, ROLES, ROWS, TABLE, CouplingRow, slope, value

POINTS = ((2, 3, 5), (-1, 4, 7), (3, -2, 1))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_slopes_are_derivatives(row: CouplingRow) -> None:
    """Each slope is the derivative of the value by its operand, wherever it is looked at."""
    exact = arithmetic("exact")
    formula = parse(row.rule.formula)
    assert set(symbols(formula)) == set(row.operands)
    for k, operand in enumerate(row.operands):
        for point in POINTS:
            found = compiled(parse(row.slopes[k]), OPERANDS, exact)(*point)
            assert found == compiled(derivative(formula, operand), OPERANDS, exact)(*point)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_roles_start_with_the_end_of_the_edge(row: CouplingRow) -> None:
    """In an edge's roles an operand is the source, the others follow it in order."""
    assert set(symbols(value(row.name))) == set(ROLES[: len(row.operands)])
    for k in range(len(row.operands)):
        assert "source" not in symbols(slope(row.name, k))


def test_a_copy_has_the_slope_one() -> None:
    """What is taken over as it is hands its derivative back as it is."""
    assert slope("copy", 0) == number(1)
    assert ROWS["product"].operands == ("a", "b")
