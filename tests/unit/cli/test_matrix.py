"""`trace SPEC --matrix`: its options, and what does not go with them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run
from tracer.spec.linear import collapsed
from tracer.spec.network import Network


def test_the_calculation_in_matrices(run: Run) -> None:
    """--matrix tells the whole calculation in matrices."""
    found = run("net.yaml", "--matrix")
    assert (found.code, found.err) == (0, "")
    assert "  Z1 = X·W1 + b1\n" in found.out


def test_options_of_the_page_hold_here_too(run: Run) -> None:
    """Phases, digits and training steps are chosen as without matrices."""
    found = run("mazur", "--matrix", "--phase", "update", "--digits", "2", "--steps", "2")
    assert "Forward pass" not in found.out
    assert found.out.count("W2⁺ = W2 - η·∂E/∂W2") == 2
    assert "[ 0.36  0.51 ]" in found.out
    assert "Training step 2" not in run("mazur", "--matrix", "--steps", "2", "--at-step", "1").out


def test_samples_as_columns(run: Run, folder: Path) -> None:
    """The option, or else the file, says what samples are."""
    columns = run("net.yaml", "--matrix", "--samples-as", "columns").out
    assert "Z1 = W1·X + b1" in columns
    text = (folder / "net.yaml").read_text(encoding="utf-8")
    (folder / "other.yaml").write_text(f"{text}samples_as: columns\n", encoding="utf-8")
    assert run("other.yaml", "--matrix").out == columns
    assert (
        run("other.yaml", "--matrix", "--samples-as", "rows").out == run("net.yaml", "--matrix").out
    )


def test_one_entry_by_its_place(run: Run) -> None:
    """--only leads from an entry's place to the quantity, back to the givens."""
    found = run("rain", "--matrix", "--only", "Z1[2,1]")
    assert found.out.startswith(
        "Why net_h1[2]\n=============\nentry    Z1[2,1] is net_h1[2]\n"
        "made of  row 2 of X times column 1 of W1\n"
    )
    found = run("rain", "--matrix", "--only", "dE/dW1[2,3]")
    assert found.out.startswith("Why dE/dw6\n")
    assert "made of  row 2 of Xᵀ times column 3 of δ1\n" in found.out
    assert run("rain", "--matrix", "--only", "dE[2]/dW1[1,1]").out.startswith("Why dE/dw1[2]\n")
    columns = run("rain", "--matrix", "--only", "dE/dW1[3,2]", "--samples-as", "columns")
    assert columns.out.startswith("Why dE/dw6\n")


def test_one_quantity_by_its_name(run: Run) -> None:
    """--only with a plain name says where the quantity stands."""
    found = run("rain", "--matrix", "--only", "delta_h2[3]").out
    assert "entry    δ1[3,2] is δ_h2[3]\n" in found


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Q1[1,1]", "there is no matrix 'Q1'; known: learning_rate, X, T, W1"),
        ("Z1[9,1]", "'Z1[9,1]': this matrix is 3×3"),
        ("Z1[0,1]", "'Z1[0,1]': this matrix is 3×3"),
        ("Z1[1,1]@7", "this trace has the training steps 1 to 1"),
        ("net_h9", "this trace has no quantity 'net_h9'"),
    ],
)
def test_entries_that_are_not_there(run: Run, name: str, says: str) -> None:
    """What is not there is told, with what is."""
    found = run("rain", "--matrix", "--only", name)
    assert (found.code, found.out) == (2, "")
    assert says in found.err


@pytest.mark.parametrize(
    "options",
    [
        ("--matrix", "--table"),
        ("--matrix", "--published"),
        ("--matrix", "--symbolic"),
        ("--samples-as", "rows"),
        ("--full",),
        ("--matrix", "-o", "x.json"),
        ("--matrix", "-o", "x.csv"),
    ],
)
def test_options_without_a_meaning(run: Run, options: tuple[str, ...]) -> None:
    """What means nothing beside another is refused."""
    assert run("net.yaml", *options).code == 2


def test_expressions_are_refused(run: Run) -> None:
    """An expression has no layers."""
    found = run("micrograd", "--matrix")
    assert (found.code, found.out) == (2, "")
    assert "no layers" in found.err


def test_lines_keep_80_columns(run: Run) -> None:
    """No line of a page in matrices is longer than 80 columns."""
    for example in ("mazur", "rain", "byu", "thresholds", "decks_integer", "nnwj"):
        for more in ([], ["--long"], ["--sig", "30"], ["--samples-as", "columns"]):
            found = run(example, "--matrix", *more)
            assert found.code == 0
            calculation, _, _ = found.out.partition("\nNotes\n")
            assert max(map(len, calculation.splitlines())) <= 80


class TestCollapse:
    """--collapse: a linear network is one matrix."""

    def test_a_linear_network(self, run: Run) -> None:
        """The products of the weights, the bias, and the network's own outputs beside them."""
        found = run("linear", "--collapse")
        assert (found.code, found.err) == (0, "")
        assert "C2 = W1·W2, c2 = b1·W2 + b2\n" in found.out
        assert "\nthe same for all 2 samples: the network is this one matrix\n" in found.out

    def test_columns(self, run: Run) -> None:
        """With samples as columns the product stands the other way round."""
        found = run("linear", "--collapse", "--samples-as", "columns")
        assert "C2 = W2·W1, c2 = W2·b1 + b2\n" in found.out

    def test_rounding_is_told(self, run: Run) -> None:
        """Where numbers are rounded at every step, both need not be the same."""
        found = run("linear", "--collapse", "--arithmetic", "by-hand:1sig")
        assert "but for rounding: they differ by" in found.out

    def test_another_matrix_is_told_and_fails(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A matrix that is not the network's: the page says so, and the command fails."""

        def wrong(network: Network, rows: list[list[Fraction]], _: list[Fraction]) -> Network:
            return collapsed(network, rows, [Fraction(0)] * len(rows))

        monkeypatch.setattr("tracer.sheet.matrix.collapse.collapsed", wrong)
        found = run("linear", "--collapse", "--arithmetic", "exact")
        said = "NOT the same: they differ by 1.3e+01, and rounding explains nothing"
        assert found.code == 2
        assert said in found.out
        assert said in found.err

    def test_a_unit_that_is_not_linear(self, run: Run, folder: Path) -> None:
        """Each unit that is not linear is named, at its place in the file."""
        text = "inputs: [x]\nlayers:\n  - {units: [h, o], activation: [tanh, 3*net + 1]}\n"
        (folder / "bent.yaml").write_text(text, encoding="utf-8")
        found = run("bent.yaml", "--collapse")
        assert (found.code, found.out) == (2, "")
        assert found.err.splitlines() == [
            "bent.yaml:3:34: h is not linear: tanh; a linear unit is a multiple of net",
            "bent.yaml:3:40: o is not linear: 3*net + 1; a linear unit is a multiple of net",
        ]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("inputs: [x]\nlayers: [{units: [o], weights: [[a]]}]\n", "a is a letter"),
            (
                "inputs: [x]\nlayers: [{units: [o], weights: [[1]]}]\n"
                "samples: [{input: 1, target: 1}]\ngiven: {net_o: 3}\n",
                "'net_o' is given in the middle",
            ),
            ("expression: a*b\nat: {a: 1, b: 2}\n", "no layers"),
            (
                "inputs: [x, y]\nlayers: [{units: [o], weights: [[1, 2]]}]\n"
                "samples: [{input: [1, 2], target: 1}, {input: [a, 2], target: 1}]\n",
                "the input x of sample 2 is a letter",
            ),
            (
                "inputs: [x]\nlayers: [{units: [o], weights: [[1]]}]\n",
                "the input x is a letter",
            ),
            (
                "inputs: {name: x, shape: [2, 2]}\n"
                "layers: [{name: p, pooling: {take: max, size: 2}}]\n",
                "p_1_1 takes the largest of several outputs",
            ),
            (
                "inputs: {name: x, shape: [2, 2]}\n"
                "layers: [{name: p, pooling: {take: average, size: 2}}]\n",
                "p_1_1 takes an average without weights",
            ),
        ],
    )
    def test_what_is_no_matrix(self, run: Run, folder: Path, text: str, says: str) -> None:
        """Letters, values in the middle and expressions are refused."""
        (folder / "other.yaml").write_text(text, encoding="utf-8")
        found = run("other.yaml", "--collapse")
        assert (found.code, found.out) == (2, "")
        assert says in found.err

    @pytest.mark.parametrize(
        "options",
        [("--matrix",), ("--only", "E"), ("--steps", "2"), ("--phase", "forward"), ("--long",)],
    )
    def test_options_without_a_meaning(self, run: Run, options: tuple[str, ...]) -> None:
        """There is no training and no part to choose."""
        assert run("linear", "--collapse", *options).code == 2


def test_the_graph_by_layers(run: Run) -> None:
    """--matrix and --gradient-graph together: operations on matrices, with their shapes."""
    found = run("mazur", "--matrix", "--gradient-graph")
    assert (found.code, found.err) == (0, "")
    rows = [line.split() for line in found.out.splitlines()]
    assert ["Z1", "1×2", "Add", "n1,", "b1"] in rows
    assert ["∂E/∂b1", "number", "ReduceSum", "δ1"] in rows
    columns = run("net.yaml", "--matrix", "--gradient-graph", "--samples-as", "columns").out
    assert "MatMul" in columns
    assert "W1, X" in columns

    only = run("net.yaml", "--matrix", "--gradient-graph", "--phase", "backward").out
    assert "The graph of the calculation" not in only


def test_numbers_that_stand_in_no_matrix_have_a_node_each(run: Run, folder: Path) -> None:
    """Weights of a kernel that lie on padding alone: each has its own gradient and update."""
    text = (
        "inputs: {name: x, shape: [1, 1]}\n"
        "layers:\n  - name: c\n"
        "    convolution: {kernel: [[1, 2, 3], [4, 5, 6], [7, 8, 9]], padding: 1}\n"
        "samples: [{input: [[2]], target: [[3]]}]\ntraining: {learning_rate: 0.1}\n"
    )
    (folder / "padded.yaml").write_text(text, encoding="utf-8")
    out = run("padded.yaml", "--matrix", "--gradient-graph").out
    rows = [line.split() for line in out.splitlines()]
    for place in ("1_1", "1_2", "1_3", "2_1", "2_3", "3_1", "3_2", "3_3"):
        name = f"k1_{place}"
        assert [f"{name}⁺", "number", "update", f"{name},", "η,", f"∂E/∂{name}"] in rows
        assert [f"∂E/∂{name}", "number", "chain", "rule"] in rows


def test_the_graph_by_layers_is_drawn(run: Run, folder: Path) -> None:
    """Into a picture the same options draw it; any other picture is refused beside them."""
    assert run("net.yaml", "--matrix", "--gradient-graph", "-o", "layers.svg").code == 0
    drawn = (folder / "layers.svg").read_text(encoding="utf-8")
    assert "MatMul" in drawn
    assert run("net.yaml", "--picture", "layers", "-o", "again.svg").code == 0
    assert (folder / "again.svg").read_text(encoding="utf-8") == drawn
    assert run("net.yaml", "--matrix", "-o", "layers.svg").code == 2
    assert run("net.yaml", "--matrix", "--gradient-graph", "-o", "layers.csv").code == 2
    beside = run(
        "net.yaml", "--matrix", "--gradient-graph", "--picture", "graph", "-o", "other.svg"
    )
    assert beside.code == 2


@pytest.mark.parametrize("name", ["decks_sine", "lstm", "rnn", "rnn_truncated"])
def test_what_has_no_graph_by_layers_is_refused(run: Run, name: str) -> None:
    """Expressions, gates, weights shared over time: one line says why."""
    found = run(name, "--matrix", "--gradient-graph")
    assert found.code == 2
    assert len(found.err.splitlines()) <= 2
    assert found.out == ""
