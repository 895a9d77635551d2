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
        (["maxout"], "maxout is a form of layer, the largest of several weighted sums"),
        (["net**"], "activation 'net**', column 6: expected"),
        (["x**2"], "a formula in net, this one uses 'x'"),
        (["sin(net)"], "sin(net): it cannot be looked at from end to end"),
        (["ln(net)"], "ln(net): it cannot be looked at from end to end"),
        (["9**9**9**9*net"], "it cannot be looked at"),
        (["+".join(["net"] * 500)], "it has more than 120 parts"),
        (["(" * 5_000 + "net" + ")" * 5_000], "activation '(((("),
        (["__import__('os').system('id')"], "activation '__import__"),
        ([""], "activation '', column 1"),
        (["net**2", "--set", "slope=1"], "no activation here has it"),
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


def test_a_formula_of_ones_own(run: Run) -> None:
    """A formula in net is looked at like a name; a long one stands below the table."""
    long = "where(net > 1, net**2, max(net, -2))"
    ended = run("activations", "net**2", "net", long)
    rows = {line.split("  ")[0]: line.split() for line in ended.out.splitlines() if line}
    assert rows["net**2"][-2:] == ["[0,", "∞)"]
    assert rows["net"][1] == "yes"
    assert rows["formula 1"][2:6] == ["yes", "yes", "no", "no"]
    assert f"formula 1: {long}\n" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


@pytest.mark.parametrize(("name", "start"), [("a.svg", b"<?xml"), ("a.PNG", b"\x89PNG")])
def test_pictures(run: Run, folder: Path, name: str, start: bytes) -> None:
    """A file that ends in .svg or .png is a picture, and no table."""
    assert run("activations", "sigmoid", "relu", "net**2", "-o", name) == (0, "", "")
    assert (folder / name).read_bytes().startswith(start)


def test_an_oscillating_function_is_drawn(run: Run, folder: Path) -> None:
    """What has no limit has no row in the table, but a picture."""
    assert run("activations", "sin(net)", "-o", "sin.svg").code == 0
    assert b"sin(net)" in (folder / "sin.svg").read_bytes()


@pytest.mark.parametrize("name", ["a.json", "a.csv", "a.pdf", "a", ".svg", "a.svg.gz"])
def test_other_files_are_refused(run: Run, folder: Path, name: str) -> None:
    """No other file is written, and the message says which ones there are."""
    ended = run("activations", "relu", "-o", name)
    assert (ended.code, ended.out) == (2, "")
    assert "here there are .txt, .md, .svg, .png" in ended.err
    assert not (folder / name).exists()


def test_a_wrong_name_writes_no_file(run: Run, folder: Path) -> None:
    """Where one of several is none, nothing is written."""
    assert run("activations", "relu", "maxout", "-o", "a.svg").code == 2
    assert not (folder / "a.svg").exists()
