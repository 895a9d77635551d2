"""Networks of any shape, as the text of a spec; the same numbers every time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

INPUTS, OUTPUTS = 4, 2
"""Of a recurrent network at each time step."""

SMALL, SCALAR, LARGE = (18, 20, 7), (64, 64, 10), (200, 200, 50)
PAGE, PAGE_OF_200, LONG_PAGE = (4, 8, 8, 4), (4, 5, 5, 2), (18, 20, 7)
"""500 weights, 4,736 weights, 50,000 weights."""


def spec(shape: Sequence[int]) -> str:
    """A fully connected network of sigmoid units with biases, one sample, one training step.

    Args:
        shape: how many inputs, then how many units in each layer.
    """
    random = Random(1)
    layers = "".join(_layer(random, *sizes) for sizes in pairwise(shape))
    inputs, targets = _numbers(random, shape[0]), _numbers(random, shape[-1])
    return (
        f"inputs: {shape[0]}\nlayers:\n{layers}"
        f"samples:\n  - {{input: {inputs}, target: {targets}}}\n"
        "training: {learning_rate: 0.5, steps: 1}\n"
    )


def convolution(side: int) -> str:
    """Four filters of 3x3 over a square picture of three channels, with a target at each position.

    Args:
        side: rows and columns of the picture.
    """
    random, inner = Random(1), side - 2
    return (
        f"inputs: {{shape: [{side}, {side}, 3]}}\nlayers:\n  - convolution:\n"
        f"      kernels: {_nested(random, 4, 3, 3, 3)}\n"
        f"    activation: sigmoid\n    bias: {_nested(random, 4)}\n"
        f"samples:\n  - input: {_nested(random, side, side, 3)}\n"
        f"    target: {_nested(random, inner, inner, 4)}\n"
        "training: {learning_rate: 0.5, steps: 1}\n"
    )


def multiplications(side: int) -> int:
    """How many multiply-adds the forward pass of such a convolution has."""
    return (side - 2) ** 2 * 4 * 3 * 3 * 3


def _nested(random: Random, first: int, *sizes: int) -> str:
    """Lists in lists of different numbers."""
    if not sizes:
        return str(_numbers(random, first))
    return f"[{', '.join(_nested(random, *sizes) for _ in range(first))}]"


def _layer(random: Random, sources: int, units: int) -> str:
    rows = ",\n      ".join(_numbers(random, sources) for _ in range(units))
    return (
        f"  - units: {units}\n    activation: sigmoid\n"
        f"    weights: [{rows}]\n    bias: {_numbers(random, units)}\n"
    )


def _numbers(random: Random, count: int) -> str:
    """So many different numbers between -0.5 and 0.5, with four decimals."""
    return f"[{', '.join(f'{random.uniform(-0.5, 0.5):.4f}' for _ in range(count))}]"


def weights(shape: Sequence[int]) -> int:
    """How many weights a fully connected network has, without its biases."""
    return sum(before * after for before, after in pairwise(shape))


def recurrent(steps: int, units: int) -> str:
    """A recurrent network of tanh units, with a linear output and a target at every time step.

    Args:
        steps: how many time steps.
        units: how many recurrent units.
    """
    random = Random(1)
    rows = [_numbers(random, INPUTS) for _ in range(units)]
    back = [_numbers(random, units) for _ in range(units)]
    out = [_numbers(random, units) for _ in range(OUTPUTS)]
    return (
        f"inputs: {INPUTS}\nlayers:\n"
        f"  - units: {units}\n    cell: recurrent\n    activation: tanh\n"
        f"    weights: [{', '.join(rows)}]\n    recurrent_weights: [{', '.join(back)}]\n"
        f"    bias: {_numbers(random, units)}\n"
        f"  - units: {OUTPUTS}\n    weights: [{', '.join(out)}]\n"
        f"samples:\n  - input: [{', '.join(_numbers(random, INPUTS) for _ in range(steps))}]\n"
        f"    target: [{', '.join(_numbers(random, OUTPUTS) for _ in range(steps))}]\n"
        "training: {learning_rate: 0.5, steps: 1}\n"
    )


def products(steps: int, units: int) -> int:
    """How many multiply-adds the forward pass of such a network has."""
    return steps * units * (INPUTS + units + OUTPUTS)
