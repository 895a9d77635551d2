"""`--epochs`: tables on the terminal and in files, and what does not go with it."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_a_table_for_each_epoch(run: Run) -> None:
    """A page in 80 columns, with each epoch under its heading."""
    found = run("perceptron_and", "--epochs")
    assert found.code == 0
    assert max(map(len, found.out.splitlines())) <= 80
    assert [line for line in found.out.splitlines() if line.startswith("Epoch ")] == [
        f"Epoch {number}" for number in range(1, 6)
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_pages_are_files(run: Run, folder: Path, suffix: str) -> None:
    """The same tables as text and as Markdown."""
    plain = ["--plain"] if suffix == ".md" else []
    assert run("perceptron_and", "--epochs", *plain, "-o", f"t{suffix}").code == 0
    assert "0.3 -0.1" in (folder / f"t{suffix}").read_text(encoding="utf-8")


def test_a_spreadsheet_has_every_row(run: Run, folder: Path) -> None:
    """As CSV: a row for each sample of each epoch, whose numbers add up."""
    assert run("perceptron_and", "--epochs", "-o", "t.csv").code == 0
    with (folder / "t.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    for row in rows:
        cells = {name: Fraction(text) for name, text in row.items() if name != "unit"}
        net = cells["w1"] * cells["x1"] + cells["w2"] * cells["x2"] - cells["theta"]
        assert cells["net"] == net
        assert cells["w1+"] == cells["w1"] + cells["change_w1"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("perceptron_and", "--epochs", "-o", "t.json"), ".json holds every number"),
        (("perceptron_and", "--epochs", "-o", "t.svg"), ".svg is a picture"),
        (("perceptron_and", "--epochs", "--table"), "--epochs and --table do not go together"),
        (("perceptron_and", "--epochs", "--at-step", "2"), "do not go together"),
        (("perceptron_and", "--epochs", "--only", "w1+"), "do not go together"),
        (("mazur", "--epochs", "-o", "t.csv"), "are those of a learning rule"),
        (("decks_power", "--epochs"), "it has no epochs"),
        (("perceptron_and", "--symbolic"), "takes no derivative: it has no closed forms"),
        (("perceptron_and", "--in-place"), "'update: in_place' is for layers"),
    ],
)
def test_what_does_not_go_together(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """What would be ignored, or has no meaning, is refused with the exit code 2."""
    found = run(*arguments)
    assert found.code == 2
    assert says in found.err


def test_adaline_has_closed_forms(run: Run) -> None:
    """Adaline's E is one of net, and its change a multiple of the derivative."""
    assert "target_y_1 - w1*x1_1" in run("adaline", "--symbolic", "E").out


def test_a_sum_over_an_epoch_is_found_by_name(run: Run) -> None:
    """--only errors_epoch2 tells what was wrong in the second epoch, and adds it up."""
    found = run("perceptron_or", "--only", "errors_epoch2")
    assert found.out.rstrip().endswith("= 1 + 0 + 1 + 0\n                    = 2")
