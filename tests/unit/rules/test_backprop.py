"""The rules' rows: what each says, and what a changed row does to a trace."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import fields, replace

from tests.unit.making import BY_HEAD, spec
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import symbols
from tracer.maths.parse import parse
from tracer.rules.backprop import CALCULUS, TEXTBOOK, Rule

ROWS = [
    (item.name, getattr(table, item.name))
    for table in (TEXTBOOK, CALCULUS)
    for item in fields(table)
    if isinstance(getattr(table, item.name), Rule)
]

ROLES = {
    *("weight", "source", "bias", "threshold", "error", "by_out", "slope", "delta"),
    *("gradient", "old", "learning_rate", "new", "outer", "local", "contribution"),
    *("value", "own", "paths", "jacobian", "net", "out", "target", "miss", "change", "share", "n"),
}


@pytest.mark.parametrize(("name", "rule"), ROWS)
def test_every_rule_has_a_name(name: str, rule: Rule) -> None:
    """A rule says what textbooks call it."""
    assert rule.name, name


@pytest.mark.parametrize(("name", "rule"), ROWS)
def test_every_rule_has_a_reason(name: str, rule: Rule) -> None:
    """A rule says in one sentence, without a full stop, why it holds."""
    if name != "carried":
        assert rule.why, name
        assert not rule.reason.text.endswith(".")
    else:
        assert rule.why == "the value after the step before"


@pytest.mark.parametrize(("name", "rule"), [row for row in ROWS if row[1].formula])
def test_every_formula_is_over_roles(name: str, rule: Rule) -> None:
    """A rule's formula reads as a formula over the roles that a step can fill."""
    assert set(symbols(parse(rule.formula))) <= ROLES, name


def test_a_changed_row_changes_the_trace() -> None:
    """A mistake is a changed row: without the slope, delta is what came by out."""
    forgotten = replace(TEXTBOOK, chain=replace(TEXTBOOK.chain, formula="by_out"))
    found = trace(spec(BY_HEAD), arithmetic("exact"), forgotten)
    assert found["dE/dnet_h1"].value == found["dE/dout_h1"].value == 8
    assert found["w1+"].value == 1 - Fraction(1, 10) * 8


def test_a_row_may_ask_for_roles_in_any_order() -> None:
    """The operands follow the roles of the row that is in force."""
    ascent = replace(TEXTBOOK, update=Rule("ascent", "learning_rate*gradient + old"))
    found = trace(spec(BY_HEAD), arithmetic("exact"), ascent)
    assert [entry.name for entry in found["w1+"].operands] == ["learning_rate", "dE/dw1", "w1"]
    assert found["w1+"].value == 1 + Fraction(96, 10)
