"""`trace notations`, and the options that choose symbols and figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tracer.resources import notation_names


def test_the_list(run: Run) -> None:
    """A line for each notation: its name, one step in it, its title."""
    lines = run("notations").out.splitlines()
    assert [line.split()[0] for line in lines] == list(notation_names())
    assert "∂C/∂w_11^3 = δ_1^3 a_1^2" in next(line for line in lines if line.startswith("nielsen"))


def test_a_file_of_ones_own(run: Run, folder: Path) -> None:
    """What is written by `-o` is a notation, and a change in it shows on the page."""
    run("notations", "nielsen", "-o", "mine.yaml")
    text = (folder / "mine.yaml").read_text("utf-8")
    (folder / "mine.yaml").write_text(text.replace("learning_rate: η", "learning_rate: ρ"), "utf-8")
    assert "ρ = 0.5" in run("mazur", "--notation", "mine.yaml").out


def test_a_spec_that_says_its_notation(run: Run, folder: Path) -> None:
    """A spec's own notation holds, unless the command line has another."""
    source = run("examples", "mazur").out
    (folder / "mine.yaml").write_text(f"notation: bishop\n{source}", "utf-8")
    assert "a_1^(1) = " in run("mine.yaml").out
    assert "x_h1 = " in run("mine.yaml", "--notation", "rumelhart").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--notation", "nielsen", "-o", "t.json"),
        ("--locale", "de", "-o", "t.csv"),
        ("--fractions", "inline"),
        ("--notation", "nielsen", "--published"),
        ("--key", "--symbolic"),
    ],
    ids=" ".join,
)
def test_options_without_meaning_are_refused(run: Run, arguments: tuple[str, ...]) -> None:
    """No option is ignored without a word."""
    done = run("mazur", *arguments)
    assert done.code == 2
    assert arguments[0] in done.err


def test_without_a_key(run: Run) -> None:
    """Text has a key where it is asked for, or where a notation is."""
    assert "typed" not in run("mazur").out
    for option in (("--key",), ("--notation", "mazur")):
        assert "typed" in run("mazur", *option).out
