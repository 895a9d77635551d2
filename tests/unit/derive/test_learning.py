"""Learning rules that take no derivative: each row of theirs, changed; totals; what stays open."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import calculated, names, spec, traced
from tracer.derive.entries import Step
from tracer.derive.trace import trace
from tracer.errors import UnknownQuantityError
from tracer.maths.arithmetic import arithmetic
from tracer.rules.learning import LEARNING_RULES
from tracer.rules.variants import conventional

PERCEPTRON = """
    inputs: [x1, x2]
    layers:
      - {units: [y], activation: sign, weights: [[2, -3]], threshold: [t = 1]}
    samples:
      - {input: [5, -1], target: -1}
      - {input: [0, 2], target: 1}
    training: {learning_rule: perceptron, learning_rate: 1/10, batch: online, steps: 2}
"""
"""net 10 + 3 - 1 is 12, so out is 1 and the error -2; changes -1, 1/5 and 1/5."""

BIAS = PERCEPTRON.replace("threshold: [t = 1]", "bias: [b = 1]")
ADALINE = PERCEPTRON.replace("perceptron", "adaline")
SHARED = PERCEPTRON.replace("[[2, -3]]", "[[w = 2, w]]")
BATCH = PERCEPTRON.replace("online, steps: 2", "full")


def learning(rule: str) -> str:
    """The network under another rule; its targets are left out where nobody looks at them."""
    text = PERCEPTRON.replace("perceptron", rule)
    return text if LEARNING_RULES[rule].needs_target else re.sub(", target: -?1", "", text)


def test_one_update_by_hand() -> None:
    """The perceptron's rule moves each parameter by rate times error times input."""
    found = traced(PERCEPTRON)
    expected: dict[str, object] = {"net_y[1]": 12, "out_y[1]": 1, "error_y[1]": -2, "wrong_y[1]": 1}
    expected |= {"change_w1": -1, "change_w2": Fraction(1, 5), "change_t": Fraction(1, 5)}
    expected |= {"w1+": 1, "w2+": Fraction(-14, 5), "t+": Fraction(6, 5)}
    assert {name: found[name].value for name in expected} == expected


def test_there_is_no_derivative() -> None:
    """No slope of the activation is asked for, and no error E, which the perceptron has not."""
    assert not [name for name in names(traced(PERCEPTRON)) if "/d" in name or name[0] == "E"]


def test_adaline_takes_the_error_before_the_sign() -> None:
    """The linear delta rule's error is target minus net, though the answer is the sign's."""
    found = traced(ADALINE)
    assert found["out_y[1]"].value == 1
    assert found["error_y[1]"].value == -13
    assert found["E"].value == Fraction(169, 2)
    assert found["change_w1"].value == Fraction(-13, 2)


@pytest.mark.parametrize(
    ("text", "row", "formula", "name", "value"),
    [
        (PERCEPTRON, "miss", "out - target", "error_y[1]", 2),
        (PERCEPTRON, "miss", "target - net", "error_y[1]", -13),
        (PERCEPTRON, "wrong", "miss*miss", "wrong_y[1]", 4),
        (PERCEPTRON, "weight_change", "learning_rate*miss", "change_w1", Fraction(-1, 5)),
        (PERCEPTRON, "weight_change", "miss*source*weight", "change_w1", -20),
        (PERCEPTRON, "threshold_change", "learning_rate*miss", "change_t", Fraction(-1, 5)),
        (PERCEPTRON, "threshold_change", "threshold*net", "change_t", 12),
        (BIAS, "bias_change", "miss", "change_b", -2),
        (BIAS, "bias_change", "learning_rate*bias*out", "change_b", Fraction(1, 10)),
        (PERCEPTRON, "update", "old - change", "w1+", 3),
        (PERCEPTRON, "direction", "sign(miss, 0)", "direction_w2:y:x2[1]", -1),
        (PERCEPTRON, "direction", "miss*source", "direction_w2:y:x2[1]", 2),
        (BIAS, "bias_direction", "miss", "direction_b:y[1]", -2),
        (PERCEPTRON, "threshold_direction", "sign(miss, 0)", "direction_t:y[1]", -1),
        (BATCH, "batch_change", "change*old", "change_w1", -2),
    ],
)
def test_a_changed_row_is_in_force_as_it_reads(
    text: str, row: str, formula: str, name: str, value: object
) -> None:
    """A mistake is a changed row of a learning rule, too."""
    rules = conventional(negative_delta=False, learning_rule="perceptron")
    changed = replace(rules, **{row: replace(getattr(rules, row), formula=formula)})
    found = trace(spec(text), arithmetic("exact"), changed)
    assert found[name].value == value
    assert traced(text)[name].value != value


def test_the_mean_of_the_changes_is_a_row() -> None:
    """Averaged changes follow their own row."""
    rules = conventional(negative_delta=False, learning_rule="perceptron")
    changed = replace(rules, mean_change=replace(rules.mean_change, formula="2*change"))
    averaged = spec(BATCH, reduction="mean")
    plain_one = trace(averaged, arithmetic("exact"))["change_w1"].value
    assert trace(averaged, arithmetic("exact"), changed)["change_w1"].value == 2 * plain_one


@pytest.mark.parametrize("name", LEARNING_RULES)
def test_each_rule_adds_its_change(name: str) -> None:
    """Every learning rule ends with w + change of w."""
    found = traced(learning(name))
    step = found["w1+"]
    assert isinstance(step, Step)
    assert step.value == found["w1"].value + found["change_w1"].value


@pytest.mark.parametrize(
    ("rule", "change"), [("hebb", 5), ("hebb_supervised", -5), ("oja", 5 - 2), ("perceptron", -10)]
)
def test_hebb_s_rules_by_hand(rule: str, change: int) -> None:
    """Hebb's change is rate*out*x, supervised rate*target*x, Oja's rate*out*(x - out*w)."""
    assert traced(learning(rule))["change_w1"].value == Fraction(change, 10)


def test_signs_tell_the_direction() -> None:
    """The longer telling multiplies the sign of the error with that of the input."""
    step = traced(PERCEPTRON)["change_w2"]
    assert isinstance(step, Step)
    (part,) = step.substeps
    assert part.value == 1
    threshold = traced(PERCEPTRON)["change_t"]
    assert isinstance(threshold, Step)
    assert [part.value for part in threshold.substeps] == [1]


def test_a_shared_weight_changes_by_each_of_its_uses() -> None:
    """Used twice, a weight changes by the sum over its uses, which the longer telling has."""
    found = traced(SHARED)
    step = found["change_w"]
    assert isinstance(step, Step)
    parts = {part.name: part.value for part in step.substeps}
    uses = [value for name, value in parts.items() if name.startswith("change")]
    assert step.value == sum(uses)
    assert len(uses) == 2
    assert sorted(name for name in parts if name.startswith("direction")) == [
        "direction_w:y:x1[1]@1",
        "direction_w:y:x2[1]@1",
    ]


def test_a_batch_of_one_answers_to_its_sample() -> None:
    """In a batch of one, change_w1 is found as that of its sample too."""
    found = traced(PERCEPTRON)
    assert found["change_w1[2]@2"].value == found["change_w1@2"].value
    assert found["Δw1@2"].value == found["change_w1@2"].value


def test_what_is_frozen_has_no_change() -> None:
    """A frozen threshold is used, but nothing is calculated for it."""
    found = traced(PERCEPTRON.replace("steps: 2", "steps: 2, frozen: thresholds"))
    assert "change_t" not in found
    assert "w1+" in found


def test_letters_stay_letters() -> None:
    """Without numbers the rule is told in letters."""
    text = "inputs: [x]\nlayers: [{units: [y]}]\n"
    found = traced(text + "training: {learning_rule: perceptron, learning_rate: eta}")
    step = found["w1+"]
    assert isinstance(step, Step)
    assert step.value is None


def test_without_steps_only_the_answers_are_given() -> None:
    """No update, no change: the forward pass with its errors."""
    found = names(traced(PERCEPTRON, steps="0"))
    assert "wrong_y[2]" not in found or "change_w1" not in found
    assert not [name for name in found if name.startswith("change")]


def test_given_values_are_taken() -> None:
    """A training can start at a given error."""
    found = calculated(spec(PERCEPTRON + "    given: {'error_y[1]': 3}"))
    assert found["change_w1"].value == Fraction(3, 2)


def test_sums_of_an_epoch_have_names() -> None:
    """errors_epoch1 and E_epoch1 add up over the updates of the epoch, and tell their operands."""
    found = traced(ADALINE)
    total = found["E_epoch1"]
    assert total.value == found["E@1"].value + found["E@2"].value
    assert [operand.name for operand in total.operands] == ["E@1", "E@2"]
    assert found.why("errors_epoch1")[-1].value == 2
    with pytest.raises(UnknownQuantityError):
        found["errors_epoch2"]


def test_an_update_that_ends_within_an_epoch_is_of_it() -> None:
    """A training of three updates has an epoch of two, and another with the one that is left."""
    found = traced(PERCEPTRON, steps="3")
    assert [operand.name for operand in found["errors_epoch2"].operands] == ["wrong_y[1]@3"]
