"""What the command line promises of numbers: digits, steps, proofs and their exit codes."""

from __future__ import annotations

from pathlib import Path

import mpmath
import pytest

from tests.hostile.running import trace


@pytest.mark.parametrize("digits", [30, 60, 200, 400])
def test_every_shown_digit_is_right(digits: int, tmp_path: Path) -> None:
    """However many digits are asked for, each is that of an independent calculation."""
    ended = trace("mazur", "--only", "out_h1", "--sig", str(digits), cwd=tmp_path)
    with mpmath.workdps(digits + 20):
        right = mpmath.nstr(1 / (1 + mpmath.exp(-mpmath.mpf("0.3775"))), digits + 5)
    shown = ended.out.splitlines()
    printed = "".join(line.strip() for line in shown[-(digits // 60 + 1) :]).rpartition("≈")[2]
    assert printed.strip()[: digits - 1] == right[: digits - 1]


def test_no_digit_is_shown_that_was_not_carried(tmp_path: Path) -> None:
    """Asked for twelve digits of a calculation with five, the page shows five."""
    ended = trace(
        "mazur", "--only", "out_h1", "--arithmetic", "decimal:5", "--sig", "12", cwd=tmp_path
    )
    assert ended.out.splitlines()[-1].split() == ["≈", "0.59326"]


def test_one_quantity_of_one_step(tmp_path: Path) -> None:
    """--at-step chooses the training step of --only."""
    asked = ("mazur", "--steps", "3", "--only")
    named = trace(*asked, "w5+@3", cwd=tmp_path)
    chosen = trace(*asked, "w5+", "--at-step", "3", cwd=tmp_path)
    assert (chosen.code, chosen.out) == (named.code, named.out)
    assert named.out.splitlines()[-1].split() == ["≈", "0.275360214"]


def test_a_long_training_is_told_from_the_start_of_the_step(tmp_path: Path) -> None:
    """The chain of a quantity after thousands of steps goes back to its own step only."""
    ended = trace("mazur", "--steps", "3000", "--only", "w5+@2999", cwd=tmp_path)
    assert ended.code == 0
    assert len(ended.out.splitlines()) < 100


class TestProving:
    """The exit code of trace prove is a verdict."""

    def test_all_proved(self, tmp_path: Path) -> None:
        """Where every number is proved the exit code is 0."""
        ended = trace("prove", "mazur", cwd=tmp_path)
        assert ended.code == 0
        assert ended.out.splitlines()[-1] == "43 of 43 numbers are proved."

    def test_numbers_by_hand_are_proved_in_decimals(self, tmp_path: Path) -> None:
        """Numbers that are rounded on the way are not judged, and that is said."""
        ended = trace("prove", "mazur", "--arithmetic", "by-hand:4", cwd=tmp_path)
        assert ended.code == 0
        assert "proved is the same in decimals" in ended.err

    def test_letters_are_counted(self, tmp_path: Path) -> None:
        """Steps that stay in letters are not passed over in silence."""
        (tmp_path / "x.yaml").write_text("expression: y = 2*x\n", encoding="utf-8")
        ended = trace("prove", "x.yaml", cwd=tmp_path)
        assert "2 of 2 numbers are proved." in ended.out
        assert "steps stay in letters" in ended.out

    def test_nothing_to_prove(self, tmp_path: Path) -> None:
        """Where there is no number at all, there is nothing to prove, and the exit code is 2."""
        net = "inputs: 1\nlayers: [{units: 1, activation: sigmoid}]\n"
        (tmp_path / "net.yaml").write_text(net, encoding="utf-8")
        ended = trace("prove", "net.yaml", cwd=tmp_path)
        assert ended.code == 2
        assert "nothing to prove" in ended.err

    def test_what_is_not_settled_is_not_proved(self, tmp_path: Path) -> None:
        """A value that may be zero, or too small to be seen, keeps the exit code from being 0."""
        net = (
            "inputs: 1\nlayers: [{units: 1, activation: sigmoid, weights: [[1]]}]\n"
            "samples: [{input: -1e9, target: 0}]\n"
        )
        (tmp_path / "net.yaml").write_text(net, encoding="utf-8")
        ended = trace("prove", "net.yaml", cwd=tmp_path)
        assert ended.code == 1
        assert "may be exactly zero" in ended.err
