"""How the parameters of a network move: the written settings, checked against the network."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from tracer.errors import suggestion
from tracer.maths.parse import parse_value
from tracer.spec.gathering import Gathering
from tracer.spec.network import Layer, ParameterKind, Training
from tracer.spec.samples import value_of
from tracer.spec.scope import Scope
from tracer.spec.training.learning import until, with_most_epochs
from tracer.spec.training.method import optimiser
from tracer.spec.training.methods import method
from tracer.spec.tree.forms import Items
from tracer.spec.tree.limits import MAX_STEPS
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import WrittenTraining

NOTHING = "none"
KINDS = {
    "weights": ParameterKind.WEIGHT,
    "biases": ParameterKind.BIAS,
    "thresholds": ParameterKind.THRESHOLD,
}
STANDARD = Training()
IN_PLACE, MEAN, NEGATIVE_DELTA = "in_place", "mean", "negative_gradient"

Freezable = Mapping[str, Collection[int]]


def training(
    written: WrittenTraining | None,
    samples: int,
    problems: Problems,
    before: Training = STANDARD,
) -> Training:
    """The settings of a run.

    Args:
        written: the file's ``training``.
        samples: how many there are.
        problems: where contradictions go.
        before: the settings for what was not written.
    """
    if written is None:
        return before
    written = with_most_epochs(written)
    if written.batch and written.batch > samples:
        problems.add(_field(written, "batch"), f"a batch of {written.batch} of {samples} samples")
    batch = before.batch if written.batch is None else written.batch or None
    steps = _steps(written, samples, batch or samples, problems)
    end = until(written, before.until, problems)
    place = before.delta_place
    if written.delta:
        place = problems.place(_field(written, "delta"))
    said = replace(
        before,
        batch=batch,
        until=end,
        delta_place=place,
        **_said(written),
        **_methods(written, problems),
    )
    if written.optimizer and said.learning_rate is None:
        said = replace(said, learning_rate=parse_value(optimiser(said.optimiser).rate))
    for name in _of_updates(written) if said.learning_rate is None else ():
        problems.add(_field(written, name), f"'{name}' without a learning_rate: nothing is updated")
    if steps and said.learning_rate is None and end is None:
        asked = "steps" if written.epochs is None else "epochs"
        problems.add(_field(written, asked), f"'{asked}' without a learning_rate")
    return said if steps is None else replace(said, steps=steps)


def _said(written: WrittenTraining) -> dict[str, Any]:
    """The settings that were written and mean what they say."""
    words = {
        "in_place": written.update and written.update == IN_PLACE,
        "mean": written.reduction and written.reduction == MEAN,
        "negative_delta": written.delta and written.delta == NEGATIVE_DELTA,
        "evaluate_after": written.evaluate_after,
        "learning_rate": written.learning_rate and value_of(written.learning_rate),
        "learning_rule": written.learning_rule,
    }
    return {name: value for name, value in words.items() if value is not None}


def _of_updates(written: WrittenTraining) -> Iterator[str]:
    """The settings that were written and mean nothing where no parameter is updated."""
    if written.decay:
        yield "decay"
    if written.evaluate_after:
        yield "evaluate_after"
    if written.update == IN_PLACE:
        yield "update"


def _methods(written: WrittenTraining, problems: Problems) -> dict[str, Any]:
    """The methods that were written."""
    named = {"optimiser": written.optimizer, "decay": written.decay}
    return {name: method(item, problems) for name, item in named.items() if item}


def _steps(written: WrittenTraining, samples: int, batch: int, problems: Problems) -> int | None:
    """The number of updates; an epoch is as many as it takes to see every sample."""
    if written.epochs is None:
        return written.steps
    if written.steps is not None:
        problems.add(_field(written, "epochs"), "'steps' and 'epochs' say the same; give one")
    steps = written.epochs * -(-samples // batch)
    if steps > MAX_STEPS:
        wanted = f"{steps:,} updates; there can be {MAX_STEPS:,}"
        problems.add(_field(written, "epochs"), f"{written.epochs:,} epochs are {wanted}")
    return steps


def _field(written: WrittenTraining, name: str) -> Node:
    """A field's content; the whole mapping where it was left out."""
    return written.node.content(name) or written.node


def freezable(
    names: Sequence[str],
    kinds: Sequence[ParameterKind],
    layers: Sequence[Layer] = (),
    scope: Scope | None = None,
) -> Freezable:
    """The words that ``frozen`` can hold, with the numbers of the parameters they stand for."""
    return {
        NOTHING: (),
        **{word: [k for k, of in enumerate(kinds) if of is kind] for word, kind in KINDS.items()},
        **{name: (k,) for k, name in enumerate(names)},
        **{
            name: [number for layer in _weighted(layers, k) for number in _parameters(layer)]
            for name, k in (scope.names if scope else {}).items()
            if k and _weighted(layers, k)
        },
    }


def _weighted(layers: Sequence[Layer], k: int) -> Sequence[Layer]:
    """The layers with parameters that a layer, from 1, is made of: of maxout, its pieces."""
    layer = layers[k - 1]
    if not isinstance(layer.wiring, Gathering):
        return (layer,)
    pieces = 0 if layer.wiring.axes else len(layer.wiring.groups[0])
    return layers[k - 1 - pieces : k - 1]


def _parameters(layer: Layer) -> Collection[int]:
    return (*layer.wiring.parameters, *(bias for bias in layer.biases if bias is not None))


def frozen(written: WrittenTraining | None, known: Freezable, problems: Problems) -> set[int]:
    """The numbers of the parameters that keep their values."""
    kept: set[int] = set()
    for node, word in _words(written):
        if word in known:
            kept.update(known[word])
            if word in KINDS and not known[word] and not problems:
                problems.add(node, f"'{word}' are to keep their values, and there are none")
        else:
            hint = suggestion(word, known) or f"; known: {listed(known)}"
            problems.add(node, f"nothing that can be frozen is called '{word}'{hint}")
    return kept


def _words(written: WrittenTraining | None) -> Iterator[tuple[Scalar, str]]:
    """The words of ``frozen``; one text may hold several, with commas."""
    if written is None or written.frozen is None:
        return
    nodes = written.frozen.items if isinstance(written.frozen, Items) else (written.frozen,)
    for node in nodes:
        yield from ((node, word.strip()) for word in node.text.split(","))
