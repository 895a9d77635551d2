"""What the program writes, byte by byte.

A change of the output changes these files. ``pytest tests/golden --renew`` writes them anew; what
changed is then seen in the difference, and belongs into the same commit as the change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tracer.cli.main import cli
from tracer.resources import notation_names

HERE = Path(__file__).parent
SPECS = HERE / "specs"
EXPECTED = HERE / "expected"

LOOK = re.compile(rb"<style>.*?</style>|<script>.*?</script>|<meta http-equiv[^>]*>", re.DOTALL)
"""What all HTML pages have: their looks and their script, which have tests of their own."""

NOTATIONS = notation_names()

CASES: Mapping[str, tuple[str, ...]] = {
    "odd_names.txt": ("specs/odd_names.yaml", "--long"),
    "odd_names.md": ("specs/odd_names.yaml",),
    "odd_names.csv": ("specs/odd_names.yaml",),
    "odd_names.json": ("specs/odd_names.yaml",),
    "batches.txt": ("specs/batches.yaml",),
    "batches_table.txt": ("specs/batches.yaml", "--table"),
    "batches.json": ("specs/batches.yaml",),
    "letters.txt": ("specs/letters.yaml", "--long"),
    "letters.json": ("specs/letters.yaml",),
    "program.txt": ("specs/program.yaml",),
    "program_why.txt": ("specs/program.yaml", "--only", "dz/dy", "--digits", "3"),
    "program.csv": ("specs/program.yaml", "--arithmetic", "float"),
    "forward.txt": ("specs/forward.yaml",),
    "forward_interval.txt": ("specs/forward.yaml", "--table", "--arithmetic", "interval:12"),
    "mazur.txt": ("mazur",),
    "mazur.md": ("mazur", "--phase", "weights", "--phase", "update", "--sig", "4"),
    "mazur.json": ("mazur",),
    "mazur.csv": ("mazur", "--in-place"),
    "rain_matrix.txt": ("rain", "--matrix", "--long", "--sig", "6"),
    "decks_integer_matrix.txt": ("decks_integer", "--matrix", "--samples-as", "columns"),
    "odd_names_matrix.md": ("specs/odd_names.yaml", "--matrix", "--digits", "3"),
    "batches_matrix.txt": ("specs/batches.yaml", "--matrix", "--phase", "weights"),
    "linear_collapse.txt": ("linear", "--collapse"),
    "letters_matrix.txt": ("specs/letters.yaml", "--matrix"),
    "mazur_long_training.txt": ("mazur", "--steps", "100", "--phase", "error"),
    "convolution_maps.txt": ("convolution", "--maps"),
    "convnet_maps.md": ("convnet", "--maps", "--sig", "4"),
    "byu_matrix_graph.txt": ("byu", "--matrix", "--gradient-graph"),
    "convnet_matrix.txt": ("convnet", "--matrix", "--sig", "4"),
    "decks_integer.txt": ("decks_integer",),
    "decks_sine.txt": ("decks_sine",),
    "decks_sine_symbolic.txt": ("decks_sine_symbolic",),
    "decks_sine_columns.txt": ("decks_sine", "--columns"),
    "forward_columns.md": ("specs/forward.yaml", "--columns"),
    "decks_neuron_mitchell.txt": ("decks_neuron", "--pseudocode", "mitchell"),
    "mazur_aima.md": ("mazur", "--pseudocode", "aima"),
    "decks_neuron_graph.txt": ("decks_neuron", "--gradient-graph"),
    "dropout.txt": ("dropout", "--long"),
    "dropout_matrix.txt": ("dropout", "--matrix", "--at-step", "1"),
    "dropout_rnn.txt": ("dropout_rnn",),
    "dropout_drawn.json": ("dropout_drawn",),
    "dropout_drawn_table.txt": ("dropout_drawn", "--table"),
    "maxout.txt": ("maxout", "--long"),
    "momentum.txt": ("momentum",),
    "momentum_change_table.txt": ("momentum_change", "--table"),
    "adam_update.txt": ("adam", "--phase", "update", "--at-step", "2"),
    "adam.csv": ("adam",),
    "momentum_quadratic.txt": ("momentum_quadratic",),
    "valley.txt": ("valley", "--optimizer", "momentum"),
    "valley.json": ("valley", "--steps", "2"),
    "negative_delta.txt": ("negative_delta", "--long"),
    "partial.txt": ("partial",),
    "rgu.txt": ("rgu", "--only", "w1+"),
    "perceptron_and_epochs.txt": ("perceptron_and", "--epochs"),
    "perceptron_and_epochs.csv": ("perceptron_and", "--epochs"),
    "perceptron_xor_epochs.md": ("perceptron_xor", "--epochs"),
    "adaline_epochs.txt": ("adaline", "--epochs"),
    "hebb.txt": ("hebb", "--long"),
    "perceptron_and.json": ("perceptron_and", "--steps", "4"),
    "lstm_cell_table.txt": ("lstm_cell", "--table"),
    "rnn.txt": ("rnn", "--only", "w2+", "--long"),
    "rnn_truncated.txt": ("rnn_truncated", "--long"),
    "rnn_truncated.json": ("rnn_truncated",),
    "lstm.txt": ("lstm",),
    "gru.txt": ("gru", "--table"),
    **{f"neuron_{name}.txt": ("specs/neuron.yaml", "--notation", name) for name in NOTATIONS},
    **{f"neuron.{suffix}": ("specs/neuron.yaml", "--long") for suffix in ("html", "tex", "md")},
    "neuron_nielsen.html": ("specs/neuron.yaml", "--notation", "nielsen"),
    "neuron_garreta.tex": ("specs/neuron.yaml", "--notation", "garreta"),
    "neuron_plain.md": ("specs/neuron.yaml", "--plain"),
    "neuron_de.txt": ("specs/neuron.yaml", "--language", "de"),
    "neuron_es.html": ("specs/neuron.yaml", "--language", "es"),
    "neuron_practice.html": ("specs/neuron.yaml", "--practice"),
    "neuron_graded.html": ("specs/neuron.yaml", "--graded"),
    "neuron_matrix.tex": ("specs/neuron.yaml", "--matrix"),
    "batches.html": ("specs/batches.yaml", "--sig", "4"),
    "batches.tex": ("specs/batches.yaml", "--sig", "4"),
    "odd_names.html": ("specs/odd_names.yaml",),
    "odd_names.tex": ("specs/odd_names.yaml",),
    "letters.html": ("specs/letters.yaml",),
    "program.tex": ("specs/program.yaml",),
    "perceptron_and_epochs.html": ("perceptron_and", "--epochs"),
    "neuron_formulas.csv": ("specs/neuron.yaml", "--formulas"),
}
"""The file expected, and the arguments that write it."""


def written(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What the program writes into a file for a case."""
    monkeypatch.chdir(HERE)
    path = folder / case
    cli.main([*CASES[case], "-o", str(path)], prog_name="trace", standalone_mode=False)
    return LOOK.sub(b"", path.read_bytes())


@pytest.mark.parametrize("case", CASES)
def test_output_is_as_expected(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renew: bool
) -> None:
    """The program writes the expected file, byte for byte."""
    found = written(case, tmp_path, monkeypatch)
    if renew:
        (EXPECTED / case).write_bytes(found)
    assert found.decode() == (EXPECTED / case).read_bytes().decode()


@pytest.mark.parametrize("case", CASES)
def test_output_repeats_itself(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second run in the same process writes the same bytes."""
    first = written(case, tmp_path, monkeypatch)
    assert written(case, tmp_path, monkeypatch) == first


def test_every_expected_file_has_its_case() -> None:
    """No file is left over from a case that is gone, and no spec is unused."""
    assert {path.name for path in EXPECTED.iterdir()} == set(CASES)
    used = {arguments[0] for arguments in CASES.values()}
    assert {f"specs/{path.name}" for path in SPECS.iterdir()} <= used
