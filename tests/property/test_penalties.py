"""Penalties on random networks, against autograd on the whole error, and before the witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import autograd
import autograd.numpy as anp
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import SOME
from tests.support.mathematics import FLOATS, suitable
from tests.support.networks import Drawn, networks, value
from tests.support.tracing import few_digits, network_of, traced_if_finite
from tests.support.witness import forward, places, silently
from tests.unit.proof.judging import proof_of, refuted
from tracer.errors import CalculationError
from tracer.maths.expression import Number
from tracer.rules.penalties import FORMS, Regularization
from tracer.spec import Network

Draw = Any
STRENGTHS = st.sampled_from(("0", "0.01", "1/3", "2"))


def number(text: str) -> Number:
    """A literal."""
    return Number(Fraction(text), text)


@st.composite
def penalties(draw: Draw) -> Regularization:
    """Any penalties."""
    which = draw(st.sampled_from(("l1", "l2", "both")))
    l1, l2 = (number(draw(STRENGTHS)) for _ in range(2))
    form = draw(st.sampled_from(FORMS))
    return Regularization(
        l1=None if which == "l2" else l1,
        l2=None if which == "l1" else l2,
        form=form,
        biases=draw(st.booleans()),
        all_samples=draw(st.booleans()),
    )


def penalised(drawn: Drawn, found: Regularization) -> Network:
    """The drawn network with penalties."""
    network = network_of(drawn)
    return replace(network, training=replace(network.training, regularization=found))


def counted(drawn: Drawn, found: Regularization) -> list[str]:
    """The parameters in the sum."""
    return [name for name in drawn.numbers if found.biases or drawn.kind(name) == "weight"]


def added(found: Regularization, weights: Sequence[Any], samples: int) -> Any:
    """R, as books write it."""
    halved = {"full": 1.0, "half": 0.5, "per_sample": 0.5 / samples}[found.form]
    share = 1.0 / samples if found.form == "per_sample" else 1.0
    first = float(found.l1.value) if isinstance(found.l1, Number) else 0.0
    second = float(found.l2.value) if isinstance(found.l2, Number) else 0.0
    squares = sum([weight**2 for weight in weights], 0.0)
    sizes = sum([anp.sqrt(weight**2) for weight in weights], 0.0)
    return first * share * sizes + second * halved * squares


@given(networks(shared=True), penalties())
def test_derivatives_of_the_whole_error_are_those_of_autograd(
    drawn: Drawn, found: Regularization
) -> None:
    """E = E_data + R, differentiated as one function by autograd, gives every dE/dw and E."""
    drawn = replace(
        drawn, numbers={name: text if value(text) else "1" for name, text in drawn.numbers.items()}
    )
    batch, names = drawn.batches()[0], list(drawn.numbers)
    samples = len(drawn.cases) if found.all_samples else len(batch)
    starts = {sample: places(drawn, sample) for sample in batch}

    def error(vector: Sequence[Any]) -> Any:
        moved = dict(zip(names, [vector[k] for k in range(len(names))], strict=True))
        total = 0.0
        for sample, start in starts.items():
            fixed = {key: float(at) for key, at in start.items()}
            total = total + forward(drawn, sample, {**fixed, **moved}, FLOATS).error
        total = total / (len(batch) if drawn.training.mean else 1)
        return total + added(found, [moved[name] for name in counted(drawn, found)], samples)

    start = anp.array([float(value(drawn.numbers[name])) for name in names])
    with suitable(), silently():
        slopes = autograd.grad(error)(start)
        whole = float(error(start))
    made = traced_if_finite(penalised(drawn, found), "float")
    scale = 1 + max(map(abs, slopes), default=0)
    assert abs(made["E"].value - whole) <= 1e-9 * (1 + abs(whole))
    for name, slope in zip(names, slopes, strict=True):
        assert abs(made[f"dE/d{name}"].value - slope) <= 1e-9 * scale, name


@SOME
@given(networks(rational=True, most_steps=3, in_place=False), penalties())
def test_each_step_is_one_without_penalty_and_the_penalty(
    drawn: Drawn, found: Regularization
) -> None:
    """In fractions: w+ is what a step without penalty makes, less the rate times dR/dw."""
    plain, whole = network_of(drawn), penalised(drawn, found)
    one = traced_if_finite(replace(plain, training=replace(plain.training, steps=1)), "exact")
    both = traced_if_finite(replace(whole, training=replace(whole.training, steps=1)), "exact")
    rate = value(drawn.training.rate or "0")
    for name, text in drawn.numbers.items():
        weight = value(text)
        slope = _slope(found, weight, drawn) if name in counted(drawn, found) else Fraction(0)
        assert both[f"dE/d{name}"].value == one[f"dE/d{name}"].value + slope
        if f"{name}+" in one:
            assert both[f"{name}+"].value == one[f"{name}+"].value - rate * slope


def _slope(found: Regularization, weight: Fraction, drawn: Drawn) -> Fraction:
    samples = len(drawn.cases) if found.all_samples else len(drawn.batches()[0])
    sign = (weight > 0) - (weight < 0)
    first = found.l1.value if isinstance(found.l1, Number) else Fraction(0)
    second = found.l2.value if isinstance(found.l2, Number) else Fraction(0)
    share = Fraction(1, samples) if found.form == "per_sample" else Fraction(1)
    doubled = 2 if found.form == "full" else 1
    return share * (sign * first + doubled * second * weight)


@settings(max_examples=8)
@given(networks(in_place=True, most_cases=2), penalties())
def test_no_right_number_is_refuted(drawn: Drawn, found: Regularization) -> None:
    """The witnesses disagree with nothing, in place either, also at weights of 0."""
    with few_digits():
        try:
            verdicts = proof_of(penalised(drawn, found))
        except CalculationError:
            return
    assert not refuted(verdicts)
