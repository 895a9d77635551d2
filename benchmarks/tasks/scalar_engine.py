"""What one would write instead of a trace: a scalar autograd engine that keeps every value.

After micrograd (Karpathy): each number is an object that knows its operands and how to pass its
derivative on. One step of gradient descent of the same network, in floats, then every value and
its derivative as JSON.

``python -m benchmarks.tasks.scalar_engine 64 64 10``
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks import networks
from benchmarks.tasks.report import report, seconds_of

LEAST_SECONDS = 1.0
RATE = 0.5


class Value:
    """A number in a graph."""

    def __init__(self, data: float, operands: tuple[Value, ...] = (), operation: str = "") -> None:
        self.data = data
        self.grad = 0.0
        self.operands = operands
        self.operation = operation
        self.backward: Callable[[], None] = lambda: None

    def __add__(self, other: Value) -> Value:
        """The sum, which passes its derivative on to both."""
        result = Value(self.data + other.data, (self, other), "+")

        def backward() -> None:
            self.grad += result.grad
            other.grad += result.grad

        result.backward = backward
        return result

    def __mul__(self, other: Value) -> Value:
        """The product."""
        result = Value(self.data * other.data, (self, other), "*")

        def backward() -> None:
            self.grad += other.data * result.grad
            other.grad += self.data * result.grad

        result.backward = backward
        return result

    def sigmoid(self) -> Value:
        """The logistic function."""
        result = Value(1 / (1 + math.exp(-self.data)), (self,), "sigmoid")

        def backward() -> None:
            self.grad += result.data * (1 - result.data) * result.grad

        result.backward = backward
        return result


def ordered(root: Value) -> list[Value]:
    """Every value, each after its operands."""
    found: list[Value] = []
    seen: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        value, done = waiting.pop()
        if done:
            found.append(value)
        elif id(value) not in seen:
            seen.add(id(value))
            waiting.append((value, True))
            waiting += [(operand, False) for operand in value.operands]
    return found


def error(data: dict[str, Any], parameters: list[Value]) -> Value:
    """Half the squared error of the network's sample."""
    outs, left = [Value(number) for number in data["samples"][0]["input"]], iter(parameters)
    for layer in data["layers"]:
        sums = []
        for row in layer["weights"]:
            total = next(left) * outs[0]
            for out in outs[1 : len(row)]:
                total = total + next(left) * out
            sums.append(total)
        outs = [(total + next(left)).sigmoid() for total in sums]
    return half_squared(outs, data["samples"][0]["target"])


def half_squared(outs: list[Value], targets: list[float]) -> Value:
    """The sum of 1/2 (out - target)^2."""
    total = Value(0.0)
    for out, target in zip(outs, targets, strict=True):
        miss = out + Value(-target)
        total = total + Value(0.5) * miss * miss
    return total


def described(values: list[Value]) -> str:
    """Every value as JSON, with the numbers of its operands."""
    numbers = {id(value): number for number, value in enumerate(values)}
    return json.dumps(
        [
            {
                "number": number,
                "operation": value.operation,
                "operands": [numbers[id(operand)] for operand in value.operands],
                "value": value.data,
                "derivative": value.grad,
            }
            for number, value in enumerate(values)
        ],
        indent=0,
    )


def run(data: dict[str, Any], path: Path) -> float:
    """Forward, backward, update, and the file; returns the error."""
    layers = data["layers"]
    numbers = [
        number
        for layer in layers
        for number in (*(weight for row in layer["weights"] for weight in row), *layer["bias"])
    ]
    parameters = [Value(number) for number in numbers]
    total = error(data, parameters)
    values = ordered(total)
    total.grad = 1.0
    for value in reversed(values):
        value.backward()
    path.write_text(described(values), encoding="utf-8")
    for parameter in parameters:
        parameter.data -= RATE * parameter.grad
    return total.data


def main(*sizes: str) -> None:
    """Times reading, calculating and writing, for as many steps as the trace has."""
    text = networks.spec([int(size) for size in sizes])
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "values.json"

        def work() -> float:
            return run(yaml.load(text, Loader=loader), path)  # noqa: S506 (a safe loader)

        seconds, result = seconds_of(work, LEAST_SECONDS)
        report(seconds, steps(*map(int, sizes)), result)


def steps(inputs: int, *units: int) -> int:
    """How many steps a trace has of a network with biases, one sample and one training step."""
    parameters = networks.weights((inputs, *units)) + sum(units)
    return 2 * sum(units) + units[-1] + 1 + 3 * sum(units) + inputs + 2 * parameters


if __name__ == "__main__":
    main(*sys.argv[1:])
