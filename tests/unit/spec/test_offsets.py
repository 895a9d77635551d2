"""Biases and thresholds: shared, one for each unit, or first in the rows."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problem
from tracer.maths.expression import Number, Symbol
from tracer.spec import ParameterKind

TWO_UNITS = (
    "inputs: [x]\nlayers: [{{units: [h1, h2], weights: [[1], [2]], {0}}}, {{units: [o]}}]{1}"
)


def offsets(field: str, more: str = "") -> list[tuple[str, str] | None]:
    """The name and the number (or letter) of the first layer's offsets, unit by unit."""
    read = network(TWO_UNITS.format(field, more))
    parameters = [
        None if number is None else read.parameters[number] for number in read.layers[0].biases
    ]
    return [
        None
        if parameter is None
        else (
            parameter.name,
            parameter.value.text
            if isinstance(parameter.value, Number)
            else str(parameter.value.of),
        )
        for parameter in parameters
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("bias: 0.35", [("b1", "0.35"), ("b1", "0.35")]),
        ("bias: b", [("b", "b"), ("b", "b")]),
        ("bias: b = 0.35", [("b", "0.35"), ("b", "0.35")]),
        ("bias: {name: b, value: 0.35}", [("b", "0.35"), ("b", "0.35")]),
        ("bias: none", [None, None]),
        ("bias: [1, 2]", [("b_h1", "1"), ("b_h2", "2")]),
        ("bias: [1, none]", [("b_h1", "1"), None]),
        ("bias: [b, b]", [("b", "b"), ("b", "b")]),
        ("bias: [{name: b, value: 3}, 2]", [("b", "3"), ("b_h2", "2")]),
        ("bias: {h2: 2}", [None, ("b_h2", "2")]),
        ("bias: {h2: 2, h1: c = 1}", [("c", "1"), ("b_h2", "2")]),
        ("threshold: 0.35", [("theta1", "0.35"), ("theta1", "0.35")]),
        ("threshold: [0.8, -0.1]", [("theta_h1", "0.8"), ("theta_h2", "-0.1")]),
        ("name: l", [None, None]),
    ],
)
def test_offsets_in_all_their_forms(field: str, expected: list[tuple[str, str] | None]) -> None:
    """One is shared by the layer; a list or mapping gives each unit its own."""
    assert offsets(field) == expected


def test_kinds_of_offsets() -> None:
    """A bias is added, a threshold is subtracted, and neither is a weight."""
    for field, kind in (("bias", ParameterKind.BIAS), ("threshold", ParameterKind.THRESHOLD)):
        read = network(TWO_UNITS.format(f"{field}: 1", ""))
        assert [parameter.kind for parameter in read.parameters] == [
            ParameterKind.WEIGHT,
            ParameterKind.WEIGHT,
            kind,
            ParameterKind.WEIGHT,
            ParameterKind.WEIGHT,
        ]


def test_rows_can_start_with_the_bias() -> None:
    """``bias_first`` takes each row's first number as the unit's bias."""
    read = network(
        "inputs: [x]\nlayers: [{units: [h1, h2], bias_first: yes, weights: [[7, 1], [none, 2]]}]"
    )
    assert [parameter.name for parameter in read.parameters] == ["w1", "w2", "b_h1"]
    assert read.layers[0].biases == (2, None)
    assert read.parameters[2].kind is ParameterKind.BIAS


def test_layers_count_from_one_in_the_names_of_shared_biases() -> None:
    """The second layer's shared bias is b2, also where the first layer has none."""
    read = network("inputs: 1\nlayers: [{units: 1}, {units: 1, bias: 1}]")
    assert read.parameters[-1].name == "b2"


def test_an_authors_names_are_left_alone() -> None:
    """A bias without a name gets another one where its own is taken."""
    read = network(
        "inputs: [b2]\nlayers: [{units: 1, weights: [[b1]], bias: 1}, {units: 1, bias: 2}]"
    )
    assert [parameter.name for parameter in read.parameters] == ["b1", "b1_2", "w2", "b2_2"]


def test_biases_are_shared_between_layers() -> None:
    """A name means the same bias in the whole network, and ``parameters`` gives it a number."""
    read = network(
        "inputs: 1\nlayers: [{units: 1, bias: b}, {units: 1, bias: [b]}]\nparameters: {b: 3}"
    )
    assert read.layers[0].biases == read.layers[1].biases == (1,)
    assert read.parameters[1].value != Symbol("b")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("bias: [1]", "layers[0].bias: found 1 for 2 units, expected one for each (h1, h2)"),
        ("bias: {h3: 1}", "layers[0].bias: this layer has no unit 'h3'; known: h1, h2"),
        ("bias: 1, threshold: 2", "layers[0]: a layer has a bias or a threshold, not both"),
        ("bias: 1x", "layers[0].bias: an operator is missing between '1' and 'x'"),
        ("bias: o", "layers[0].bias: 'o' is the name of a unit"),
        ("bias: [[1], 2]", "layers[0].bias[0]: expected a number, a letter"),
        ("bias: {h1: none, h2: [1]}", "layers[0].bias.h2: expected a number, a letter"),
        (
            "bias_first: yes",
            "layers[0].weights[0]: found 1 entry in the row of h1, expected 2 (the bias, x)",
        ),
        ("bias_first: perhaps", "layers[0].bias_first: expected yes or no, found 'perhaps'"),
    ],
)
def test_wrong_offsets_are_told(field: str, said: str) -> None:
    """Wrong lengths, names, numbers and contradictions are problems."""
    text = TWO_UNITS.format(field, "")
    if field == "bias_first: yes":
        text = text.replace("[2]]", "[1, 2]]")
    assert said in problem(text)


@pytest.mark.parametrize("field", ["bias: 1", "threshold: [1, 2]"])
def test_rows_that_start_with_the_bias_allow_no_other(field: str) -> None:
    """``bias_first`` and a bias elsewhere contradict each other."""
    text = TWO_UNITS.format(f"bias_first: yes, {field}", "").replace(
        "[[1], [2]]", "[[1, 2], [3, 4]]"
    )
    assert "the rows start with the bias already" in problem(text)


def test_only_rows_can_start_with_the_bias() -> None:
    """``bias_first`` has no meaning where there are no rows."""
    text = "inputs: [x]\nlayers: [{units: [h], weights: {h: {x: 1}}, bias_first: yes}]"
    assert "'bias_first' is about rows of weights" in problem(text)


@pytest.mark.parametrize(
    ("weights", "field"), [("[[b], [2]]", "bias"), ("[[1], [b]]", "threshold")]
)
def test_a_parameter_is_of_one_kind(weights: str, field: str) -> None:
    """What is a weight in one place cannot be a bias in another."""
    text = TWO_UNITS.format(f"{field}: b", "").replace("[[1], [2]]", weights)
    assert f"'b' is a weight (in line 2), so it cannot be a {field} too" in problem(text)
