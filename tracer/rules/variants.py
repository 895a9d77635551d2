"""Other rules than the textbook's: conventions of other books, and mistakes that got printed.

A variant is a few changed rows. The trace runs them like any others, which shows whether a
published number came about that way.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from tracer.rules.backprop import TEXTBOOK, Backprop, Rule
from tracer.rules.quantity import (
    KEPT_SIGNAL,
    KEPT_SIGNAL_PATH,
    NEGATIVE_DELTA,
    SIGNAL,
    SIGNAL_PATH,
    Kind,
)


class Variant(Struct, frozen=True):
    """Changed rows.

    Attributes:
        name: as ``rule:`` calls it.
        why: one sentence on what is different.
        changes: the new rows, by the names of the old ones.
    """

    name: str
    why: str
    changes: Mapping[str, Rule | Kind]

    def of(self, rules: Backprop) -> Backprop:
        """The rules with these rows changed."""
        return replace(rules, **self.changes)


NEGATIVE_GRADIENT = Variant(
    "negative_gradient",
    "delta is the negative gradient, (target - out)*slope; a weight's derivative is -delta*source",
    {
        "signal": SIGNAL,
        "signal_path": SIGNAL_PATH,
        "kept_signal": KEPT_SIGNAL,
        "kept_signal_path": KEPT_SIGNAL_PATH,
        "delta": NEGATIVE_DELTA,
        "loss_slope": Rule(
            "error signal",
            "-slope",
            "how far the output should rise: minus the slope of its own error",
        ),
        "right_slope": Rule(
            "error signal",
            "-slope",
            "how far the right output should rise: the error of every other one contains it",
        ),
        "short_form": Rule(
            "short form",
            "-slope",
            "minus the slopes of loss and activation, multiplied out",
        ),
        "chain": Rule("delta", "by_out*slope", "the error signal times the activation's slope"),
        "paths": Rule(
            "sum over paths",
            "delta*weight",
            "the deltas of the units it feeds, brought back through their weights",
        ),
        "input_paths": Rule(
            "sum over paths", "-delta*weight", "delta is minus the derivative by net"
        ),
        "gathered_paths": Rule(
            "sum over paths", "by_out*share", "the error signals of all that gather the output"
        ),
        "gathered_input_paths": Rule(
            "sum over paths", "-by_out*share", "the error signal is minus the derivative by out"
        ),
        "weight_gradient": Rule(
            "chain rule", "-delta*source", "delta is minus the derivative by net"
        ),
        "bias_gradient": Rule("chain rule", "-delta", "delta is minus the derivative by net"),
        "threshold_gradient": Rule(
            "chain rule", "delta", "the net input falls by as much as the threshold grows"
        ),
    },
)
"""The convention of books that write delta = out(1 - out)(target - out)."""

LEFT_OUT = ("delta", "update", "weight_gradient", "bias_gradient", "threshold_gradient")
"""The rows that an update straight from delta leaves out: a change in one of them must show."""


def may_leave_out(rules: Backprop) -> bool:
    """Whether an update straight from delta says what these rules say, step by step."""
    usual = NEGATIVE_GRADIENT.of(TEXTBOOK)
    return all(getattr(rules, row) == getattr(usual, row) for row in LEFT_OUT)


VARIANTS: Mapping[str, Variant] = {
    variant.name: variant
    for variant in (
        Variant(
            "error_passed_on",
            "hidden units get the raw error of the units they feed, without slope and weight",
            {
                "paths": Rule(
                    "error passed on", "by_out", "the raw errors of the units it feeds, added up"
                ),
            },
        ),
    )
}
"""Rules that are wrong and have been printed, by name."""


def conventional(negative_delta: bool, learning_rule: str = "") -> Backprop:
    """The right rules under a sign of delta, or those of a learning rule."""
    if learning_rule:
        from tracer.rules.learning import LEARNING_RULES

        return LEARNING_RULES[learning_rule].of(TEXTBOOK)
    return NEGATIVE_GRADIENT.of(TEXTBOOK) if negative_delta else TEXTBOOK
