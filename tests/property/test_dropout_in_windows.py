"""Dropout of convolutions and of what pools them, against automatic differentiation of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.property.test_pooling import Chain, assert_near, chains, floats, is_smooth
from tests.property.test_stretches import check as check_stretches
from tests.support.convolving import convolved, named, pooled
from tests.unit.making import traced
from tests.unit.proof.judging import handed, standings
from tracer.proof.verdicts import Standing
from tracer.spec import read_text

Draw = Any
KEEP = "0.8"


class Dropping(Struct, frozen=True):
    """A chain whose maps are dropped, and what is taken of them.

    Attributes:
        chain: the chain.
        masks: of each sample: of the convolution's units, and of the pooling's.
        inverted: whether what is kept is divided.
    """

    chain: Chain
    masks: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    inverted: bool

    def __repr__(self) -> str:
        """As a spec."""
        return self.spec()

    def spec(self) -> str:
        """The file."""
        text = self.chain.spec()
        for depth, end in enumerate(("activation: tanh}", "}}")):
            line = next(line for line in text.split("\n")[2 + depth :] if line.endswith(end))
            text = text.replace(line, line[:-1] + f", dropout: {self._said(depth)}}}", 1)
        return text

    def _said(self, depth: int) -> str:
        form = "inverted" if self.inverted else "plain"
        masks = [list(of_sample[depth]) for of_sample in self.masks]
        return f"{{keep: {KEEP}, mask: {masks}, form: {form}}}"

    def sent(self, outs: Any, sample: int, depth: int) -> Any:
        """What is made of outputs on their way."""
        share = float(KEEP) if self.inverted else 1.0
        return outs * (numpy.array(self.masks[sample][depth], dtype=float) / share)

    def error(self, np: Any, kernels: Any, biases: Any, weights: Any, grids: Sequence[Any]) -> Any:
        """The error over all samples, from arrays."""
        layer, pooling, total = self.chain.layer, self.chain.pooling, 0.0
        for sample, (grid, target) in enumerate(zip(grids, self.chain.targets, strict=True)):
            net = convolved(layer.windows, grid, kernels, biases, layer.turned, np)
            sent = self.sent(np.reshape(np.tanh(net), (-1,)), sample, 0)
            maps = np.reshape(sent, (*layer.windows.counts, len(layer.kernels)))
            taken = pooled(pooling.windows, maps, pooling.take, pooling.over_padding, np)
            sent = self.sent(np.reshape(taken, (-1,)), sample, 1)
            total = total + (float(target) - np.tanh(np.dot(sent, weights))) ** 2 / 2
        return total


@st.composite
def droppings(draw: Draw) -> Dropping:
    """Random chains with random masks."""
    chain = draw(chains())
    maps, taken = len(chain.layer.names()), len(chain.weights)
    bits = st.tuples(
        st.tuples(*[st.integers(0, 1)] * maps), st.tuples(*[st.integers(0, 1)] * taken)
    )
    masks = tuple(draw(bits) for _ in chain.grids)
    return Dropping(chain, masks, draw(st.booleans()))


@settings(deadline=None)
@given(droppings())
def test_a_chain_has_the_derivatives_that_arrays_have(dropping: Dropping) -> None:
    """By kernels, biases, dense weights and inputs, maps dropped before and after pooling."""
    autograd = import_module("autograd")
    chain = dropping.chain
    layer = chain.layer
    assume(is_smooth(chain))
    biases = floats(layer.biases or [0] * len(layer.kernels))
    arguments = (floats(layer.kernels), biases, floats(chain.weights), floats(chain.grids))

    def error(*given: Any) -> Any:
        return dropping.error(autograd.numpy, *given)

    by_kernels, by_biases, by_weights, by_grids = autograd.grad(error, (0, 1, 2, 3))(*arguments)
    trace = traced(dropping.spec(), "decimal")
    inner = slice(None) if layer.channels else slice(0, 1)
    shape = layer.kernels.shape[1:] if layer.channels else layer.kernels.shape[1:-1]
    kernels = [name for k in range(len(layer.kernels)) for name in named(f"k{k + 1}", shape)]
    assert_near(trace, ["E"], error(*arguments))
    assert_near(trace, [f"dE/d{name}" for name in kernels], by_kernels[..., inner])
    assert_near(trace, [f"dE/dw{k + 1}" for k in range(len(by_weights))], by_weights)
    assert_near(
        trace, [f"dE/db_k{k + 1}" for k in range(len(layer.biases))], by_biases[: len(layer.biases)]
    )
    for number, by_grid in enumerate(by_grids, 1):
        mark = f"[{number}]" if len(chain.grids) > 1 else ""
        names = [f"dE/d{name}{mark}" for name in named("x", layer.inputs().shape)]
        assert_near(trace, names, by_grid)


@settings(max_examples=20, deadline=None)
@given(droppings())
def test_stretches_say_what_places_say(dropping: Dropping) -> None:
    """Also where what is gathered is what dropout keeps."""
    check_stretches(read_text(dropping.spec()))


@settings(max_examples=10, deadline=None)
@given(droppings())
def test_the_witnesses_refute_nothing(dropping: Dropping) -> None:
    """No number is refuted; ties of dropped outputs are decided as the file says."""
    trace = traced(dropping.spec(), "decimal")
    found = {standing for _, standing in standings(trace, handed(trace, parts=False).claims)}
    assert Standing.REFUTED not in found


def test_a_dropped_winner_hands_nothing_back() -> None:
    """A negative output loses against a dropped one, of which 0 is kept; both get no derivative."""
    trace = traced(
        "inputs: {shape: [2]}\nlayers:\n"
        "  - {name: c, convolution: {kernel: [1]}, dropout: {keep: 1/2, mask: [0, 1]}}\n"
        "  - {name: p, pooling: {take: max, size: 2}}\n"
        "samples: [{input: [3, -1], target: 1}]\n",
        "exact",
    )
    assert trace["out_p_1"].value == trace["kept_c_1"].value == 0
    assert [trace[f"dE/dkept_c_{k}"].value for k in (1, 2)] == [-1, 0]
    assert [trace[f"dE/dout_c_{k}"].value for k in (1, 2)] == [Fraction(0), Fraction(0)]
