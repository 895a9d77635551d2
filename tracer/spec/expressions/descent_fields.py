"""The fields of ``minimise``: those of a training that mean something for a function."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.spec.tree.forms import ByKind
from tracer.spec.tree.records import Field, Record
from tracer.spec.written import WrittenMinimise, written_minimise

OF_STEPS = ("learning_rate", "steps", "evaluate_after", "optimizer", "decay")


def minimise(fields: Sequence[Field], words: ByKind) -> Record[WrittenMinimise]:
    """How a function is minimised.

    Args:
        fields: those of ``training``.
        words: a list of words.
    """
    kept = (field for field in fields if field.name in OF_STEPS)
    others = (field.name for field in fields if field.name not in OF_STEPS)
    return Record(
        written_minimise,
        (*kept, Field("variables", words, "Which variables are moved; left out: all of them.")),
        "settings, such as {learning_rate: 0.1, steps: 4}",
        dict.fromkeys(others, "; it belongs in the 'training' of a network"),
    )
