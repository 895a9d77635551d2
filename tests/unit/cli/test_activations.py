"""`trace activations`: the table of properties in a terminal and as Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_the_table_names_its_rows(run: Run) -> None:
    """Chosen rows stand in the table with what holds of them, in no more than 80 columns."""
    ended = run("activations", "relu", "swish", "hard_tanh")
    assert ended.code == 0
    rows = {line.split()[0]: line.split() for line in ended.out.splitlines() if line}
    assert rows["relu"] == ["relu", "yes", "yes", "no", "no", "no", "[0,", "∞)"]
    assert rows["silu"][1] == "no"
    assert "hard_tanh'(-1) = hard_tanh'(1) = 0" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


def test_parameters_are_respected(run: Run) -> None:
    """With another parameter another function is looked at."""
    ended = run("activations", "leaky_relu", "elu", "--set", "slope=1", "--set", "alpha=2")
    assert "(-2, ∞)" in ended.out
    assert ended.out.splitlines()[2].split()[3] == "yes"


def test_markdown(run: Run, folder: Path) -> None:
    """A file that ends in .md gets a table with value and slope."""
    assert run("activations", "tanh", "-o", "table.md").code == 0
    text = (folder / "table.md").read_text(encoding="utf-8")
    assert text.startswith("# Activations\n")
    assert "| tanh | yes | yes | yes | yes | yes | (-1, 1) | tanh(net) |" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sigmod"], "there is no activation 'sigmod' (did you mean 'sigmoid'?)"),
        (["softmax"], "softmax depends on all net inputs of a layer"),
        (["tanh", "--set", "slope=1"], "--set slope: no activation here has it"),
        (["relu", "--set", "slope=1"], "no activation here has it; there are: at_zero"),
        (["relu", "--set", "at_zero"], "write a parameter and its number"),
        (["relu", "--set", "at_zero=x"], "write a parameter and its number"),
        (["relu", "--set", "at_zero=1+"], "--set at_zero=1+"),
    ],
)
def test_what_is_wrong_is_said(run: Run, arguments: list[str], said: str) -> None:
    """A name that is none, and a parameter that nothing has, end with a message and no table."""
    ended = run("activations", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err
