"""Learning rules and ends of a training in a spec: what they say, and what does not fit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.errors import SpecError
from tracer.maths.expression import Number
from tracer.spec import with_training
from tracer.spec.network import Network
from tracer.spec.training.until import Until

NET = """\
inputs: [x, z]
layers:
  - {{units: [y], activation: {1}, weights: [[1, 2]], bias: 1}}
samples:
  - {{input: [1, 2], target: 1}}
  - {{input: [3, 4], target: {2}}}
training: {{{0}}}
"""
RULE = "learning_rule: perceptron, learning_rate: 0.5"
MOST = 100


def text(training: str, activation: str = "step", target: str = "0") -> str:
    """A perceptron with two samples."""
    return NET.format(training, activation, target)


def said(training: str) -> Until | None:
    """What ends a training."""
    return network(text(f"{RULE}, {training}")).training.until


def test_the_word_alone() -> None:
    """`until: all_right` says what the mapping says."""
    assert said("until: all_right") == Until(all_right=True)
    assert said("until: {all_right: yes}") == Until(all_right=True)


def test_a_share_that_stays() -> None:
    """A number of epochs without a change in the share of errors ends a training, too."""
    assert said("until: {same_share_of_errors: 3}") == Until(same_share_of_errors=3)
    both = said("until: {all_right: yes, same_share_of_errors: 3}")
    assert both == Until(all_right=True, same_share_of_errors=3)


def test_an_error_that_is_small_enough() -> None:
    """The bound is kept as it was written."""
    found = network(text("learning_rate: 0.5, until: {error_below: 0.10}", "sigmoid")).training
    assert found.until == Until(error_below=Number(Fraction(1, 10), "0.10"))


def test_under_other_settings_until_is_a_word() -> None:
    """What was published may have ended when all was right; more than a word has no place there."""
    published = "published: [{{quantity: net_y, value: 1, under: {{until: {0}}}}}]\n"
    network(text(RULE) + published.format("all_right"))
    assert "expected the word all_right, found a mapping" in problem(
        text(RULE) + published.format("{error_below: 1}")
    )


def test_the_most_epochs() -> None:
    """Without a number of epochs there are at most a hundred."""
    assert network(text(f"{RULE}, until: all_right")).training.steps == MOST
    assert network(text(f"{RULE}, until: all_right, batch: online")).training.steps == 2 * MOST
    assert network(text(f"{RULE}, until: all_right, epochs: 7")).training.steps == 7


def test_settings_replace_what_the_file_says() -> None:
    """A number of steps takes the place of until; another until takes that of the file's."""
    found = network(text(f"{RULE}, until: all_right"))
    fewer, other = (with_training(found, {name: "3"}) for name in ("steps", "learning_rate"))
    assert isinstance(fewer, Network)
    assert isinstance(other, Network)
    assert fewer.training.until is None
    assert other.training.until == Until(all_right=True)
    with pytest.raises(SpecError, match="perceptron: 'update: in_place' is for"):
        with_training(found, {"update": "in_place"})


@pytest.mark.parametrize(
    ("training", "activation", "place", "says"),
    [
        (
            "learning_rule: perzeptron, learning_rate: 1",
            "step",
            "7:27",
            "did you mean 'perceptron'",
        ),
        ("learning_rule: perceptron", "step", "7:27", "there is no learning_rate"),
        (f"{RULE}, update: in_place", "step", "7:27", "'update: in_place' is for layers"),
        (f"{RULE}, delta: negative_gradient", "step", "7:27", "there is no delta"),
        (f"{RULE}, until: all_wrong", "step", "7:66", "did you mean 'all_right'?"),
        (f"{RULE}, until: {{}}", "step", "7:66", "nothing here ends the training"),
        (f"{RULE}, until: {{all_right: no}}", "step", "7:66", "nothing here ends"),
        (f"{RULE}, until: [all_right]", "step", "7:66", "expected all_right, or a mapping"),
        (f"{RULE}, until: {{same_share_of_errors: 0}}", "step", "7:89", "1"),
        (f"{RULE}, until: {{error_below: e}}", "step", "7:80", "expected a number"),
        (f"{RULE}, until: {{error_below: 1}}", "step", "7:66", "perceptron has no error E"),
        (f"{RULE}, until: {{epochs: 3}}", "step", "7:67", "unknown field 'epochs'"),
        (f"{RULE}, until: all_right, steps: 3", "step", "7:84", "not 'steps'"),
        (f"{RULE}, until: all_right, evaluate_after: yes", "step", "7:66", "'evaluate_after'"),
        (f"{RULE}, until: all_right", "sigmoid", "7:66", "every output is a class"),
        ("learning_rate: 1, until: all_right", "step", "7:37", "where a learning rule has"),
        ("until: {error_below: 1}", "sigmoid", "7:19", "'until' without a learning_rate"),
        ("learning_rate: 1, until: {error_below: -1}", "sigmoid", "7:37", "E is never below -1"),
        ("learning_rate: 1, until: {error_below: 0}", "sigmoid", "7:37", "E is never below 0"),
        ("learning_rule: adaline, learning_rate: 1", "tanh", "7:27", "would be without effect"),
    ],
)
def test_what_does_not_fit(training: str, activation: str, place: str, says: str) -> None:
    """A contradiction is told at the field that it is about."""
    found = problems(text(training, activation))
    assert any(one.startswith(place) and says in one for one in found), found


def test_a_target_that_is_no_answer() -> None:
    """A label that the activation never says is told with the sample, and what it can say."""
    assert problem(text(RULE, target="-1")) == (
        "6:5: samples[1]: perceptron: the target -1 of y is none of its answers (0, 1)"
    )
    network(text(RULE, "{name: step, at_zero: -1}", "-1"))
    network(text(RULE, "sign", "-1"))
    network(text(RULE, "step(net - 1/2)", "0"))
    assert "(0, 1)" in problem(text(RULE, "step(net - 1/2)", "2"))
    network(text(RULE, "relu", "17/2"))


def test_a_target_that_nobody_looks_at() -> None:
    """Hebb's rule learns without a target, so none can be given."""
    for rule in ("hebb", "oja"):
        found = problems(text(RULE.replace("perceptron", rule)))
        assert [line.partition(": ")[2] for line in found] == [
            f"samples[0]: {rule}: learns without a target",
            f"samples[1]: {rule}: learns without a target",
        ]


def test_hidden_layers_do_not_learn_by_these_rules() -> None:
    """A learning rule has one layer of units, fed by the inputs."""
    layers = "- {units: [h]}\n  - {units: [y], activation: step}"
    found = problem(f"inputs: 1\nlayers:\n  {layers}\ntraining: {{{RULE}}}\n")
    assert found.endswith("perceptron: learns one layer of units; this network has 2 layers")


def test_a_loss_that_nobody_looks_at() -> None:
    """The perceptron has no error E; Adaline's is squared."""
    assert "'loss' means nothing" in problem(text(RULE) + "loss: squared_error\n")
    adaline = text(RULE.replace("perceptron", "adaline"))
    network(adaline + "loss: squared_error\n")
    assert "its error is squared" in problem(adaline + "loss: abs(out - target)\n")
