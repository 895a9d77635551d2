"""Symbols of quantities, and formulas set with them."""

from __future__ import annotations

import pytest

from tracer.maths.expression import Symbol, substitute
from tracer.maths.parse import parse
from tracer.maths.printer import written
from tracer.notation.notation import TERMINAL, terminal, typed
from tracer.notation.numbers import Shown
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind, Quantity, plain_name

EVERY_KIND = {name: row for name, row in vars(kinds).items() if isinstance(row, Kind)}

SYMBOLS = {
    "LEARNING_RATE": "η",
    "BY_OUT": "∂E/∂out_u",
    "SLOPE": "∂out_u/∂net_u",
    "JACOBIAN": "∂out_u/∂net_s",
    "DELTA": "δ_u",
    "NEGATIVE_DELTA": "δ_u",
    "BY_INPUT": "∂E/∂u",
    "SAMPLE_GRADIENT": "∂E/∂u",
    "GRADIENT": "∂E/∂u",
    "DATA_GRADIENT": "∂E_data/∂u",
    "BY_KEPT": "∂E/∂kept_u",
    "KEPT_BY_OUT": "∂kept_u/∂out_u",
    "KEPT_BY_INPUT": "∂kept_u/∂u",
    "KEPT_SIGNAL_PATH": "error_kept_u through s",
    "KEPT_PATH": "∂E/∂kept_u through s",
    "NET_BY_KEPT": "∂net_u/∂kept_s",
    "PENALTY_SLOPE": "∂Rs/∂u",
    "STRENGTH": "λu",
    "MOVED_INPUT": "u⁺",
    "OUT_BY_KEPT": "∂out_u/∂kept_s",
    "OUT_BY_INPUT": "∂out_u/∂s",
    "OUT_BY_OUT": "∂out_u/∂out_s",
    "UPDATED": "u⁺",
    "PATH": "∂E/∂out_u through s",
    "SIGNAL_PATH": "error_u through s",
    "INPUT_PATH": "∂E/∂u through s",
    "USE": "∂E/∂u through s",
    "NET_BY_PARAMETER": "∂net_u/∂s",
    "NET_BY_OUT": "∂net_u/∂out_s",
    "NET_BY_INPUT": "∂net_u/∂s",
    "ERROR_BY_OUT": "∂E_u/∂out_s",
    "SAMPLE_CHANGE": "Δu",
    "CHANGE": "Δu",
    "CHANGE_OF_USE": "Δu from s",
    "DIRECTION": "sign of Δu",
    "EPOCH_WRONG": "errors in epoch u",
    "EPOCH_ERROR": "E in epoch u",
    "ADJOINT": "∂s/∂u",
    "CONTRIBUTION": "∂s/∂u",
    "TANGENT": "∂u/∂s",
    "LOCAL": "∂u/∂s",
}


@pytest.mark.parametrize("name", sorted(EVERY_KIND))
def test_every_kind_has_its_symbol(name: str) -> None:
    """On a terminal each kind has its symbol; the others go by their plain names."""
    quantity = Quantity(EVERY_KIND[name], "u", "s")
    assert terminal(False).symbol(quantity) == SYMBOLS.get(name, plain_name(quantity))


def test_contributions_have_raised_marks() -> None:
    """A contribution says which use it is of, and no other kind's name is changed."""
    assert terminal(False).symbol(Quantity(kinds.CONTRIBUTION, "x1^a", "y")) == "∂y/∂x1ᵃ"
    assert terminal(False).symbol(Quantity(kinds.ADJOINT, "x1", "y")) == "∂y/∂x1"


def test_the_table_has_no_other_kinds() -> None:
    """Every kind with a symbol of its own is in the table of kinds."""
    assert {name for name, row in EVERY_KIND.items() if row in TERMINAL} == set(SYMBOLS)


@pytest.mark.parametrize("name", sorted(EVERY_KIND))
def test_typed_symbols_are_plain_names(name: str) -> None:
    """The notation that people type is that of the plain names, indices and all."""
    quantity = Quantity(EVERY_KIND[name], "u", "s", sample=2, step=3)
    assert typed(True, True).symbol(quantity) == plain_name(quantity)
    assert typed(False, False).symbol(quantity) == plain_name(quantity, False, False)


@pytest.mark.parametrize(
    ("samples", "steps", "symbol"),
    [
        (True, True, "δ_h[2]@3"),
        (True, False, "δ_h[2]"),
        (False, True, "δ_h@3"),
        (False,) * 2 + ("δ_h",),
    ],
)
def test_symbols_say_sample_and_step_where_asked(samples: bool, steps: bool, symbol: str) -> None:
    """The sample and the step are part of a symbol only where there are several."""
    found = terminal(samples, steps).symbol(Quantity(kinds.DELTA, "h", sample=2, step=3))
    assert found == symbol


@pytest.mark.parametrize(
    ("unit", "raised"),
    [("x1^a", "x1ᵃ"), ("x^ab", "xᵃᵇ"), ("v_2^z", "v_2ᶻ")],
)
def test_marks_of_uses_are_raised(unit: str, raised: str) -> None:
    """The letter of a use stands above the line, and in typed text after a caret."""
    assert terminal(False).marked(unit) == raised
    assert typed(False, False).marked(unit) == unit


def test_q_has_no_raised_letter() -> None:
    """A mark with q in it, of which there is no raised form, keeps its caret."""
    assert terminal(False).marked("x^q") == "x^q"
    assert terminal(False).marked("x^aq") == "x^aq"


QUANTITIES = {
    "a": Symbol(Quantity(kinds.DELTA, "o1")),
    "b": Symbol(Quantity(kinds.WEIGHT, "w5")),
    "c": Symbol(Shown("-0.5", False, 20)),
    "d": Symbol(Shown("1/3", True, 31)),
}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a*b", "δ_o1·w5"),
        ("a**2*b", "δ_o1^2·w5"),
        ("a*c", "δ_o1·(-0.5)"),
        ("c*a", "-0.5·δ_o1"),
        ("c**2", "(-0.5)^2"),
        ("a - c", "δ_o1 - (-0.5)"),
        ("d*a", "1/3·δ_o1"),
        ("a*d", "δ_o1·(1/3)"),
        ("a/d", "δ_o1/(1/3)"),
        ("exp(-b)", "exp(-w5)"),
        ("max(0, b)", "max(0, w5)"),
        ("where(b > 0, a, b < 0, c, 0)", "{δ_o1 if w5 > 0; -0.5 if w5 < 0; 0 otherwise}"),
        ("0.20*b", "0.20·w5"),
    ],
)
def test_formulas_on_a_terminal(text: str, printed: str) -> None:
    """A formula over quantities and shown numbers, with brackets only where they must be."""
    formula = substitute(parse(text), dict(QUANTITIES.items()))
    assert written(formula, terminal(False).style()) == printed


def test_typed_formulas() -> None:
    """The typed form can be read back."""
    formula = substitute(parse("a**2*b"), dict(QUANTITIES.items()))
    assert written(formula, typed(False, False).style()) == "(dE/dnet_o1)**2*w5"


def test_chains_have_more_air() -> None:
    """The factors of a chain of partials stand apart."""
    formula = substitute(parse("a*b"), dict(QUANTITIES.items()))
    assert written(formula, terminal(False).style(chain=True)) == "δ_o1 · w5"


def test_other_symbols_print_themselves() -> None:
    """A symbol that is neither quantity nor number, such as a letter, is printed as it is."""
    assert written(parse("2*net"), terminal(False).style()) == "2·net"
