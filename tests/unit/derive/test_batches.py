"""All samples at once, one at a time, and k at a time; sums and means."""

from __future__ import annotations

from fractions import Fraction

from tests.unit.making import IN_A_ROW, names, step, traced


def test_a_batch_adds_up() -> None:
    """E and dE/dw of a batch are the sums over its samples."""
    trace = traced(IN_A_ROW)
    assert [trace[f"E[{k}]"].value for k in (1, 2, 3)] == [1, 4, 9]
    assert trace["E"].value == 14
    assert [trace[f"dE/dw[{k}]"].value for k in (1, 2, 3)] == [2, 8, -18]
    assert trace["dE/dw"].value == -8
    assert trace["w+"].value == 2 + Fraction(8, 20)


def test_a_batch_averages() -> None:
    """Under reduction mean, E and dE/dw are the means over the samples."""
    trace = traced(IN_A_ROW, reduction="mean")
    assert trace["E"].value == Fraction(14, 3)
    assert step(trace, "E").rule.name == "mean error"
    assert trace["dE/dw"].value == Fraction(-8, 3)
    assert step(trace, "dE/dw").rule.name == "mean over samples"


def test_online_takes_sample_after_sample() -> None:
    """Online training updates after each sample, and goes round."""
    trace = traced(IN_A_ROW, batch="online", steps="4")
    w = Fraction(2)
    for number, (x, target) in enumerate([(1, 1), (2, 2), (3, 9), (1, 1)], 1):
        assert trace[f"w@{number}"].value == w
        assert trace[f"E@{number}"].value == (w * x - target) ** 2
        w -= Fraction(1, 20) * 2 * (w * x - target) * x
        assert trace[f"w+@{number}"].value == w


def test_a_batch_of_one_sample_has_one_error() -> None:
    """Where a step has one sample its error is the total, and its gradient the gradient."""
    trace = traced(IN_A_ROW, batch="online", steps="2")
    assert not {"E[1]@1", "dE/dw[1]@1"} & set(names(trace))
    assert [operand.name for operand in trace["w+@2"].operands] == [
        *("w@2", "learning_rate", "dE/dw@2")
    ]


def test_mini_batches_leave_a_rest() -> None:
    """Batches of two of three samples are 1 and 2, then 3 alone, then 1 and 2 again."""
    trace = traced(IN_A_ROW, batch="2", steps="3")
    taking_part = [
        {entry.quantity.sample for entry in trace.entries(segment)} - {0}
        for segment in trace.segments
    ]
    assert taking_part == [{1, 2}, {3}, {1, 2}]


def test_epochs_count_steps() -> None:
    """An epoch is as many updates as it takes to see every sample."""
    assert len(traced(IN_A_ROW, batch="2", epochs="3").segments) == 6
    assert len(traced(IN_A_ROW, epochs="3").segments) == 3


def test_givens_of_samples_stand_where_they_join() -> None:
    """Inputs and targets are given in the first step of their sample, and once."""
    trace = traced(IN_A_ROW, batch="online", steps="5")
    found = [(entry.name, entry.segment.step) for entry in trace.givens]
    assert found == [
        *[("learning_rate", 1), ("x[1]", 1), ("target_z[1]", 1), ("w@1", 1)],
        *[("x[2]", 2), ("target_z[2]", 2), ("x[3]", 3), ("target_z[3]", 3)],
    ]


def test_textbook_order_with_samples() -> None:
    """Forward passes of all samples, then the backward passes of all, then the sums."""
    trace = traced(IN_A_ROW)
    order = [step.name for step in trace.steps]
    wanted = ["E[1]", "net_z[2]", "E[3]", "E", "dE/dnet_z[1]", "dE/dnet_z[3]", "dE/dw[1]"]
    wanted += ["dE/dw[3]", "dE/dw", "dE/dx[1]", "dE/dx[3]", "w+"]
    assert sorted(wanted, key=order.index) == wanted
