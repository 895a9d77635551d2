"""Learning rules and ends of a training: whether they fit the network, and each other."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.maths.expression import Number
from tracer.rules.classes import answers
from tracer.rules.learning import LEARNING_RULES, LearningRule
from tracer.spec.network import Layer, Network, Training
from tracer.spec.probabilities import is_never_negative
from tracer.spec.training.method import GRADIENT_DESCENT
from tracer.spec.training.until import Until
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.written import WrittenSample, WrittenTraining

MOST_EPOCHS = 100
"""As many epochs a training has at most whose end is not said in epochs."""

SQUARED = ("half_squared_error", "squared_error", "mean_squared_error")
LINEAR = "identity"


def with_most_epochs(written: WrittenTraining) -> WrittenTraining:
    """What was written, with the most epochs where only the end is said."""
    says_how_many = written.steps is not None or written.epochs is not None
    if written.until is None or says_how_many:
        return written
    return written._replace(epochs=MOST_EPOCHS)


def until(written: WrittenTraining, before: Until | None, problems: Problems) -> Until | None:
    """What ends a training; a number of steps in place of the file's replaces it.

    Args:
        written: the settings.
        before: what ends it otherwise.
        problems: where contradictions go.
    """
    said = written.until
    if said is None:
        return before if written.steps is None else None
    if written.steps is not None:
        message = "'until' looks at whole epochs: say with 'epochs' how many at most, not 'steps'"
        problems.add(_at(written, "steps"), message)
    if not (said.all_right or said.same_share_of_errors or said.error_below):
        problems.add(said.node, "nothing here ends the training")
    bound = said.error_below and said.error_below.value
    return Until(
        all_right=bool(said.all_right),
        same_share_of_errors=said.same_share_of_errors,
        error_below=bound if isinstance(bound, Number) else None,
    )


def complain_of_learning(
    network: Network,
    written: WrittenTraining | None,
    loss: Node | None,
    samples: tuple[WrittenSample, ...],
    problems: Problems,
) -> None:
    """Adds a problem for whatever does not fit a learning rule, or an end of the training.

    Args:
        network: the network.
        written: the settings that were written last.
        loss: where a loss was written.
        samples: as they were written.
        problems: where problems go.
    """
    if written is None:
        return
    rule = LEARNING_RULES.get(network.training.learning_rule)
    if rule is not None:
        at = _at(written, "learning_rule")
        for message in _misfits(network, rule, loss is not None):
            problems.add(at, f"{rule.name}: {message}")
        _complain_of_layer(network.layers[0], rule, at, problems)
        _complain_of_targets(network, rule, samples, at, problems)
    if network.training.until is not None:
        at = _at(written, "until")
        for message in _never(network.training, network.training.until, rule, network):
            problems.add(at, message)


def _misfits(network: Network, rule: LearningRule, has_loss: bool) -> Iterator[str]:
    """What does not go together with a learning rule."""
    training = network.training
    if len(network.layers) > 1:
        yield f"learns one layer of units; this network has {len(network.layers)} layers"
    if training.learning_rate is None:
        yield "there is no learning_rate"
    if training.in_place:
        yield "'update: in_place' is for layers that pass derivatives back"
    if training.optimiser != GRADIENT_DESCENT:
        yield "'optimizer' is for gradients"
    if training.decay is not None:
        yield "its learning rate stays: 'decay' is for gradients"
    if training.negative_delta:
        yield "there is no delta whose sign 'delta' could choose"
    if has_loss and not rule.has_loss:
        yield "has no error E, so 'loss' means nothing"
    if rule.has_loss and network.loss.name not in SQUARED:
        yield f"its error is squared: {', '.join(SQUARED)}"


def _complain_of_layer(layer: Layer, rule: LearningRule, at: Node, problems: Problems) -> None:
    """Adaline's activation comes after the error: all it can do is to tell the class."""
    if not rule.has_loss:
        return
    for unit, activation in zip(layer.units, layer.activations, strict=False):
        if activation.name != LINEAR and not answers(activation):
            problems.add(
                at,
                f"{rule.name}: the error is that of net, so {activation.name} of {unit} would "
                "be without effect; step or sign tell a class, identity leaves net as it is",
            )


def _complain_of_targets(
    network: Network,
    rule: LearningRule,
    samples: tuple[WrittenSample, ...],
    at: Node,
    problems: Problems,
) -> None:
    """Targets that nobody looks at, or that no answer ever equals."""
    for number, sample in enumerate(network.samples):
        written = samples[number] if number < len(samples) else None
        node = at if written is None else written.node
        if not rule.needs_target:
            if written is not None and written.target is not None:
                problems.add(node, f"{rule.name}: learns without a target")
            continue
        if not rule.has_miss:
            continue
        for unit, activation, target in zip(
            network.layers[-1].units, network.layers[-1].activations, sample.targets, strict=False
        ):
            possible = answers(activation)
            if possible and isinstance(target, Number) and target.value not in possible:
                known = ", ".join(map(str, sorted(possible)))
                message = f"the target {target.text} of {unit} is none of its answers ({known})"
                problems.add(node, f"{rule.name}: {message}")


def _never(
    training: Training, end: Until, rule: LearningRule | None, network: Network
) -> Iterator[str]:
    """What cannot end this training."""
    counts = end.all_right or end.same_share_of_errors is not None
    if training.learning_rate is None:
        yield "'until' without a learning_rate"
    if training.evaluate_after:
        yield "'evaluate_after' goes with a number of steps or epochs, not with 'until'"
    if counts and not (rule is not None and has_classes(network)):
        yield (
            "wrong answers are counted where a learning rule has targets and every output is "
            "a class (step or sign)"
        )
    if end.error_below is not None and rule is not None and not rule.has_loss:
        yield f"error_below: {rule.name} has no error E"
    elif end.error_below and end.error_below.value <= 0 and is_never_negative(network):
        yield f"error_below: E is never below {end.error_below.text}, so nothing ends the training"


def has_classes(network: Network) -> bool:
    """Whether a network learns by a rule that compares classes with targets."""
    rule = LEARNING_RULES.get(network.training.learning_rule)
    if rule is None or not rule.has_miss:
        return False
    return all(answers(activation) for activation in network.layers[-1].activations)


def _at(written: WrittenTraining, name: str) -> Node:
    """A field's content; the whole mapping where it was left out."""
    return written.node.content(name) or written.node
