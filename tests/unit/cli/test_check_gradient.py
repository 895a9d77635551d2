"""`trace check-gradient`: its pages, its picture, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_all_derivatives(run: Run) -> None:
    """Every derivative by a given number has a row: rules, differences, relative error."""
    out = run("check-gradient", "mazur").out
    row = next(line for line in out.splitlines() if line.startswith("  ∂E/∂w5"))
    analytic, numeric, error = row.split()[1:]
    assert analytic == numeric == "0.0821670406"
    assert float(error) < 1e-8
    assert "h               1e-5, in float" in out


@pytest.mark.parametrize("name", ["dE/dw5", "w5", "∂E/∂w5"])
def test_one_derivative(run: Run, name: str) -> None:
    """One derivative is told at sixteen steps in two arithmetics, by either name."""
    out = run("check-gradient", "mazur", name).out
    assert sum(line.startswith("  1e-") for line in out.splitlines()) == 32
    assert "central difference: most exact at h = 1e-5" in " ".join(out.split())
    assert "no rounding is seen" in out


def test_a_kink_is_told(run: Run) -> None:
    """Where a step crosses a kink its row says so."""
    out = run("check-gradient", "relu_near_its_kink", "w1", "--arithmetic", "exact").out
    rows = [line for line in out.splitlines() if line.startswith("  1e-")]
    assert ["over a kink" in row for row in rows] == [True] * 3 + [False] * 13


@pytest.mark.parametrize(("name", "starts"), [("e.svg", b"<?xml"), ("e.png", b"\x89PNG")])
def test_drawn(run: Run, folder: Path, name: str, starts: bytes) -> None:
    """The errors of one derivative are drawn by suffix."""
    assert run("check-gradient", "mazur", "w5", "-o", name) == (0, "", "")
    assert (folder / name).read_bytes().startswith(starts)


@pytest.mark.parametrize("name", ["c.txt", "c.md"])
def test_written(run: Run, folder: Path, name: str) -> None:
    """Pages are written by suffix."""
    assert run("check-gradient", "mazur", "-o", name) == (0, "", "")
    assert "0.0821670406" in (folder / name).read_text(encoding="utf-8")


def test_a_way_back_that_is_cut(run: Run) -> None:
    """Where truncation leaves paths out, the page says why differences need not agree."""
    said = "the way back through time is cut"
    assert said in run("check-gradient", "rnn_truncated").out
    assert said not in run("check-gradient", "rnn").out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("mazur", "w55"), "'w55' is no derivative by a given number"),
        (("mazur", "net_h1"), "'net_h1' is no derivative by a given number"),
        (("mazur", "--h", "0"), "--h 0: a step is a number above 0"),
        (("mazur", "--h", "-1e-3"), "--h -1e-3: a step is a number above 0"),
        (("mazur", "--h", "x"), "--h x: a step is a number above 0"),
        (("mazur", "--h", "1/"), "--h 1/: expected"),
        (("mazur", "w5", "--h", "1e-3"), "--h is one step for all derivatives"),
        (("mazur", "-o", "c.json"), "cannot write c.json"),
        (("mazur", "-o", "c.svg"), "a picture shows one derivative"),
        (("mazur", "--arithmetic", "rational"), "unknown arithmetic 'rational'"),
        (("mazur", "--arithmetic", "exact"), "exact arithmetic knows fractions only"),
        (("decks_sine_symbolic",), "differences need numbers"),
        (("no_such_example",), "no_such_example"),
    ],
)
def test_refused(run: Run, words: tuple[str, ...], says: str) -> None:
    """What cannot be checked is refused with the reason, and the exit code 2."""
    found = run("check-gradient", *words)
    assert (found.code, found.out) == (2, "")
    assert says in found.err
    assert "Traceback" not in found.err
