"""Activations by name, with parameters, and as users' formulas."""

from __future__ import annotations

import pytest

from tracer.errors import FormulaError
from tracer.maths.expression import Number, Symbol, number, symbols
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.rules import activations
from tracer.rules.activations import ALIASES, ROWS, TABLE, activation, own_activation


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_rows_are_read_with_their_defaults(row: activations.ActivationRow) -> None:
    """Each row reads by its own name, in net (and out) alone once its parameters are put in."""
    found = activation(row.name)
    assert found.name == row.name
    assert set(symbols(found.value)) <= {"net"}
    assert set(symbols(found.stable)) <= {"net"}
    assert set(symbols(found.slope)) <= {"net", "out"}
    assert [name for name, _ in found.parameters] == [name for name, _ in row.parameters]


@pytest.mark.parametrize("alias", sorted(ALIASES))
def test_aliases_are_the_rows_they_name(alias: str) -> None:
    """An alias gives the very row; no alias hides a row's own name."""
    assert activation(alias) is not None
    assert activation(alias) == activation(ALIASES[alias])
    assert alias not in ROWS


@pytest.mark.parametrize(
    ("name", "convention"),
    [
        ("relu", "relu'(0) = {at_zero}"),
        ("hard_tanh", "hard_tanh'(-1) = hard_tanh'(1) = {at_kink}"),
        ("step", "step(0) = {at_zero}; its slope is taken as 0 everywhere"),
        ("tanh", ""),
    ],
)
def test_kinks_are_told(name: str, convention: str) -> None:
    """A row with a kink says its convention, a smooth one says nothing."""
    assert activation(name).convention == convention


def test_settings_replace_defaults() -> None:
    """A setting is put into value and slope, and a default that names it follows."""
    leaky = activation("leaky_relu", (("slope", parse("0.2")),))
    assert plain(leaky.value) == "where(net > 0, net, 0.2*net)"
    assert plain(leaky.slope) == "where(net > 0, 1, net < 0, 0.2, 0.2)"
    assert dict(leaky.parameters)["at_zero"] == Number(parse("0.2").value, "0.2")  # type: ignore[union-attr]


def test_a_setting_of_zero_is_a_setting() -> None:
    """A parameter that is set to 0 is 0, and not the default."""
    leaky = activation("leaky_relu", (("slope", number(0)), ("at_zero", number(1))))
    assert plain(leaky.slope) == "where(net > 0, 1, net < 0, 0, 1)"


def test_unknown_settings_are_refused() -> None:
    """A setting that the row does not have is an error that lists those it has."""
    with pytest.raises(FormulaError, match=r"relu has no parameter 'slope' \(it has: at_zero\)"):
        activation("relu", (("slope", number(1)),))
    with pytest.raises(FormulaError, match=r"tanh has no parameter 'x' \(it has: none\)"):
        activation("tanh", (("x", number(1)),))


def test_unknown_names_are_no_rows() -> None:
    """A name that no row has is a KeyError, for the reader to tell."""
    with pytest.raises(KeyError):
        activation("sigmod")


def test_the_stable_form_is_for_computing() -> None:
    """Softplus is shown as printed in books and computed without overflow; others are as shown."""
    softplus = activation("softplus")
    assert plain(softplus.value) == "ln(1 + exp(net))"
    assert plain(softplus.stable).startswith("where(net > 0, net + ")
    assert activation("sigmoid").stable == activation("sigmoid").value


def test_a_users_formula_is_a_row() -> None:
    """A formula in net is its own name and value, and its slope is derived."""
    found = own_activation("3*net**2 + 1")
    assert found.name == "3*net**2 + 1"
    assert plain(found.value) == found.name
    assert plain(found.slope) == "3*2*net"
    assert found.stable == found.value
    assert found.parameters == ()


def test_a_constant_is_an_activation() -> None:
    """A formula without net is allowed, and its slope is 0."""
    assert own_activation("7").slope == number(0)


@pytest.mark.parametrize("text", ["net + x", "out", "Net"])
def test_other_names_than_net_are_refused(text: str) -> None:
    """An activation that uses another name is an error that says which."""
    with pytest.raises(FormulaError, match=r"an activation is a formula in net, this one uses '"):
        own_activation(text)


def test_what_is_no_formula_is_refused() -> None:
    """Text that does not parse is a FormulaError."""
    with pytest.raises(FormulaError):
        own_activation("net +")


def test_settings_may_be_letters_of_the_row() -> None:
    """What is put in is put in once: a setting that is called net is not replaced again."""
    found = activation("elu", (("alpha", Symbol("net")),))
    assert plain(found.value) == "where(net > 0, net, net*(exp(net) - 1))"
