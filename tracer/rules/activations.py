"""Activations: one row each, with its value in ``net`` and its slope in ``net`` and ``out``.

The slope is kept in the form that textbooks print, ``out*(1 - out)`` for the sigmoid. A user's own
formula becomes a row as well, its slope derived by `tracer.rules.calculus`. At a kink, where the
slope (or the value of a jump) is a convention, the row has a parameter ``at_zero``.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache

from msgspec import Struct

from tracer.errors import FormulaError
from tracer.maths.expression import Expression, substitute, symbols
from tracer.maths.parse import parse
from tracer.phrase import in_english
from tracer.rules.calculus import derivative
from tracer.rules.kinks import kinks


class ActivationRow(Struct, frozen=True):
    """A row of the table, as text.

    Attributes:
        name: as a spec calls it.
        value: in ``net`` and the parameters.
        slope: in ``net``, ``out`` and the parameters.
        parameters: their names, with the text of what they are unless the spec says otherwise.
        stable: the same value in a form that never overflows, where `value` can.
        convention: what a choice at a kink says, with ``{at_zero}`` for the choice.
    """

    name: str
    value: str
    slope: str
    parameters: tuple[tuple[str, str], ...] = ()
    stable: str = ""
    convention: str = ""


class Activation(Struct, frozen=True):
    """A row with its parameters put in: what a unit of a network has.

    Attributes:
        name: the row's name, or the user's formula as written.
        value: out, in ``net``.
        slope: dout/dnet, in ``net`` and ``out``.
        stable: what the value is computed by; the same as `value` unless that can overflow.
        parameters: the parameters' names and values.
        convention: the choice at the kink, in words; empty where the function is smooth.
    """

    name: str
    value: Expression
    slope: Expression
    stable: Expression
    parameters: tuple[tuple[str, Expression], ...] = ()
    convention: str = ""


TABLE = (
    ActivationRow("identity", "net", "1"),
    ActivationRow("sigmoid", "1/(1 + exp(-net))", "out*(1 - out)"),
    ActivationRow("bipolar_sigmoid", "2/(1 + exp(-net)) - 1", "1/2*(1 + out)*(1 - out)"),
    ActivationRow("tanh", "tanh(net)", "1 - out**2"),
    ActivationRow(
        "relu",
        "max(0, net)",
        "where(net > 0, 1, net < 0, 0, at_zero)",
        (("at_zero", "0"),),
        convention="relu'(0) = {at_zero}",
    ),
    ActivationRow(
        "leaky_relu",
        "where(net > 0, net, slope*net)",
        "where(net > 0, 1, net < 0, slope, at_zero)",
        (("slope", "0.1"), ("at_zero", "slope")),
        convention="leaky_relu'(0) = {at_zero}",
    ),
    ActivationRow(
        "elu",
        "where(net > 0, net, alpha*(exp(net) - 1))",
        "where(net > 0, 1, net < 0, out + alpha, at_zero)",
        (("alpha", "1"), ("at_zero", "alpha")),
        convention="elu'(0) = {at_zero}",
    ),
    ActivationRow(
        "hard_tanh",
        "max(-1, min(1, net))",
        "where(net < -1, 0, net == -1, at_kink, net < 1, 1, net == 1, at_kink, 0)",
        (("at_kink", "0"),),
        convention="hard_tanh'(-1) = hard_tanh'(1) = {at_kink}",
    ),
    ActivationRow(
        "step",
        "where(net > 0, 1, net < 0, 0, at_zero)",
        "0",
        (("at_zero", "1"),),
        convention="step(0) = {at_zero}; its slope is taken as 0 everywhere",
    ),
    ActivationRow(
        "sign",
        "where(net > 0, 1, net < 0, -1, at_zero)",
        "0",
        (("at_zero", "-1"),),
        convention="sign(0) = {at_zero}; its slope is taken as 0 everywhere",
    ),
    ActivationRow("square", "net**2", "2*net"),
    ActivationRow(
        "softplus",
        "ln(1 + exp(net))",
        "1/(1 + exp(-net))",
        stable="where(net > 0, net + ln(1 + exp(-net)), ln(1 + exp(net)))",
    ),
    ActivationRow(
        "log_sigmoid",
        "-ln(1 + exp(-net))",
        "1/(1 + exp(net))",
        stable="where(net > 0, -ln(1 + exp(-net)), net - ln(1 + exp(net)))",
    ),
    ActivationRow(
        "hard_sigmoid",
        "max(0, min(1, net/6 + 1/2))",
        "where(net < -3, 0, net == -3, at_kink, net < 3, 1/6, net == 3, at_kink, 0)",
        (("at_kink", "0"),),
        convention="hard_sigmoid'(-3) = hard_sigmoid'(3) = {at_kink}",
    ),
    ActivationRow("softsign", "net/(1 + abs(net))", "1/(1 + abs(net))**2"),
    ActivationRow("arctan", "atan(net)", "1/(1 + net**2)"),
    ActivationRow("silu", "net*sigmoid(net)", "out + sigmoid(net)*(1 - out)"),
    ActivationRow(
        "gelu_tanh",
        "1/2*net*(1 + tanh(c*(net + 0.044715*net**3)))",
        "1/2*(1 + tanh(c*(net + 0.044715*net**3))) + "
        "1/2*net*(1 - tanh(c*(net + 0.044715*net**3))**2)*c*(1 + 3*0.044715*net**2)",
        (("c", "sqrt(1/(2*atan(1)))"),),
    ),
    ActivationRow(
        "selu",
        "where(net > 0, scale*net, scale*alpha*(exp(net) - 1))",
        "where(net > 0, scale, net < 0, out + scale*alpha, at_zero)",
        (
            ("scale", "1.0507009873554805"),
            ("alpha", "1.6732632423543772"),
            ("at_zero", "scale*alpha"),
        ),
        convention="selu'(0) = {at_zero}",
    ),
    ActivationRow(
        "mish",
        "net*tanh(softplus(net))",
        "tanh(softplus(net)) + net*(1 - tanh(softplus(net))**2)*sigmoid(net)",
    ),
)

ROWS: Mapping[str, ActivationRow] = {row.name: row for row in TABLE}

ALIASES: Mapping[str, str] = {
    "linear": "identity",
    "logistic": "sigmoid",
    "leaky": "leaky_relu",
    "leakyrelu": "leaky_relu",
    "hardtanh": "hard_tanh",
    "heaviside": "step",
    "sgn": "sign",
    "bipolar": "bipolar_sigmoid",
    "swish": "silu",
    "logsigmoid": "log_sigmoid",
    "hardsigmoid": "hard_sigmoid",
    "atan": "arctan",
}


@cache
def activation(name: str, settings: tuple[tuple[str, Expression], ...] = ()) -> Activation:
    """The row of that name, with its parameters put in.

    Args:
        name: a row's name or an alias.
        settings: parameters that differ from the row's own, as (name, expression).

    Raises:
        KeyError: no row has that name.
        FormulaError: a setting that the row does not have.
    """
    row = ROWS[ALIASES.get(name, name)]
    unknown = [key for key, _ in settings if key not in dict(row.parameters)]
    if unknown:
        known = ", ".join(key for key, _ in row.parameters) or "none"
        raise FormulaError(f"{row.name} has no parameter '{unknown[0]}' (it has: {known})")
    values = _bound(row, dict(settings))
    put_in: dict[Hashable, Expression] = dict(values)
    value = substitute(parse(row.value), put_in)
    return Activation(
        name=row.name,
        value=value,
        slope=substitute(parse(row.slope), put_in),
        stable=substitute(parse(row.stable), put_in) if row.stable else value,
        parameters=values,
        convention=row.convention,
    )


def _bound(
    row: ActivationRow, settings: dict[str, Expression]
) -> tuple[tuple[str, Expression], ...]:
    """Every parameter's value; a default may name an earlier parameter."""
    values: dict[Hashable, Expression] = {}
    for key, text in row.parameters:
        values[key] = settings.get(key) or substitute(parse(text), values)
    return tuple((str(key), value) for key, value in values.items())


@cache
def own_activation(text: str) -> Activation:
    """A user's formula in ``net`` as a row: its slope by the rules of calculus.

    Raises:
        FormulaError: the text is no formula, or uses other names than ``net``.
    """
    value = parse(text)
    for name in symbols(value):
        if name != "net":
            raise FormulaError(f"an activation is a formula in net, this one uses '{name}'")
    convention = "; ".join(map(in_english, kinks(value)))
    return Activation(text, value, derivative(value, "net"), value, convention=convention)
