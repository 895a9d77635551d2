"""Deep and long calculations on the command line: no traceback, one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

UNIT = "  - {units: 1, activation: tanh, weights: [[0.9]]}\n"
END = "samples: [{input: [0.5], target: [0.3]}]\ntraining: {learning_rate: 0.1}\n"


@pytest.fixture
def deep(folder: Path) -> None:
    """Sixty lines, a hundred layers, and a sequence of three hundred."""
    lines = "".join(f"  a{k + 1} = sin(a{k}) + {k}\n" for k in range(60))
    (folder / "lines.yaml").write_text(f"expression: |\n{lines}at: {{a0: 0.5}}\n")
    (folder / "layers.yaml").write_text(f"inputs: [x]\nlayers:\n{UNIT * 100}{END}")
    sequence = [[0.1]] * 300
    (folder / "long.yaml").write_text(
        "inputs: [x]\nlayers: [{units: [h], cell: lstm}]\ntime: {loss: last}\n"
        f"samples: [{{input: {sequence}, target: [0.3]}}]\n"
    )


@pytest.mark.usefixtures("deep")
class TestDeep:
    """What is too deep for closed forms."""

    @pytest.mark.parametrize("name", ["lines.yaml", "layers.yaml"])
    def test_is_proved_by_the_others(self, run: Run, name: str) -> None:
        """SymPy is silent, with its reason in a footnote, and every number is proved."""
        found = run("prove", name)
        assert (found.code, found.err) == (0, "")
        assert "\n(a) too deep for closed forms: " in found.out
        assert "could not be proved" not in found.out

    @pytest.mark.parametrize(
        ("name", "quantity"), [("lines.yaml", "a60"), ("layers.yaml", "dE/dw1")]
    )
    def test_has_no_closed_form(self, run: Run, name: str, quantity: str) -> None:
        """Who asks for one is told in one line, and the exit code is 2."""
        found = run(name, "--symbolic", quantity)
        assert (found.code, found.out) == (2, "")
        assert found.err.startswith("trace: too deep for closed forms: ")
        assert found.err.count("\n") == 1

    def test_its_size_can_be_read(self, run: Run) -> None:
        """A number of hundreds of digits is told by its power of ten."""
        found = run("long.yaml", "--symbolic", "E")
        assert found.code == 2
        assert found.err.startswith("trace: the closed form has more than 10^")
        assert len(found.err) < 200
