"""Losses by name and as users' formulas."""

from __future__ import annotations

import pytest

from tracer.errors import FormulaError
from tracer.maths.expression import symbols
from tracer.maths.plain import plain
from tracer.rules.loss_rows import TABLE, LossRow
from tracer.rules.losses import ALIASES, ROLES, ROWS, loss, own_loss


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_rows_are_read(row: LossRow) -> None:
    """Each row reads by its name, as it is written, in out, target and n alone."""
    found = loss(row.name)
    assert found.name == row.name
    if not found.is_pairwise:
        assert plain(found.value) == row.value
        assert plain(found.slope) == row.slope
        assert plain(found.worked) == row.worked
    others = {"right"} if found.is_pairwise else set()
    for part in (found.value, found.slope, found.worked, found.computed, found.computed_slope):
        assert set(symbols(part)) <= {*ROLES, *others}


@pytest.mark.parametrize("alias", sorted(ALIASES))
def test_aliases_are_the_rows_they_name(alias: str) -> None:
    """An alias gives the very row; no alias hides a row's own name."""
    assert loss(alias) == loss(ALIASES[alias])
    assert alias not in ROWS


def test_unknown_names_are_no_rows() -> None:
    """A name that no row has is a KeyError, for the reader to tell."""
    with pytest.raises(KeyError):
        loss("half_squared_eror")


def test_a_users_formula_is_a_row() -> None:
    """A formula in out, target and n is its own name; its slope is derived, in one form."""
    found = own_loss("(target - out)**4/n")
    assert found.name == plain(found.value) == "(target - out)**4/n"
    assert plain(found.slope) == "1/n*4*(target - out)**3*(-1)"
    assert found.worked == found.slope


@pytest.mark.parametrize("text", ["(t - out)**2", "net", "target*E"])
def test_other_names_are_refused(text: str) -> None:
    """A loss that uses another name is an error that says which."""
    with pytest.raises(FormulaError, match=r"a loss is a formula in out and target, this one uses"):
        own_loss(text)


def test_what_is_no_formula_is_refused() -> None:
    """Text that does not parse is a FormulaError."""
    with pytest.raises(FormulaError):
        own_loss("(target - out")
