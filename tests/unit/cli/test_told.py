"""What a run says where something asked for means nothing, is replaced, or is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run

THREE = """\
inputs: [x]
layers: [{units: [y], weights: [[w = 0.5]]}]
samples: [{input: 1, target: 2}, {input: 2, target: 2}, {input: 3, target: 1}]
training: {learning_rate: 0.1, batch: online, steps: 5}
"""
UNTIL = THREE.replace("steps: 5", "epochs: 5, until: {error_below: 1}")
MOVED = """\
inputs: [x]
layers: [{units: [y], weights: [[2]]}]
samples: [{input: 1, target: 1}, {input: 3, target: 1}]
training: {learning_rate: 0.1, move_inputs: {direction: descent}}
"""
TARGETS = """\
inputs: [x]
layers: [{{units: [a, b], activation: {1}}}]
loss: {0}
samples: [{{input: 1, target: [{2}]}}, {{input: 2, target: [1, 0]}}]
"""


@pytest.fixture
def write(folder: Path) -> Path:
    """The folder, with the files of this module in it."""
    for name, text in (("three", THREE), ("until", UNTIL), ("moved", MOVED)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("write")
class TestEpochs:
    """Epochs that are cut short, and ends that are replaced."""

    def test_an_unfinished_epoch_says_how_many_samples_it_has(self, run: Run) -> None:
        """An epoch in which two of three samples took part is told as such."""
        said = run("three.yaml", "--epochs").out
        assert "epoch 1                   E = 2.30845" in said
        assert "epoch 2 (2 of 3 samples)" in said
        table = run("perceptron_and", "--steps", "3", "--epochs").out
        assert "Epoch 1 (3 of 4 samples)" in table

    def test_steps_in_place_of_until_are_told(self, run: Run) -> None:
        """--steps replaces the file's until, and says so beside the page; nothing else does."""
        replaced = run("until.yaml", "--steps", "3", "--epochs")
        assert replaced.code == 0
        assert "--steps 3 stands in place of the file's 'until'" in replaced.err
        assert run("until.yaml", "--learning-rate", "0.01").err == ""

    def test_a_descent_has_steps_and_no_epochs(self, run: Run) -> None:
        """Of an expression that is minimised the message does not say that it has no steps."""
        assert "an expression has steps, and no samples" in run("valley", "--epochs").err
        assert "has no training" in run("lines.yaml", "--epochs").err


@pytest.mark.usefixtures("write")
def test_each_sample_moves_along_its_own_error(run: Run) -> None:
    """A page of moved inputs speaks of no gradients of a batch."""
    said = " ".join(run("moved.yaml").out.split())
    assert "each sample's inputs move along its own error" in said
    assert "their gradients" not in said


@pytest.mark.parametrize("name", ["", "  "])
def test_only_needs_a_name(run: Run, name: str) -> None:
    """An empty name is no wish for the whole page."""
    found = run("net.yaml", "--only", name)
    assert (found.code, found.out) == (2, "")
    assert "--only needs the name of a quantity" in found.err


@pytest.mark.parametrize(
    ("loss", "activation", "targets", "says"),
    [
        ("cross_entropy", "softmax", "-1, 2", "targets -1 of a in sample 1, 2 of b in sample 1"),
        ("binary_cross_entropy", "sigmoid", "3, 0", "the target 3 of a in sample 1 is none"),
        ("binary_cross_entropy", "sigmoid", "t, 1/2", ""),
        ("cross_entropy", "softmax", "0, 1", ""),
        ("squared_error", "sigmoid", "3, -2", ""),
    ],
)
def test_targets_that_are_no_probabilities(
    run: Run, folder: Path, loss: str, activation: str, targets: str, says: str
) -> None:
    """The losses of probabilities warn of other targets; letters stay free."""
    (folder / "t.yaml").write_text(TARGETS.format(loss, activation, targets), encoding="utf-8")
    found = run("t.yaml")
    assert found.code == 0
    assert says in found.err
    assert bool(says) == bool(found.err)


def test_pictures_that_are_not_there(run: Run, folder: Path) -> None:
    """A message names the pictures that this calculation has, or why it has none."""
    unknown = run("net.yaml", "-o", "x.png", "--picture", "zzz")
    assert unknown.code == 2
    assert "there is no picture 'zzz'; this calculation has the picture" in unknown.err
    assert "graph (" in unknown.err
    assert "lines (" not in unknown.err
    lines = "".join(f"  - y{k} = y{k - 1} + 1\n" for k in range(1, 152))
    long = f"expression:\n  - y0 = x\n{lines}at: {{x: 1}}\n"
    (folder / "long.yaml").write_text(long, encoding="utf-8")
    none = run("long.yaml", "-o", "x.png").err
    assert "this calculation has no picture: graphs are drawn of 1 to 30 edges" in none


def test_adaline_of_another_loss(run: Run, folder: Path) -> None:
    """Adaline does take a derivative, though not that of every squared error."""
    text = THREE.replace("training: {", "loss: squared_error\ntraining: {learning_rule: adaline, ")
    (folder / "ada.yaml").write_text(text, encoding="utf-8")
    said = run("ada.yaml", "--symbolic").err
    assert "along the derivative of half_squared_error, not of squared_error" in said
    assert "takes no derivative" not in said


def test_as_many_digits_as_are_asked_for(run: Run, folder: Path) -> None:
    """The file and the option know the same limit, and its numbers are calculated."""
    (folder / "d.yaml").write_text("expression: y = x/7\nat: {x: 1}\ndigits: 401\n")
    assert "a whole number from 0 to 400" in run("d.yaml").err
    assert "0<=x<=400" in run("lines.yaml", "--digits", "401").err
    (folder / "d.yaml").write_text("expression: y = exp(x)/7\nat: {x: 1}\ndigits: 400\n")
    assert run("d.yaml").code == 0


@pytest.mark.usefixtures("write")
def test_the_terms_of_a_sum_over_an_epoch_are_told_apart(run: Run) -> None:
    """E of one training step after another has the step in its symbol, as it can be typed."""
    said = run("three.yaml", "--only", "E_epoch2").out
    assert "E in epoch 2 = E@4 + E@5" in said


ADAM = """\
inputs: [x]
layers: [{units: [y], weights: [[w = 2]]}]
samples: [{input: 3, target: 5}]
training: {learning_rate: 0.1, optimizer: adam}
given: {GIVEN}
"""


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("t: -1", "given: 't' is given as -1: it counts training steps, a whole number from 0"),
        ("t: 1/2", "'t' is given as 1/2: it counts training steps"),
        ("t+: 0", "'t+' is given as 0: it counts training steps, a whole number from 1"),
        ("v_w: -1", "given: 'v_w' is given as -1: it is made of squares, a number from 0"),
        ("v_w+: -0.5", "'v_w+' is given as -0.5: it is made of squares"),
        ("vhat_w: -2", "'vhat_w' is given as -2: it is made of squares"),
    ],
)
def test_states_that_cannot_be(run: Run, folder: Path, given: str, says: str) -> None:
    """What an optimizer remembers is refused where it is given, and not where it is used."""
    (folder / "adam.yaml").write_text(ADAM.replace("GIVEN", given), encoding="utf-8")
    found = run("adam.yaml")
    assert found.code == 2
    assert found.err.startswith("adam.yaml:5:9: ")
    assert says in found.err


@pytest.mark.parametrize("given", ["t: 0", "t: 4", "t: k", "v_w: 0", "m_w: -1", "mhat_w: -1"])
def test_states_that_can_be(run: Run, folder: Path, given: str) -> None:
    """Zeros and letters are states, and means of gradients have a sign."""
    (folder / "adam.yaml").write_text(ADAM.replace("GIVEN", given), encoding="utf-8")
    assert run("adam.yaml").code == 0


def test_a_name_without_its_sample(run: Run, folder: Path) -> None:
    """Where names say the sample, one without it is asked for with the first."""
    text = THREE.replace("batch: online, ", "") + "given: {x: 1}\n"
    (folder / "g.yaml").write_text(text, encoding="utf-8")
    assert "this trace has no quantity 'x' (did you mean 'x[1]'?)" in run("g.yaml").err


def test_an_empty_formula(run: Run, folder: Path) -> None:
    """An expression wants a formula, not a word."""
    for text in ("''", "['']"):
        (folder / "e.yaml").write_text(f"expression: {text}\n", encoding="utf-8")
        assert "expected a formula, such as x**2 or y = 3*x, found nothing" in run("e.yaml").err


def test_momentum_is_an_optimizer(run: Run, folder: Path) -> None:
    """A setting that is called like another optimizer leads to it."""
    text = THREE.replace("steps: 5", "optimizer: {name: sgd, momentum: 0.9}")
    (folder / "m.yaml").write_text(text, encoding="utf-8")
    said = run("m.yaml").err
    assert "unknown field 'momentum'; momentum is an optimizer itself: {name: momentum, " in said
    assert "gamma: 0.9}" in said


@pytest.mark.usefixtures("write")
def test_unknown_closed_forms(run: Run) -> None:
    """Where no name is close, the names that there are stand in the message."""
    said = run("lines.yaml", "--symbolic", "foobar").err
    assert "no closed form is called 'foobar'; known: " in said
    assert "did you mean" in run("mazur", "--symbolic", "dE/dw").err


@pytest.mark.parametrize("arithmetic", ["float", "by-hand:4"])
def test_an_output_that_rounding_has_made_zero(run: Run, folder: Path, arithmetic: str) -> None:
    """A logarithm of 0 may be the arithmetic's doing, which is said with what helps."""
    text = (
        "inputs: [x]\nlayers: [{units: [a, b], activation: softmax, weights: [[900], [0]]}]\n"
        "loss: cross_entropy\nsamples: [{input: 1, target: [0, 1]}]\n"
    )
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    said = run("s.yaml", "--arithmetic", arithmetic).err
    assert "has rounded it to 0 or 1: --arithmetic decimal carries more digits" in said
    assert run("s.yaml").code == 0


@pytest.mark.parametrize(
    ("loss", "inputs", "target", "says"),
    [
        ("last", "[1, 1]", "[1, 2]", "samples[0].target: found 2 numbers, expected 1 (h)"),
        ("every", "[1, 1]", "[[1, 2], 1]", "samples[0].target[0]: found 2 numbers, expected 1"),
        ("every", "[[1, 2], 1]", "[1, 1]", "samples[0].input[0]: found 2 numbers, expected 1"),
    ],
)
def test_a_wrong_length_is_told_once(
    run: Run, folder: Path, loss: str, inputs: str, target: str, says: str
) -> None:
    """Of a sequence with too many numbers there is one message, in the names of the file."""
    (folder / "r.yaml").write_text(
        "inputs: [x]\nlayers:\n"
        "  - {units: [h], cell: recurrent, weights: [[1]], recurrent_weights: [[2]]}\n"
        f"time: {{loss: {loss}}}\nsamples: [{{input: {inputs}, target: {target}}}]\n",
        encoding="utf-8",
    )
    said = run("r.yaml").err
    assert says in said
    assert len(said.strip().splitlines()) == 1
