"""Reading penalties, and what is said of those that cannot be meant."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.rules.penalties import Regularization
from tracer.spec.training.penalised import penalised


def spec(fields: str, layer: str = "units: [o], weights: [[2]]", inputs: str = "[x]") -> str:
    """A network with penalties."""
    return (
        f"inputs: {inputs}\nlayers:\n  - {{{layer}}}\n"
        f"training:\n  learning_rate: 1\n  regularization: {{{fields}}}\n"
    )


def read(fields: str) -> Regularization:
    """The penalties of a text."""
    found = network(spec(fields)).training.regularization
    assert found is not None
    return found


def test_standards() -> None:
    """Left out: lambda before the sum, biases left out, sign(0) = 0, m of the update."""
    found = read("l2: 0.01")
    assert found.penalties == (("l2", found.l2),)
    assert (found.form, found.biases, found.all_samples) == ("full", False, False)
    assert found.sign_at_zero.value == 0


def test_everything_is_read() -> None:
    """Every field says what it says."""
    found = read("l1: a, l2: 1/3, form: per_sample, m: all, biases: yes, sign_at_zero: -1")
    assert [name for name, _ in found.penalties] == ["l1", "l2"]
    assert found.marks == ("_1", "_2")
    assert (found.form, found.biases, found.all_samples) == ("per_sample", True, True)
    assert found.sign_at_zero.value == Fraction(-1)


def test_weights_alone_or_biases_too() -> None:
    """A penalty counts the weights; with biases: yes also biases and thresholds."""
    layer = "units: [o], weights: [[2]], threshold: 3"
    assert penalised(network(spec("l2: 1", layer))) == {0}
    assert penalised(network(spec("l2: 1, biases: yes", layer))) == {0, 1}


@pytest.mark.parametrize(
    ("fields", "place", "says"),
    [
        ("form: full", "6:19", "expected l1, l2 or both"),
        ("l2: -1", "6:24", "cannot be negative"),
        ("l1: 1, form: half", "6:33", "there is no l2"),
        ("l2: 1, m: all", "6:30", "unless the form is per_sample"),
        ("l2: 1, sign_at_zero: 0", "6:41", "belongs to l1"),
        ("l1: 1, sign_at_zero: 2", "6:41", "from -1 to 1"),
        ("l2: 1, form: third", "6:33", "unknown form 'third'; known: full, half, per_sample"),
        ("lambda: 1", "6:20", "unknown field 'lambda'; write l1 or l2"),
    ],
)
def test_what_cannot_be_meant(fields: str, place: str, says: str) -> None:
    """Each contradiction is told where it stands, with what would be right."""
    found = problems(spec(fields))
    assert any(line.startswith(place) and says in line for line in found), found


@pytest.mark.parametrize("name", ["R", "lambda", "E_data", "R_1", "data"])
def test_names_of_the_penalties_quantities_are_taken(name: str) -> None:
    """No unit and no parameter can have the name of one of them."""
    assert f"'{name}'" in problem(spec("l2: 1", inputs=f"[{name}]"))
    assert network(f"inputs: [{name}]\nlayers: [{{units: 1}}]\n").inputs == (name,)


def test_a_parameter_cannot_be_called_as_the_penalty() -> None:
    """The same for parameters."""
    assert "'R'" in problem(spec("l2: 1", "units: [o], weights: [[R = 2]]"))


def test_a_letter_of_a_strength_is_no_parameter() -> None:
    """A letter that names a parameter is refused, as everywhere."""
    assert "'v' is a parameter" in problem(spec("l2: v", "units: [o], weights: [[v = 2]]"))


def test_a_learning_rule_has_no_penalty() -> None:
    """It descends on no error to which a penalty could be added."""
    text = spec("l2: 1").replace("learning_rate: 1", "learning_rate: 1\n  learning_rule: adaline")
    assert any("descends on none" in line for line in problems(text))


def test_other_spelling_is_understood_as_a_slip() -> None:
    """The word with an s is not known, and the message has the one with a z."""
    text = "inputs: 1\nlayers: [{units: 1}]\ntraining: {regularisation: {l2: 1}}\n"
    assert "did you mean 'regularization'" in problem(text)
