"""`trace prove` and `trace --symbolic`: what they print, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run
from tracer.cli import prove as command
from tracer.cli.verdict_table import WITNESSES, VerdictTable, told
from tracer.derive import rounding, settle
from tracer.proof.reals import Real
from tracer.proof.verdicts import Finding, Outcome, Verdict

ONE_UNIT = """
inputs: [x]
layers: [{{units: [y], activation: {}, weights: [[{}]]}}]
samples: [{{input: [1], target: [0]}}]
"""


def verdict(name: str, *outcomes: Outcome, reason: str = "too slow") -> Verdict:
    """A verdict in which the witnesses say so."""
    findings = (
        Finding(
            witness,
            outcome,
            Real(Fraction(1, 4)) if outcome is Outcome.DISAGREES else None,
            reason if outcome is Outcome.SILENT else "",
        )
        for witness, outcome in zip(WITNESSES, outcomes, strict=True)
    )
    return Verdict(name, Fraction(1, 2), tuple(findings))


YES, NO, SILENT = Outcome.AGREES, Outcome.DISAGREES, Outcome.SILENT


class TestTable:
    """The table of verdicts."""

    def test_rows_are_aligned(self) -> None:
        """A column for each witness, below its head."""
        table = VerdictTable(["y", "dy/dx"], 10)
        assert table.head() == "quantity  value       SymPy       differences  re-derivation"
        row = table.row(verdict("dy/dx", YES, YES, NO), "0.5")
        assert row == "dy/dx     0.5         agrees      agrees       DISAGREES"

    def test_silence_has_a_footnote(self) -> None:
        """A silent witness's reason stands below the table, once, with its letter."""
        table = VerdictTable(["a", "b"], 5)
        assert "- (a)" in table.row(verdict("a", SILENT, YES, YES), "1")
        second = table.row(verdict("b", SILENT, SILENT, YES, reason="word " * 30), "1")
        assert second.count("- (b)") == 2
        foot = list(table.foot())
        assert foot[:2] == ["", "(a) too slow"]
        assert foot[2].startswith("(b) word word")
        assert all(line.startswith("    word") for line in foot[3:-1])
        assert max(map(len, foot)) <= 80
        assert foot[-1] == "2 of 2 numbers are proved."

    def test_reservations_have_footnotes(self) -> None:
        """A witness that agrees only so far says how far below the table."""
        table = VerdictTable(["a"], 5)
        finding = Finding("SymPy", YES, Real(Fraction(1)), "to 5 digits")
        assert "agrees (a)" in table.row(Verdict("a", Fraction(1), (finding,) * 3), "1")
        assert list(table.foot()) == ["", "(a) to 5 digits", "1 of 1 numbers are proved."]

    def test_many_reasons(self) -> None:
        """After the letters footnotes are numbered."""
        table = VerdictTable(["a"], 5)
        for k in range(28):
            row = table.row(verdict("a", SILENT, YES, YES, reason=f"reason {k}"), "1")
        assert "- (28)" in row

    def test_what_is_not_proved(self) -> None:
        """Refuted and unproved claims are counted in words."""
        table = VerdictTable(["a", "b"], 5)
        assert "DISAGREES" in table.row(verdict("a", YES, NO, YES), "1")
        table.row(verdict("b", SILENT, SILENT, SILENT), "1")
        assert list(table.foot())[-3:] == [
            *("0 of 2 numbers are proved.", "1 of 2 is refuted."),
            "1 of 2 could not be proved: no witness speaks for them.",
        ]

    def test_a_refuted_claim_is_told(self) -> None:
        """What the trace says, and what each witness found."""
        assert list(told(verdict("y", YES, NO, SILENT), "0.5")) == [
            *("y: the trace says 0.5", "  SymPy: agrees", "  differences: disagrees: 1/4"),
            "  re-derivation: silent: too slow",
        ]


class TestProve:
    """trace prove SPEC."""

    def test_a_network(self, run: Run) -> None:
        """Every step of a network has a row; carried weights have none."""
        found = run("prove", "row.yaml", "--steps", "2", "--arithmetic", "exact")
        assert (found.code, found.err) == (0, "")
        rows = [line.split()[0] for line in found.out.splitlines() if "agrees" in line]
        assert "dE/dw[3]@2" in rows
        assert "w@2" not in rows
        assert f"{len(rows)} of {len(rows)} numbers are proved.\n" in found.out

    def test_digits(self, run: Run) -> None:
        """Values are shown with the digits that were asked for."""
        assert " 0.3333 " in run("prove", "third.yaml", "--digits", "4").out
        assert " 0.333333333 " in run("prove", "third.yaml").out

    def test_the_longer_telling(self, run: Run) -> None:
        """With --long each path of a sum, each use, and each local partial has a row too."""
        short, long = run("prove", "net.yaml"), run("prove", "net.yaml", "--long")
        assert (long.code, long.err) == (0, "")
        assert "dE/dout_h1:o1" not in short.out
        rows = [line.split()[0] for line in long.out.splitlines() if "agrees" in line]
        assert {"dE/dout_h1:o1", "dE/dout_h1:o2", "dnet_o1/dw5"} <= set(rows)
        assert f"{len(rows)} of {len(rows)} numbers are proved.\n" in long.out

    def test_a_given_result(self, run: Run, folder: Path) -> None:
        """A result that is given has a formula too: what does not lead through it is proved."""
        text = "expression: [a = x*x, y = a*z]\nat: {x: 2, z: 3}\ngiven: {a: 5}\n"
        (folder / "state.yaml").write_text(text)
        found = run("prove", "state.yaml")
        rows = [line.split() for line in found.out.splitlines()]
        assert ["dy/dz", "5", *["agrees"] * 3] in rows
        assert "4 of 7 numbers are proved." in found.out

    def test_rounded_arithmetic(self, run: Run) -> None:
        """By hand and in intervals, the same is proved in decimals, which is said."""
        found = run("prove", "lines.yaml", "--arithmetic", "by-hand:2")
        assert found.code == 0
        assert found.err == "trace: by-hand:2 rounds; proved is the same in decimals\n"

    @pytest.mark.parametrize(
        ("weight", "numbers"), [("200", "decimal:50"), ("37", "float"), ("200", "decimal:80")]
    )
    def test_a_vanished_gradient(self, run: Run, folder: Path, weight: str, numbers: str) -> None:
        """A gradient of which rounding has left 0 is not proved, and the table says why."""
        (folder / "one.yaml").write_text(ONE_UNIT.format("sigmoid", weight))
        found = run("prove", "one.yaml", "--arithmetic", numbers)
        assert found.code == 1
        (row,) = [line for line in found.out.splitlines() if line.startswith("dE/dw1")]
        assert row.split() == ["dE/dw1", "0", *["-", "(b)"] * 3]
        assert "(b) rounding on the way to this number may have left no digit of it" in found.out
        assert "4 of 9 could not be proved" in found.out

    def test_a_small_gradient(self, run: Run, folder: Path) -> None:
        """With as many digits as it takes the same gradient is proved."""
        (folder / "one.yaml").write_text(ONE_UNIT.format("sigmoid", "200"))
        found = run("prove", "one.yaml")
        assert found.code == 0
        assert "1.38389653e-87" in found.out

    def test_dust(self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What no number of digits settles is not proved, whatever digits it has."""
        monkeypatch.setattr(settle, "DIGITS", (50, 100, 200, 400))
        unit = ONE_UNIT.format('"exp(net)/(1 + exp(net))"', "1e5")
        (folder / "dust.yaml").write_text(unit)
        found = run("prove", "dust.yaml")
        assert found.code == 1
        assert not [line for line in found.out.splitlines() if "e-" in line and "agrees" in line]

    def test_lost_digits(self, run: Run, folder: Path) -> None:
        """A number that has lost digits agrees in those that it has left, which is said."""
        (folder / "lost.yaml").write_text(
            "expression: y = (x + exp(z)) - x\nat: {x: 1e14, z: -1}\n"
        )
        found = run("prove", "lost.yaml", "--arithmetic", "decimal:20")
        assert found.code == 0
        assert "agrees (b)" in found.out
        assert "(b) to 4 digits: rounding on the way" in found.out

    @pytest.mark.parametrize("name", ["lstm", "rain", "rgu", "mazur"])
    def test_eighty_columns(self, run: Run, name: str) -> None:
        """A long name has a line of its own, and the table stays within 80 columns."""
        found = run("prove", name)
        assert found.code == 0
        assert max(map(len, found.out.splitlines())) <= 80

    def test_unknown_rounding(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where intervals would take too long, it is said what that means."""
        monkeypatch.setattr(rounding, "MOST_VALUES", 5)
        found = run("prove", "net.yaml", "--arithmetic", "float")
        assert found.code == 0
        assert found.err.startswith("trace: what rounding makes of single numbers is not known (")
        assert run("prove", "net.yaml").err == ""

    def test_unbounded_rounding(self, run: Run, folder: Path) -> None:
        """Where intervals have no end, a number that nobody finds is unproved, and not refuted."""
        (folder / "wide.yaml").write_text(
            "inputs: [x]\nlayers:\n  - {units: [o1, o2], weights: [[1], [1e20]], "
            "activation: softmax}\nloss: cross_entropy\n"
            "samples: [{input: [1/3], target: [0, 1]}]\n"
        )
        found = run("prove", "wide.yaml", "--arithmetic", "decimal:12")
        assert "exp_o1" in found.out
        assert "refuted" not in found.out
        assert "a number that the witnesses do not find is left unproved" in found.err

    def test_a_partial_state(self, run: Run, folder: Path) -> None:
        """Numbers that follow from given ones are proved from those."""
        text = (folder / "net.yaml").read_text(encoding="utf-8")
        (folder / "part.yaml").write_text(text + "given: {net_h1: 10, delta_o1: a}\n")
        found = run("prove", "part.yaml")
        assert found.code == 0
        assert "out_h1" in found.out

    def test_nothing_to_prove(self, run: Run, folder: Path) -> None:
        """Where no number follows there is nothing to prove."""
        (folder / "bare.yaml").write_text(
            "inputs: [x]\nlayers: [{units: [o], weights: [[w]], activation: sigmoid}]\n"
        )
        found = run("prove", "bare.yaml")
        assert found.code == 2
        assert "there is nothing to prove" in found.err

    def test_a_refuted_number(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """The first number on which a witness disagrees ends the run with the exit code 1."""

        def refuting(*_: object, **__: object) -> Iterator[Verdict]:
            yield verdict("y", YES, NO, YES)
            raise AssertionError("the first refuted claim ends it")

        monkeypatch.setattr(command, "prove", refuting)
        found = run("prove", "lines.yaml")
        assert found.code == 1
        assert "y: the trace says 4\n" in found.out
        assert "  differences: disagrees: 1/4\n" in found.out

    def test_an_unproved_number(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """A number for which no witness speaks is no success."""

        def silent(*_: object, **__: object) -> Iterator[Verdict]:
            yield verdict("y", SILENT, SILENT, SILENT)

        monkeypatch.setattr(command, "prove", silent)
        assert run("prove", "lines.yaml").code == 1

    def test_numbers_beyond_all_judging(self, run: Run, folder: Path) -> None:
        """Numbers too large to be judged are counted, and are no success."""
        (folder / "big.yaml").write_text("expression: y = exp(x)\nat: {x: 1e5}\n")
        found = run("prove", "big.yaml", "--arithmetic", "decimal:50")
        assert found.code == 1
        assert "2 of 3 numbers are too large or too small to be judged." in found.out

    def test_a_progress_bar(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the table goes elsewhere than the terminal, the terminal shows how far it is."""
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        found = run("prove", "lines.yaml")
        assert found.code == 0
        assert "proving" in found.err
        assert "proving" not in found.out


class TestSymbolic:
    """trace SPEC --symbolic [QUANTITY]."""

    def test_all_forms(self, run: Run) -> None:
        """The result and its derivatives, each with its value where the numbers are there."""
        assert run("lines.yaml", "--symbolic").out == (
            "y = x + x**2*z\n  = 4\n\ndy/dx = 2*x*z + 1\n      = 3\n\ndy/dz = x**2\n      = 4\n"
        )

    def test_letters(self, run: Run) -> None:
        """Without numbers there is the form alone."""
        assert run("letters.yaml", "--symbolic", "dy/dx").out == "dy/dx = a\n"

    def test_rounded_values(self, run: Run, folder: Path) -> None:
        """An irrational value is rounded, and said so."""
        (folder / "root.yaml").write_text("expression: y = sqrt(x)\nat: {x: 2}\n")
        found = run("root.yaml", "--symbolic", "y", "--sig", "4")
        assert found.out == "y = sqrt(x)\n  ≈ 1.414\n"

    def test_functions_are_explained(self, run: Run, folder: Path) -> None:
        """A function that readers may not know is defined above the forms."""
        (folder / "soft.yaml").write_text("expression: y = softplus(x)*a\n")
        assert run("soft.yaml", "--symbolic", "y").out == (
            "softplus(x) = ln(1 + exp(x))\n\ny = a*softplus(x)\n"
        )

    def test_unknown_quantities(self, run: Run) -> None:
        """A quantity that there is not is an error."""
        found: Any = run("lines.yaml", "--symbolic", "dy/dq")
        assert found.code == 2
        assert "dy/dq" in found.err

    def test_to_a_file(self, run: Run, folder: Path) -> None:
        """Closed forms can be written as text."""
        assert run("lines.yaml", "--symbolic", "y", "-o", "y.txt").code == 0
        assert (folder / "y.txt").read_text() == run("lines.yaml", "--symbolic", "y").out
