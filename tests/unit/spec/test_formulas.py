"""Activations and losses: a name of the tables, a name with parameters, or a formula."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.maths.expression import Number
from tracer.rules import activations, losses
from tracer.rules.activations import Activation, activation, own_activation
from tracer.spec import Network


def layer(text: str) -> str:
    """A network with one layer of two units and this activation."""
    return f"inputs: 1\nlayers:\n  - units: [a, b]\n    activation: {text}\n"


def chosen(text: str) -> tuple[Activation, ...]:
    """The activations of the two units."""
    return network(layer(text)).layers[0].activations


def with_loss(text: str) -> str:
    """A network with this loss."""
    return f"inputs: 1\nlayers: [{{units: 1}}]\nloss: {text}\n"


def test_the_standard_is_identity_and_half_the_squared_error() -> None:
    """What is left out is the simplest activation, and the loss of most textbooks."""
    read: Network = network("inputs: 1\nlayers: [{units: 1}]")
    assert read.layers[0].activations == (activation("identity"),)
    assert read.loss == losses.loss("half_squared_error")


@pytest.mark.parametrize("name", activations.ROWS)
def test_every_activation_has_its_name(name: str) -> None:
    """Each row of the table is chosen by its name, in small or capital letters."""
    assert chosen(name) == chosen(name.upper()) == (activation(name),) * 2


@pytest.mark.parametrize(("alias", "name"), activations.ALIASES.items())
def test_activations_have_other_names(alias: str, name: str) -> None:
    """The aliases of the table are understood."""
    assert chosen(alias) == chosen(name)


@pytest.mark.parametrize("formula", ["net**2", "3*net + 1", "max(0, net)", "net", "2"])
def test_a_formula_is_an_activation(formula: str) -> None:
    """A formula in net becomes a row of its own."""
    assert chosen(formula) == (own_activation(formula),) * 2
    assert chosen(formula)[0].name == formula


def test_parameters_of_an_activation() -> None:
    """A mapping with a name sets the parameters of a row, as numbers with their digits."""
    expected = activation("leaky_relu", (("slope", Number(Fraction(1, 5), "0.20")),))
    assert chosen("{name: leaky, slope: 0.20}") == (expected, expected)
    assert chosen("{name: tanh}") == (activation("tanh"),) * 2


def test_one_activation_for_each_unit() -> None:
    """A list goes by position, a mapping by name; a unit it leaves out has the identity."""
    tanh, square = activation("tanh"), activation("square")
    assert chosen("[tanh, square]") == chosen("{b: square, a: tanh}") == (tanh, square)
    assert chosen("{b: square}") == (activation("identity"), square)
    settled = activation("elu", (("alpha", Number(Fraction(2), "2")),))
    assert chosen("[tanh, {name: elu, alpha: 2}]") == (tanh, settled)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "sigmod",
            "4:17: layers[0].activation: unknown activation 'sigmod' (did you mean 'sigmoid'?)",
        ),
        (
            "Sigmod",
            "4:17: layers[0].activation: unknown activation 'Sigmod' (did you mean 'sigmoid'?)",
        ),
        ("qqq", "4:17: layers[0].activation: unknown activation 'qqq'; known: identity, sigmoid"),
        ("net + x", "4:23: layers[0].activation: this formula is in net, and has no 'x'"),
        (
            "net ** nett",
            "4:24: layers[0].activation: this formula is in net, and has no 'nett' (did",
        ),
        ("net +", "4:22: layers[0].activation: expected a number, a name or '('"),
        ("'net + )'", "4:24: layers[0].activation: "),
        ("__import__('os')", "4:28: layers[0].activation: "),
        ("net.real", "4:20: layers[0].activation: "),
        ("[tanh]", "4:17: layers[0].activation: found 1 activations for 2 units"),
        ("[tanh, qqq]", "4:24: layers[0].activation[1]: unknown activation 'qqq'"),
        ("[]", "4:17: layers[0].activation: expected a list with an activation for each unit"),
        (
            "[tanh, {slope: 1}]",
            "4:24: layers[0].activation[1]: expected an activation with its par",
        ),
        ("{b: {x: 1}}", "4:21: layers[0].activation.b: expected an activation with its parameters"),
        ("{c: tanh}", "4:18: layers[0].activation: this layer has no unit 'c'; known: a, b"),
        (
            "{name: leaky, slop: 1}",
            "4:31: layers[0].activation: leaky_relu has no parameter 'slop' (did",
        ),
        (
            "{name: tanh, slope: 1}",
            "4:30: layers[0].activation: tanh has no parameter 'slope' (it has none)",
        ),
        (
            "{name: leaky, slope: s}",
            "4:38: layers[0].activation.slope: expected a number, found the",
        ),
        ("{name: net**2, slope: 1}", "4:32: layers[0].activation: net**2 has no parameter 'slope'"),
        (
            "{name: [a]}",
            "4:24: layers[0].activation.name: expected an activation's name or a formula",
        ),
        ("", "4:16: layers[0].activation: expected an activation, one for each unit, or a mapping"),
    ],
)
def test_wrong_activations_are_told_at_their_column(text: str, said: str) -> None:
    """An unknown name, and a wrong character in a formula, are told where they stand."""
    assert problem(layer(text)).startswith(said)


def test_every_unit_is_told() -> None:
    """Wrong activations of several units are told together."""
    assert len(problems(layer("[aaa, bbb]"))) == 2


@pytest.mark.parametrize("name", [*losses.ROWS, *losses.ALIASES])
def test_every_loss_has_its_name(name: str) -> None:
    """Each row and alias of the table is chosen by its name."""
    text = f"inputs: 1\nlayers: [{{units: 2}}]\nloss: {name}\nsamples: [{{input: 1, class: o1}}]\n"
    assert network(text).loss == losses.loss(name)


def test_a_formula_is_a_loss() -> None:
    """A formula in out, target and n becomes a row of its own."""
    assert network(with_loss("(target - out)**4/n")).loss == losses.own_loss("(target - out)**4/n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mes", "3:7: loss: unknown loss 'mes' (did you mean 'mse'?)"),
        ("(t - out)**2", "3:8: loss: this formula is in out and target and n, and has no 't'"),
        ("abs(out - target", "3:7: loss: the bracket of abs"),
        ("[mse]", "3:7: loss: expected a loss's name or a formula in out and target, found a list"),
    ],
)
def test_wrong_losses_are_told(text: str, said: str) -> None:
    """An unknown loss, and a wrong name in a formula, are told where they stand."""
    assert problem(with_loss(text)).startswith(said)
