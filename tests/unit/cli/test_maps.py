"""`trace SPEC --maps`: what it tells, and what does not go with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_convolutions_in_maps(run: Run) -> None:
    """--maps tells every convolution forwards, backwards and as a product of matrices."""
    found = run("convolution", "--maps")
    assert (found.code, found.err) == (0, "")
    for said in ("net_c = x ⋆ k1\n", "∂E/∂x = δ_c ⋆ turned(k1)\n", "∂E/∂K = windows(x)ᵀ·δ_c\n"):
        assert said in found.out


def test_large_maps_are_shown_in_full_if_asked(run: Run) -> None:
    """--full shows the sixteen rows of a product that is shown in part else."""
    assert "16×4, in part" in run("convnet", "--maps").out
    assert "in part" not in run("convnet", "--maps", "--full").out


def test_maps_are_written_to_pages(run: Run, folder: Path) -> None:
    """A page is written as text or Markdown; records hold every number anyway."""
    assert run("convolution", "--maps", "-o", "maps.md").code == 0
    assert "## Forward: c over x" in (folder / "maps.md").read_text(encoding="utf-8")
    assert run("convolution", "--maps", "-o", "maps.json").code == 2


def test_a_network_without_convolution_has_no_maps(run: Run) -> None:
    """It is said so, with exit code 2."""
    found = run("mazur", "--maps")
    assert found.code == 2
    assert "there is no convolution here" in found.err


@pytest.mark.parametrize(
    "others",
    [
        ("--matrix",),
        ("--only", "dE/dk1_1_1"),
        ("--phase", "forward"),
        ("--long",),
        ("--table",),
        ("--collapse",),
        ("--samples-as", "rows"),
    ],
)
def test_what_means_nothing_beside_maps_is_refused(run: Run, others: tuple[str, ...]) -> None:
    """Other views, and choices that maps do not have."""
    found = run("convolution", "--maps", *others)
    assert found.code == 2
    assert "do not go together" in found.err


def test_a_graph_of_pooling_has_its_width(run: Run) -> None:
    """No line of the gradient's nodes is longer than 80 columns."""
    found = run("convnet", "--gradient-graph").out
    assert max(map(len, found.splitlines())) <= 80
