"""Dropout in every telling: the page, matrices, maps, closed forms, and what does not fit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

GRID = """
inputs: {shape: [3, 3]}
input_dropout: {keep: 0.5, mask: [1, 0, 1, 1, 1, 1, 0, 1, 1]}
layers:
  - {convolution: {kernel: [[1, 2], [3, 4]]}}
  - {units: [o], weights: [[1, 1, 1, 1]]}
samples: [{input: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], target: 1}]
"""

MAPS = """
inputs: {shape: [3, 3]}
layers:
  - {name: c, convolution: {kernel: [[1, 2], [3, 4]]}, dropout: {keep: 0.5, mask: [1, 0, 1, 1]}}
  - {name: p, pooling: {take: max, size: 2}}
  - {units: [o], weights: [[2]]}
samples: [{input: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], target: 1}]
"""


def test_the_page_says_what_is_dropped(run: Run) -> None:
    """Units, form and masks stand among the conventions; a seed is named with its generator."""
    told = " ".join(run("dropout").out.split())
    assert "of h1, h2, h3: kept = out·mask/0.5 in training, out itself in a test" in told
    assert "the masks are given, others in each training step" in told
    drawn = " ".join(run("dropout_drawn").out.split())
    assert "kept = x·mask in training, x·0.8 in a test (plain)" in drawn
    assert "drawn from seed 3 by SplitMix64, 1 with chance 0.8" in drawn


def test_matrices_are_over_what_is_kept(run: Run) -> None:
    """Products forwards and backwards have kept_A1 in them, never A1, where A1 is dropped."""
    told = run("dropout", "--matrix", "--at-step", "1").out
    for said in ("Z2 = kept_A1·W2 + b2\n", "∂E/∂kept_A1 = δ2·W2ᵀ\n", "∂E/∂W2 = kept_A1ᵀ·δ2\n"):
        assert said in told
    assert "kept_A1 = 2·A1 ∘ M1\n" in told
    assert "∂E/∂A1 = 2·∂E/∂kept_A1 ∘ M1\n" in told
    assert "M1 = [ 1  0  1 ]" in told
    assert " A1·W2" not in told
    assert "= A1ᵀ" not in told


def test_products_of_single_samples_are_over_what_is_kept(run: Run) -> None:
    """A kept output has other numbers than the output, and the long telling has the kept ones."""
    told = run("dropout_drawn", "--matrix", "--long", "--at-step", "1").out
    assert "kept_A1" in told
    assert "(A1[" not in told


def test_maps_are_of_what_is_kept(run: Run, folder: Path) -> None:
    """A convolution over dropped inputs has kept_x under its kernel, and its numbers."""
    (folder / "grid.yaml").write_text(GRID, encoding="utf-8")
    told = run("grid.yaml", "--maps").out
    for said in ("net_c1 = kept_x ⋆ k1\n", "∂E/∂kept_x = ", "windows(kept_x)"):
        assert said in told
    assert "[ 8  10  12 ]" in told


def test_maps_that_are_dropped(run: Run, folder: Path) -> None:
    """A convolution with dropout has its mask and what is kept of it as maps, forwards and back."""
    (folder / "dropped.yaml").write_text(MAPS, encoding="utf-8")
    told = run("dropped.yaml", "--maps").out
    for said in (" mask_c = ", " kept_c = ", "∂E/∂kept_c = ", "∂E/∂out_c = ", " δ_c = "):
        assert said in told
    long = run("dropped.yaml").out
    assert "out_p_1_1 = max(kept_c_1_1, kept_c_1_2, kept_c_2_1, kept_c_2_2)" in long
    assert "∂out_p_1_1/∂kept_c_1_1" in long


def test_the_page_says_how_masks_go_through_time(run: Run) -> None:
    """Time steps are told together: whether each has a mask of its own, or all have the same."""
    told = " ".join(run("dropout_rnn").out.split())
    assert "of x1, x2: kept = x·mask/0.5 in training" in told
    assert "each time step has a mask of its own" in told
    assert "of h1, h2: kept = out·mask/0.5 in training" in told
    assert "all time steps have the same mask" in told


def test_closed_forms_have_the_masks(run: Run) -> None:
    """E and its derivatives are over the letters of the masks, and have the trace's values."""
    assert "mask_h1" in run("dropout", "--symbolic", "E").out
    assert run("dropout", "--symbolic", "E").out.rstrip().endswith("= 2")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("dropout", "--pseudocode", "loop"), "dropout"),
        (("dropout", "--steps", "3"), "no masks of h1"),
        (("grid.yaml", "--collapse"), "has dropout: one matrix has no masks"),
    ],
)
def test_what_does_not_fit(run: Run, folder: Path, arguments: tuple[str, ...], says: str) -> None:
    """Tellings that know nothing of masks are refused."""
    (folder / "grid.yaml").write_text(GRID, encoding="utf-8")
    found = run(*arguments)
    assert found.code == 2
    assert says in found.err


@pytest.mark.parametrize("batch", ["full", "online"])
def test_epochs_under_dropout_are_proved(run: Run, folder: Path, batch: str) -> None:
    """Sums over an epoch have no closed form; the others speak for them."""
    (folder / "epochs.yaml").write_text(
        "inputs: [x]\n"
        "layers:\n"
        "  - {units: [h], weights: [[1]], dropout: {keep: 0.5, seed: 3}}\n"
        "  - {units: [o], weights: [[1]]}\n"
        "samples: [{input: 1, target: 2}]\n"
        f"training: {{learning_rate: 0.1, batch: {batch}, epochs: 2, "
        "until: {error_below: 0.01}}\n"
    )
    found = run("prove", "epochs.yaml")
    assert (found.code, found.err) == (0, "")
    assert "E_epoch1" in found.out
