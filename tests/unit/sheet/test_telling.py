"""How a step is told: which lines, and which sign before each."""

from __future__ import annotations

import pytest

from tests.unit.making import BY_HEAD, SIGMOID, calculated, program, step, told, traced
from tracer.notation.numbers import NumberFormat
from tracer.sheet.page import Wanted
from tracer.sheet.telling import tell

IDENTITY = "inputs: [x]\nlayers: [{units: [o], weights: [[3]]}]\n"
AT = "samples: [{input: 2, target: 1}]\n"


@pytest.mark.parametrize(
    ("symbol", "lines"),
    [
        ("net_h2", ["net_h2 = w3·x1 + w4·x2 + b_h2", "= 3·1 + (-1)·2 + 1", "= 2"]),
        ("out_h1", ["out_h1 = net_h1^2", "= 6^2", "= 36"]),
        ("E_o2", ["E_o2 = 1/2·(target_o2 - out_o2)^2", "= 1/2·(-20 - (-22))^2", "= 2"]),
        ("E", ["E = E_o1 + E_o2", "= 18 + 2", "= 20"]),
        ("∂E/∂out_o1", ["∂E/∂out_o1 = out_o1 - target_o1", "= 46 - 40", "= 6"]),
        ("∂out_o1/∂net_o1", ["∂out_o1/∂net_o1 = 1"]),
        ("δ_h1", ["δ_h1 = ∂E/∂out_h1·∂out_h1/∂net_h1", "= 8·12", "= 96"]),
        (
            "∂E/∂out_h1",
            [
                "∂E/∂out_h1 = δ_o1 · ∂net_o1/∂out_h1 + δ_o2 · ∂net_o2/∂out_h1",
                *("= δ_o1·w5 + δ_o2·w7", "= 6·1 + (-2)·(-1)", "= 8"),
            ],
        ),
        (
            "∂E/∂w5",
            [
                "∂E/∂w5 = ∂E/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w5",
                *("= δ_o1·out_h1", "= 6·36", "= 216"),
            ],
        ),
        (
            "∂E/∂b2",
            [
                "∂E/∂b2 = ∂E/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂b2",
                "+ ∂E/∂out_o2 · ∂out_o2/∂net_o2 · ∂net_o2/∂b2",
                *("= δ_o1 + δ_o2", "= 6 + (-2)", "= 4"),
            ],
        ),
        (
            "∂E/∂x2",
            [
                "∂E/∂x2 = δ_h1 · ∂net_h1/∂x2 + δ_h2 · ∂net_h2/∂x2",
                *("= δ_h1·w2 + δ_h2·w4", "= 96·2 + 24·(-1)", "= 168"),
            ],
        ),
        ("w5⁺", ["w5⁺ = w5 - η·∂E/∂w5", "= 1 - 0.1·216", "= -20.6"]),
    ],
)
def test_the_lines_of_a_step(symbol: str, lines: list[str]) -> None:
    """A step is told as chain of partials, short formula, numbers put in, and result."""
    assert told(traced(BY_HEAD), symbol) == lines


def test_a_value_that_is_taken_over_is_told_once() -> None:
    """Where the formula is a single quantity, its number is the result."""
    assert told(traced(IDENTITY + AT), "out_o") == ["out_o = net_o", "= 6"]
    assert told(traced(IDENTITY + AT), "∂E/∂w1")[1:] == ["= δ_o·x", "= 5·2", "= 10"]


def test_a_negated_value_is_told_once() -> None:
    """Where the formula is minus a quantity, the number put in is the result."""
    threshold = IDENTITY.replace("[[3]]", "[[3]], threshold: t = 1") + AT
    assert told(traced(threshold), "∂E/∂t")[1:] == ["= -δ_o", "= -4"]


def test_a_constant_is_told_once() -> None:
    """A formula that is a number is its own result, with its digits as written, also negative."""
    assert told(calculated(program("y = 0.50")), "y") == ["y = 0.50"]
    assert told(calculated(program("y = -3")), "y") == ["y = -3"]
    assert told(calculated(program("y = 2*3 + 1")), "y") == ["y = 2·3 + 1", "= 7"]
    assert told(calculated(program("y = 1/3")), "y") == ["y = 1/3"]


class TestSigns:
    """= where the line says exactly what the one before says, ≈ where something was rounded."""

    def test_rounding_for_the_page(self) -> None:
        """Exact operands are put in exactly, and a result that is rounded for the page is ≈."""
        trace = traced(SIGMOID, "decimal")
        assert told(trace, "net_o") == ["net_o = w1·x + b1", "= 0.5·1.5 + (-0.25)", "= 0.5"]
        assert told(trace, "out_o") == [
            *("out_o = 1/(1 + exp(-net_o))", "= 1/(1 + exp(-0.5))", "≈ 0.622459331"),
        ]

    def test_rounded_operands(self) -> None:
        """Operands that are rounded for the page make their line ≈, and what follows."""
        assert told(traced(SIGMOID, "decimal"), "∂E/∂out_o") == [
            *("∂E/∂out_o = out_o - target_o", "≈ 0.622459331 - 1", "≈ -0.377540669"),
        ]

    def test_fewer_digits(self) -> None:
        """A number that is exact in nine digits may be rounded in two."""
        trace = traced(BY_HEAD.replace("learning_rate: 0.1", "learning_rate: 0.125"), "decimal")
        assert told(trace, "w5⁺", Wanted(NumberFormat(significant=2)))[-1] == "= -26"
        assert told(trace, "∂E/∂w1", Wanted(NumberFormat(significant=1)))[-1] == "= 96"
        halves = traced(BY_HEAD.replace("learning_rate: 0.1", "learning_rate: 0.0625"), "decimal")
        assert told(halves, "w6⁺", Wanted(NumberFormat(decimals=0)))[-1] == "≈ 1"
        assert told(halves, "w5⁺", Wanted(NumberFormat(decimals=0)))[-1] == "≈ -13"

    def test_by_hand_rounds_each_step(self) -> None:
        """By hand the numbers put in are the ones on the page, so only a rounded result is ≈."""
        trace = traced(SIGMOID, "by-hand:3")
        assert told(trace, "out_o")[1:] == ["= 1/(1 + exp(-0.500))", "≈ 0.622"]
        assert told(trace, "∂E/∂out_o")[1:] == ["= 0.622 - 1", "= -0.378"]
        assert told(trace, "∂out_o/∂net_o")[1:] == ["= 0.622·(1 - 0.622)", "≈ 0.235"]

    def test_intervals(self) -> None:
        """An interval contains its value."""
        trace = traced(SIGMOID, "interval:12")
        assert told(trace, "net_o")[-1] == "= 0.5"
        assert told(trace, "out_o")[-1] == "∈ [0.622459331, 0.622459332]"

    def test_exact_fractions(self) -> None:
        """Fractions are exact, also where they have no end as decimals."""
        trace = calculated(program("y = x/3 + 1/7", x="1/2"))
        assert told(trace, "y") == ["y = v1 + 1/7", "= 1/6 + 1/7", "= 13/42"]

    def test_floats(self) -> None:
        """A float that is no short decimal is rounded for the page."""
        trace = traced(BY_HEAD, "float")
        assert told(trace, "w5⁺") == ["w5⁺ = w5 - η·∂E/∂w5", "= 1 - 0.1·216", "≈ -20.6000000"]


def test_numbers_are_put_in_as_written() -> None:
    """A given number keeps the digits and the form in which its author wrote it."""
    text = "inputs: [x]\nlayers: [{units: [o], weights: [[0.20]], bias: 1/3}]\n"
    trace = traced(text + "samples: [{input: -1e-3, target: 1}]\n")
    assert told(trace, "net_o") == ["net_o = w1·x + b1", "= 0.20·(-1e-3) + 1/3", "= 4997/15000"]


def test_the_longer_telling_has_parts() -> None:
    """Asked for at length, a step carries the lines of its parts, each told in full."""
    telling = tell(step(traced(BY_HEAD), "dE/dout_h1"), NumberFormat(), long=True)
    assert [part.step.name for part in telling.parts] == ["dE/dout_h1:o1", "dE/dout_h1:o2"]
    assert [len(part.lines) for part in telling.parts] == [3, 3]
    assert tell(step(traced(BY_HEAD), "dE/dout_h1"), NumberFormat()).parts == ()


def test_a_chain_that_is_the_formula_is_told_once() -> None:
    """Where the chain of partials is the formula itself, it is not repeated."""
    trace = calculated(program("a = 2*x", "y = a*z", x="1", z="3"))
    assert told(trace, "∂y/∂x")[0] == "∂y/∂x = ∂y/∂a · ∂a/∂x"
    assert told(trace, "∂y/∂a") == ["∂y/∂a = ∂y/∂y·z", "= 1·3", "= 3"]
