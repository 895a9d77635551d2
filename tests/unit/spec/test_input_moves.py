"""Reading how inputs move, and what is said of settings that mean nothing beside it."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problems
from tracer.errors import SpecError
from tracer.spec import with_training


def spec(fields: str, more: str = "learning_rate: 1", inputs: str = "2") -> str:
    """A network whose inputs move."""
    return (
        f"inputs: {inputs}\nlayers:\n  - {{units: [o], weights: [[2, 1]], bias: 1}}\n"
        f"training:\n  {more}\n  move_inputs: {{{fields}}}\n"
    )


def test_everything_is_read() -> None:
    """Direction, sign, limits; every parameter is frozen; a shape is kept for pictures."""
    text = spec("direction: ascent, sign: yes, clip: [0, 1]", inputs="{shape: [1, 2]}")
    found = network(text)
    move = found.training.move_inputs
    assert move is not None
    assert (move.ascent, move.sign, move.shape) == (True, True, (1, 2))
    assert [limit.text for limit in move.clip] == ["0", "1"]
    assert not any(parameter.trainable for parameter in found.parameters)


@pytest.mark.parametrize(
    ("fields", "more", "says"),
    [
        ("sign: yes", "learning_rate: 1", "'direction' is missing"),
        ("direction: up", "learning_rate: 1", "unknown direction 'up'"),
        ("direction: ascent, clip: [1, 0]", "learning_rate: 1", "least and the largest"),
        ("direction: ascent, clip: [1]", "learning_rate: 1", "least and the largest"),
        ("direction: ascent, sign_at_zero: 1", "learning_rate: 1", "belongs to 'sign: yes'"),
        ("direction: ascent, sign: yes, sign_at_zero: 2", "learning_rate: 1", "from -1 to 1"),
        ("direction: ascent", "reduction: sum", "without a learning_rate"),
        *(
            ("direction: ascent", f"learning_rate: 1\n  {setting}", f"'{setting.split(':')[0]}'")
            for setting in (
                *("regularization: {l2: 1}", "optimizer: momentum", "decay: {name: exponential}"),
                *("update: in_place", "frozen: weights", "batch: full"),
                *("reduction: mean", "reduction: sum"),
            )
        ),
    ],
)
def test_what_cannot_be_meant(fields: str, more: str, says: str) -> None:
    """Each contradiction is told, and nothing is ignored."""
    found = problems(spec(fields, more))
    assert any(says in line for line in found), found


def test_settings_on_the_way_are_refused_too() -> None:
    """The same for what a command line asks for."""
    found = network(spec("direction: ascent"))
    with pytest.raises(SpecError, match="'update' where inputs move"):
        with_training(found, {"update": "in_place"})
    assert with_training(found, {"steps": "3"}).training.steps == 3
