"""A network's calculation, number by number, on networks small enough for the head."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.making import BY_HEAD, traced
from tracer.derive.program import Phase

VALUES: dict[str, Fraction | int] = {
    "learning_rate": Fraction(1, 10),
    **{"x1": 1, "x2": 2, "target_o1": 40, "target_o2": -20},
    **{"w1": 1, "w2": 2, "w3": 3, "w4": -1, "w5": 1, "w6": 2, "w7": -1, "w8": 3},
    **{"net_h1": 6, "net_h2": 2, "out_h1": 36, "out_h2": 4},
    **{"net_o1": 46, "net_o2": -22, "out_o1": 46, "out_o2": -22},
    **{"E_o1": 18, "E_o2": 2, "E": 20},
    **{"dE/dout_o1": 6, "dE/dout_o2": -2, "dout_o1/dnet_o1": 1, "dout_o2/dnet_o2": 1},
    **{"dE/dnet_o1": 6, "dE/dnet_o2": -2, "dE/dout_h1": 8, "dE/dout_h2": 6},
    **{"dout_h1/dnet_h1": 12, "dout_h2/dnet_h2": 4, "dE/dnet_h1": 96, "dE/dnet_h2": 24},
    **{"dE/dw5": 216, "dE/dw6": 24, "dE/dw7": -72, "dE/dw8": -8, "dE/db2": 4},
    **{"dE/dw1": 96, "dE/dw2": 192, "dE/dw3": 24, "dE/dw4": 48, "dE/db_h1": 96, "dE/db_h2": 24},
    **{"dE/dx1": 96 * 1 + 24 * 3, "dE/dx2": 96 * 2 - 24},
    **{
        "w5+": Fraction("-20.6"),
        "w6+": Fraction("-0.4"),
        "w7+": Fraction("6.2"),
        "w8+": Fraction("3.8"),
    },
    **{
        "w1+": Fraction("-8.6"),
        "w2+": Fraction("-17.2"),
        "w3+": Fraction("0.6"),
        "w4+": Fraction("-5.8"),
    },
    **{
        "b_h1": 1,
        "b_h2": 1,
        "b2": 2,
        "b_h1+": Fraction("-8.6"),
        "b_h2+": Fraction("-1.4"),
        "b2+": Fraction("1.6"),
    },
}


@pytest.mark.parametrize("numbers", ["exact", "decimal", "by-hand:3"])
def test_every_number_of_a_network(numbers: str) -> None:
    """Every quantity of a 2-2-2 network has the value that it has on paper; there is no other."""
    trace = traced(BY_HEAD, numbers)
    found = {entry.name: trace.arithmetic.fraction(entry.value) for entry in trace}
    assert found == VALUES


def test_every_float_of_a_network() -> None:
    """In floats the values are those on paper, to the digits that floats have."""
    for entry in traced(BY_HEAD, "float"):
        assert entry.value == pytest.approx(float(VALUES[entry.name]), rel=1e-15)


def test_the_order_is_the_textbooks() -> None:
    """Forward pass, errors, all node derivatives from the top, parameters, inputs, updates."""
    trace = traced(BY_HEAD)
    assert [entry.name for entry in trace.givens] == [
        *("learning_rate", "x1", "x2", "target_o1", "target_o2"),
        *("w1", "w2", "w3", "w4", "b_h1", "b_h2", "w5", "w6", "w7", "w8", "b2"),
    ]
    assert [step.name for step in trace.steps] == [
        *("net_h1", "net_h2", "out_h1", "out_h2", "net_o1", "net_o2", "out_o1", "out_o2"),
        *("E_o1", "E_o2", "E"),
        *("dE/dout_o1", "dE/dout_o2", "dout_o1/dnet_o1", "dout_o2/dnet_o2"),
        *("dE/dnet_o1", "dE/dnet_o2", "dE/dout_h1", "dE/dout_h2"),
        *("dout_h1/dnet_h1", "dout_h2/dnet_h2", "dE/dnet_h1", "dE/dnet_h2"),
        *("dE/dw5", "dE/dw6", "dE/dw7", "dE/dw8", "dE/db2"),
        *("dE/dw1", "dE/dw2", "dE/dw3", "dE/dw4", "dE/db_h1", "dE/db_h2"),
        *("dE/dx1", "dE/dx2"),
        *("w5+", "w6+", "w7+", "w8+", "b2+", "w1+", "w2+", "w3+", "w4+", "b_h1+", "b_h2+"),
    ]


def test_every_part_of_the_calculation_has_its_phase() -> None:
    """Each given and step says the part of the calculation in which it is told."""
    trace = traced(BY_HEAD)
    phases = {entry.name: entry.phase for entry in trace}
    assert phases["w1"] is Phase.GIVEN
    assert phases["out_o1"] is Phase.FORWARD
    assert phases["E"] is phases["E_o2"] is Phase.ERROR
    assert phases["dE/dnet_h1"] is Phase.BACKWARD
    assert phases["dE/db2"] is Phase.WEIGHTS
    assert phases["dE/dx1"] is Phase.INPUTS
    assert phases["b2+"] is Phase.UPDATE


@pytest.mark.parametrize(
    ("name", "operands"),
    [
        ("net_h2", ["w3", "x1", "w4", "x2", "b_h2"]),
        ("out_h2", ["net_h2"]),
        ("E_o2", ["target_o2", "out_o2"]),
        ("E", ["E_o1", "E_o2"]),
        ("dE/dout_o2", ["out_o2", "target_o2"]),
        ("dout_h1/dnet_h1", ["net_h1"]),
        ("dE/dnet_h1", ["dE/dout_h1", "dout_h1/dnet_h1"]),
        ("dE/dout_h2", ["dE/dnet_o1", "w6", "dE/dnet_o2", "w8"]),
        ("dE/dw8", ["dE/dnet_o2", "out_h2"]),
        ("dE/db2", ["dE/dnet_o1", "dE/dnet_o2"]),
        ("dE/dx2", ["dE/dnet_h1", "w2", "dE/dnet_h2", "w4"]),
        ("w8+", ["w8", "learning_rate", "dE/dw8"]),
    ],
)
def test_operands_are_the_ones_of_the_formula(name: str, operands: list[str]) -> None:
    """Each step names the quantities in its formula, none more and none less."""
    found = {operand.name for operand in traced(BY_HEAD)[name].operands}
    assert found == set(operands)
