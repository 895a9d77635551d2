"""``move_inputs``: inputs that move while every parameter stays, as written and as meant."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.maths.expression import Number
from tracer.rules.input_moves import ASCENT, DIRECTIONS, ZERO, InputMove
from tracer.spec.network import Training
from tracer.spec.tree.forms import ListOf
from tracer.spec.tree.leaves import NUMBER, SWITCH, choice
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.records import Field, Record
from tracer.spec.windows.shapes import Shape
from tracer.spec.written import Entry, WrittenInputMove, WrittenTraining

MOVE_INPUTS = Field(
    "move_inputs",
    Record(
        WrittenInputMove,
        (
            Field(
                "direction",
                choice("direction", DIRECTIONS),
                "ascent: along the derivative, away from the targets. descent: against it, "
                "towards them.",
                True,
            ),
            Field("sign", SWITCH, "yes: only the sign of the derivative counts."),
            Field("sign_at_zero", NUMBER, "What sign(0) is, from -1 to 1; left out: 0."),
            Field(
                "clip",
                ListOf(NUMBER, "the least and the largest value, such as [0, 1]", least=1),
                "The least and the largest value that an input can get.",
            ),
        ),
        "how inputs move, such as {direction: ascent}",
    ),
    "In place of the parameters, the inputs move; every parameter stays as it is.",
)


def input_move(
    written: WrittenTraining | None, shape: Shape | None, problems: Problems
) -> InputMove | None:
    """How the inputs move; None where they stay."""
    said = written.move_inputs if written else None
    if said is None or written is None:
        return None
    for node, problem in (*_contradictions(said), *_beside(written, said.node)):
        problems.add(node, problem)
    return InputMove(
        ascent=said.direction == ASCENT,
        sign=said.sign,
        sign_at_zero=_number(said.sign_at_zero),
        clip=tuple(map(_number, said.clip.items)) if said.clip else (),
        shape=shape.sizes if shape else (),
    )


def _number(entry: Entry | None) -> Number:
    value = entry and entry.value
    return value if isinstance(value, Number) else ZERO


def _contradictions(said: WrittenInputMove) -> Iterator[tuple[Node, str]]:
    """What cannot be meant, each with its place."""
    if said.sign_at_zero and not said.sign:
        yield said.sign_at_zero.node, "'sign_at_zero' belongs to 'sign: yes'"
    if said.sign_at_zero and abs(_number(said.sign_at_zero).value) > 1:
        yield said.sign_at_zero.node, "sign(0) is from -1 to 1"
    if said.clip is None:
        return
    limits = [_number(entry).value for entry in said.clip.items]
    if len(limits) != 2 or limits[0] >= limits[1]:
        yield said.clip.node, "expected the least and the largest value, such as [0, 1]"


NOT_BESIDE = (
    ("regularization", "a penalty is on parameters, and these stay"),
    ("learning_rule", "a learning rule moves parameters, and these stay"),
    ("optimizer", "inputs move by plain steps"),
    ("decay", "inputs move by steps of one learning rate"),
    ("update", "no parameter moves, so none is updated in place"),
    ("frozen", "every parameter stays; leave this out"),
    ("batch", "every sample's inputs move in each step"),
    ("reduction", "each sample's inputs move along its own error, so none is averaged"),
    ("until", "it ends a training; say how many steps the inputs move"),
)
"""Settings that mean nothing where inputs move."""


def _beside(written: WrittenTraining, here: Node) -> Iterator[tuple[Node, str]]:
    for name, why in NOT_BESIDE:
        if getattr(written, name) is not None:
            yield written.node.content(name) or here, f"'{name}' beside 'move_inputs': {why}"
    if written.learning_rate is None:
        yield here, "'move_inputs' without a learning_rate, the size of a step"


def complain_of_changes(training: Training, written: WrittenTraining, problems: Problems) -> None:
    """Adds a problem for each other setting that means nothing where inputs move."""
    if training.move_inputs is None:
        return
    for name, why in NOT_BESIDE:
        node = written.node.content(name)
        if node is not None:
            problems.add(node, f"'{name}' where inputs move: {why}")
