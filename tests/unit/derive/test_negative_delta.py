"""The convention delta = -dE/dnet, which some books use."""

from __future__ import annotations

from tests.unit.making import BY_HEAD, part_names, step, traced


def test_the_update_is_the_same() -> None:
    """Deltas and error signals change their sign; derivatives and updates do not."""
    trace, plain = traced(BY_HEAD, delta="negative_gradient"), traced(BY_HEAD)
    for unit in ("h1", "h2", "o1", "o2"):
        assert trace[f"delta_{unit}"].value == -plain[f"delta_{unit}"].value
        assert trace[f"error_{unit}"].value == -plain[f"dE/dout_{unit}"].value
    for name in ("dE/dw1", "dE/db2", "dE/dx1", "dE/dx2", "w1+", "w8+", "b_h1+"):
        assert trace[name].value == plain[name].value
    assert "dE/dnet_h1" not in trace


def test_thresholds_and_parts() -> None:
    """A threshold's derivative is delta itself, and parts of error signals have names."""
    trace = traced(
        BY_HEAD.replace("bias: [1, 1]", "threshold: [-1, -1]"), delta="negative_gradient"
    )
    assert trace["dE/dtheta_h1"].value == trace["delta_h1"].value == -96
    assert part_names(trace, "error_h1") == [
        "error_h1:o1",
        "error_h1:o2",
    ]
    assert sum(part.value for part in step(trace, "error_h1").substeps) == trace["error_h1"].value
