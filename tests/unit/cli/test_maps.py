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


POOLED = """
inputs: {name: x, shape: [3, 3]}
layers:
  - {name: c, convolution: {kernel: [[1, 2], [3, 4]]}, bias: 1}
  - {name: p, pooling: {take: TAKE, size: 1}}
  - {units: [o], weights: [[1, 2, 3, 4]]}
samples: [{input: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], target: 3}]
"""


def test_with_a_penalty_the_maps_give_the_error_without_it(run: Run, folder: Path) -> None:
    """The cross-correlation of what is seen with the deltas knows nothing of a penalty."""
    text = POOLED.replace("TAKE", "average") + "training: {regularization: {l2: 10}}\n"
    (folder / "penalty.yaml").write_text(text, encoding="utf-8")
    found = run("penalty.yaml", "--maps").out
    assert "∂E_data/∂k1 = x ⋆ δ_c\n" in found
    assert "∂E_data/∂K = windows(x)ᵀ·δ_c\n" in found
    assert "∂E/∂k1" not in found
    assert "[ 23939  30409 ]" in found


@pytest.mark.parametrize("take", ["average", "max"])
@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("net_c_1_1", ["net_c = x ⋆ k1", "net_c = windows(x)"]),
        ("dE/dk1_1_1", ["∂E/∂k1 = x ⋆ δ_c", "∂E/∂K = windows(x)"]),
        ("dE/dout_c_1_1", ["∂E/∂out_c = each entry", "rows(∂E/∂out_c) = S_p", "= P_pᵀ"]),
        ("dE/dx_1_1", ["∂E/∂x = δ_c ⋆"]),
    ],
)
def test_a_given_value_comes_from_no_map(
    run: Run, folder: Path, take: str, name: str, gone: list[str]
) -> None:
    """Where a value in the middle is given, its map stands without an equation, and it is said."""
    text = POOLED.replace("TAKE", take)
    (folder / "plain.yaml").write_text(text, encoding="utf-8")
    (folder / "given.yaml").write_text(f"{text}given: {{{name}: 5}}\n", encoding="utf-8")
    plain, found = (run(f"{which}.yaml", "--maps").out for which in ("plain", "given"))
    assert any(said in plain for said in gone)
    assert not any(said in found for said in gone)
    assert "some of these values are given" not in plain
    assert "some of these values are given" in found


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
