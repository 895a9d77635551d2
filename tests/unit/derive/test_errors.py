"""Errors of outputs and their slopes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.making import BY_HEAD, SIGMOID, step, traced


@pytest.mark.parametrize(
    ("loss", "errors", "slopes"),
    [
        ("half_squared_error", (18, 2), (6, -2)),
        ("squared_error", (36, 4), (12, -4)),
        ("mean_squared_error", (18, 2), (6, -2)),
        ("(out - target)**3", (216, -8), (108, 12)),
        ("n*out", (92, -44), (2, 2)),
        ("target", (40, -20), (0, 0)),
    ],
)
def test_values_and_slopes(loss: str, errors: tuple[int, int], slopes: tuple[int, int]) -> None:
    """Each loss gives the error of each output, and its slope."""
    trace = traced(BY_HEAD, loss=loss)
    assert (trace["E_o1"].value, trace["E_o2"].value) == errors
    assert (trace["dE/dout_o1"].value, trace["dE/dout_o2"].value) == slopes
    assert trace["E"].value == sum(errors)


def test_cross_entropy() -> None:
    """Binary cross-entropy behind a sigmoid has delta = out - target."""
    trace = traced(SIGMOID, "decimal", loss="bce")
    with trace.arithmetic.scope():
        difference = trace["dE/dnet_o"].value - (trace["out_o"].value - 1)
    assert abs(difference) < Decimal("1e-48")


def test_other_outputs_do_not_contribute() -> None:
    """The longer telling says for every output's error whether it contains this output."""
    parts = step(traced(BY_HEAD), "dE/dout_o1").substeps
    assert [part.name for part in parts] == ["dE_o1/dout_o1", "dE_o2/dout_o1"]
    assert [part.value for part in parts] == [6, 0]
    assert parts[1].rule.reason.text.endswith("i is not j")
    assert list(parts[1].operands) == []
