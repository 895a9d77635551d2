"""Weights: rows, named edges, letters; their names, numbers, sharing and wiring."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.maths.expression import Number, Symbol
from tracer.spec import Dense, Network, ParameterKind, Sparse, Value

TWO_LAYERS = """
inputs: [i1, i2]
layers:
  - units: [h1, h2]
    weights: {first}
  - units: [o1]
    weights: {second}
"""


def two_layers(first: str, second: str = "[[7, 8]]", more: str = "") -> str:
    """A 2-2-1 network with these weights."""
    return TWO_LAYERS.format(first=first, second=second) + more


def edges(read: Network) -> list[tuple[str, str, str, Value]]:
    """Every edge, by names: source, unit, parameter and its value."""
    return [
        (
            read.units[source],
            layer.units[unit],
            read.parameters[parameter].name,
            read.parameters[parameter].value,
        )
        for layer in read.layers
        for unit in range(len(layer.units))
        for source, parameter in layer.wiring.into(unit)
    ]


def names(read: Network) -> list[str]:
    """The names of all parameters."""
    return [parameter.name for parameter in read.parameters]


def number(text: str) -> Number:
    """A number as it is written."""
    return Number(Fraction(text), text)


def test_rows_are_units_and_columns_are_sources() -> None:
    """Weights are named row by row, and keep their digits."""
    read = network(two_layers("[[0.15, .20], [1/3, 1e-3]]"))
    assert edges(read) == [
        ("i1", "h1", "w1", number("0.15")),
        ("i2", "h1", "w2", number(".20")),
        ("i1", "h2", "w3", number("1/3")),
        ("i2", "h2", "w4", number("1e-3")),
        ("h1", "o1", "w5", number("7")),
        ("h2", "o1", "w6", number("8")),
    ]


def test_full_layers_are_dense() -> None:
    """Consecutive sources with a weight each need no table of edges."""
    read = network(two_layers("[[1, 2], [3, 4]]"))
    assert read.layers[0].wiring == Dense(range(2), 2, 0)
    assert read.layers[1].wiring == Dense(range(2, 4), 1, 4)


@pytest.mark.parametrize(
    "weights",
    [
        "{h1: {i1: 1, i2: 2}, h2: {i1: 3, i2: 4}}",
        "[[a, b], [c, d]]",
        "[[a = 1, {name: b, value: 2}], [c, 4]]",
    ],
)
def test_other_ways_to_write_a_full_layer_are_dense_too(weights: str) -> None:
    """It is the edges that decide, not how they were written."""
    assert network(two_layers(weights)).layers[0].wiring == Dense(range(2), 2, 0)


@pytest.mark.parametrize(
    "weights",
    [
        "[[1, none], [3, 4]]",
        "[[a, b], [c, a]]",
        "{h1: {i2: 1, i1: 2}, h2: {i1: 3, i2: 4}}",
        "{h2: {i1: 1, i2: 2}, h1: {i1: 3, i2: 4}}",
    ],
)
def test_anything_else_keeps_its_edges(weights: str) -> None:
    """Missing edges, shared weights and other orders are sparse."""
    assert isinstance(network(two_layers(weights)).layers[0].wiring, Sparse)


@pytest.mark.parametrize("nothing", ["none", "null", "~"])
def test_none_is_no_edge(nothing: str) -> None:
    """Where a row says none, there is no edge, and no name is used up."""
    read = network(two_layers(f"[[1, {nothing}], [3, 4]]"))
    assert [edge[:3] for edge in edges(read)] == [
        ("i1", "h1", "w1"),
        ("i1", "h2", "w2"),
        ("i2", "h2", "w3"),
        ("h1", "o1", "w4"),
        ("h2", "o1", "w5"),
    ]


def test_named_edges_are_all_the_edges() -> None:
    """An edge that is not named does not exist; any earlier unit can feed."""
    read = network(two_layers("{h1: {i1: 0.15}, h2: {i2: q}}", "{o1: {h1: 1, i2: 2, h2: none}}"))
    assert edges(read) == [
        ("i1", "h1", "w1", number("0.15")),
        ("i2", "h2", "q", Symbol("q")),
        ("h1", "o1", "w3", number("1")),
        ("i2", "o1", "w4", number("2")),
    ]


def test_weights_left_out_are_letters() -> None:
    """A layer without weights has all edges, with letters for numbers."""
    read = network("inputs: 2\nlayers: [{units: 1}]")
    assert edges(read) == [
        ("x1", "o1", "w1", Symbol("w1")),
        ("x2", "o1", "w2", Symbol("w2")),
    ]


def test_a_name_used_twice_is_one_parameter() -> None:
    """Shared weights are one parameter with several uses."""
    read = network(two_layers("[[a, b = 2], [a = 0.1, a]]"))
    assert names(read) == ["a", "b", "w5", "w6"]
    assert read.parameters[0].value == number("0.1")
    assert read.layers[0].wiring.uses(0) == ((0, 0), (1, 0), (1, 1))


def test_weights_are_shared_between_layers() -> None:
    """A name means the same parameter in the whole network."""
    read = network(two_layers("[[a, 1], [2, 3]]", "[[a, 4]]"))
    assert names(read) == ["a", "w2", "w3", "w4", "w6"]
    assert read.layers[1].wiring.into(0) == ((2, 0), (3, 4))


def test_the_kth_edge_is_wk_unless_that_is_taken() -> None:
    """An author's name uses up its edge's number; an author's w3 is nobody else's."""
    read = network(two_layers("[[w3 = 1, 2], [3, 4]]", "[[5, w7]]"))
    assert names(read) == ["w3", "w2", "w4", "w5", "w6", "w7"]


def test_counted_names_leave_units_alone() -> None:
    """A unit called w1 keeps its name; no weight gets it."""
    read = network("inputs: [w1, w2]\nlayers: [{units: [w4], weights: [[1, 2]]}]")
    assert names(read) == ["w3", "w5"]


def test_letters_get_numbers_from_parameters() -> None:
    """``parameters`` gives numbers to letters, and to weights that were left out."""
    read = network(two_layers("[[a, b], [a, 1]]", "[[c, d]]", "parameters: {a: 0.10, d: 1/4}"))
    values = {parameter.name: parameter.value for parameter in read.parameters}
    assert values["a"] == number("0.10")
    assert values["b"] == Symbol("b")
    assert values["d"] == number("1/4")
    read = network("inputs: 2\nlayers: [{units: 1}]\nparameters: {w2: 7}")
    assert [parameter.value for parameter in read.parameters] == [Symbol("w1"), number("7")]


def test_equal_numbers_are_no_conflict() -> None:
    """The same number may be said twice, also in other digits; the first ones are kept."""
    read = network(two_layers("[[a = 0.10, a = 1/10], [1, 2]]", more="parameters: {a: 0.1}"))
    assert read.parameters[0].value == number("0.10")


def test_a_shared_parameter_has_one_number() -> None:
    """A second number for the same parameter is a problem, where it stands in the file."""
    text = two_layers("[[a = 1, a = 2], [3, 4]]")
    assert problem(text) == (
        "5:23: layers[0].weights[0][1]: 'a' is 2 here and 1 in line 5; it can have one number only"
    )
    text = "parameters: {a: 5}\n" + two_layers("[[a = 1, 2], [3, 4]]").lstrip()
    assert problem(text) == (
        "5:16: layers[0].weights[0][0]: 'a' is 1 here and 5 in line 1; it can have one number only"
    )


def test_all_parameters_are_weights() -> None:
    """What stands on an edge is a weight, and is trained unless the spec says otherwise."""
    read = network(two_layers("[[a, 1], [2, 3]]"))
    assert {parameter.kind for parameter in read.parameters} == {ParameterKind.WEIGHT}
    assert all(parameter.trainable for parameter in read.parameters)


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (
            "[[1, 2]]",
            "5:14: layers[0].weights: found 1 row of weights, expected 2, one for each unit "
            "(h1, h2)",
        ),
        (
            "[[1, 2], [3]]",
            "5:23: layers[0].weights[1]: found 1 entry in the row of h2, expected 2 (i1, i2)",
        ),
        (
            "[[1, 2, 3], [4, 5]]",
            "5:15: layers[0].weights[0]: found 3 entries in the row of h1, expected 2 (i1, i2)",
        ),
        (
            "{h3: {i1: 1}, h1: {i1: 1}, h2: {i2: 3}}",
            "5:15: layers[0].weights: this layer has no unit 'h3'; known: h1, h2",
        ),
        (
            "{h1: {i3: 1, i1: 1}, h2: {i1: 3}}",
            "5:20: layers[0].weights.h1: nothing that feeds this layer is called 'i3'; "
            "known: i1, i2",
        ),
        (
            "{h1: {h2: 1}, h2: {i1: 3}}",
            "5:20: layers[0].weights.h1: nothing that feeds this layer is called 'h2'; "
            "known: i1, i2",
        ),
        ("{h1: {i1: 1}}", "4:5: layers[0]: no edge leads into h2"),
        ("[[1, 2], [none, none]]", "4:5: layers[0]: no edge leads into h2"),
        ("[[h1, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: 'h1' is the name of a unit"),
        ("[[net_h1, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: 'net_h1' is the name of a unit"),
        ("[[2*a, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: 'a' is a letter"),
        ("[[exp, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: 'exp' is a function"),
        ("[[nan, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: 'nan' is not a finite number"),
        ("[[-.inf, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: "),
        ("[[1/0, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: division by zero"),
        ("[[0.1.2, 2], [3, 4]]", "5:19: layers[0].weights[0][0]: "),
        ("[['0.1 x', 2], [3, 4]]", "5:21: layers[0].weights[0][0]: an operator is missing"),
        ("[[a = , 2], [3, 4]]", "5:19: layers[0].weights[0][0]: expected a number"),
        ("[[a = b, 2], [3, 4]]", "5:20: layers[0].weights[0][0]: expected a number after 'a ='"),
        ("[[2 = 3, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: expected a name"),
        ("[[{value: 1}, 2], [3, 4]]", "5:16: layers[0].weights[0][0]: 'name' is missing"),
        ("[[[1], 2], [3, 4]]", "5:16: layers[0].weights[0][0]: expected a number, a letter"),
        ("[1, [2, 3]]", "5:15: layers[0].weights[0]: expected a row of weights in brackets"),
        ("0.5", "5:14: layers[0].weights: expected rows, one for each unit, or named edges"),
    ],
)
def test_wrong_weights_are_told_with_their_place(first: str, said: str) -> None:
    """Each wrong shape, name or number is one problem, at the text that is wrong."""
    assert problem(two_layers(first)).startswith(said)


def test_parameters_need_a_use() -> None:
    """A number for a letter that no weight has is a problem."""
    text = two_layers("[[alpha, 1], [2, 3]]", more="parameters: {alfa: 1, w9: 2, alpha: x}")
    assert problems(text) == [
        "8:14: parameters: no weight or bias is called 'alfa' (did you mean 'alpha'?)",
        "8:23: parameters: no weight or bias is called 'w9'; there are alpha, w2, w3, w4, w5, w6",
        "8:37: parameters.alpha: expected a number, found the letter 'x'",
    ]


def test_a_layer_of_letters_has_a_limit() -> None:
    """Counts that ask for more edges than a computer should make are refused."""
    text = "inputs: 2000\nlayers: [{units: 2000}, {units: 1}]"
    assert problem(text) == "2:10: layers[0]: more than 200,000 edges"


def test_all_layers_share_the_limit_of_edges() -> None:
    """Layers that are small enough by themselves are refused where they are too many together."""
    text = "inputs: 400\nlayers: [{units: 400}, {units: 300}]"
    assert problem(text) == "2:24: layers[1]: more than 200,000 edges"


def test_from_names_what_feeds_a_layer() -> None:
    """Units, layers and the inputs feed in the order of ``from``."""
    read = network(
        """
        inputs: [i1, i2]
        layers:
          - {units: [h1], name: first, weights: [[1, 2]]}
          - {units: [h2], from: inputs, weights: [[3, 4]]}
          - {units: [o1], from: [first, i2, h2], weights: [[5, 6, 7]]}
        """
    )
    assert [edge[:3] for edge in edges(read)] == [
        ("i1", "h1", "w1"),
        ("i2", "h1", "w2"),
        ("i1", "h2", "w3"),
        ("i2", "h2", "w4"),
        ("h1", "o1", "w5"),
        ("i2", "o1", "w6"),
        ("h2", "o1", "w7"),
    ]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ("[h9]", "no unit or layer is called 'h9'; known: inputs, first"),
        ("[o1]", "'o1' does not come before this layer"),
        ("second", "'second' does not come before this layer"),
        ("[inputs, i2]", "'i2' feeds this layer already"),
    ],
)
def test_from_names_earlier_units(sources: str, said: str) -> None:
    """What feeds a layer is known, comes before it, and feeds it once."""
    text = f"""
        inputs: [i1, i2]
        layers:
          - {{units: [h1, h2], name: first}}
          - {{units: [o1], name: second, from: {sources}}}
    """
    assert said in problem(text)


def test_rows_for_unknown_sources_are_not_counted() -> None:
    """Where ``from`` is wrong, nobody knows how long a row should be: that is the only problem."""
    text = """
        inputs: [i1, i2]
        layers:
          - {units: [h1]}
          - {units: [o1], from: [h9], weights: [[1]]}
    """
    assert "is called 'h9'" in problem(text)


def test_named_edges_stay_within_from() -> None:
    """Where ``from`` is given, other units do not feed the layer."""
    text = """
        inputs: [i1, i2]
        layers:
          - {units: [h1]}
          - {units: [o1], from: [h1], weights: {o1: {i1: 1, h1: 2}}}
    """
    assert "nothing that feeds this layer is called 'i1'" in problem(text)
