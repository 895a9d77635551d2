"""Convolution, pooling and a dense layer in a row, against automatic differentiation of arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib import import_module
from math import isclose
from typing import Any

import numpy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.support.convolving import (
    Layer,
    Windows,
    all_windows,
    arrays,
    convolved,
    layers,
    named,
    nested,
    pooled,
)
from tests.unit.making import traced
from tests.unit.proof.judging import handed, standings
from tracer.derive.trace import Trace
from tracer.proof.verdicts import Standing

Draw = Any

DECIMALS = st.integers(-999, 999).map(lambda n: Fraction(n, 1000))
NEAR = 1e-9


class Pooling(Struct, frozen=True):
    """A pooling layer over positions with channels.

    Attributes:
        windows: how its window moves.
        take: ``max`` or ``average``.
        over_padding: whether an average counts padding too.
    """

    windows: Windows
    take: str
    over_padding: bool

    def layer(self) -> str:
        """As a spec says it."""
        padding = self.windows.padding
        around = padding if isinstance(padding, str) else list(padding)
        by = ", divide_by: window" if self.over_padding else ""
        return (
            f"{{name: p, pooling: {{take: {self.take}, size: {list(self.windows.window)}, "
            f"stride: {list(self.windows.strides)}, padding: {around}{by}}}}}"
        )

    def covers(self) -> bool:
        """Whether every window covers something."""
        there = self.windows.padded(numpy.ones((*self.windows.sizes, 1)))
        return all(part.any() for part in self.windows.cut(there))


@st.composite
def poolings(draw: Draw, sizes: tuple[int, ...]) -> Pooling:
    """Random pooling over a grid."""
    shape = draw(all_windows(len(sizes)))
    windows = Windows(sizes, shape.window, shape.strides, shape.padding)
    assume(min(windows.counts) > 0)
    take = draw(st.sampled_from(("max", "average")))
    found = Pooling(windows, take, take == "average" and draw(st.booleans()))
    assume(found.covers())
    return found


class Chain(Struct, frozen=True):
    """A convolution, what is taken of it, a dense unit, and samples."""

    layer: Layer
    pooling: Pooling
    weights: Any
    grids: tuple[Any, ...]
    targets: tuple[Fraction, ...]

    def __repr__(self) -> str:
        """As a spec."""
        return self.spec()

    def spec(self) -> str:
        """The file."""
        first = self.layer
        channels = f", channels: {first.grid.shape[-1]}" if first.channels else ""
        cases = "".join(
            f"  - {{input: {nested(grid if first.channels else grid[..., 0])}, target: {target}}}\n"
            for grid, target in zip(self.grids, self.targets, strict=True)
        )
        return (
            f"inputs: {{name: x, shape: {list(first.windows.sizes)}{channels}}}\n"
            f"layers:\n  - {first.layer(', activation: tanh')}\n  - {self.pooling.layer()}\n"
            f"  - {{units: [o], activation: tanh, weights: {nested(self.weights[None])}}}\n"
            f"samples:\n{cases}training: {{learning_rate: 0.5}}\n"
        )

    def error(self, np: Any, kernels: Any, biases: Any, weights: Any, grids: Sequence[Any]) -> Any:
        """The error over all samples, from arrays."""
        layer, pooling, total = self.layer, self.pooling, 0.0
        for grid, target in zip(grids, self.targets, strict=True):
            net = convolved(layer.windows, grid, kernels, biases, layer.turned, np)
            maps = np.reshape(np.tanh(net), (*layer.windows.counts, len(layer.kernels)))
            taken = pooled(pooling.windows, maps, pooling.take, pooling.over_padding, np)
            out = np.tanh(np.dot(np.reshape(taken, (-1,)), weights))
            total = total + (float(target) - out) ** 2 / 2
        return total


@st.composite
def chains(draw: Draw) -> Chain:
    """Random chains."""
    layer = draw(layers(DECIMALS))
    pooling = draw(poolings(layer.windows.counts))
    count = int(numpy.prod(pooling.windows.counts)) * len(layer.kernels)
    samples = draw(st.integers(1, 2))
    grids = tuple(draw(arrays(layer.grid.shape, DECIMALS)) for _ in range(samples))
    targets = tuple(draw(st.lists(DECIMALS, min_size=samples, max_size=samples)))
    return Chain(layer, pooling, draw(arrays((count,), DECIMALS)), grids, targets)


def floats(array: Any) -> Any:
    """An array of floats."""
    return numpy.array(array, dtype=float)


def assert_near(trace: Trace, names: Sequence[str], values: Any) -> None:
    """Every quantity has its value but for a float's rounding."""
    for name, value in zip(names, values.reshape(-1), strict=True):
        found = float(trace[name].value)
        assert isclose(found, float(value), rel_tol=NEAR, abs_tol=NEAR), name


@given(chains())
def test_a_chain_has_the_derivatives_that_arrays_have(chain: Chain) -> None:
    """By kernels, biases, dense weights and inputs, and the kernels after the update."""
    autograd = import_module("autograd")
    layer = chain.layer
    biases = floats(layer.biases or [0] * len(layer.kernels))
    arguments = (floats(layer.kernels), biases, floats(chain.weights), floats(chain.grids))
    error: Callable[..., Any] = lambda *given: chain.error(autograd.numpy, *given)  # noqa: E731
    assume(is_smooth(chain))
    by_kernels, by_biases, by_weights, by_grids = autograd.grad(error, (0, 1, 2, 3))(*arguments)
    trace = traced(chain.spec(), "decimal")
    inner = slice(None) if layer.channels else slice(0, 1)
    shape = layer.kernels.shape[1:] if layer.channels else layer.kernels.shape[1:-1]
    kernels = [name for k in range(len(layer.kernels)) for name in named(f"k{k + 1}", shape)]
    assert_near(trace, ["E"], error(*arguments))
    assert_near(trace, [f"dE/d{name}" for name in kernels], by_kernels[..., inner])
    moved = arguments[0] - 0.5 * by_kernels
    assert_near(trace, [f"{name}+" for name in kernels], moved[..., inner])
    assert_near(trace, [f"dE/dw{k + 1}" for k in range(len(by_weights))], by_weights)
    assert_near(
        trace, [f"dE/db_k{k + 1}" for k in range(len(layer.biases))], by_biases[: len(layer.biases)]
    )
    for number, by_grid in enumerate(by_grids, 1):
        mark = f"[{number}]" if len(chain.grids) > 1 else ""
        names = [f"dE/d{name}{mark}" for name in named("x", layer.inputs().shape)]
        assert_near(trace, names, by_grid)


def is_smooth(chain: Chain) -> bool:
    """Whether no window has two that are largest: there, programs differ in what they pass on."""
    layer = chain.layer
    biases = numpy.array(layer.biases or [0] * len(layer.kernels), dtype=object)
    for grid in chain.grids:
        net = convolved(layer.windows, grid, layer.kernels, biases, layer.turned)
        maps = net.reshape((*layer.windows.counts, len(layer.kernels)))
        for part in chain.pooling.windows.cut(
            chain.pooling.windows.padded(floats(maps), fill=-1e9)
        ):
            flat = part.reshape((-1, part.shape[-1]))
            for channel in flat.T:
                largest = sorted(channel)[-2:]
                if len(largest) == 2 and largest[1] - largest[0] < 1e-12:
                    return False
    return True


@given(st.data())
def test_pooling_is_exact_in_fractions(data: st.DataObject) -> None:
    """What is taken of an exact grid is exactly the largest or the average."""
    dimensions = data.draw(st.integers(1, 2))
    grid = data.draw(all_windows(dimensions)).sizes
    pooling = data.draw(poolings(grid))
    numbers = data.draw(arrays((*grid, 2), DECIMALS))
    trace = traced(
        f"inputs: {{shape: {list(grid)}, channels: 2}}\nlayers:\n  - {pooling.layer()}\n"
        f"samples: [{{input: {nested(numbers)}}}]\n"
    )
    expected = pooled(pooling.windows, numbers, pooling.take, pooling.over_padding)
    names = named("out_p", (*pooling.windows.counts, 2))
    assert [trace[name].value for name in names] == list(expected.reshape(-1))


@settings(max_examples=10)
@given(chains())
def test_the_witnesses_refute_nothing(chain: Chain) -> None:
    """Every number of a chain is proved by a witness; at ties those that cannot tell are silent."""
    claims = handed(traced(chain.spec(), "decimal"), parts=False).claims
    found = {standing for _, standing in standings(traced(chain.spec(), "decimal"), claims)}
    assert found == {Standing.PROVED}
