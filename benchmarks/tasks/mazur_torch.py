"""Mazur's network with PyTorch, on one thread, which is the quickest for so few weights.

``python -m benchmarks.tasks.mazur_torch 10000``
"""

from __future__ import annotations

import sys
from time import process_time

import torch

from benchmarks.tasks import mazur
from benchmarks.tasks.report import report


def train(steps: int) -> float:
    """Gradient descent; returns the error at the start of the last step."""
    torch.set_num_threads(1)
    inputs = torch.tensor(mazur.INPUTS, dtype=torch.float64)
    targets = torch.tensor(mazur.TARGETS, dtype=torch.float64)
    hidden_weights = torch.tensor(mazur.HIDDEN, dtype=torch.float64, requires_grad=True)
    output_weights = torch.tensor(mazur.OUTPUT, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([hidden_weights, output_weights], lr=mazur.RATE)
    error = torch.tensor(0.0)
    for _ in range(steps):
        hidden = torch.sigmoid(hidden_weights @ inputs + mazur.HIDDEN_BIAS)
        output = torch.sigmoid(output_weights @ hidden + mazur.OUTPUT_BIAS)
        error = 0.5 * ((targets - output) ** 2).sum()
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
    return float(error.item())


def main(steps: str) -> None:
    """Times the loop."""
    started = process_time()
    error = train(int(steps))
    report(process_time() - started, int(steps), error)


if __name__ == "__main__":
    main(*sys.argv[1:])
