"""How parameters move: random networks over several steps, batches and conventions."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.amount import SOME
from tests.support.in_place import InPlace
from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks, value
from tests.support.tracing import (
    derivative_name,
    mark,
    network_of,
    traced,
    traced_if_finite,
    values_by_name,
)
from tests.support.witness import by_duals
from tracer.derive.compiled import WORTH_COMPILING, straight_line
from tracer.derive.evaluate import evaluate
from tracer.derive.network.build import batches, step_program
from tracer.derive.program import Phase
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Number
from tracer.spec import Network

RANDOM = st.randoms(use_true_random=False)
ROUNDED = ("float", "decimal:40", "by-hand:5", "by-hand:6sig:half-even", "interval:30")


@SOME
@given(networks(rational=True), RANDOM)
def test_gradient_of_a_batch_is_sum_or_mean(drawn: Drawn, random: Random) -> None:
    """A batch's derivative by a parameter is the sum, or the mean, of its samples' own."""
    batch = drawn.batches()[0]
    with suitable():
        own = [by_duals(drawn, sample)[1] for sample in batch]
    found = traced(drawn, random, "exact")
    count = len(batch) if drawn.training.mean else 1
    for name in drawn.numbers:
        whole = sum((slopes[name] for slopes in own), Fraction(0)) / count
        assert found[f"dE/d{name}"].value == whole, name


@SOME
@given(networks(rational=True), RANDOM)
def test_new_value_is_a_step_against_the_gradient(drawn: Drawn, random: Random) -> None:
    """w+ is w - learning_rate * dE/dw; what is frozen, or has no learning rate, has no w+."""
    with suitable():
        for sample in drawn.batches()[0]:
            by_duals(drawn, sample)
    found = traced_if_finite(network_of(drawn, random), "exact")
    for name, text in drawn.numbers.items():
        if drawn.training.rate and not drawn.is_frozen(name):
            step = value(drawn.training.rate) * found[f"dE/d{name}"].value
            assert found[f"{name}+"].value == value(text) - step, name
        else:
            assert f"{name}+" not in found


@SOME
@given(networks(most_steps=3, evaluated=True), RANDOM)
def test_each_step_is_a_first_step_from_the_weights_before(drawn: Drawn, random: Random) -> None:
    """Every value of step k is that of a new trace that starts with the weights of step k - 1."""
    spec = network_of(drawn, random)
    found = traced_if_finite(spec, "decimal:50")
    passes = batches(spec)
    for segment in found.segments[: drawn.training.steps]:
        samples = passes[(segment.step - 1) % len(passes)]
        again = trace(_from(spec, found, segment.step, samples), found.arithmetic)
        assert list(segment.values) == list(again.segments[0].values)


@SOME
@given(networks(most_steps=2), RANDOM)
def test_evaluation_afterwards_is_a_forward_pass_with_the_last_weights(
    drawn: Drawn, random: Random
) -> None:
    """With evaluate_after there is one more step: all samples, forward only, the last weights."""
    drawn = replace(drawn, training=replace(drawn.training, evaluated=True))
    spec = network_of(drawn, random)
    found = traced_if_finite(spec, "decimal:50")
    last = found.segments[-1]
    assert last.step == drawn.training.steps + 1
    whole = trace(_from(spec, found, last.step, range(len(drawn.cases))), found.arithmetic)
    told = {Phase.FORWARD, Phase.ERROR}
    forward = {e.quantity: e.value for e in whole.entries(whole.segments[0]) if e.phase in told}
    again = {replace(e.quantity, step=1): e.value for e in found.entries(last) if e.phase in told}
    assert again == forward
    assert {entry.phase for entry in found.entries(last)} <= {*told, Phase.GIVEN, Phase.CARRIED}


def _from(spec: Network, found: Trace, step: int, samples: range | tuple[int, ...]) -> Network:
    """The network as it stands before a step, with the samples of that step."""
    values = {
        number: found.segments[step - 2].values[address]
        for number, address in enumerate(found.segments[step - 2].program.ends)
        if step > 1
    }
    parameters = tuple(
        replace(parameter, value=Number(Fraction(values[number]), str(values[number])))
        if number in values
        else parameter
        for number, parameter in enumerate(spec.parameters)
    )
    training = replace(spec.training, steps=1, batch=None, evaluate_after=False)
    chosen = tuple(spec.samples[k] for k in samples)
    return replace(spec, parameters=parameters, samples=chosen, training=training)


@SOME
@given(networks(rational=True, in_place=True), RANDOM)
def test_in_place_update_is_the_hand_written_one(drawn: Drawn, random: Random) -> None:
    """In place, each layer is derived over weights of which those above are new already."""
    with suitable():
        witness = InPlace(drawn, drawn.batches()[0])
    found = traced(drawn, random, "exact")
    for sample, derivatives in witness.found.items():
        for name, derivative in derivatives.items():
            by = name.removeprefix("dE/d")
            assert found[derivative_name(drawn, by, sample)].value == derivative, name
    assert {name for name in drawn.numbers if f"{name}+" in found} == set(witness.updated)
    for name, new in witness.updated.items():
        assert found[f"{name}+"].value == new, name


@pytest.mark.parametrize("numbers", ROUNDED)
@SOME
@given(drawn=networks(most_steps=2), random=RANDOM)
def test_compiled_step_is_the_evaluated_one(drawn: Drawn, random: Random, numbers: str) -> None:
    """A step's program compiled to one function gives every value that evaluation gives."""
    spec, how = network_of(drawn, random), arithmetic(numbers)
    program = step_program(spec, batches(spec)[-1])
    assert all(isinstance(parameter.value, Number) for parameter in spec.parameters)
    start = [how.literal(p.value) for p in spec.parameters if isinstance(p.value, Number)]
    whole = replace(spec, training=replace(spec.training, steps=1, evaluate_after=False))
    traced_if_finite(replace(whole, training=replace(whole.training, batch=None)), numbers)
    with how.scope():
        assert list(straight_line(program, how)(*start)) == evaluate(program, how, start)


@SOME
@given(networks(most_steps=1, most_cases=2), RANDOM)
def test_long_run_is_step_after_step(drawn: Drawn, random: Random) -> None:
    """A run that is long enough to be compiled has the values of its steps, evaluated singly."""
    steps = WORTH_COMPILING + 3
    drawn = replace(drawn, training=replace(drawn.training, steps=steps, rate="1e-2"))
    spec = network_of(drawn, random)
    found = traced_if_finite(spec, "float")
    programs = [step_program(spec, batch) for batch in batches(spec)]
    parameters = None
    for segment in found.segments[:steps]:
        program = programs[(segment.step - 1) % len(programs)]
        values = evaluate(program, found.arithmetic, parameters)
        assert list(segment.values) == values
        parameters = [values[address] for address in program.ends]


@SOME
@given(networks(most_steps=3, evaluated=True), RANDOM)
def test_samples_take_turns(drawn: Drawn, random: Random) -> None:
    """Batch after batch in the file's order, and from the start again."""
    found = traced_if_finite(network_of(drawn, random), "float")
    names = set(values_by_name(found))
    turns = drawn.batches()
    for step in range(1, drawn.training.steps + 1):
        told = {
            sample
            for sample in range(1, len(drawn.cases) + 1)
            if f"out_{drawn.outputs[0].name}{mark(drawn, sample)}{_at(found, step)}" in names
        }
        assert told == set(turns[(step - 1) % len(turns)])


def _at(found: Trace, step: int) -> str:
    return f"@{step}" if found.several_steps else ""
