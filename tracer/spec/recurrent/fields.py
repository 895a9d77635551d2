"""The format of ``time`` as a table: how a network goes through sequences."""

from __future__ import annotations

from tracer.spec.recurrent.written import WrittenTime
from tracer.spec.tree.leaves import SWITCH, choice, count
from tracer.spec.tree.limits import MAX_TIME_STEPS
from tracer.spec.tree.records import Field, Record

TIME = Record(
    WrittenTime,
    (
        Field(
            "steps",
            count(1, MAX_TIME_STEPS, "a count"),
            "How many time steps; left out: as many as the sequences have.",
        ),
        Field(
            "loss",
            choice("loss", ("every", "last")),
            "Whether every time step has targets, or the last one only. Left out: every.",
        ),
        Field(
            "truncate",
            count(1, MAX_TIME_STEPS, "a count"),
            "Truncated backpropagation: no derivative goes back through more time steps than this.",
        ),
        Field(
            "carry_state",
            SWITCH,
            "The samples are one long sequence: each starts with the state in which the one "
            "before ends, as a number.",
        ),
    ),
    "settings, such as {loss: last, truncate: 2}",
)
