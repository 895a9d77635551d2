"""The witnesses' own learning rates: how they fall, from the number of steps that are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tracer.proof.functions import applied, raised
from tracer.proof.reals import ONE, ZERO, Real, compared
from tracer.rules.decays import DROPS, RATE, SINCE
from tracer.rules.quantity import Kind
from tracer.rules.sub_steps import COUNT

Shared = dict[str, Real]
"""What one training step has for all parameters, by role."""

KINDS: Mapping[Kind, str] = {
    COUNT.after: "t_new",
    SINCE.after: "since_new",
    DROPS.after: "drops_new",
    RATE: "rate",
}
"""What a training step makes for all parameters, with its role."""

RATES: Mapping[str, Callable[[Mapping[str, Real]], Real]] = {
    "time_based": lambda r: r["learning_rate"] / (r["decay_rate"] * r["t"] + ONE),
    "exponential": lambda r: r["learning_rate"] / applied("exp", r["t"] * r["decay_rate"]),
    "geometric": lambda r: raised(r["decay_factor"], r["t"]) * r["learning_rate"],
    "inverse": lambda r: r["learning_rate"] / r["t_new"],
    "inverse_root": lambda r: r["learning_rate"] / applied("sqrt", r["t_new"]),
    "step": lambda r: raised(r["decay_factor"], r["drops"]) * r["learning_rate"],
}
"""The learning rate of a training step, by the name of the decay."""


def shared(
    decay: str, roles: Mapping[str, Real], given: Callable[[Kind, str], Real | None]
) -> Shared:
    """What a training step's update has for all parameters.

    Args:
        decay: the name of the decay; empty for none.
        roles: settings, and what is remembered.
        given: what the author gives in this training step.
    """
    found: Shared = {}

    def put(kind: Kind, value: Real) -> None:
        by_author = given(kind, "")
        found[KINDS[kind]] = value if by_author is None else by_author

    put(COUNT.after, roles["t"] + ONE)
    if decay == "step":
        is_drop = compared(roles["since"] + ONE, roles["decay_every"]) >= 0
        put(SINCE.after, ZERO if is_drop else roles["since"] + ONE)
        put(DROPS.after, roles["drops"] + (ONE if is_drop else ZERO))
    if decay:
        put(RATE, RATES[decay]({**roles, **found}))
        found["learning_rate"] = found["rate"]
    return found
