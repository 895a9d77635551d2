"""The format of what `training` says of learning rules, and of when the training ends."""

from __future__ import annotations

from typing import Any

from tracer.rules.learning import LEARNING_RULES
from tracer.spec.training.written_until import WrittenUntil
from tracer.spec.tree.forms import ByKind, Json
from tracer.spec.tree.leaves import NUMBER, SWITCH, choice, count
from tracer.spec.tree.limits import MAX_STEPS
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.records import Field, Record

ALL_RIGHT = "all_right"

UNTIL_RECORD = Record(
    WrittenUntil,
    (
        Field("all_right", SWITCH, "yes: every answer of an epoch is its target."),
        Field(
            "same_share_of_errors",
            count(1, MAX_STEPS, "a count of epochs"),
            "For so many epochs, each has as many wrong answers as the one before.",
        ),
        Field("error_below", NUMBER, "The errors E of an epoch's updates, added up, are smaller."),
    ),
    "all_right, or a mapping such as {same_share_of_errors: 3}",
)


class _Word:
    """``all_right`` alone, as what the mapping would say."""

    wants = f"the word {ALL_RIGHT}"
    _choice = choice("until", (ALL_RIGHT,))

    def read(self, node: Node, problems: Problems) -> Any:
        """The mapping that the word stands for."""
        if not isinstance(node, Scalar):
            problems.unexpected(node, self.wants)
            return None
        self._choice.take(node, problems)
        return WrittenUntil(node, all_right=True)

    def schema(self, definitions: Json) -> Json:
        """The word."""
        return self._choice.schema(definitions)


WORD = _Word()
UNTIL = ByKind(UNTIL_RECORD.wants, scalar=WORD, mapping=UNTIL_RECORD)


def in_a_word(field: Field) -> Field:
    """A field as a setting on a command line has it, where a mapping has no place."""
    return field._replace(form=WORD) if field.form is UNTIL else field


LEARNING_FIELDS = (
    Field(
        "learning_rule",
        choice("learning rule", tuple(LEARNING_RULES)),
        "In place of gradient descent, for one layer: perceptron, adaline (linear delta rule), "
        "hebb, hebb_supervised, oja.",
    ),
    Field(
        "until",
        UNTIL,
        "What ends the training, after at most 'epochs' (left out: 100). all_right, or a mapping.",
    ),
)
