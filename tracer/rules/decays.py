"""Decays of the learning rate: one row each, as optimisers are, but one rate for all parameters.

The last line gives ``rate``, the learning rate of the training step. ``t`` counts the training
steps that are done: the first one goes at the full rate. ``t_new`` counts the present one, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tracer.rules.backprop import Rule
from tracer.rules.optimisers import STATES
from tracer.rules.quantity import Kind
from tracer.rules.sub_steps import COUNT, Line, Setting, State, after, setting

RATE = Kind("learning rate of a step", "learning_rate_t")


class Decay(Struct, frozen=True):
    """A way in which the learning rate falls from step to step.

    Attributes:
        name: as the spec calls it.
        lines: its sub-steps, in order.
        settings: what an author may choose.
        states: what it remembers.
    """

    name: str
    lines: tuple[Line, ...]
    settings: tuple[Setting, ...] = ()
    states: tuple[State, ...] = ()


def _rate(formula: str, why: str) -> Line:
    return Line("rate", RATE, Rule("decay", formula, why))


SPEED = setting("decay_rate", "0.1", below_one=False)
FACTOR = setting("decay_factor", "0.5")
EVERY = setting("decay_every", "10", below_one=False)
SINCE = State("since", Kind("steps since a drop", "since"), Kind("steps since a drop", "since+"))
DROPS = State("drops", Kind("drops of the rate", "drops"), Kind("drops of the rate", "drops+"))

TABLE = (
    Decay(
        "time_based",
        (_rate("learning_rate/(1 + decay_rate*t)", "the rate falls as the steps add up"),),
        (SPEED,),
    ),
    Decay(
        "exponential",
        (_rate("learning_rate*exp(-decay_rate*t)", "the rate falls by the same part each step"),),
        (SPEED,),
    ),
    Decay(
        "geometric",
        (_rate("learning_rate*decay_factor**t", "each step has the same part of the rate before"),),
        (FACTOR,),
    ),
    Decay("inverse", (_rate("learning_rate/t_new", "1/t: the rate over the training step"),)),
    Decay(
        "inverse_root",
        (_rate("learning_rate/sqrt(t_new)", "the rate over the root of the training step"),),
    ),
    Decay(
        "step",
        (
            Line(
                after(SINCE),
                SINCE.after,
                Rule(
                    "count",
                    "where(since + 1 < decay_every, since + 1, 0)",
                    "the steps since the rate has dropped, counted from 0 again when it drops",
                ),
            ),
            Line(
                after(DROPS),
                DROPS.after,
                Rule(
                    "count",
                    "where(since + 1 < decay_every, drops, drops + 1)",
                    "one drop more when there have been enough steps",
                ),
            ),
            _rate("learning_rate*decay_factor**drops", "the rate after the drops so far"),
        ),
        (FACTOR, EVERY),
        (SINCE, DROPS),
    ),
)

DECAYS: Mapping[str, Decay] = {row.name: row for row in TABLE}

REMEMBERED = STATES | {COUNT.kind} | {state.kind for row in TABLE for state in row.states}
"""Everything that is remembered from step to step, as it is before a step."""
