"""Formulas in roles: which roles there are, in which order, and what stands in them."""

from __future__ import annotations

import pytest

from tracer.derive.template import (
    Template,
    activation_slope,
    activation_value,
    fixed,
    loss_slope,
    loss_value,
    loss_worked,
    mean,
    repeated,
    template,
)
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.rules.activations import activation, own_activation
from tracer.rules.losses import loss, own_loss


def shown(formula: Template) -> str:
    """A template as text, a numbered role as ``weight_0``."""
    return plain(
        formula.shown, lambda role: "_".join(map(str, role)) if isinstance(role, tuple) else role
    )


def test_roles_come_in_the_order_of_first_use() -> None:
    """The operands of a template are wanted in the order in which the formula meets them."""
    assert template(parse("b*a + b*c")).roles == ("b", "a", "c")
    assert fixed("old - learning_rate*gradient").roles == ("old", "learning_rate", "gradient")


def test_a_computed_form_adds_its_roles() -> None:
    """What only the computed form asks for comes after what the shown one asks for."""
    both = template(parse("a + 1"), parse("b + a"))
    assert both.roles == ("a", "b")
    assert plain(both.shown) == "a + 1"
    assert plain(both.computed) == "b + a"


def test_operands_stand_in_for_roles() -> None:
    """A template over operands is its formula with each role replaced by what stands in it."""
    assert plain(fixed("by_out*slope").over(["dE/dout_o1", "s"])) == "dE/dout_o1*s"


def test_operands_are_as_many_as_roles() -> None:
    """Too few operands, or too many, are no formula."""
    with pytest.raises(ValueError, match="zip"):
        fixed("by_out*slope").over(["s"])


@pytest.mark.parametrize(
    ("count", "ending", "text"),
    [
        (3, "bias", "weight_0*source_0 + weight_1*source_1 + weight_2*source_2 + bias"),
        (2, "-threshold", "weight_0*source_0 + weight_1*source_1 - threshold"),
        (1, "", "weight_0*source_0"),
        (0, "bias", "bias"),
        (0, "", "0"),
    ],
)
def test_sums_repeat_their_term(count: int, ending: str, text: str) -> None:
    """A sum has its term as often as asked and one term more; without terms it is 0."""
    assert shown(repeated("weight*source", count, ending)) == text


def test_equal_sums_are_one_template() -> None:
    """Every unit of a layer shares one template, compiled and printed once."""
    assert repeated("delta*weight", 4) is repeated("delta*weight", 4)
    assert repeated("delta*weight", 4) is not repeated("delta*weight", 5)


def test_means_divide_by_their_number() -> None:
    """A mean of one term is that term."""
    assert shown(mean("gradient", 3)) == "(gradient_0 + gradient_1 + gradient_2)/3"
    assert shown(mean("gradient", 1)) == "gradient_0"


def test_activations_ask_for_what_they_use() -> None:
    """A slope takes net, out, both or neither, net first."""
    assert activation_value(activation("tanh")).roles == ("net",)
    assert activation_value(own_activation("7")).roles == ()
    assert activation_slope(activation("sigmoid")).roles == ("out",)
    assert activation_slope(activation("square")).roles == ("net",)
    assert activation_slope(activation("elu")).roles == ("net", "out")
    assert activation_slope(activation("identity")).roles == ()


def test_values_are_computed_by_the_stable_form() -> None:
    """Softplus is shown in the textbook form and computed in the one without overflow."""
    formula = activation_value(activation("softplus"))
    assert plain(formula.shown) == "ln(1 + exp(net))"
    assert plain(formula.computed).startswith("where(net > 0")


def test_losses_know_the_number_of_outputs() -> None:
    """The n of a loss is the number of the network's outputs."""
    assert shown(loss_value(loss("mse"), 3)) == "1/3*(target - out)**2"
    assert shown(loss_slope(loss("mse"), 3)) == "2/3*(out - target)"
    assert shown(loss_worked(loss("mse"), 3)) == "1/3*2*(target - out)*(-1)"
    assert loss_value(loss("mse"), 3).roles == ("out", "target")
    assert loss_value(own_loss("out**2"), 3).roles == ("out",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("half_squared_error", "target - out"),
        ("squared_error", "2*(target - out)"),
        ("mean_squared_error", "2/3*(target - out)"),
        ("binary_cross_entropy", "(target - out)/(out*(1 - out))"),
    ],
)
def test_an_error_signal_is_written_without_its_minus(name: str, text: str) -> None:
    """Minus the slope of a loss is target - out, the way it is written by hand."""
    assert shown(loss_slope(loss(name), 3, "-slope")) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("out**2", "-2*out"),
        ("-out", "1"),
        ("out*3", "-3"),
        ("-ln(out)", "1/out"),
        ("(1 - out)**3", "3*(1 - out)**2"),
    ],
)
def test_an_error_signal_of_ones_own_loss(formula: str, text: str) -> None:
    """Minus any other slope loses a minus that it has, and keeps one where it has none."""
    assert shown(loss_slope(own_loss(formula), 1, "-slope")) == text
