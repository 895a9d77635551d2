"""Losses of probabilities against the targets that a network has, and errors without a minus."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.errors import TracerError
from tracer.maths.expression import Number
from tracer.spec.network import Network
from tracer.spec.placed import placed

OF_PROBABILITIES = ("binary_cross_entropy", "cross_entropy")
"""Losses whose targets are probabilities."""

NEVER_NEGATIVE = (
    "half_squared_error",
    "squared_error",
    "mean_squared_error",
    "multiclass_hinge",
)
"""Losses that are 0 or more, whatever the output and the target."""


def improbable_targets(network: Network) -> Iterator[str]:
    """The targets, with their outputs and samples, that are no probabilities; letters are free."""
    if network.loss.name not in OF_PROBABILITIES or network.training.learning_rule:
        return
    try:
        samples = placed(network).samples
    except TracerError:
        return
    several = len(samples) > 1
    for number, sample in enumerate(samples, 1):
        where = f" in sample {number}" if several else ""
        for name, target in zip(network.output_names, sample.targets, strict=True):
            if isinstance(target, Number) and not 0 <= target.value <= 1:
                yield f"{target.text} of {name}{where}"


def is_never_negative(network: Network) -> bool:
    """Whether the error is certain to be 0 or more."""
    if network.loss.name == "binary_cross_entropy":
        targets = (target for sample in network.samples for target in sample.targets)
        return all(isinstance(one, Number) and 0 <= one.value <= 1 for one in targets)
    return network.loss.name in NEVER_NEGATIVE
