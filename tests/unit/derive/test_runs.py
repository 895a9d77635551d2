"""Training step after training step."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD, IN_A_ROW, names, network, step, traced
from tracer.derive.entries import Given, Step
from tracer.derive.limits import MOST_LONG_VALUES, MOST_VALUES, least_size
from tracer.derive.network.build import batches, step_program
from tracer.derive.program import Phase
from tracer.derive.run import plan
from tracer.errors import LimitError
from tracer.maths.expression import symbols
from tracer.rules.quantity import Quantity


def test_values_are_carried_over() -> None:
    """A parameter of a later step is a step of its own: the new value of the step before."""
    trace = traced(IN_A_ROW, steps="3")
    carried = trace["w@3"]
    assert isinstance(carried, Step)
    assert carried.is_carried
    assert carried.phase is Phase.CARRIED
    assert carried.rule.name == "carried over"
    assert [operand.name for operand in carried.operands] == ["w+@2"]
    assert carried.value == trace["w+@2"].value
    assert carried.chain is None
    assert carried.substeps == ()
    assert trace["w+@3"].operands[0].name == "w@3"


def test_a_chain_is_of_its_training_step() -> None:
    """The partial derivatives behind a step, and its longer telling, name the step's own."""
    trace = traced(BY_HEAD, steps="2")
    for name, chain in {
        "dE/dw1": ["dE/dout_h1", "dout_h1/dnet_h1", "dnet_h1/dw1"],
        "dE/dout_h1": ["dE/dnet_o1", "dnet_o1/dout_h1", "dE/dnet_o2", "dnet_o2/dout_h1"],
    }.items():
        told = step(trace, f"{name}@2").chain
        assert told is not None
        parts = [trace.name(part) for part in symbols(told) if isinstance(part, Quantity)]
        assert parts == [f"{part}@2" for part in chain]


def test_a_frozen_parameter_is_given_once() -> None:
    """What training does not change is a given of the first step, in every step."""
    trace = traced(BY_HEAD, steps="2", frozen="biases")
    assert isinstance(trace["b2@2"], Given)
    assert trace["b2@2"].name == "b2"
    assert names(trace).count("b2") == 1


def test_no_steps_is_no_update() -> None:
    """With zero steps the derivatives are there, and nothing moves."""
    trace = traced(BY_HEAD, steps="0")
    assert "w1+" not in trace
    assert "learning_rate" not in trace
    assert trace["dE/dw1"].value == 96


def test_evaluation_after_the_last_step() -> None:
    """One more forward pass takes the last weights, and all samples."""
    trace = traced(IN_A_ROW, batch="online", steps="3", evaluate_after="yes")
    w = trace["w+@3"].value
    assert len(trace.segments) == 4
    assert trace["w@4"].value == w
    assert isinstance(trace["w@4"], Step)
    assert [operand.name for operand in trace["w@4"].operands] == ["w+@3"]
    assert [operand.name for operand in trace["net_z[2]@4"].operands] == ["w@4", "x[2]"]
    assert trace["E@4"].value == sum(
        (w * x - target) ** 2 for x, target in ((1, 1), (2, 2), (3, 9))
    )
    assert "dE/dw@4" not in trace


def test_evaluation_without_training_is_none() -> None:
    """Where no step is made there is nothing to evaluate after."""
    assert len(traced(IN_A_ROW, steps="0", evaluate_after="yes").segments) == 1


def test_too_long_a_run_is_refused() -> None:
    """A run that would keep more values than the limit is refused before it starts."""
    with pytest.raises(LimitError, match=r"^63,000,000 values in 1,000,000 training steps; a"):
        traced(BY_HEAD, steps="1000000")


def test_long_numbers_have_a_lower_limit() -> None:
    """Numbers of many digits take several times the memory of floats, and so fewer are kept."""
    size = step_program(network(BY_HEAD), (0,)).size
    steps = MOST_LONG_VALUES // size + 1
    assert len(traced(BY_HEAD, "float", steps=str(steps), learning_rate="0").segments) == steps
    with pytest.raises(LimitError, match="arithmetic: float"):
        traced(BY_HEAD, steps=str(steps))


def test_one_training_step_is_told_as_one() -> None:
    """The refusal of a single step says step, not steps."""
    found = network(BY_HEAD)
    with pytest.raises(LimitError, match=r"^63 values in 1 training step; a trace keeps at most"):
        list(plan(found, most=62))


FORWARD = f"expression: {' + '.join(f'x{k}' for k in range(1_200))}\nmode: forward"


def test_what_is_far_too_large_is_refused_before_it_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A million tangents are counted by the lines and variables, without making one."""
    monkeypatch.setattr("tracer.derive.expressions.build.expression_program", None)
    with pytest.raises(LimitError, match=r"^this has 1,442,401 values at the least; a trace keep"):
        traced(FORWARD)


HEBB = """
    inputs: [x, z]
    layers: [{units: [y], activation: step, weights: [[1, 2]], threshold: 1}]
    samples: [{input: [0, 1]}, {input: [1, 1]}, {input: [1, 0]}]
    training: {learning_rule: hebb, learning_rate: 1, frozen: weights}
"""


@pytest.mark.parametrize("settings", [{}, {"batch": "2"}, {"batch": "online", "steps": "2"}])
def test_the_least_is_no_more_than_what_there_is(settings: dict[str, str]) -> None:
    """What the shapes say of a calculation's size is never more than its size."""
    for text in (BY_HEAD, IN_A_ROW, HEBB):
        found = network(text, **({} if text == BY_HEAD else settings))
        assert 0 < least_size(found) <= sum(step.program.size for step in plan(found))


def test_only_the_samples_that_a_run_sees_are_laid_out() -> None:
    """One step on one of 50,000 samples is no large calculation."""
    text = "inputs: [x]\nlayers: [{units: [z], weights: [[2]]}]\nsamples: [{input: 1, target: 1}]"
    found = network(text, learning_rate="1")
    many = replace(found, samples=found.samples * 50_000)
    online = replace(many, training=replace(many.training, batch=1))
    with pytest.raises(LimitError, match="at the least"):
        list(plan(many, most=100_000))
    assert len(list(plan(online, most=100_000))) == 1


def test_the_limit_counts_batches_of_different_size() -> None:
    """Where batches differ in size, a run is counted by their mean."""
    found = network(IN_A_ROW, batch="2")
    one, other = (step_program(found, batch).size for batch in batches(found))
    steps = 2 * MOST_VALUES // (one + other) + 2
    assert one != other
    with pytest.raises(LimitError, match="a trace keeps at most 1,000,000, or 4,000,000 floats"):
        list(plan(replace(found, training=replace(found.training, steps=steps))))
