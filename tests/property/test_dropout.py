"""Dropout on random networks: against autograd, in fractions against differences, witnesses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import autograd
import autograd.numpy as anp
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from tests.property.test_matrices import check as check_matrices
from tests.property.test_matrices import printed
from tests.property.test_stretches import check as check_stretches
from tests.support.amount import FEW, SOME
from tests.support.tracing import few_digits, traced_if_finite
from tests.unit.proof.judging import proof_of, refuted
from tracer.errors import CalculationError
from tracer.notation.numbers import NumberFormat
from tracer.render.json import from_json, to_json
from tracer.spec import Network, read_text

Draw = Any
SMOOTH: dict[str, Callable[[Any], Any]] = {
    "identity": lambda net: net,
    "sigmoid": lambda net: 1 / (1 + anp.exp(-net)),
    "tanh": anp.tanh,
    "square": lambda net: net**2,
    "sin(net)": anp.sin,
}
NUMBERS = st.integers(-8, 8).map(lambda count: Fraction(count, 4))
SOFTMAX = "softmax"
KEEPS = ("1/2", "0.8", "1/3", "1")


def outputs(activation: str, nets: Sequence[Any]) -> list[Any]:
    """The outputs of a layer, of all its net inputs together where it is softmax."""
    if activation != SOFTMAX:
        return [SMOOTH[activation](net) for net in nets]
    powers = [anp.exp(net) for net in nets]
    return [power / sum(powers) for power in powers]


class Dropped(Struct, frozen=True):
    """A drawn network with dropout.

    Attributes:
        sizes: how many inputs, and units of each layer.
        activations: of each layer.
        weights: of each layer, a row for each unit, the bias last.
        keeps: of the inputs and of each layer but the last one; empty: no dropout.
        masks: by sample, the masks where there is dropout.
        inverted: whether kept outputs are divided.
        cases: inputs and targets of each sample.
        in_place: whether it is updated so.
        delta: its sign.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    weights: tuple[tuple[tuple[Fraction, ...], ...], ...]
    keeps: tuple[str, ...]
    masks: tuple[tuple[tuple[int, ...], ...], ...]
    inverted: bool
    cases: tuple[tuple[tuple[Fraction, ...], tuple[Fraction, ...]], ...]
    in_place: bool
    delta: str

    def factors(self, depth: int, sample: int | None) -> list[Any]:
        """What outputs are multiplied by; in a test, of no sample."""
        if depth >= len(self.keeps) or not self.keeps[depth]:
            return [1] * self.sizes[depth]
        keep = Fraction(self.keeps[depth])
        if sample is None:
            return [1 if self.inverted else keep] * self.sizes[depth]
        return [Fraction(bit) / (keep if self.inverted else 1) for bit in self.masks[sample][depth]]

    def text(self) -> str:
        """Its file."""
        lines = [f"inputs: {[f'x{k + 1}' for k in range(self.sizes[0])]}", "layers:"]
        for depth, rows in enumerate(self.weights, 1):
            weights = [[str(number) for number in row[:-1]] for row in rows]
            units = [f"u{depth}{k}" for k in range(self.sizes[depth])]
            biases = [str(row[-1]) for row in rows]
            lines.append(
                f"  - {{units: {units}, activation: {self.activations[depth - 1]}, "
                f"weights: {weights}, bias: {biases}{self._dropout(', dropout', depth)}}}"
            )
        cases = [
            f"{{input: {list(map(str, inputs))}, target: {list(map(str, targets))}}}"
            for inputs, targets in self.cases
        ]
        update = "in_place" if self.in_place else "simultaneous"
        lines += [
            self._dropout("input_dropout", 0),
            f"samples: [{', '.join(cases)}]",
            f"training: {{learning_rate: 1/8, update: {update}, delta: {self.delta}, "
            "evaluate_after: yes}",
        ]
        return "\n".join(lines).replace("'", "") + "\n"

    def _dropout(self, field: str, depth: int) -> str:
        if depth >= len(self.keeps) or not self.keeps[depth]:
            return ""
        form = "inverted" if self.inverted else "plain"
        masks = [list(masks[depth]) for masks in self.masks]
        return f"{field}: {{keep: {self.keeps[depth]}, mask: {masks}, form: {form}}}"

    def network(self) -> Network:
        """What the reader makes of it."""
        found = read_text(self.text())
        assert isinstance(found, Network)
        return found

    def error(self, vector: Sequence[Any], number: Callable[[Any], Any], test: bool = False) -> Any:
        """The sum of the samples' errors, its parameters in the order of layers and rows.

        Args:
            vector: the parameters.
            number: how a fraction becomes a number.
            test: whether nothing is dropped.
        """
        total = number(0)
        for sample, (inputs, targets) in enumerate(self.cases):
            sent, at = [number(value) for value in inputs], 0
            for depth, rows in enumerate(self.weights):
                factors = self.factors(depth, None if test else sample)
                sent = [out * number(by) for out, by in zip(sent, factors, strict=True)]
                nets = []
                for _ in rows:
                    row = vector[at : at + len(sent) + 1]
                    at += len(sent) + 1
                    nets.append(
                        sum((w * out for w, out in zip(row, sent, strict=False)), row[len(sent)])
                    )
                sent = outputs(self.activations[depth], nets)
            for out, target in zip(sent, targets, strict=True):
                total = total + (number(target) - out) ** 2 / 2
        return total

    def vector(self) -> list[Fraction]:
        """The parameters, layer after layer, row after row."""
        return [number for rows in self.weights for row in rows for number in row]

    def names(self) -> list[str]:
        """Their names."""
        found, count = [], 0
        for depth, rows in enumerate(self.weights, 1):
            for k, row in enumerate(rows):
                found += [f"w{count + i}" for i in range(1, len(row))] + [f"b_u{depth}{k}"]
                count += len(row) - 1
        return found


def fitting(activations: Sequence[str], size: int) -> list[str]:
    """What a layer of so many units can have: one unit alone has no share."""
    return [name for name in activations if size > 1 or name != SOFTMAX]


@st.composite
def dropped(draw: Draw, activations: Sequence[str] = (*SMOOTH, SOFTMAX)) -> Dropped:
    """Any small network with dropout of some layers."""
    sizes = tuple(draw(st.lists(st.integers(1, 3), min_size=2, max_size=4)))
    samples = draw(st.integers(1, 2))

    def row(count: int) -> st.SearchStrategy[tuple[Fraction, ...]]:
        return st.tuples(*[NUMBERS] * count)

    bits = [st.tuples(*[st.integers(0, 1)] * size) for size in sizes[:-1]]
    return Dropped(
        sizes,
        tuple(draw(st.sampled_from(fitting(activations, size))) for size in sizes[1:]),
        tuple(
            tuple(draw(row(before + 1)) for _ in range(size)) for before, size in pairwise(sizes)
        ),
        tuple(draw(st.sampled_from(("", *KEEPS))) for _ in sizes[:-1]),
        tuple(draw(st.tuples(*bits)) for _ in range(samples)),
        draw(st.booleans()),
        tuple((draw(row(sizes[0])), draw(row(sizes[-1]))) for _ in range(samples)),
        draw(st.booleans()),
        draw(st.sampled_from(("gradient", "negative_gradient"))),
    )


@SOME
@given(dropped())
def test_derivatives_are_those_of_autograd(drawn: Dropped) -> None:
    """Masked and scaled outputs, differentiated as one function, give E and every dE/dw."""
    network = drawn.network()
    start = anp.array([float(value) for value in drawn.vector()])
    slopes = autograd.grad(lambda vector: drawn.error(vector, float))(start)
    found = traced_if_finite(network, "float")
    scale = 1 + max(map(abs, slopes))
    whole = float(drawn.error(start, float))
    assert abs(found["E@1"].value - whole) <= 1e-9 * (1 + abs(whole))
    if not drawn.in_place:
        for name, slope in zip(drawn.names(), slopes, strict=True):
            assert abs(found[f"dE/d{name}@1"].value - slope) <= 1e-9 * scale, name


@SOME
@given(dropped(("identity",)))
def test_linear_networks_are_exact(drawn: Dropped) -> None:
    """In fractions: E is quadratic in each parameter, so that a central difference is dE/dw."""
    found, start = traced_if_finite(drawn.network(), "exact"), drawn.vector()
    assert found["E@1"].value == drawn.error(start, Fraction)
    for k, name in enumerate(drawn.names() if not drawn.in_place else ()):
        up, down = ([*start[:k], start[k] + by, *start[k + 1 :]] for by in (1, -1))
        slope = (drawn.error(up, Fraction) - drawn.error(down, Fraction)) / 2
        assert found[f"dE/d{name}@1"].value == slope, name


@SOME
@given(dropped(("identity", "square")))
def test_nothing_is_dropped_in_a_test(drawn: Dropped) -> None:
    """The forward pass at the end is that of all outputs, each times keep where it is plain."""
    found = traced_if_finite(drawn.network(), "exact")
    new = [found[f"{name}+@1"].value for name in drawn.names()]
    assert found["E@2"].value == drawn.error(new, Fraction, test=True)


@FEW
@given(dropped())
def test_stretches_say_what_places_say(drawn: Dropped) -> None:
    """What is asked of a stretch of places is what is asked of each."""
    check_stretches(drawn.network())


@FEW
@given(dropped(("identity", "square")), st.sampled_from(("rows", "columns")), st.booleans())
def test_matrices_multiply_out(drawn: Dropped, samples_as: str, long: bool) -> None:
    """Every equation in matrices, with masks in it, comes to its result; nothing is left out."""
    found = traced_if_finite(drawn.network(), "exact")
    for read in printed(found, NumberFormat(significant=400), samples_as, long):
        check_matrices(read, exactly=True)


@FEW
@given(dropped())
def test_saved_and_read_back(drawn: Dropped) -> None:
    """JSON brings back the same trace."""
    found = traced_if_finite(drawn.network(), "float")
    assert from_json("\n".join(to_json(found, NumberFormat()))) == found


@settings(max_examples=8, deadline=None)
@given(dropped())
def test_no_right_number_is_refuted(drawn: Dropped) -> None:
    """The witnesses disagree with nothing, in place either, also where all is dropped."""
    with few_digits():
        try:
            verdicts = proof_of(drawn.network())
        except CalculationError:
            return
    assert not refuted(verdicts)
