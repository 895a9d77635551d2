"""Mazur's network as a NumPy loop, the way people write it.

``python -m benchmarks.tasks.mazur_numpy 10000``
"""

from __future__ import annotations

import sys
from time import process_time
from typing import Any

import numpy as np

from benchmarks.tasks import mazur
from benchmarks.tasks.report import report


def sigmoid(net: Any) -> Any:
    """The logistic function of an array."""
    return 1 / (1 + np.exp(-net))


def train(steps: int) -> float:
    """Gradient descent; returns the error at the start of the last step."""
    inputs, targets = np.array(mazur.INPUTS), np.array(mazur.TARGETS)
    hidden_weights, output_weights = np.array(mazur.HIDDEN), np.array(mazur.OUTPUT)
    error = 0.0
    for _ in range(steps):
        hidden = sigmoid(hidden_weights @ inputs + mazur.HIDDEN_BIAS)
        output = sigmoid(output_weights @ hidden + mazur.OUTPUT_BIAS)
        error = 0.5 * np.sum((targets - output) ** 2)
        output_delta = (output - targets) * output * (1 - output)
        hidden_delta = (output_weights.T @ output_delta) * hidden * (1 - hidden)
        output_weights -= mazur.RATE * np.outer(output_delta, hidden)
        hidden_weights -= mazur.RATE * np.outer(hidden_delta, inputs)
    return float(error)


def main(steps: str) -> None:
    """Times the loop."""
    started = process_time()
    error = train(int(steps))
    report(process_time() - started, int(steps), error)


if __name__ == "__main__":
    main(*sys.argv[1:])
