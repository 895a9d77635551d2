"""Penalties on the parameters, in numbers that can be checked in the head."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import calculated, names, network, spec, traced
from tests.unit.proof.judging import not_proved, proof_of
from tracer.derive.trace import Trace, trace
from tracer.errors import FormulaError
from tracer.maths.arithmetic import arithmetic
from tracer.rules.backprop import TEXTBOOK, Rule

TEXT = """
    inputs: [x]
    layers:
      - {{units: [h], weights: [[3]], bias: 1}}
      - {{units: [o], weights: [[-2]], bias: 5}}
    samples:
      - {{input: 1, target: 0}}
      - {{input: 2, target: 1}}
    training: {{learning_rate: 1/10, {more}regularization: {{{fields}}}}}
"""
"""net_h 4 and 7, out -3 and -9; errors 9/2 and 50; dE/dw1 is 6 + 40 and dE/dw2 -12 - 70."""


def made(fields: str, more: str = "") -> Trace:
    """The trace under some penalties."""
    return traced(TEXT.format(fields=fields, more=more))


@pytest.mark.parametrize(
    ("fields", "penalty", "slopes"),
    [
        ("l2: 1/2", "13/2", ("3", "-2")),
        ("l2: 1/2, form: half", "13/4", ("3/2", "-1")),
        ("l2: 1/2, form: per_sample", "13/8", ("3/4", "-1/2")),
        ("l1: 1/2", "5/2", ("1/2", "-1/2")),
        ("l1: 1/2, form: per_sample", "5/4", ("1/4", "-1/4")),
        ("l1: 1/2, l2: 1/3", "41/6", ("5/2", "-11/6")),
        ("l1: 1/2, l2: 1/3, form: half", "14/3", ("3/2", "-7/6")),
        ("l1: 1/2, l2: 1/3, form: per_sample", "7/3", ("3/4", "-7/12")),
        ("l2: 0", "0", ("0", "0")),
    ],
)
def test_every_form(fields: str, penalty: str, slopes: tuple[str, str]) -> None:
    """R, dR/dw and what becomes of error, gradient and weight, in every form."""
    found = made(fields)
    assert found["E_data"].value == Fraction(109, 2)
    assert found["R"].value == Fraction(penalty)
    assert found["E"].value == Fraction(109, 2) + Fraction(penalty)
    for weight, old, data, slope in (("w1", 3, 46, slopes[0]), ("w2", -2, -82, slopes[1])):
        assert found[f"dE_data/d{weight}"].value == data
        assert found[f"dR/d{weight}"].value == Fraction(slope)
        assert found[f"dE/d{weight}"].value == data + Fraction(slope)
        assert found[f"{weight}+"].value == old - (data + Fraction(slope)) / 10
    assert "dR/db1" not in found
    assert "dE_data/db1" not in found


def test_biases_too() -> None:
    """With biases: yes they are in the sum, and have a slope."""
    found = made("l2: 1/2, biases: yes")
    assert found["R"].value == Fraction(39, 2)
    assert found["dR/db1"].value == 1
    assert found["dE/db2"].value == found["dE_data/db2"].value + 5


def test_a_mean_is_taken_of_the_samples_only() -> None:
    """The penalty is added once, after the mean over the samples."""
    found = made("l2: 1/2", "reduction: mean, ")
    assert found["E"].value == Fraction(109, 4) + Fraction(13, 2)
    assert found["dE/dw1"].value == 23 + 3


def test_m_counts_the_update_or_all() -> None:
    """Online, m is 1, unless it counts all samples of the file."""
    assert made("l2: 1, form: per_sample", "batch: online, ")["R"].value == Fraction(13, 2)
    assert made("l2: 1, form: per_sample, m: all", "batch: online, ")["R"].value == Fraction(13, 4)


def test_online_a_samples_own_quantities_are_the_datas() -> None:
    """In a batch of one, E[2] and dE/dw1[2] are without the penalty, E and dE/dw1 with it."""
    found = made("l2: 1", "batch: online, steps: 2, ")
    for name, other in (("E", "E_data"), ("dE/dw1", "dE_data/dw1")):
        assert found[f"{name}[2]@2"].value == found[f"{other}@2"].value != found[f"{name}@2"].value


def test_a_shared_parameter_is_penalised_once() -> None:
    """However many edges use it."""
    text = """
        inputs: [x]
        layers:
          - {units: [h], weights: [[a = 3]]}
          - {units: [o], weights: [[a]]}
        samples: [{input: 1, target: 0}]
        training: {learning_rate: 1, regularization: {l2: 1}}
    """
    found = traced(text)
    assert found["R"].value == 9
    assert found["dR/da"].value == 6


def test_a_frozen_weight_counts_and_stays() -> None:
    """It is in R and has its slope, and is not updated."""
    found = made("l2: 1", "frozen: [w1], ")
    assert found["R"].value == 13
    assert found["dR/dw1"].value == 6
    assert "w1+" not in found


def test_in_place_the_penalty_is_taken_at_the_old_weights() -> None:
    """R and its slopes are those of the weights before the step."""
    both = [made("l2: 1", f"{more}, steps: 2, ") for more in ("update: in_place", "batch: full")]
    for name in ("R@1", "dR/dw1@1", "dR/dw2@1"):
        assert both[0][name].value == both[1][name].value
    assert both[0]["R@2"].value == sum(both[0][f"{w}+@1"].value ** 2 for w in ("w1", "w2"))


@pytest.mark.parametrize(("setting", "slope"), [("", 0), (", sign_at_zero: -1", -1)])
def test_the_slope_of_an_absolute_value_at_0(setting: str, slope: int) -> None:
    """It is 0, or what the file says; the formula and the page say so."""
    text = TEXT.format(fields=f"l1: 1{setting}", more="").replace("[[3]]", "[[0]]")
    found = traced(text)
    assert found["dR/dw1"].value == slope
    assert not not_proved(proof_of(found.spec))


def test_the_names_in_order() -> None:
    """Strengths stand among the givens, R and E after the data's error, sums after their parts."""
    found = [name for name in names(made("l1: 1, l2: 2")) if "[" not in name]
    assert found[:3] == ["learning_rate", "lambda_1", "lambda_2"]
    assert found[7:12] == ["E_data", "R_1", "R_2", "R", "E"]
    assert found[12:20] == [
        *("dE_data/dw2", "dR/dw2", "dE/dw2", "dE/db2"),
        *("dE_data/dw1", "dR/dw1", "dE/dw1", "dE/db1"),
    ]


def test_a_given_strength_holds_in_every_step() -> None:
    """What no step changes keeps its given value through all of them."""
    text = TEXT.format(fields="l2: 1", more="steps: 2, ") + "    given: {lambda: 2}\n"
    found = traced(text)
    assert found["dR/dw1@2"].value == 4 * found["w1+@1"].value


@pytest.mark.parametrize("name", ["R", "E_data", "dR/dw1", "dE_data/dw1", "dE/dw1", "E"])
def test_a_given_part_is_carried_on_and_proved(name: str) -> None:
    """A part that is given stands in the place of its formula, for the witnesses too."""
    text = TEXT.format(fields="l1: 1, l2: 1/2", more="") + f"    given: {{{name}: 7}}\n"
    found = traced(text)
    assert found["E"].value == (7 if name == "E" else found["E_data"].value + found["R"].value)
    assert not not_proved(proof_of(found.spec))


def test_only_letters() -> None:
    """A strength may stay a letter: the formulas are there, the numbers are not."""
    found = made("l2: lam")
    assert found["R"].value is None
    assert found["dE_data/dw1"].value == 46


def test_a_changed_row_is_in_force() -> None:
    """The 2 of the slope forgotten, or the penalty subtracted: the changed row is what counts."""
    chosen = spec(TEXT.format(fields="l2: 1/2", more=""))
    forgotten = replace(TEXTBOOK.penalising, slope=Rule("mistake", "slope/2"))
    minus = replace(TEXTBOOK.penalising, gradient=Rule("mistake", "data - penalty"))
    more = replace(TEXTBOOK.penalising, penalty=Rule("mistake", "3*value"))
    changed = [
        trace(chosen, arithmetic("exact"), replace(TEXTBOOK, penalising=rules))
        for rules in (forgotten, minus, more)
    ]
    assert [found["dE/dw1"].value for found in changed] == [46 + Fraction(3, 2), 43, 49]
    assert changed[2]["R"].value == Fraction(39, 2)


def test_a_changed_row_that_asks_for_what_is_not_there() -> None:
    """It is refused, and told what there may be."""
    rules = replace(TEXTBOOK.penalising, total=Rule("mistake", "data + slope"))
    chosen, changed = (
        spec(TEXT.format(fields="l2: 1", more="")),
        replace(TEXTBOOK, penalising=rules),
    )
    with pytest.raises(FormulaError, match=r"asks for 'slope'.*data, penalty"):
        trace(chosen, arithmetic("exact"), changed)


def test_the_longer_telling_has_the_slope_of_each_penalty() -> None:
    """With two penalties, dR/dw is told in two lines; they are found by name."""
    found = made("l1: 1, l2: 2")
    assert found["dR_1/dw2"].value == -1
    assert found["dR_2/dw2"].value == -8


@pytest.mark.parametrize("numbers", ["decimal", "float", "interval", "by-hand:4"])
def test_every_arithmetic(numbers: str) -> None:
    """Each arithmetic comes to the same, within what it promises."""
    chosen = network(TEXT.format(fields="l1: 1/2, l2: 1/4", more="steps: 2, "))
    exact, found = calculated(chosen, "exact"), calculated(chosen, numbers)
    here = found.arithmetic.fraction(found["R@2"].value)
    assert here is not None
    assert abs(here - exact["R@2"].value) < Fraction(1, 100)


def test_all_of_it_is_proved() -> None:
    """Each witness that can judge a quantity of a penalty agrees with it."""
    for fields in ("l2: 1/3", "l1: 1/3, l2: 1/7, form: per_sample, biases: yes", "l1: 2"):
        assert not not_proved(proof_of(spec(TEXT.format(fields=fields, more="steps: 2, "))))
