"""Mazur's network with HIPS autograd, which derives a NumPy function.

``python -m benchmarks.tasks.mazur_autograd 10000``
"""

from __future__ import annotations

import sys
from time import process_time
from typing import Any

import autograd.numpy as np
from autograd import value_and_grad

from benchmarks.tasks import mazur
from benchmarks.tasks.report import report

INPUTS, TARGETS = np.array(mazur.INPUTS), np.array(mazur.TARGETS)


def sigmoid(net: Any) -> Any:
    """The logistic function of an array."""
    return 1 / (1 + np.exp(-net))


def error_of(weights: tuple[Any, Any]) -> Any:
    """The error of the network."""
    hidden = sigmoid(np.dot(weights[0], INPUTS) + mazur.HIDDEN_BIAS)
    output = sigmoid(np.dot(weights[1], hidden) + mazur.OUTPUT_BIAS)
    return 0.5 * np.sum((TARGETS - output) ** 2)


def train(steps: int) -> float:
    """Gradient descent; returns the error at the start of the last step."""
    weights, error = (np.array(mazur.HIDDEN), np.array(mazur.OUTPUT)), 0.0
    derive = value_and_grad(error_of)
    for _ in range(steps):
        error, gradients = derive(weights)
        pairs = zip(weights, gradients, strict=True)
        first, second = (weight - mazur.RATE * gradient for weight, gradient in pairs)
        weights = (first, second)
    return float(error)


def main(steps: str) -> None:
    """Times the loop."""
    started = process_time()
    error = train(int(steps))
    report(process_time() - started, int(steps), error)


if __name__ == "__main__":
    main(*sys.argv[1:])
