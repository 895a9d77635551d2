"""What a page says of the loss: its formula, and in which form its slopes are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracer.maths.expression import Expression, Symbol, substitute
from tracer.phrase import Phrase, Typed, alone, phrase
from tracer.rules.losses import ROWS
from tracer.sheet.rows import Row
from tracer.spec.network import Layer, Network
from tracer.spec.placed import placed
from tracer.spec.short import pair_of, short_form, why_not


def loss_shown(network: Network) -> Expression:
    """The error of one output; with a learning rule, of its net input."""
    value = network.loss.value
    return substitute(value, {"out": Symbol("net")}) if network.training.learning_rule else value


def formula_of_loss(network: Network) -> Phrase:
    """The error of one output, and its name where it has one."""
    formula, name = Typed(loss_shown(network)), network.loss.name
    if name not in ROWS:
        return alone(formula)
    return phrase("{formula} ({loss})", formula=formula, loss=Phrase(name.replace("_", " ")))


def loss_rows(network: Network) -> Iterator[Row]:
    """What the loss decides, and in which form its slopes are told."""
    loss = network.loss
    if loss.convention:
        parameters = {key: Typed(value) for key, value in loss.parameters}
        yield Phrase("loss"), phrase(loss.convention, **parameters)
    known = placed(network)
    for layer in known.layers:
        pair, short = pair_of(known, layer), short_form(known, layer)
        if pair is not None and (pair.is_expected or short is not None):
            names = {
                "activation": Phrase(pair.activation.replace("_", " ")),
                "loss": Phrase(loss.name.replace("_", " ")),
            }
            told = _long(known, layer, names) if short is None else _short(short, names)
            yield Phrase("slopes"), told


def _long(network: Network, layer: Layer, names: Mapping[str, Phrase]) -> Phrase:
    """The long form, and why it is not the short one, where nobody asked for it."""
    reason = None if network.loss.form else why_not(network, layer, is_asked=False)
    told = phrase("{activation} with {loss} in the long form, factor by factor", **names)
    return phrase("{told}: {reason}", told=told, reason=reason) if reason else told


def _short(form: Expression, names: Mapping[str, Phrase]) -> Phrase:
    text = "{activation} with {loss} in the short form, ∂E/∂net = {formula}"
    return phrase(text, formula=Typed(form), **names)
