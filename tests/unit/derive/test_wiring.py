"""Edges that are missing, that skip layers, and parameters that several edges share."""

from __future__ import annotations

from fractions import Fraction

from tests.unit.making import BY_HEAD, names, part_names, step, told, traced
from tracer.derive.entries import Step

SPARSE = """
    inputs: [a, b]
    layers:
      - {units: [p, q], weights: {p: {a: 2}, q: {a: 3, b: s = 5}}, threshold: [1, none]}
      - {units: [z], from: [inputs, p, q], weights: [[s = 5, none, 1, 10]], bias: c = -100}
    loss: squared_error
    samples: [{input: [1, 2], target: 30}]
    training: {learning_rate: 1}
"""


def test_sums_run_over_the_edges_there_are() -> None:
    """net takes each edge into the unit once, in the written order, then bias or -threshold."""
    trace = traced(SPARSE)
    assert trace["net_p"].value == 2 * 1 - 1
    assert trace["net_q"].value == 3 * 1 + 5 * 2
    assert trace["net_z"].value == 5 * 1 + 1 * 1 + 10 * 13 - 100
    assert [operand.name for operand in trace["net_p"].operands] == ["w1", "a", "theta_p"]
    assert [operand.name for operand in trace["net_z"].operands] == [
        *("s", "a", "w5", "out_p", "w6", "out_q", "c")
    ]


def test_a_skipping_connection_is_one_more_path() -> None:
    """An input that feeds two layers gets a derivative through each of its edges."""
    trace = traced(SPARSE)
    delta = 2 * (36 - 30)
    assert trace["dE/dnet_z"].value == delta
    assert trace["dE/dout_q"].value == 10 * delta
    assert trace["dE/da"].value == 2 * (1 * delta) + 3 * (10 * delta) + 5 * delta
    assert trace["dE/db"].value == 5 * (10 * delta)
    assert part_names(trace, "dE/da") == ["dE/da:p", "dE/da:q", "dE/da:z"]


def test_a_shared_weight_sums_over_its_uses() -> None:
    """A name used twice is one parameter: its derivative adds up both, and it moves once."""
    trace = traced(SPARSE)
    delta = 12
    assert trace["dE/ds"].value == 10 * delta * 2 + delta * 1
    assert step(trace, "dE/ds").rule.name == "sum over uses"
    assert part_names(trace, "dE/ds") == [*("dnet_q/ds", "dE/ds:q:b", "dnet_z/ds", "dE/ds:z:a")]
    assert [part.value for part in step(trace, "dE/ds").substeps] == [2, 240, 1, 12]
    assert names(trace).count("s") == names(trace).count("s+") == 1


def test_a_weight_used_twice_by_one_unit() -> None:
    """Its local partial derivative adds up both sources: the chain has one term for the unit."""
    trace = traced(
        """
        inputs: [a, b]
        layers: [{units: [y], weights: [[w = 3, w]]}]
        samples: [{input: [2, 5], target: 20}]
        """
    )
    assert part_names(trace, "dE/dw") == ["dnet_y/dw", "dE/dw:y:a", "dE/dw:y:b"]
    assert [part.value for part in step(trace, "dE/dw").substeps] == [7, 2, 5]
    assert told(trace, "∂E/∂w")[0] == "∂E/∂w = ∂E/∂out_y · ∂out_y/∂net_y · ∂net_y/∂w"


def test_a_threshold_is_subtracted() -> None:
    """A threshold has minus delta for its derivative, a bias delta itself."""
    trace = traced(SPARSE)
    assert trace["theta_p"].value == 1
    assert trace["dE/dtheta_p"].value == -trace["dE/dnet_p"].value == -12
    assert trace["dE/dc"].value == trace["dE/dnet_z"].value == 12
    assert trace["dnet_p/dtheta_p"].value == -1
    assert trace["dnet_z/dc"].value == 1


def test_a_shared_threshold() -> None:
    """A threshold that a whole layer shares has minus the sum of the deltas."""
    trace = traced(BY_HEAD.replace("bias: [1, 1]", "threshold: t = 2"))
    net = (trace["net_h1"].value, trace["net_h2"].value)
    assert net == (3, -1)
    deltas = trace["dE/dnet_h1"].value + trace["dE/dnet_h2"].value
    assert trace["dE/dt"].value == -deltas
    assert [part.value for part in step(trace, "dE/dt").substeps][::2] == [-1, -1]
    assert trace["t+"].value == 2 + Fraction(1, 10) * deltas


def test_a_bias_shared_across_layers() -> None:
    """One name for biases of two layers is one parameter with uses in both."""
    text = BY_HEAD.replace("bias: [1, 1]", "bias: b = 2").replace("bias: 2", "bias: b = 2")
    trace = traced(text)
    deltas = [trace[f"dE/dnet_{unit}"].value for unit in ("h1", "h2", "o1", "o2")]
    assert trace["dE/db"].value == sum(deltas)
    assert len(step(trace, "dE/db").substeps) == 8


def test_a_unit_that_feeds_nobody() -> None:
    """Where no path leads on, the error ignores the unit, and says so."""
    text = """
        inputs: [x]
        layers:
          - {units: [p, q], weights: [[2], [3]]}
          - {units: [z], weights: {z: {p: 1}}}
        samples: [{input: 1, target: 0}]
    """
    trace = traced(text)
    step = trace["dE/dout_q"]
    assert isinstance(step, Step)
    assert (step.value, step.rule.name, step.operands) == (0, "no path", [])
    assert step.chain is None
    assert step.substeps == ()
    assert trace["dE/dw2"].value == 0


def test_each_unit_has_its_own_activation() -> None:
    """Activations may differ from unit to unit of a layer."""
    trace = traced(BY_HEAD.replace("activation: square", 'activation: [relu, "3*net + 1"]'))
    assert (trace["out_h1"].value, trace["out_h2"].value) == (6, 7)
    assert trace["dout_h1/dnet_h1"].value == 1
    assert trace["dout_h2/dnet_h2"].value == 3


def test_a_constant_activation() -> None:
    """A formula without net gives its constant, and has the slope 0."""
    trace = traced(BY_HEAD.replace("activation: square", 'activation: "7"'))
    assert trace["out_h1"].value == 7
    assert list(trace["out_h1"].operands) == []
    assert trace["dE/dw1"].value == 0
