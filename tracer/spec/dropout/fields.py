"""The format of dropout as a table: the share that is kept, and the masks or their seed."""

from __future__ import annotations

from tracer.spec.dropout.written import WrittenDropout
from tracer.spec.tree.forms import NestedListOf
from tracer.spec.tree.leaves import NUMBER, choice, count
from tracer.spec.tree.records import Field, Record

THROUGH_TIME = EACH, ONE = "each", "one"
FORMS = INVERTED, PLAIN = "inverted", "plain"
MAX_SEED = 999_999

DROPOUT = Record(
    WrittenDropout,
    (
        Field("keep", NUMBER, "The share of the outputs that is kept, above 0 to 1.", True),
        Field(
            "mask",
            NestedListOf("masks", NUMBER, "a list of 0 and 1, such as [1, 0, 1]", least=1),
            "1 keeps a unit's output, 0 drops it: a list, for all samples and training steps; a "
            "list of such lists, one for each sample; or a list for each training step, of one "
            "for each sample of its update.",
        ),
        Field("seed", count(0, MAX_SEED, "a count"), "In place of a mask: masks are drawn."),
        Field(
            "form",
            choice("form", FORMS),
            "inverted: kept outputs are divided by keep. plain: they stay, and a test scales all "
            "outputs by keep.",
        ),
        Field(
            "through_time",
            choice("through_time", THROUGH_TIME),
            "Where there are time steps. each: every one has a mask of its own; where masks are "
            "given, a list of these stands in place of a mask. one: all have the same mask. Left "
            "out: each.",
        ),
    ),
    "dropout, such as {keep: 0.5, mask: [1, 0, 1]}",
    {
        "rate": "; write keep, which is 1 less the rate",
        "p": "; write keep, the share that is kept",
    },
)

LAYER_DROPOUT = Field(
    "dropout", DROPOUT, "Which outputs are dropped on their way to the next layers, in training."
)
INPUT_DROPOUT = Field("input_dropout", DROPOUT, "Which inputs are dropped, in training.")
