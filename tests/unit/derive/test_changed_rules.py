"""Changed rules: every row of the rules' table, changed, against a little calculation by hand.

A mistake is a changed row, so that a row that is not in force as it reads would call a right answer
wrong. The calculation here knows rules only as texts over roles, which it fills in itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

import pytest
from msgspec.structs import fields, replace

from tests.support.mathematics import READ_BACK
from tests.support.reading import evaluated
from tests.unit.making import TWO_OUTPUT_LAYERS, spec
from tracer.derive.entries import Step
from tracer.derive.trace import trace
from tracer.errors import FormulaError
from tracer.maths.arithmetic import arithmetic
from tracer.rules.backprop import TEXTBOOK, Backprop, Rule
from tracer.spec import find

TEXT = """
    inputs: [x1, x2]
    layers:
      - units: [h1, h2, h3]
        activation: square
        weights: {h1: {x1: w1 = 1, x2: s = 2}, h2: {x1: w3 = 3, x2: w4 = -1}, h3: {x1: s}}
        threshold: {h1: t1 = 3, h3: t3 = 5}
      - units: [o1, o2]
        activation: 2*net
        weights: {o1: {h1: w6 = 2, h2: w7 = -1}, o2: {h2: w8 = 3, x1: w9 = 4}}
        bias: {o1: b1 = 1, o2: b2 = 2}
    samples:
      - {input: [2, 5], target: [7, 11]}
      - {input: [3, -1], target: [13, 17]}
    training: {learning_rate: 1/10}
"""

EDGES = {
    "h1": {"x1": "w1", "x2": "s"},
    "h2": {"x1": "w3", "x2": "w4"},
    "h3": {"x1": "s"},
    "o1": {"h1": "w6", "h2": "w7"},
    "o2": {"h2": "w8", "x1": "w9"},
}
OFFSETS = {"h1": "t1", "h3": "t3", "o1": "b1", "o2": "b2"}
NUMBERS: dict[str, Fraction | int] = {"w1": 1, "s": 2, "w3": 3, "w4": -1, "t1": 3, "t3": 5}
NUMBERS |= {"w6": 2, "w7": -1, "w8": 3, "w9": 4, "b1": 1, "b2": 2}
SAMPLES = (({"x1": 2, "x2": 5}, {"o1": 7, "o2": 11}), ({"x1": 3, "x2": -1}, {"o1": 13, "o2": 17}))
RATE = Fraction(1, 10)

BY_HAND = {
    "weighted_sum": "weight*source",
    "threshold": "-threshold",
    "activation": "value",
    "loss": "value",
    "total_error": "error",
    "batch_error": "error",
    "mean_error": "error",
    "loss_slope": "slope",
    "activation_slope": "slope",
    "chain": "by_out*slope",
    "paths": "delta*weight",
    "input_paths": "delta*weight",
    "no_path": "0",
    "weight_gradient": "delta*source",
    "bias_gradient": "delta",
    "threshold_gradient": "-delta",
    "uses": "",
    "batch_sum": "gradient",
    "batch_mean": "gradient",
    "update": "old - learning_rate*gradient",
}
"""The textbook's rules as this calculation has them; a shared weight's uses are as any weight's."""

OTHERS = {
    "weighted_sum": ("source - weight", "2*source + 1"),
    "threshold": ("threshold - learning_rate", "1"),
    "activation": ("net", "net + value*learning_rate"),
    "loss": ("out - target", "net*value"),
    "total_error": ("error*target", "out"),
    "batch_error": ("error*error",),
    "mean_error": ("error*error",),
    "loss_slope": ("slope*net", "-slope", "error"),
    "activation_slope": ("1", "slope + by_out", "out*net"),
    "chain": ("by_out*net", "by_out", "slope"),
    "paths": ("by_out", "weight - delta", "delta*source", "slope*weight"),
    "input_paths": ("slope*weight", "delta*source"),
    "no_path": ("out", "net*threshold"),
    "weight_gradient": ("source - delta", "by_out*source", "delta", "weight*net"),
    "bias_gradient": ("by_out", "delta*bias", "target"),
    "threshold_gradient": ("delta*threshold", "by_out - slope"),
    "uses": ("source - delta", "by_out*source", "1"),
    "batch_sum": ("gradient*old", "weight"),
    "batch_mean": ("gradient*weight", "learning_rate"),
    "update": ("gradient - old", "old + gradient", "weight"),
}
"""Other formulas, which ask for other roles or in another order."""

Values = dict[str, Fraction]
Numbers = Mapping[str, Fraction | int]


class Place(NamedTuple):
    """Where a formula is used: what its roles are looked up for."""

    unit: str = ""
    source: str = ""
    parameter: str = ""


class Hand:
    """One training step, by rules that are texts; every value by its plain name."""

    def __init__(self, rules: Mapping[str, str], mean: bool) -> None:
        self.rules, self.mean = rules, mean
        self.found: Values = {}
        self.errors: list[Fraction] = []
        self.gradients: list[Values] = []
        for number, (inputs, targets) in enumerate(SAMPLES, 1):
            self.sample(number, inputs, targets)
        self.found["E"] = self.over_batch("error", self.errors, {})
        for name, weight in NUMBERS.items():
            old = {"old": weight, "weight": weight, "learning_rate": RATE}
            slopes = [gradient[name] for gradient in self.gradients]
            slope = self.found[f"dE/d{name}"] = self.over_batch("gradient", slopes, old)
            self.found[f"{name}+"] = self.by("update", {**old, "gradient": slope})

    def by(self, rule: str, roles: Numbers) -> Fraction:
        """A rule's formula over some roles."""
        exact = {role: Fraction(value) for role, value in roles.items()}
        return Fraction(evaluated(self.rules[rule], exact, READ_BACK))

    def over_batch(self, role: str, values: list[Fraction], others: Numbers) -> Fraction:
        """The samples' values, added up or averaged by the rule that says so."""
        names = {"error": ("batch_error", "mean_error"), "gradient": ("batch_sum", "batch_mean")}
        rule = names[role][self.mean]
        total = sum((self.by(rule, {**others, role: value}) for value in values), Fraction(0))
        return total / len(values) if self.mean else total

    def sample(self, number: int, inputs: Mapping[str, int], targets: Mapping[str, int]) -> None:
        """Everything of one sample."""
        self.known: dict[str, Values] = {unit: {} for unit in EDGES}
        self.outs: Values = {name: Fraction(value) for name, value in inputs.items()}
        for unit, target in targets.items():
            self.known[unit]["target"] = Fraction(target)
        for unit in EDGES:
            self.forward(unit)
        for unit in targets:
            self.error(unit)
        terms = [self.by("total_error", self.roles(Place(unit))) for unit in targets]
        self.errors.append(sum(terms, Fraction(0)))
        for unit in reversed(EDGES):
            self.backward(unit)
        self.note(number)

    def roles(self, place: Place) -> dict[str, Fraction]:
        """What there is at a place."""
        found = dict(self.known.get(place.unit, {}))
        found["learning_rate"] = RATE
        if place.unit in OFFSETS:
            found["bias"] = found["threshold"] = Fraction(NUMBERS[OFFSETS[place.unit]])
        if place.source:
            found["source"] = self.outs[place.source]
        if place.parameter:
            found["weight"] = found["old"] = Fraction(NUMBERS[place.parameter])
        return found

    def forward(self, unit: str) -> None:
        """net and out."""
        terms = [
            self.by("weighted_sum", self.roles(Place(unit, source, weight)))
            for source, weight in EDGES[unit].items()
        ]
        own = self.roles(Place(unit))
        if unit in OFFSETS:
            terms.append(own["bias"] if unit in ("o1", "o2") else self.by("threshold", own))
        net = self.known[unit]["net"] = sum(terms, Fraction(0))
        value = 2 * net if unit in ("o1", "o2") else net * net
        out = self.by("activation", {**self.roles(Place(unit)), "value": value})
        self.known[unit]["out"] = self.outs[unit] = out

    def error(self, unit: str) -> None:
        """The error of an output."""
        roles = self.roles(Place(unit))
        value = (roles["target"] - roles["out"]) ** 2 / 2
        self.known[unit]["error"] = self.by("loss", {**roles, "value": value})

    def backward(self, unit: str) -> None:
        """dE/dout, dout/dnet, dE/dnet."""
        known, roles = self.known[unit], self.roles(Place(unit))
        if unit in ("o1", "o2"):
            slope = roles["out"] - roles["target"]
            known["by_out"] = self.by("loss_slope", {**roles, "slope": slope})
        else:
            known["by_out"] = self.over_paths(unit, "paths", roles)
        slope = Fraction(2) if unit in ("o1", "o2") else 2 * known["net"]
        roles = self.roles(Place(unit))
        known["slope"] = self.by("activation_slope", {**roles, "slope": slope})
        known["delta"] = self.by("chain", self.roles(Place(unit)))

    def over_paths(self, source: str, rule: str, own: Values) -> Fraction:
        """The sum over the units that a unit or input feeds."""
        places = [
            Place(unit, source, edges[source]) for unit, edges in EDGES.items() if source in edges
        ]
        if not places:
            return self.by("no_path", own)
        return sum((self.by(rule, self.roles(place)) for place in places), Fraction(0))

    def note(self, number: int) -> None:
        """Puts everything of a sample under its plain name."""
        patterns = {"net": "net_{}", "out": "out_{}", "error": "E_{}", "by_out": "dE/dout_{}"}
        patterns |= {"slope": "dout_{0}/dnet_{0}", "delta": "dE/dnet_{}"}
        for unit, known in self.known.items():
            for role, pattern in patterns.items():
                if role in known:
                    self.found[f"{pattern.format(unit)}[{number}]"] = known[role]
        self.found[f"E[{number}]"] = self.errors[-1]
        for name in ("x1", "x2"):
            self.found[f"dE/d{name}[{number}]"] = self.over_paths(name, "input_paths", {})
        own = {name: self.gradient(name) for name in NUMBERS}
        self.gradients.append(own)
        self.found |= {f"dE/d{name}[{number}]": value for name, value in own.items()}

    def gradient(self, name: str) -> Fraction:
        """The derivative by a parameter: over its uses."""
        places = [
            Place(unit, source, name)
            for unit, edges in EDGES.items()
            for source, weight in edges.items()
            if weight == name
        ]
        rule = "uses" if len(places) > 1 and self.rules["uses"] else "weight_gradient"
        for unit, offset in OFFSETS.items():
            if offset == name:
                places.append(Place(unit, "", name))
                rule = "bias_gradient" if unit in ("o1", "o2") else "threshold_gradient"
        return sum((self.by(rule, self.roles(place)) for place in places), Fraction(0))


RULES = [row.name for row in fields(Backprop) if isinstance(getattr(TEXTBOOK, row.name), Rule)]
JOINT = {"largest", "exponential", "layer_sum", "joint_activation"} | {
    "own_slope",
    "other_slope",
    "joint_chain",
    "right_class",
    "right_slope",
    "short_form",
}
GATHERING = {"maximum", "average", "winner", "share", "gathered_paths", "gathered_input_paths"}
"""Rules of units that gather, which `test_gathering` changes."""

APART = {"other_output", "output_paths", "cut"} | JOINT | GATHERING
"""Rules of lines that only the longer telling has, joint layers and losses, cuts."""

LEARNING = {"miss", "wrong", "weight_change", "bias_change", "threshold_change", "direction"}
LEARNING |= {"batch_change", "mean_change", "bias_direction", "threshold_direction"}
"""Rules of learning rules, which `test_learning` changes."""

CHANGES = [
    (row, formula)
    for row, textbook in BY_HAND.items()
    for formula in (f"2*({textbook or 'delta*source'})", *OTHERS[row])
]


def changed(row: str, formula: str) -> Backprop:
    """The textbook's rules with another formula in one row."""
    return replace(TEXTBOOK, **{row: replace(getattr(TEXTBOOK, row), formula=formula)})


def values(rules: Backprop, mean: bool) -> Values:
    """What the program makes of the network, every step by its plain name."""
    found = trace(spec(TEXT, reduction="mean" if mean else "sum"), arithmetic("exact"), rules)
    return {step.name: step.value for step in found.steps}


def test_every_rule_is_changed_here() -> None:
    """No row of the rules' table is left out."""
    assert set(BY_HAND) | APART | LEARNING == set(RULES)
    assert set(OTHERS) == set(BY_HAND)


@pytest.mark.parametrize("mean", [False, True])
def test_the_textbook_is_the_textbook(mean: bool) -> None:
    """Unchanged, the program and the calculation by hand agree on every value."""
    assert values(TEXTBOOK, mean) == Hand(BY_HAND, mean).found


@pytest.mark.parametrize(("row", "formula"), CHANGES)
def test_a_changed_row_is_in_force_as_it_reads(row: str, formula: str) -> None:
    """With one row changed, every value is what the changed formulas give, and some are others."""
    mean = row in ("mean_error", "batch_mean")
    found = values(changed(row, formula), mean)
    assert found == Hand({**BY_HAND, row: formula}, mean).found
    if formula != "2*(0)":
        assert found != values(TEXTBOOK, mean)


@pytest.mark.parametrize("formula", ["1/2", "out - target"])
def test_a_changed_row_of_the_longer_telling(formula: str) -> None:
    """A line that only the longer telling has follows its row, too."""
    found = trace(spec(TEXT), arithmetic("exact"), changed("other_output", formula))
    step = found["dE/dout_o1[1]"]
    assert isinstance(step, Step)
    other = next(part for part in step.substeps if part.name == "dE_o2/dout_o1[1]")
    assert other.value == (Fraction(1, 2) if formula == "1/2" else step.value)


@pytest.mark.parametrize(
    ("formula", "value"),
    [("own + paths", 52), ("own", 5), ("paths", 47), ("2*(own - paths)", -84), ("out*target", 36)],
)
def test_a_changed_row_of_an_output_that_feeds_others(formula: str, value: int) -> None:
    """What comes from its own error, and what through others, is put together as the row says."""
    found = trace(spec(TWO_OUTPUT_LAYERS), arithmetic("exact"), changed("output_paths", formula))
    assert found["dE/dout_h"].value == value


@pytest.mark.parametrize(
    ("formula", "value"), [("source - delta", 209), ("by_out*source", -52), ("delta", -208)]
)
def test_mistakes_in_the_worked_example(formula: str, value: int) -> None:
    """In the network of whole numbers, dE/dw1 is what a student gets who makes the mistake."""
    spec = find("decks_integer")
    found = trace(spec, arithmetic("exact"), changed("weight_gradient", formula))
    assert found["dE/dw1"].value == value
    forgotten = trace(spec, arithmetic("exact"), changed("chain", "by_out*net"))
    assert forgotten["dE/dnet_h1"].value == 2 * forgotten["dE/dout_h1"].value


@pytest.mark.parametrize(
    ("row", "formula", "role"),
    [
        ("weighted_sum", "weight*net", "net"),
        ("activation", "target*net", "target"),
        ("loss_slope", "delta", "delta"),
        ("no_path", "delta", "delta"),
        ("bias_gradient", "delta*source", "source"),
        ("weight_gradient", "gradient", "gradient"),
        ("batch_error", "target", "target"),
        ("update", "old - delta", "delta"),
        ("chain", "by_out*momentum", "momentum"),
    ],
)
def test_a_role_that_is_not_there(row: str, formula: str, role: str) -> None:
    """A formula that asks for what does not exist there, or not yet, is refused by name."""
    with pytest.raises(FormulaError, match=f"asks for '{role}', which there is not"):
        values(changed(row, formula), mean=False)
