"""Each layer updated before the layer below takes its derivatives."""

from __future__ import annotations

from fractions import Fraction

from tests.unit.making import BY_HEAD, step, traced


def test_lower_layers_meet_new_weights() -> None:
    """The sum over paths goes through the new weights of the layer above, and says so."""
    trace = traced(BY_HEAD, update="in_place")
    assert trace["w5+"].value == Fraction("-20.6")
    assert trace["dE/dout_h1"].value == 6 * Fraction("-20.6") + -2 * Fraction("6.2")
    assert {operand.name for operand in trace["dE/dout_h1"].operands} == {
        *("dE/dnet_o1", "w5+", "dE/dnet_o2", "w7+")
    }
    assert [part.operands[1].name for part in step(trace, "dE/dout_h1").substeps] == ["w5+", "w7+"]


def test_the_inputs_meet_new_weights() -> None:
    """The derivatives by the inputs are taken last, through the new weights of layer one."""
    trace = traced(BY_HEAD, update="in_place")
    assert trace["dE/dx1"].value == sum(
        trace[f"dE/dnet_{unit}"].value * trace[weight].value
        for unit, weight in (("h1", "w1+"), ("h2", "w3+"))
    )


def test_frozen_weights_stay() -> None:
    """A weight that is frozen has no new value to meet."""
    trace = traced(BY_HEAD, update="in_place", frozen="w5, biases")
    assert {operand.name for operand in trace["dE/dout_h1"].operands} == {
        *("dE/dnet_o1", "w5", "dE/dnet_o2", "w7+")
    }
    assert "w5+" not in trace
    assert "b_h1+" not in trace


def test_the_order_is_layer_by_layer() -> None:
    """Node derivatives, parameter derivatives and updates of a layer, then the layer below."""
    trace = traced(BY_HEAD, update="in_place")
    order = [step.name for step in trace.steps]
    wanted = ["dE/dnet_o2", "dE/dw5", "dE/db2", "w5+", "b2+", "dE/dout_h1", "dE/dw1", "w1+"]
    assert sorted(wanted, key=order.index) == wanted
    assert order[-2:] == ["dE/dx1", "dE/dx2"]


def test_a_shared_parameter_waits_for_its_lowest_use() -> None:
    """A parameter shared across layers moves when its last derivative is known."""
    text = BY_HEAD.replace("[[1, 2], [3, -1]]", "[[s = 1, 2], [3, -1]]")
    text = text.replace("[[1, 2], [-1, 3]]", "[[s = 1, 2], [-1, 3]]")
    trace = traced(text, update="in_place")
    order = [step.name for step in trace.steps]
    assert order.index("s+") > order.index("dE/dnet_h1")
    assert trace["dE/ds"].value == trace["dE/dnet_h1"].value * 1 + 6 * 36


def test_without_a_step_nothing_moves() -> None:
    """In place and without updates, the derivatives are the plain ones."""
    trace = traced(BY_HEAD, update="in_place", steps="0")
    for entry in trace:
        assert entry.value == traced(BY_HEAD)[entry.name].value
    assert "w1+" not in trace
