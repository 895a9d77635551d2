"""Units that gather: pooling and maxout, forwards, backwards, and beside weighted paths."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.support.sceptic import Sceptic
from tests.unit.making import lines, part_names, spec, step, told, traced
from tests.unit.proof.judging import judged
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.notation.numbers import NumberFormat
from tracer.proof.verdicts import Standing
from tracer.render.json import from_json, to_json
from tracer.rules.backprop import TEXTBOOK

POOLED = """
    inputs: {shape: [2, 3]}
    layers:
      - {name: c, convolution: {kernel: [[2]]}}
      - {name: p, pooling: {take: max, size: 2, stride: 1}}
      - {units: [o], from: [p, c], weights: [[10, 100, 1, 2, 3, 4, 5, 6]]}
    samples: [{input: [[1, 3, 3], [3, 2, 0]], target: 0}]
    training: {learning_rate: 1/10}
"""
"""Positions of the pooling window: 2 6 6 4 and 6 6 4 0; 6 ties with itself in both."""

MAXOUT = """
    inputs: [x, y]
    layers:
      - units: [m]
        name: top
        pieces:
          - {weights: [[1, 2]], bias: [3]}
          - {weights: [[-1, 4]]}
    samples: [{input: [1, 2], target: 1}]
    training: {learning_rate: 1}
"""


def test_a_maximum_names_its_winner() -> None:
    """The page says which source is the largest; of several, the first."""
    trace = traced(POOLED)
    assert told(trace, "out_p_1_1") == [
        "out_p_1_1 = max(out_c_1_1, out_c_1_2, out_c_2_1, out_c_2_2)",
        "= max(2, 6, 6, 4)",
        "= out_c_1_2",
        "= 6",
    ]


def test_only_the_winner_passes_on() -> None:
    """The winner's share is 1; that of a source that ties with it, after it, is 0."""
    trace = traced(POOLED)
    shares = [f"dout_p_1_1/dout_c_{at}" for at in ("1_1", "1_2", "2_1", "2_2")]
    assert [trace[name].value for name in shares] == [0, 1, 0, 0]
    assert told(trace, "∂out_p_1_1/∂out_c_2_1") == [
        "∂out_p_1_1/∂out_c_2_1 = {0 if max(out_c_1_1, out_c_1_2) >= out_c_2_1; 1 if",
        "out_c_2_1 >= out_c_2_2; 0 otherwise}",
        "= {0 if max(2, 6) >= 6; 1 if 6 >= 4; 0 otherwise}",
        "= 0",
    ]


def test_the_last_one_wins_if_that_is_said() -> None:
    """With 'ties: last' the last of the largest is named and passes on; the page says so."""
    trace = traced(POOLED.replace("stride: 1", "stride: 1, ties: last"))
    assert told(trace, "out_p_1_1")[2] == "= out_c_2_1"
    shares = [f"dout_p_1_1/dout_c_{at}" for at in ("1_1", "1_2", "2_1", "2_2")]
    assert [trace[name].value for name in shares] == [0, 0, 1, 0]
    assert "at the kink  where several that are gathered are largest, the last one wins" in lines(
        trace
    )


def test_gathered_and_weighted_paths_add_up() -> None:
    """A unit that is gathered and feeds others gets both, each in its own terms."""
    trace = traced(POOLED)
    delta = trace["dE/dnet_o"].value
    assert trace["dE/dout_c_1_2"].value == 2 * delta + (10 + 100) * delta
    assert part_names(trace, "dE/dout_c_1_2") == [
        *("dE/dout_c_1_2:p_1_1", "dE/dout_c_1_2:p_1_2", "dE/dout_c_1_2:o")
    ]
    assert [part.value for part in step(trace, "dE/dout_c_1_2").substeps] == [
        *(10 * delta, 100 * delta, 2 * delta)
    ]
    assert trace["dE/dk1_1_1"].value == delta * (1 + 112 * 3 + 3 * 3 + 4 * 3 + 5 * 2)


def test_inputs_can_be_gathered() -> None:
    """A pooling layer may look at the inputs themselves."""
    trace = traced(
        """
        inputs: {name: x, shape: [4]}
        layers:
          - {pooling: {take: average, size: 2}}
          - {units: [o], weights: [[3, 5]]}
        samples: [{input: [1, 2, 3, 4], target: 0}]
        """
    )
    assert [trace[f"out_p1_{k}"].value for k in (1, 2)] == [1.5, 3.5]
    assert trace["dout_p1_1/dx_2"].value == 0.5
    assert trace["dE/dx_4"].value == trace["out_o"].value * 5 / 2
    assert told(trace, "∂E/∂x_4")[0] == "∂E/∂x_4 = ∂E/∂out_p1_2·∂out_p1_2/∂x_4"


@pytest.mark.parametrize(
    ("by", "values"), [("", [1, 1.5, 2]), (", divide_by: window", [0.5, 1.5, 1])]
)
def test_an_average_over_padding(by: str, values: list[float]) -> None:
    """It divides by what is there, or by all places of the window."""
    trace = traced(
        f"""
        inputs: {{shape: [2]}}
        layers: [{{pooling: {{take: average, size: 2, stride: 1, padding: 1{by}}}}}]
        samples: [{{input: [1, 2]}}]
        """
    )
    assert [trace[f"out_p1_{k}"].value for k in (1, 2, 3)] == values


def test_maxout_is_the_largest_of_weighted_sums() -> None:
    """Each piece has weights and a bias of its own; only the winner's are moved."""
    trace = traced(MAXOUT)
    assert (trace["net_m_1"].value, trace["net_m_2"].value, trace["out_m"].value) == (8, 7, 8)
    assert told(trace, "out_m")[2] == "= out_m_1"
    assert [trace[f"dE/dw{k}"].value for k in (1, 2, 3, 4)] == [7, 14, 0, 0]
    assert [trace[name].value for name in ("b_m_1+", "w3+")] == [-4, -1]


def test_a_maxout_layer_is_frozen_with_its_pieces() -> None:
    """Its name stands for the parameters of all its pieces; a piece has a name too."""
    frozen = traced(MAXOUT.replace("rate: 1", "rate: 1, frozen: top"))
    assert not any(name in frozen for name in ("w1+", "b_m_1+", "w4+"))
    one = traced(MAXOUT.replace("rate: 1", "rate: 1, frozen: top_2"))
    assert "w1+" in one
    assert "w3+" not in one


@pytest.mark.parametrize("text", [POOLED, MAXOUT])
@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("numbers", ["exact", "decimal"])
def test_a_sceptic_reads_the_page(text: str, long: bool, numbers: str) -> None:
    """Every line of the page holds, given what stands above it."""
    Sceptic(traced(text, numbers), NumberFormat(), long=long).reads()


BY_INPUT = """
    inputs: {shape: [2]}
    layers:
      - {pooling: {take: max, size: 2}}
      - {units: [o], weights: [[3]]}
    samples: [{input: [5, 2], target: 9}]
"""
"""The first input wins: net_o is 15, delta 6, and dE/dout_p1_1 is 18."""


@pytest.mark.parametrize(
    ("row", "formula", "take", "name", "value"),
    [
        ("maximum", "2*source", "max", "out_p1_1", 10),
        ("average", "source - 1", "average", "out_p1_1", 2.5),
        ("winner", "by_out", "max", "dout_p1_1/dx_1", 18),
        ("share", "2/n", "average", "dout_p1_1/dx_2", 1),
        ("gathered_input_paths", "share - by_out", "max", "dE/dx_1", -17),
    ],
)
def test_a_changed_rule_is_in_force(
    row: str, formula: str, take: str, name: str, value: float
) -> None:
    """Each row of the rules of gathering counts as it reads."""
    rules = replace(TEXTBOOK, **{row: replace(getattr(TEXTBOOK, row), formula=formula)})
    found = trace(spec(BY_INPUT.replace("max", take)), arithmetic("exact"), rules)
    assert found[name].value == value


def test_a_changed_rule_for_gathered_units() -> None:
    """The sum over paths of a unit has a row of its own for those that gather it."""
    rule = replace(TEXTBOOK.gathered_paths, formula="7*share")
    rules = replace(TEXTBOOK, gathered_paths=rule)
    found = trace(spec(MAXOUT), arithmetic("exact"), rules)
    assert [found[f"dE/dout_m_{k}"].value for k in (1, 2)] == [7, 0]


VARIANTS = {
    "as it is": (POOLED, {}),
    "in place": (POOLED, {"update": "in_place"}),
    "the negative gradient": (POOLED, {"delta": "negative_gradient"}),
    "the last wins": (POOLED.replace("stride: 1", "stride: 1, ties: last"), {}),
    "an output": (
        POOLED.replace("stride: 1}", "stride: 1}, output: yes").replace(
            "target: 0", "target: [1, 2, 3]"
        ),
        {},
    ),
    "averages": (POOLED.replace("take: max", "take: average"), {"steps": "2"}),
    "a given share": (POOLED + "    given: {dout_p_1_1/dout_c_1_1: 1/2}\n", {}),
    "a given output": (POOLED + "    given: {out_p_1_1: 5, dE/dout_p_1_2: 2}\n", {}),
    "maxout": (MAXOUT, {}),
    "maxout of letters": (
        MAXOUT.replace("[1, 2], target", "[1, z], target")
        + "    given: {out_m_1: 3, out_m_2: 4}\n",
        {},
    ),
}


@pytest.mark.parametrize("case", VARIANTS)
@pytest.mark.parametrize("numbers", ["exact", "by-hand:4", "float", "interval"])
def test_every_number_is_proved(case: str, numbers: str) -> None:
    """The witnesses agree with every value and line, or are silent, in every arithmetic."""
    text, settings = VARIANTS[case]
    trace = traced(text, numbers, **settings)
    if numbers == "exact":
        verdicts = judged(trace)
        assert not [item for item in verdicts if item.standing is Standing.REFUTED]
        assert [item for item in verdicts if item.standing is Standing.PROVED]
    asked = NumberFormat()
    assert from_json("\n".join(to_json(trace, asked))) == trace
