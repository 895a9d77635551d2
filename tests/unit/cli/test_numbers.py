"""`trace SPEC`: arithmetic, digits and training settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def words(text: str) -> str:
    """A text without its line ends."""
    return " ".join(text.split())


class TestNumbers:
    """--digits, --sig, --arithmetic."""

    def test_significant_digits(self, run: Run) -> None:
        """So many significant digits."""
        out = run("mazur", "--sig", "4").out
        assert "≈ 0.5933\n" in out
        assert "shown to 4 significant digits" in words(out)

    def test_decimals(self, run: Run) -> None:
        """So many decimals."""
        out = run("mazur", "--digits", "6").out
        assert "≈ 0.593270\n" in out
        assert "shown to 6 decimals" in out

    def test_decimals_of_derivatives(self, run: Run) -> None:
        """A derivative has as many significant digits as there are decimals: it is seldom large."""
        out = run("mazur", "--digits", "6").out
        assert "≈ 0.000438568\n" in out
        assert "≈ 0.0\n" not in out

    def test_both(self, run: Run) -> None:
        """Both at once is a usage error."""
        found = run("mazur", "--sig", "4", "--digits", "6")
        assert found.code == 2
        assert "--digits counts decimals, --sig significant digits: choose one" in found.err

    @pytest.mark.parametrize("options", [["--sig", "0"], ["--sig", "401"], ["--digits", "-1"]])
    def test_too_many_or_too_few(self, run: Run, options: list[str]) -> None:
        """Numbers of digits have limits."""
        assert run("mazur", *options).code == 2

    @pytest.mark.parametrize(
        ("name", "sentence", "line"),
        [
            ("exact", "every number is an exact fraction", "w5⁺ = w5 - η·∂E/∂w5"),
            ("decimal:20", "carried to 20 significant digits", "      = -20.6"),
            ("float", "64-bit floating point", "      ≈ -20.6000000"),
            ("by-hand:1", "every step is rounded to 1 decimal, half up", "      = -20.6"),
            ("by-hand:2sig:cut", "cut off after 2 significant digits", "      = -20"),
            ("interval:12", "is an interval that is certain", "      = -20.6"),
        ],
    )
    def test_arithmetics(self, run: Run, name: str, sentence: str, line: str) -> None:
        """Every arithmetic can be chosen by its text, and the page says which it is."""
        found = run("net.yaml", "--arithmetic", name)
        assert found.code == 0
        assert sentence in words(found.out)
        assert line in found.out

    def test_by_hand_shows_what_it_carries(self, run: Run) -> None:
        """By hand the digits shown are the digits carried, unless others are asked for."""
        assert "shown to 4 decimals" in words(run("mazur", "--arithmetic", "by-hand:4").out)
        significant = run("mazur", "--arithmetic", "by-hand:3sig")
        assert "shown to 3 significant digits" in words(significant.out)
        asked = run("mazur", "--arithmetic", "by-hand:4", "--sig", "2")
        assert "shown to 2 significant digits" in words(asked.out)

    def test_an_unknown_arithmetic(self, run: Run) -> None:
        """A word that names none is an error with what there is."""
        found = run("net.yaml", "--arithmetic", "exakt")
        assert found.code == 2
        assert found.err.startswith("trace: unknown arithmetic 'exakt' (did you mean 'exact'?)")

    def test_the_files_own_numbers(self, run: Run) -> None:
        """The file's arithmetic and digits hold where the command line says nothing."""
        found = run("digits.yaml").out
        assert "≈ 0.667\n" in found
        assert "64-bit floating point" in found
        assert "≈ 0.66667\n" in run("digits.yaml", "--digits", "5").out
        assert "2/3" in run("digits.yaml", "--arithmetic", "exact").out


class TestTraining:
    """--in-place and --learning-rate."""

    def test_the_files_own_optimizer(self, run: Run, folder: Path) -> None:
        """--optimizer with the name that the file has keeps the settings of the file."""
        (folder / "own.yaml").write_text(
            "inputs: [x]\nlayers: [{units: [o], weights: [[1]]}]\n"
            "samples: [{input: 1, target: 2}]\n"
            "training: {learning_rate: 0.1, optimizer: {name: adam, beta1: 0.5}}\n"
        )
        assert "β1 = 0.5," in run("own.yaml", "--optimizer", "adam").out
        assert "γ = 0.9" in run("own.yaml", "--optimizer", "momentum").out

    def test_an_optimizer(self, run: Run) -> None:
        """--optimizer moves the parameters otherwise; what it does not know is refused."""
        found = run("net.yaml", "--optimizer", "momentum", "--only", "w5+")
        assert (found.code, found.err) == (0, "")
        assert "v_w5⁺ = γ·v_w5 + η·∂E/∂w5" in found.out
        wrong = run("net.yaml", "--optimizer", "adm")
        assert wrong.code == 2
        assert "unknown optimizer 'adm' (did you mean 'adam'?)" in wrong.err

    def test_in_place(self, run: Run) -> None:
        """The update in place meets the new weights of the layer above."""
        out = run("net.yaml", "--in-place").out
        assert "= δ_o1·w5⁺ + δ_o2·w7⁺\n" in out
        assert "w⁺ = w - η·∂E/∂w in place" in out

    def test_learning_rate(self, run: Run) -> None:
        """Another learning rate than the file's, as a number, a fraction or a letter."""
        assert "  η = 1/2 " in run("net.yaml", "--learning-rate", "1/2").out
        assert "= 1 - 1/2·216\n" in run("net.yaml", "--learning-rate", "1/2").out
        assert "  η = eta " in run("net.yaml", "--learning-rate", "eta").out

    def test_a_wrong_learning_rate(self, run: Run) -> None:
        """What is no number is an error that says where."""
        found = run("net.yaml", "--learning-rate", "fast!")
        assert found.code == 2
        assert "learning_rate" in found.err

    def test_expressions_have_no_training(self, run: Run) -> None:
        """Settings of training do not apply to an expression."""
        found = run("lines.yaml", "--steps", "2")
        assert found.code == 2
        assert "an expression has no 'steps'" in found.err
