"""The update as an optimiser's lines: what stands where, and what is handed on."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import names, spec, step, told, traced
from tracer.derive.entries import Given, Step
from tracer.derive.program import Phase
from tracer.derive.trace import trace
from tracer.errors import CalculationError, FormulaError, SpecError
from tracer.maths.arithmetic import arithmetic
from tracer.notation.numbers import NumberFormat
from tracer.render.json import from_json, to_json
from tracer.rules.backprop import TEXTBOOK, Rule
from tracer.rules.optimisers import OPTIMISERS

NET = """
    inputs: [x]
    layers: [{{units: [o], weights: [[w = 2]], bias: [b = 1]}}]
    samples: [{{input: 3, target: 5}}]
    training: {{learning_rate: 0.1, {0}}}
"""
"""net is 3*w + b, dE/db is net - 5, and dE/dw is three times as much: 6 and 2 at first."""

TWO_LAYERS = """
    inputs: [x]
    layers:
      - {{units: [h], weights: [[a = 2]]}}
      - {{units: [o], weights: [[a]], bias: [b = 1]}}
    samples: [{{input: 1, target: 2}}, {{input: 2, target: 3}}]
    training: {{learning_rate: 1/10, steps: 3, {0}}}
"""
"""A weight that two layers share."""


def net(text: str) -> str:
    """The network with an optimiser."""
    return NET.format(text)


def test_momentum_by_hand() -> None:
    """The velocity keeps its part, and the weight goes against it."""
    found = traced(net("steps: 2, optimizer: momentum"))
    assert [found[name].value for name in ("v_w@1", "v_w+@1", "w+@1", "b+@1")] == [
        Fraction(text) for text in ("0", "0.6", "1.4", "0.8")
    ]
    assert found["dE/dw@2"].value == 0
    assert found["v_w+@2"].value == Fraction("0.54")
    assert found["w+@2"].value == Fraction("0.86")


def test_adam_by_hand() -> None:
    """The first step of Adam is the learning rate itself, where epsilon is 0."""
    found = traced(net("optimizer: {name: adam, epsilon: 0}"))
    expected = {"m_w+": "0.6", "v_w+": "0.036", "mhat_w": "6", "vhat_w": "36", "w+": "1.9"}
    assert {name: found[name].value for name in expected} == {
        name: Fraction(text) for name, text in expected.items()
    }
    assert found["b+"].value == Fraction("0.9")


def test_where_the_lines_stand() -> None:
    """Settings and states are given; the lines are told in the update, in the row's order."""
    found = traced(net("optimizer: {name: adam, epsilon: 0}, decay: time_based"))
    given = [entry.name for entry in found.givens]
    assert given == [
        *("learning_rate", "beta1", "beta2", "epsilon", "decay_rate", "x", "target_o"),
        *("w", "b", "t", "m_w", "m_b", "v_w", "v_b"),
    ]
    update = [entry.name for entry in found.steps if entry.phase is Phase.UPDATE]
    assert update == [
        *("t+", "learning_rate_t", "m_w+", "m_b+", "v_w+", "v_b+"),
        *("mhat_w", "mhat_b", "vhat_w", "vhat_b", "w+", "b+"),
    ]


def test_a_state_is_carried_over() -> None:
    """What is remembered is, in the next step, the value after the step before."""
    found = traced(net("steps: 3, optimizer: momentum"))
    carried = found["v_w@3"]
    assert isinstance(carried, Step)
    assert carried.is_carried
    assert [operand.name for operand in carried.operands] == ["v_w+@2"]
    assert carried.value == found["v_w+@2"].value
    assert isinstance(found["gamma"], Given)
    assert names(found).count("gamma") == 1


def test_what_depends_on_what() -> None:
    """Why of a velocity leads back through the one before; within a step it stops there."""
    found = traced(net("steps: 2, optimizer: momentum"))
    names_of = [entry.name for entry in found.why("v_w+@2")]
    assert {"v_w@1", "v_w+@1", "v_w@2", "gamma", "dE/dw@2"} <= set(names_of)
    within = [entry.name for entry in found.why("v_w+@2", within_step=True)]
    assert "v_w@2" in within
    assert "v_w+@1" not in within


def test_a_start_from_a_given_state() -> None:
    """Velocity, averages and the count can be given, as a book does that starts in the middle."""
    found = traced(net("optimizer: momentum, steps: 2") + "    given: {v_w: 0.5}\n")
    assert found["v_w+@1"].value == Fraction("1.05")
    assert found["v_b+@1"].value == Fraction("0.2")
    adam = net("optimizer: {name: adam, epsilon: 0}, steps: 2")
    found = traced(adam + "    given: {t: 4, m_w: 1, v_w: 9}\n", "decimal:50")
    assert (found["t+@1"].value, found["t+@2"].value) == (5, 6)
    assert found["mhat_w@1"].value == pytest.approx(Fraction("1.5") / (1 - Fraction("0.9") ** 5))


def test_a_setting_that_is_given_holds_in_every_step() -> None:
    """A setting is the same in each training step, also where it is given."""
    text = net("steps: 2, optimizer: momentum, decay: time_based")
    found = traced(text + "    given: {gamma: 0.5, decay_rate: 1, learning_rate: 0.2}\n")
    assert found["gamma"].value == Fraction(1, 2)
    assert found["learning_rate_t@2"].value == Fraction("0.1")
    assert found["v_w+@2"].value == Fraction(1, 2) * found["v_w+@1"].value + (
        Fraction("0.1") * found["dE/dw@2"].value
    )


def test_what_is_copied_from_a_page_is_understood() -> None:
    """The symbols of a page are names too."""
    found = traced(net("optimizer: {name: adam, epsilon: 0}, decay: time_based"))
    for symbol, name in {
        "β1": "beta1",
        "m\u0302_w": "mhat_w",
        "η_t": "learning_rate_t",
        "v_w⁺": "v_w+",
        "t⁺": "t+",
    }.items():
        assert found[symbol].name == name
    assert traced(net("optimizer: momentum_change"))["Δw⁺"].name == "change_w+"


def test_a_frozen_parameter_has_no_state() -> None:
    """What is not moved has nothing to remember."""
    found = traced(net("optimizer: adam, frozen: [b], steps: 0"))
    assert "m_w" not in found
    found = traced(net("optimizer: {name: adam, epsilon: 0}, frozen: [b]"))
    assert "m_w" in found
    assert "m_b" not in found


def test_nothing_moves_without_steps() -> None:
    """With zero steps there is no optimiser, and no settings of it."""
    assert not {"beta1", "t", "m_w"} & set(names(traced(net("optimizer: adam, steps: 0"))))


@pytest.mark.parametrize("name", sorted(OPTIMISERS))
@pytest.mark.parametrize("how", ["update: in_place", "batch: online", "reduction: mean"])
def test_shared_weights_move_once(name: str, how: str) -> None:
    """A weight that layers share has one state and one update, in place and in batches too."""
    text = TWO_LAYERS.format(f"optimizer: {name}, {how}, evaluate_after: yes")
    found = traced(text, "decimal:30")
    update = [entry.name for entry in found.steps if entry.name.startswith("a+")]
    assert update == ["a+@1", "a+@2", "a+@3"]
    assert found["a@4"].value == found["a+@3"].value
    assert not [entry.name for entry in found if entry.name in ("v_a@4", "s_a@4", "t@4")]


@pytest.mark.parametrize("name", sorted(OPTIMISERS))
def test_saved_and_read_back(name: str) -> None:
    """A trace with an optimiser and a decay is read back equal."""
    text = net(f"optimizer: {name}, steps: 2, decay: {{name: step, decay_every: 1}}")
    found = traced(text, "decimal:30")
    assert from_json("\n".join(to_json(found, NumberFormat()))) == found


def test_a_changed_line() -> None:
    """A mistake is a changed row of the optimiser: the bias correction that was forgotten."""
    rules = replace(TEXTBOOK, moves=(("mhat", Rule("forgotten", "m_new")),))
    text = spec(net("optimizer: {name: adam, epsilon: 0}"))
    found = trace(text, arithmetic("exact"), rules)
    assert found["mhat_w"].value == found["m_w+"].value
    assert found["w+"].value == Fraction("1.99")
    wrong = replace(TEXTBOOK, moves=(("mhat", Rule("wrong", "m_new*slope")),))
    with pytest.raises(FormulaError, match="the rule 'wrong' asks for 'slope', which there is not"):
        trace(text, arithmetic("exact"), wrong)


def test_decays_by_hand() -> None:
    """The rates of the first steps, as the formulas say."""
    rates = {
        "{name: time_based, decay_rate: 1}": ["1/10", "1/20", "1/30", "1/40"],
        "{name: geometric, decay_factor: 1/2}": ["1/10", "1/20", "1/40", "1/80"],
        "inverse": ["1/10", "1/20", "1/30", "1/40"],
        "{name: step, decay_every: 2}": ["1/10", "1/10", "1/20", "1/20"],
        "{name: step, decay_every: 1, decay_factor: 1/3}": ["1/10", "1/30", "1/90", "1/270"],
    }
    for decay, expected in rates.items():
        found = traced(net(f"steps: 4, decay: {decay}"))
        got = [found[f"learning_rate_t@{k}"].value for k in range(1, 5)]
        assert got == list(map(Fraction, expected)), decay


def test_the_page_tells_each_line() -> None:
    """A line has its formula, its numbers and its result, in the symbols of books."""
    found = traced(net("optimizer: {name: adam, epsilon: 0}, decay: inverse"))
    assert told(found, "v_w⁺") == [
        "v_w⁺ = β2·v_w + (1 - β2)·(∂E/∂w)^2",
        "= 0.999·0 + (1 - 0.999)·6^2",
        "= 0.036",
    ]
    assert told(found, "η_t") == ["η_t = η/t⁺", "= 0.1/1", "= 0.1"]
    assert told(traced(net("optimizer: momentum_change")), "Δw⁺") == [
        "Δw⁺ = -η·∂E/∂w + α·Δw",
        "= -0.1·6 + 0.9·0",
        "= -0.6",
    ]


def test_a_root_is_no_fraction() -> None:
    """Where a root is irrational, exact arithmetic says so, with the quantity."""
    with pytest.raises(CalculationError, match=r"training step 1: w\+: sqrt\(4.5\) is irrational"):
        traced(
            net("optimizer: {name: rmsprop, rho: 1/2}, steps: 2").replace("target: 5", "target: 6")
        )


def test_division_by_nothing() -> None:
    """Where nothing has been remembered and epsilon is 0, there is no step."""
    flat = net("optimizer: {name: adagrad, epsilon: 0}").replace("target: 5", "target: 7")
    with pytest.raises(CalculationError, match=r"w\+: division by zero"):
        traced(flat)


def test_a_letter_for_a_setting() -> None:
    """A setting may be left open, and what depends on it stays in letters."""
    found = traced(net("optimizer: {name: momentum, gamma: g}"))
    assert found["v_w+"].value is None
    assert step(found, "v_w+").operands[0].name == "gamma"
    with pytest.raises(SpecError):
        traced(net("optimizer: {name: momentum, gamma: E}"))
