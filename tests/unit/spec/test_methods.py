"""Optimisers and decays in a spec: their settings, what is refused, and whose names they take."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import jsonschema
import pytest
import yaml

import tracer
from tests.unit.making import IN_A_ROW, spec
from tests.unit.spec.saying import network, problem, problems
from tracer.errors import SpecError
from tracer.maths.expression import Number, Symbol
from tracer.rules.decays import DECAYS
from tracer.rules.optimisers import OPTIMISERS
from tracer.spec import schema
from tracer.spec.network import Training
from tracer.spec.training.method import GRADIENT_DESCENT, Method

NET = """\
inputs: [x]
layers: [{{units: [o], weights: [[w = 2]], bias: [c = 1]}}]
samples: [{{input: 1, target: 1}}]
training: {{{0}}}
"""


def training(text: str) -> Training:
    """The settings of a network."""
    return network(NET.format(text)).training


def values(method: Method | None) -> dict[str, str]:
    """The settings of a method, as they were written."""
    assert method is not None
    return {
        name: value.text if isinstance(value, Number) else str(value.of)
        for name, value in method.settings
    }


def test_the_standard_is_gradient_descent() -> None:
    """Where nothing is said, a step goes against the gradient at a rate that stays."""
    found = training("learning_rate: 0.1")
    assert (found.optimiser, found.decay) == (GRADIENT_DESCENT, None)
    assert training("learning_rate: 0.1, optimizer: sgd") == found


@pytest.mark.parametrize("name", OPTIMISERS)
def test_an_optimizer_has_everything(name: str) -> None:
    """A name alone is enough: the settings and the learning rate are the usual ones."""
    found = training(f"optimizer: {name}")
    row = OPTIMISERS[name]
    assert values(found.optimiser) == {item.name: item.default for item in row.settings}
    assert isinstance(found.learning_rate, Number)
    assert found.learning_rate.text == row.rate


@pytest.mark.parametrize("name", DECAYS)
def test_a_decay_has_everything(name: str) -> None:
    """A decay's name alone is enough too."""
    found = training(f"learning_rate: 0.5, decay: {name}")
    assert values(found.decay) == {item.name: item.default for item in DECAYS[name].settings}


def test_settings() -> None:
    """Settings are numbers as written, or letters; the others stay as they are usual."""
    found = training("optimizer: {name: adam, beta1: 1/2, epsilon: e0, epsilon_inside: yes}")
    assert values(found.optimiser) == {"beta1": "1/2", "beta2": "0.999", "epsilon": "e0"}
    assert found.optimiser.settings[0][1] == Number(Fraction(1, 2), "1/2")
    assert found.optimiser.settings[2][1] == Symbol("e0")
    assert found.optimiser.epsilon_inside
    found = training("learning_rate: 1, decay: {name: step, decay_every: 3}")
    assert values(found.decay) == {"decay_factor": "0.5", "decay_every": "3"}
    assert training("learning_rate: 1, decay: 1/t").decay == Method("inverse")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("optimizer: adm", "4:23: training.optimizer: unknown optimizer 'adm' (did you mean "
         "'adam'?)"),
        ("optimizer: {beta1: 0.9}", "4:23: training.optimizer: 'name' is missing: optimizer: "
         "gradient_descent, momentum, momentum_change, momentum_pytorch, momentum_average, "
         "nesterov, nesterov_change, adagrad, ..."),
        ("optimizer: {name: momentum, beta1: 0.9}", "4:40: training.optimizer: unknown field "
         "'beta1'; momentum has gamma"),
        ("optimizer: {name: adam, beta3: 0.9}", "4:36: training.optimizer: unknown field 'beta3' "
         "(did you mean 'beta2'?)"),
        ("optimizer: {name: sgd, mu: 0.9}", "4:35: training.optimizer: unknown field 'mu'; "
         "gradient_descent has no settings"),
        ("optimizer: {name: rmsprop, rho: 1}", "4:44: training.optimizer.rho: expected a number "
         "from 0 to below 1, such as 0.9, found 1"),
        ("optimizer: {name: adam, epsilon: -1}", "4:45: training.optimizer.epsilon: expected a "
         "number that is not negative, such as 1e-8, found -1"),
        ("optimizer: {name: momentum, epsilon_inside: yes}", "4:40: training.optimizer: unknown "
         "field 'epsilon_inside'; momentum has gamma"),
        ("optimizer: [adam]", "4:23: training.optimizer: expected the name of an optimizer, or "
         "settings: {name: momentum, gamma: 0.9}, found a list"),
        ("decay: time_based", "4:19: training.decay: 'decay' without a learning_rate: "
         "nothing is updated"),
        ("learning_rate: 1, decay: slow", "4:37: training.decay: unknown decay 'slow'; known: "
         "time_based, exponential, geometric, inverse, inverse_root, step"),
        ("learning_rate: 1, decay: {name: step, decay_every: 1.5}", "4:63: "
         "training.decay.decay_every: expected a count of steps, 1 or more, such as 10, found 1.5"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, expected: str) -> None:
    """What is wrong with a method is told with its place, and what would be right."""
    assert problem(NET.format(text)) == expected


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[x]", "[t]", "adam has quantities called t"),
        ("[o]", "[v_w]", "adam has quantities called v_w"),
        ("c = 1", "mhat_w = 1", "adam has quantities called mhat_w"),
        ("[x]", "[beta1]", "adam has quantities called beta1"),
    ],
)
def test_names_that_are_taken(old: str, new: str, told: str) -> None:
    """A unit, input or parameter cannot be called as what an optimiser remembers."""
    text = NET.format("optimizer: adam").replace(old, new)
    assert problem(text) == f"4:11: training: {told}: choose other names for yours"
    assert network(text.replace("adam", "sgd")).training.optimiser == GRADIENT_DESCENT


def test_names_that_a_setting_takes() -> None:
    """Settings from elsewhere are held to the same."""
    found = spec(IN_A_ROW.replace("[x]", "[t]"))
    with pytest.raises(SpecError, match="adam has quantities called t"):
        tracer.trace(found, optimizer="adam")
    assert tracer.trace(found, optimizer="momentum")["v_w+"].value


def test_a_decay_brings_names_too() -> None:
    """What a decay counts has names as well."""
    text = NET.format("learning_rate: 1, decay: step").replace("[x]", "[drops]")
    assert "gradient_descent with step has quantities called drops" in problem(text)


def test_a_published_value_under_another_optimizer() -> None:
    """Settings of a published value name an optimiser; a mapping does not fit there."""
    text = NET.format("optimizer: adam") + "published: [{quantity: w+, value: 1, under: {0}}]\n"
    assert network(text.replace("{0}", "{optimizer: adagrad}")).about.published[0].under == (
        ("optimizer", "adagrad"),
    )
    told = problems(text.replace("{0}", "{optimizer: {name: adagrad}}"))
    assert any("expected the name of an optimizer" in line for line in told)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("optimizer: adam", True),
        ("optimizer: {name: adam, beta1: 0.5, epsilon_inside: yes}", True),
        ("learning_rate: 1, decay: {name: step, decay_every: 2}", True),
        ("optimizer: adm", False),
        ("optimizer: {name: momentum, beta1: 0.5}", False),
    ],
)
def test_editors_know_the_methods(text: str, right: bool) -> None:
    """The JSON Schema accepts what is right, and marks what is not."""
    found: Any = yaml.safe_load(NET.format(text))
    assert jsonschema.Draft202012Validator(schema()).is_valid(found) is right
