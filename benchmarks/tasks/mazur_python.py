"""Mazur's network as a plain Python loop over lists, the way tutorials write it.

``python -m benchmarks.tasks.mazur_python 10000``
"""

from __future__ import annotations

import math
import sys
from time import process_time

from benchmarks.tasks import mazur
from benchmarks.tasks.report import report


def sigmoid(net: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-net))


def layer(weights: list[list[float]], bias: float, sources: list[float]) -> list[float]:
    """The outputs of a layer."""
    outs = []
    for row in weights:
        net = sum(weight * source for weight, source in zip(row, sources, strict=True)) + bias
        outs.append(sigmoid(net))
    return outs


def update(weights: list[list[float]], deltas: list[float], sources: list[float]) -> None:
    """A step against the gradient."""
    for row, delta in zip(weights, deltas, strict=True):
        for j, source in enumerate(sources):
            row[j] -= mazur.RATE * delta * source


def train(steps: int) -> float:
    """Gradient descent; returns the error at the start of the last step."""
    hidden_weights = [list(row) for row in mazur.HIDDEN]
    output_weights = [list(row) for row in mazur.OUTPUT]
    error = 0.0
    for _ in range(steps):
        hidden = layer(hidden_weights, mazur.HIDDEN_BIAS, mazur.INPUTS)
        output = layer(output_weights, mazur.OUTPUT_BIAS, hidden)
        pairs = list(zip(output, mazur.TARGETS, strict=True))
        error = sum(0.5 * (target - out) ** 2 for out, target in pairs)
        output_deltas = [(out - target) * out * (1 - out) for out, target in pairs]
        hidden_deltas = []
        for j, out in enumerate(hidden):
            paths = zip(output_deltas, output_weights, strict=True)
            by_out = sum(delta * row[j] for delta, row in paths)
            hidden_deltas.append(by_out * out * (1 - out))
        update(output_weights, output_deltas, hidden)
        update(hidden_weights, hidden_deltas, mazur.INPUTS)
    return error


def main(steps: str) -> None:
    """Times the loop."""
    started = process_time()
    error = train(int(steps))
    report(process_time() - started, int(steps), error)


if __name__ == "__main__":
    main(*sys.argv[1:])
