"""Convolutions, against the same calculation on padded arrays."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy
from hypothesis import given
from hypothesis import strategies as st

from tests.support.convolving import EXACT, Layer, arrays, layers, named
from tests.unit.making import traced
from tracer.spec import Network, read_text

Draw = Any


@st.composite
def layers_with_deltas(draw: Draw) -> tuple[Layer, Any]:
    """A layer, and what comes back to its net inputs."""
    layer = draw(layers())
    return layer, draw(arrays(layer.net().shape, EXACT))


def backwards(layer: Layer, delta: Any) -> tuple[Any, Any]:
    """The derivatives by the kernels and by the grid: each position adds what it covers."""
    windows, turned = layer.windows, layer.turned
    flip = (slice(None), *(slice(None, None, -1) for _ in windows.window))
    laid = layer.kernels[flip] if turned else layer.kernels
    by_kernels = numpy.full(layer.kernels.shape, Fraction(0))
    padded = windows.padded(layer.grid)
    by_padded = numpy.full(padded.shape, Fraction(0))
    for row, part, into in zip(delta, windows.cut(padded), windows.cut(by_padded), strict=True):
        for number, kernel in enumerate(laid):
            by_kernels[number] += row[number] * part
            into += row[number] * kernel
    inner = tuple(
        slice(before, before + size)
        for (before, _), size in zip(windows.around, windows.sizes, strict=True)
    )
    return by_kernels[flip] if turned else by_kernels, by_padded[inner]


@given(layers())
def test_a_forward_pass_is_windows_times_kernels(layer: Layer) -> None:
    """Every net input is the sum over what its window covers, exactly."""
    trace = traced(layer.spec())
    found = [trace[f"net_{name}"].value for name in layer.names()]
    assert found == list(layer.net().reshape(-1))


@given(layers_with_deltas())
def test_derivatives_by_kernels_and_inputs(drawn: tuple[Layer, Any]) -> None:
    """Every derivative is the sum over the positions that use the weight or cover the place."""
    layer, delta = drawn
    pairs = zip(layer.names(), delta.reshape(-1), strict=True)
    given_values = "\n".join(f"  dE/dnet_{name}: {value}" for name, value in pairs)
    trace = traced(layer.spec(f"given:\n{given_values}\n"))
    by_kernels, by_grid = backwards(layer, delta)
    shape = by_kernels.shape[1:] if layer.channels else by_kernels.shape[1:-1]
    names = [name for k in range(len(by_kernels)) for name in named(f"k{k + 1}", shape)]
    for name, value in zip(names, by_kernels.reshape(-1), strict=True):
        assert trace[f"dE/d{name}"].value == value
    for name, value in zip(named("x", layer.inputs().shape), by_grid.reshape(-1), strict=True):
        assert trace[f"dE/d{name}"].value == value
    for k, _ in enumerate(layer.biases, 1):
        assert trace[f"dE/db_k{k}"].value == sum(delta[:, k - 1])


@given(layers())
def test_the_wiring_answers_the_same_from_every_end(layer: Layer) -> None:
    """Asked from units, from sources and from parameters, a convolution has the same edges."""
    network = read_text(layer.spec())
    assert isinstance(network, Network)
    wiring, units = network.layers[0].wiring, range(len(network.layers[0].units))
    edges = {(unit, *pair) for unit in units for pair in wiring.into(unit)}
    assert edges == {
        (unit, source, weight)
        for source in wiring.sources
        for unit, weight in wiring.out_of(source)
    }
    assert edges == {
        (unit, source, weight)
        for weight in wiring.parameters
        for unit, source in wiring.uses(weight)
    }
    assert len(edges) == sum(len(wiring.into(unit)) for unit in units)
