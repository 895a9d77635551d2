"""What a page says of the loss: its formula, and in which form its slopes are told."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.maths.expression import Expression, Symbol, substitute
from tracer.maths.plain import plain
from tracer.rules.losses import ROWS
from tracer.sheet.rows import Row
from tracer.spec.network import Layer, Network
from tracer.spec.placed import placed
from tracer.spec.short import pair_of, short_form, why_not


def loss_shown(network: Network) -> Expression:
    """The error of one output; with a learning rule, of its net input."""
    value = network.loss.value
    return substitute(value, {"out": Symbol("net")}) if network.training.learning_rule else value


def formula_of_loss(network: Network) -> str:
    """The error of one output, and its name where it has one."""
    formula = plain(loss_shown(network))
    named = f" ({network.loss.name.replace('_', ' ')})" if network.loss.name in ROWS else ""
    return formula + named


def loss_rows(network: Network) -> Iterator[Row]:
    """What the loss decides, and in which form its slopes are told."""
    loss = network.loss
    if loss.convention:
        parameters = {key: plain(value) for key, value in loss.parameters}
        yield "loss", loss.convention.format(**parameters)
    known = placed(network)
    for layer in known.layers:
        pair, short = pair_of(known, layer), short_form(known, layer)
        if pair is not None:
            names = f"{pair.activation} with {loss.name}".replace("_", " ")
            told = _short(short) if short is not None else _long(known, layer)
            yield "slopes", f"{names} {told}"


def _long(network: Network, layer: Layer) -> str:
    """The long form, and why it is not the short one, where nobody asked for it."""
    reason = "" if network.loss.form else why_not(network, layer, is_asked=False)
    return "in the long form, factor by factor" + (f": {reason}" if reason else "")


def _short(form: Expression) -> str:
    return f"in the short form, ∂E/∂net = {plain(form)}"
