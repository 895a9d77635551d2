"""Training: steps and epochs, batches, frozen parameters, and what contradicts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.maths.expression import Number, Symbol
from tracer.spec import Training

NET = """\
inputs: [x]
layers:
  - {{units: [h], name: hidden, weights: [[a]], bias: 1}}
  - {{units: [o], weights: [[2]], threshold: 3}}
samples: [{{input: 1, target: 1}}, {{input: 2, target: 2}}, {{input: 3, target: 3}}]
training: {{{0}}}
"""
RATE = "learning_rate: 0.50"


def training(text: str) -> Training:
    """The settings of a network with three samples."""
    return network(NET.format(text)).training


def test_the_standard_is_one_simultaneous_update_with_all_samples() -> None:
    """What is left out is one step, with the sum of all gradients, at the old weights."""
    assert training(RATE) == Training(
        learning_rate=Number(Fraction(1, 2), "0.50"),
        steps=1,
        in_place=False,
        batch=None,
        mean=False,
        evaluate_after=False,
    )
    assert training("") == Training()


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("steps: 0", "steps", 0),
        ("steps: 1000000", "steps", 1_000_000),
        ("epochs: 4", "steps", 4),
        ("epochs: 4, batch: online", "steps", 12),
        ("epochs: 4, batch: 2", "steps", 8),
        ("epochs: 4, batch: 3", "steps", 4),
        ("epochs: 0", "steps", 0),
        ("update: in_place", "in_place", True),
        ("update: simultaneous", "in_place", False),
        ("batch: full", "batch", None),
        ("batch: online", "batch", 1),
        ("batch: 2", "batch", 2),
        ("reduction: mean", "mean", True),
        ("reduction: sum", "mean", False),
        ("evaluate_after: yes", "evaluate_after", True),
        ("evaluate_after: true", "evaluate_after", True),
        ("evaluate_after: off", "evaluate_after", False),
        ("delta: negative_gradient", "negative_delta", True),
        ("delta: gradient", "negative_delta", False),
    ],
)
def test_settings(text: str, field: str, expected: object) -> None:
    """Each setting is read; an epoch is as many updates as it takes to see every sample."""
    assert getattr(training(f"{RATE}, {text}"), field) == expected


def test_the_learning_rate_can_be_a_letter() -> None:
    """A letter for the learning rate stays a letter."""
    assert training("learning_rate: eta").learning_rate == Symbol("eta")


@pytest.mark.parametrize(
    ("frozen", "names"),
    [
        ("[]", set()),
        ("none", set()),
        ("[weights]", {"a", "w2"}),
        ("biases", {"b1"}),
        ("[thresholds]", {"theta2"}),
        ("[a, theta2]", {"a", "theta2"}),
        ("a, b1", {"a", "b1"}),
        ("[hidden]", {"a", "b1"}),
        ("[hidden, weights]", {"a", "b1", "w2"}),
    ],
)
def test_frozen_parameters_keep_their_values(frozen: str, names: set[str]) -> None:
    """Kinds, layers and single parameters can be frozen."""
    text = (
        f"{RATE}, frozen: {frozen}"
        if "," not in frozen or "[" in frozen
        else (f"{RATE}, frozen: '{frozen}'")
    )
    read = network(NET.format(text))
    assert {parameter.name for parameter in read.parameters if not parameter.trainable} == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("steps: 2", "6:19: training.steps: 'steps' without a learning_rate"),
        ("epochs: 2", "6:20: training.epochs: 'epochs' without a learning_rate"),
        ("evaluate_after: yes", "6:28: training.evaluate_after: 'evaluate_after' without a learn"),
        ("update: in_place", "6:20: training.update: 'update' without a learning_rate: nothing"),
        (
            f"{RATE}, steps: 1, epochs: 1",
            "6:51: training.epochs: 'steps' and 'epochs' say the same",
        ),
        (
            f"{RATE}, steps: 1000001",
            "6:40: training.steps: expected a count, a whole number from 0",
        ),
        (f"{RATE}, steps: -1", "6:40: training.steps: expected a count"),
        (f"{RATE}, steps: 1.5", "6:40: training.steps: expected a count"),
        (
            f"{RATE}, epochs: 400000, batch: 1",
            "6:41: training.epochs: 400,000 epochs are 1,200,000 upd",
        ),
        (f"{RATE}, batch: 4", "6:40: training.batch: a batch of 4 of 3 samples"),
        (f"{RATE}, batch: 0", "6:40: training.batch: expected a count of samples"),
        (
            f"{RATE}, batch: onlin",
            "6:40: training.batch: unknown batch 'onlin' (did you mean 'online'?)",
        ),
        (f"{RATE}, batch: all", "6:40: training.batch: unknown batch 'all'"),
        (
            f"{RATE}, update: inplace",
            "6:41: training.update: unknown update 'inplace' (did you mean 'in",
        ),
        (
            f"{RATE}, reduction: x",
            "6:44: training.reduction: unknown reduction 'x'; known: sum, mean",
        ),
        (
            f"{RATE}, frozen: [weigths]",
            "6:42: training.frozen[0]: nothing that can be frozen is called",
        ),
        (
            f"{RATE}, evaluate_after: 7",
            "6:49: training.evaluate_after: expected yes or no, found '7'",
        ),
        ("learning_rate: inf", "6:27: training.learning_rate: 'inf' is not a finite number"),
        (
            "learning_rate: a",
            "6:27: training.learning_rate: 'a' is a parameter; choose another letter",
        ),
        (
            "learning_rate: [1]",
            "6:27: training.learning_rate: expected a number or a letter, found a list",
        ),
        (
            "learningrate: 1",
            "6:12: training: unknown field 'learningrate' (did you mean 'learning_rate'?)",
        ),
    ],
)
def test_wrong_settings_are_told(text: str, said: str) -> None:
    """Settings that are unknown, out of range or contradict each other are problems."""
    assert problem(NET.format(text)).startswith(said)


@pytest.mark.parametrize("kind", ["biases", "thresholds"])
def test_nothing_to_freeze(kind: str) -> None:
    """A kind of parameters that the network does not have cannot be frozen."""
    text = "inputs: 1\nlayers: [{{units: 1}}]\ntraining: {{learning_rate: 1, frozen: [{}]}}\n"
    found = problem(text.format(kind))
    assert f"'{kind}' are to keep their values, and there are none" in found
    wrong = problems(text.format(kind).replace("units: 1", "units: 1, bias: [1, 2]"))
    assert not any("there are none" in line for line in wrong)


def test_settings_that_change_nothing_may_be_said() -> None:
    """The standard may be written out, with or without a learning rate."""
    assert not training("update: simultaneous, evaluate_after: no").evaluate_after
