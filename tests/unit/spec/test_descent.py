"""Minimising an expression: which variables move, how, and what contradicts."""

from __future__ import annotations

from fractions import Fraction

import jsonschema
import pytest
import yaml

from tests.unit.spec.saying import problem, problems, program
from tracer.errors import SpecError
from tracer.maths.expression import Number
from tracer.spec import ExpressionProgram, schema, with_training
from tracer.spec.expressions.descent import placed_program

TEXT = """\
expression: f = (x - a)**2 + y**2
at: {{x: 10, y: 1, a: 4}}
minimise: {{{0}}}
"""


def minimised(text: str) -> ExpressionProgram:
    """A program with these settings."""
    return program(TEXT.format(text))


def test_nothing_is_minimised_unless_it_is_said() -> None:
    """An expression without the field has no steps."""
    found = program("expression: x**2\nat: {x: 1}\n")
    assert (found.moved, found.steps) == ((), 0)


def test_all_variables_move_unless_some_are_named() -> None:
    """Left out, every variable is moved; else those that are named, in the file's order."""
    assert minimised("learning_rate: 0.1").moved == ("x", "y", "a")
    assert minimised("learning_rate: 0.1, variables: [y, x]").moved == ("x", "y")
    assert minimised("learning_rate: 0.1, variables: x").moved == ("x",)
    assert minimised("learning_rate: 0.1").steps == 1


def test_settings_are_those_of_a_training() -> None:
    """Steps, optimizer, decay and a last evaluation are as in the training of a network."""
    text = "learning_rate: 0.1, steps: 7, optimizer: adam, decay: inverse, evaluate_after: yes"
    found = minimised(f"{text}, variables: [x, y]").training
    assert (found.steps, found.optimiser.name, found.evaluate_after) == (7, "adam", True)
    assert found.decay is not None
    assert minimised("optimizer: adam, variables: [x]").training.learning_rate is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "3:11: minimise: 'minimise' needs a learning_rate, or an optimizer"),
        ("steps: 3", "3:19: minimise.steps: 'steps' without a learning_rate"),
        ("learning_rate: 1, variables: [z]", "3:42: minimise.variables[0]: the expression has no "
         "variable 'z'; its variables: x, y, a"),
        ("learning_rate: 1, variables: []", "3:41: minimise.variables: 'variables' is empty, so no "
         "variable moves"),
        ("learning_rate: 1, variables: [f]", "3:42: minimise.variables[0]: the expression has no "
         "variable 'f'; its variables: x, y, a"),
        ("learning_rate: 1, batch: 2", "3:30: minimise: unknown field 'batch'; it belongs in the "
         "'training' of a network"),
        ("optimizer: adm", "3:23: minimise.optimizer: unknown optimizer 'adm' (did you mean "
         "'adam'?)"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, expected: str) -> None:
    """What is wrong with a descent is told with its place, and what would be right."""
    assert problem(TEXT.format(text)) == expected


def test_words_from_elsewhere() -> None:
    """A field of a network's training says where it belongs, and so does minimise in a network."""
    found = problems("expression: x**2\nlearning_rate: 1\ntraining: {steps: 1}\nminimize: {}\n")
    assert "unknown field 'learning_rate'; it belongs in 'minimise'" in found[0]
    assert "the steps of an expression belong in 'minimise'" in found[1]
    assert "did you mean 'minimise'?" in found[2]
    net = "inputs: 1\nlayers: [{units: 1}]\nminimise: {learning_rate: 1}\n"
    assert "it belongs to a file with 'expression:'" in problem(net)


def test_an_expression_without_variables() -> None:
    """What has no variable cannot be minimised."""
    text = "expression: 1 + 2\nminimise: {learning_rate: 1}\n"
    assert problem(text) == "2:11: minimise: the expression has no variable to move"


@pytest.mark.parametrize("name", ["t", "m_x", "beta1"])
def test_names_that_are_taken(name: str) -> None:
    """What an optimizer remembers cannot have the name of a variable, or of a line."""
    text = f"expression: ['{name} = x**2', 'f = {name} + 1']\nat: {{x: 1}}\n"
    assert f"adam has quantities called {name}" in problem(text + "minimise: {optimizer: adam}\n")


def test_other_settings() -> None:
    """Steps, rate and optimizer can be said otherwise, where something is minimised."""
    found = with_training(minimised("learning_rate: 0.1"), {"steps": "5", "optimizer": "nesterov"})
    assert isinstance(found, ExpressionProgram)
    assert (found.steps, found.training.optimiser.name) == (5, "nesterov")
    with pytest.raises(SpecError, match="an expression has no 'batch'"):
        with_training(found, {"batch": "2"})
    with pytest.raises(SpecError, match="an expression has no 'steps' without 'minimise'"):
        with_training(program("expression: x**2\n"), {"steps": "2"})


def test_what_holds_in_every_step() -> None:
    """Settings and variables that stay are given for all steps; the rest for the first one."""
    text = TEXT.format("learning_rate: 0.1, variables: [x], optimizer: momentum")
    found = placed_program(program(f"{text}given: {{a: 5, γ: 1/2, η: 1, x: 3, v_x: 2}}\n"))
    assert [item.quantity for item in found.given] == ["x", "v_x"]
    assert [value.text for value in found.at if isinstance(value, Number)] == ["10", "1", "5"]
    assert found.training.optimiser.settings == (("gamma", Number(Fraction(1, 2), "1/2")),)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("learning_rate: 0.1, steps: 3, variables: [x]", True),
        ("optimizer: {name: momentum, gamma: 0.5}", True),
        ("batch: 1", False),
    ],
)
def test_editors_know_it(text: str, right: bool) -> None:
    """The JSON Schema accepts what is right, and marks what is not."""
    found = yaml.safe_load(TEXT.format(text))
    assert jsonschema.Draft202012Validator(schema()).is_valid(found) is right
