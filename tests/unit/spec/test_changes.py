"""Settings in place of the file's, as texts from the command line or of a published value."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.spec.saying import network, program
from tracer.errors import SpecError
from tracer.maths.expression import Number, Symbol
from tracer.rules.losses import loss
from tracer.spec import Presentation, Training, with_training

NET = network(
    """
    inputs: [x]
    layers: [{units: [y], weights: [[a = 1]], bias: 2}]
    samples: [{input: 1, target: 1}, {input: 2, target: 2}]
    training: {learning_rate: 1, steps: 7, batch: 2, update: in_place, frozen: [a]}
    digits: 5
    """
)
PROGRAM = program("expression: a*b")


@pytest.mark.parametrize(
    ("changes", "training"),
    [
        ({"steps": "3"}, replace(NET.training, steps=3)),
        ({"steps": "0"}, replace(NET.training, steps=0)),
        ({"update": "simultaneous"}, replace(NET.training, in_place=False)),
        ({"batch": "full"}, replace(NET.training, batch=None)),
        ({"batch": "online", "epochs": "3"}, replace(NET.training, batch=1, steps=6)),
        ({"epochs": "3"}, replace(NET.training, steps=3)),
        ({"reduction": "mean"}, replace(NET.training, mean=True)),
        ({"evaluate_after": "yes"}, replace(NET.training, evaluate_after=True)),
        ({"delta": "negative_gradient"}, replace(NET.training, negative_delta=True)),
        ({"learning_rate": "eta"}, replace(NET.training, learning_rate=Symbol("eta"))),
        (
            {"learning_rate": "0.50"},
            replace(NET.training, learning_rate=Number(Fraction(1, 2), "0.50")),
        ),
    ],
)
def test_training_is_changed_in_what_is_said(changes: dict[str, str], training: Training) -> None:
    """A setting that is given is changed; all the others stay the file's."""
    assert with_training(NET, changes) == replace(NET, training=training)


def test_no_changes_change_nothing() -> None:
    """Without changes the spec itself comes back."""
    assert with_training(NET, {}) is NET
    assert with_training(PROGRAM, {}) is PROGRAM


def test_the_loss_can_be_changed() -> None:
    """Another loss takes the place of the file's."""
    assert with_training(NET, {"loss": "sse"}) == replace(NET, loss=loss("squared_error"))


@pytest.mark.parametrize(
    ("frozen", "trainable"),
    [("none", [True, True]), ("biases", [True, False]), ("a, b1", [False, False])],
)
def test_other_parameters_can_be_frozen(frozen: str, trainable: list[bool]) -> None:
    """What is frozen replaces what the file froze."""
    changed = with_training(NET, {"frozen": frozen})
    assert [parameter.trainable for parameter in changed.parameters] == trainable  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"arithmetic": "exact"}, Presentation("exact", 5)),
        ({"digits": "3"}, Presentation(digits=3)),
        ({"significant": "3"}, Presentation(significant=3)),
    ],
)
def test_presentation_can_be_changed(changes: dict[str, str], expected: Presentation) -> None:
    """Arithmetic and digits can be changed, of expression programs too."""
    assert with_training(NET, changes).about.presentation == expected
    changed = with_training(PROGRAM, changes)
    assert changed.about.presentation == replace(
        expected, digits=expected.digits if "digits" in changes else None
    )
    assert changed.lines == PROGRAM.lines  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"updat": "x"}, "settings: unknown field 'updat' (did you mean 'update'?)"),
        ({"steps": "-1"}, "settings: steps: expected a count, a whole number from 0"),
        ({"batch": "3"}, "settings: batch: a batch of 3 of 2 samples"),
        ({"frozen": "b"}, "settings: frozen: nothing that can be frozen is called 'b' (did"),
        ({"learning_rate": "1 + "}, "settings: learning_rate: expected a number"),
        ({"rule": "x"}, "settings: rule: unknown rule 'x'"),
    ],
)
def test_wrong_changes_are_told(changes: dict[str, str], said: str) -> None:
    """A change is checked like the field in a file."""
    with pytest.raises(SpecError) as caught:
        with_training(NET, changes)
    assert str(caught.value).startswith(said)


def test_steps_need_a_learning_rate() -> None:
    """Steps without a learning rate are refused here too, and one may come with them."""
    still = network("inputs: 1\nlayers: [{units: 1}]")
    with pytest.raises(SpecError, match="'steps' without a learning_rate"):
        with_training(still, {"steps": "2"})
    assert with_training(still, {"steps": "2", "learning_rate": "1"}).training.steps == 2


@pytest.mark.parametrize("name", ["steps", "update", "loss"])
def test_an_expression_is_not_trained(name: str) -> None:
    """Training settings are refused for an expression program."""
    text = {"steps": "2", "update": "in_place", "loss": "sse"}[name]
    with pytest.raises(SpecError, match=f"an expression has no '{name}'"):
        with_training(PROGRAM, {name: text})
