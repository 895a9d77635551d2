"""Reading shapes, kernels and how they move, and what is said of wrong ones."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problem, problems
from tracer.maths.expression import Number
from tracer.spec import Network
from tracer.spec.tree.limits import MAX_EDGES
from tracer.spec.windows.convolution import Convolution


def layer(fields: str, more: str = "", shape: str = "shape: [3, 4]") -> str:
    """A network of one convolution layer."""
    return f"inputs: {{{shape}}}\nlayers:\n  - convolution: {{{fields}}}\n{more}"


def wiring(found: Network, k: int = 0) -> Convolution:
    """The wiring of a layer."""
    one = found.layers[k].wiring
    assert isinstance(one, Convolution)
    return one


def parameters(found: Network) -> list[str]:
    """The parameters' names."""
    return [parameter.name for parameter in found.parameters]


def test_inputs_with_a_shape_are_called_by_their_coordinates() -> None:
    """Row, column and channel, from 1, in this order; without channels none is said."""
    assert network(layer("kernel: [[1]]")).inputs[:5] == (
        *("x_1_1", "x_1_2", "x_1_3", "x_1_4", "x_2_1"),
    )
    assert network(layer("size: 1", shape="name: in_, shape: [1, 2, 2]")).inputs == (
        *("in__1_1_1", "in__1_1_2", "in__1_2_1", "in__1_2_2"),
    )
    assert network(layer("size: 1", shape="shape: [2], channels: 1")).inputs == ("x_1_1", "x_2_1")


def test_units_and_weights_are_called_by_their_places() -> None:
    """Units by layer, position and filter; weights by kernel, place and channel."""
    found = network(
        """
        inputs: {shape: [2, 3, 1]}
        layers:
          - {convolution: {size: [2, 2], filters: 2}, bias: [a, none]}
          - {convolution: {kernel: [[[1, 2]]]}, bias: 3}
          - {units: [o]}
        """
    )
    assert found.layers[0].units == ("c1_1_1_1", "c1_1_1_2", "c1_1_2_1", "c1_1_2_2")
    assert found.layers[1].units == ("c2_1_1", "c2_1_2")
    assert parameters(found) == [
        *("k1_1_1_1", "k1_1_2_1", "k1_2_1_1", "k1_2_2_1"),
        *("k2_1_1_1", "k2_1_2_1", "k2_2_1_1", "k2_2_2_1"),
        *("a", "k3_1_1_1", "k3_1_1_2", "b2", "w1", "w2"),
    ]
    assert found.layers[0].biases == (8, None, 8, None)


def test_a_bias_in_a_list_belongs_to_its_filter() -> None:
    """Each filter's bias is shared by all its positions, and called after its kernel."""
    found = network(layer("kernels: [[[1]], [[2]]]", "    bias: [0.1, 0.2]"))
    assert parameters(found) == ["k1_1_1", "k2_1_1", "b_k1", "b_k2"]
    assert found.layers[0].biases == (2, 3) * 12


def test_a_named_weight_may_stand_in_several_places_of_a_kernel() -> None:
    """A symmetric kernel has fewer parameters than places."""
    found = network(layer("kernel: [[a = 1, b = 2], [b, a]]"))
    assert parameters(found) == ["a", "b"]
    assert wiring(found).kernels == (0, 1, 1, 0)
    assert len(wiring(found).uses(0)) == 2 * 6


def test_a_name_that_is_taken_is_not_given_to_a_weight() -> None:
    """A weight's own name wins; a default one that is taken gets a number more."""
    found = network(layer("kernel: [[1, k1_1_1 = 3]]"))
    assert parameters(found) == ["k1_1_1_2", "k1_1_1"]


@pytest.mark.parametrize(
    ("fields", "units"),
    [
        ("kernel: [[1, 1], [1, 1]]", "2x3"),
        ("size: 2, stride: 2", "1x2"),
        ("size: 2, padding: same", "3x4"),
        ("size: [1, 3], padding: same, stride: [2, 2]", "2x2"),
        ("size: 3, padding: 1", "3x4"),
        ("size: 3, padding: [2, 0]", "5x2"),
        ("size: 2, padding: 2, stride: 2", "3x4"),
        ("size: 1, stride: 7", "1x1"),
        ("size: 2, padding: valid, operation: convolution", "2x3"),
    ],
)
def test_how_many_positions_there_are(fields: str, units: str) -> None:
    """(size + padding - window)/stride, rounded down, and one; same: size/stride, rounded up."""
    axes = wiring(network(layer(fields))).axes
    assert "x".join(str(axis.count) for axis in axes) == units


def test_a_convolution_looks_at_the_layer_that_it_names() -> None:
    """'from' names the inputs or a layer; units without a shape stand in a row."""
    found = network(
        """
        inputs: {name: seen, shape: [5]}
        layers:
          - {units: 4, name: low}
          - {convolution: {size: 2}, from: seen, name: a}
          - {convolution: {size: 2}, from: low}
          - {convolution: {size: 2}, from: a}
          - {units: [o], from: [a, c1, c2]}
        training: {learning_rate: 1, frozen: [a, c2]}
        """
    )
    assert [wiring(found, k).first_source for k in (1, 2, 3)] == [0, 5, 9]
    assert [item.name for item in found.parameters if not item.trainable] == [
        *("k1_1", "k1_2", "k3_1", "k3_2"),
    ]
    assert len(found.layers[-1].wiring.sources) == 4 + 3 + 3


def test_samples_are_nested_like_their_shape() -> None:
    """Rows of columns of channels; targets too, where the last layer has a shape."""
    found = network(
        layer(
            "kernels: [[[[1]]]]",
            "samples: [{input: [[[1], [2]], [[3], [4]]], target: [[[5], [6]], [[7], [8]]]}]",
            "shape: [2, 2, 1]",
        )
    )
    (sample,) = found.samples
    numbers = [
        value.value for value in (*sample.inputs, *sample.targets) if isinstance(value, Number)
    ]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8]


WRONG = {
    "kernel: [[1, 2], [3]]": "3:36: {}.kernel[1]: found a list of 1, expected 2",
    "kernel: [1, 2]": "3:27: {}.kernel: found lists 1 deep, expected lists 2 deep",
    "kernel: 3": "3:27: {}.kernel: found one number, expected lists 2 deep",
    "kernels: [[[1]], [[1, 2]]]": "3:37: {}.kernels[1][0]: found a list of 2",
    "kernel: [[1, 2, 3, 4, 5]]": "3:18: {}: a window of 5 columns does not fit on 4",
    "size: [1, 7], padding: 1": "3:18: {}: a window of 7 columns does not fit on 4 w",
    "kernel: [[none]]": "3:29: {}.kernel[0][0]: a kernel has a weight at every place",
    "kernel: [[1]], filters: 2": "3:43: {}.filters: 'filters' goes with 'size'",
    "kernel: [[1]], size: 2": "3:34: {}: 'kernel' and 'kernels' and 'size' do not",
    "stride: 2": "3:18: {}: 'kernel' is missing",
    "size: 2, stride: 0": "3:36: {}.stride: expected a count",
    "size: 2, stride: [1]": "3:36: {}.stride: found a list of 1, expected 2 (rows",
    "size: 2, padding: -1": "3:37: {}.padding: expected padding: valid (none), same",
    "size: 2, operation: fold": "3:39: {}.operation: unknown operation 'fold'",
    "size: 3, padding: 1, filters: 2, dilation: 2": "3:52: {}: unknown field 'dila",
}


@pytest.mark.parametrize(("fields", "said"), WRONG.items())
def test_wrong_convolutions_are_told(fields: str, said: str) -> None:
    """Kernels of no shape, windows that do not fit and fields without meaning have their place."""
    assert problem(layer(fields)).startswith(said.format("layers[0].convolution"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    units: 3", "4:5: layers[0]: unknown field 'units'; they follow"),
        ("    bias: [1, 2]", "4:11: layers[0].bias: found 2 biases, expected 1"),
        ("    from: c1", "4:11: layers[0].from: no layer before this one is called 'c1'; known"),
        ("    name: net", "4:11: layers[0].name: 'net' already means something else"),
        (
            "samples: [{input: [1, 2]}]",
            "4:19: samples[0].input: found a list of 2, expected 3 rows",
        ),
        ("samples: [{input: 3}]", "4:19: samples[0].input: expected 12 numbers"),
    ],
)
def test_what_does_not_fit_a_convolution_is_told(more: str, said: str) -> None:
    """Fields, names and samples beside it have their place too."""
    assert problem(layer("kernel: [[1]]", more)).startswith(said)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("shape: [1, 2, 3, 4]", "1:17: inputs.shape: found 4 numbers, expected one to three"),
        (
            "shape: [1, 2, 3], channels: 2",
            "1:17: inputs.shape: found 3 numbers, expected one or two",
        ),
        ("shape: []", "1:17: inputs.shape: expected [length], [height, width] or"),
        ("channels: 2", "1:9: inputs: 'shape' is missing"),
        ("shape: [90000, 90000]", "1:1: more than 100,000 units"),
    ],
)
def test_wrong_shapes_are_told(shape: str, said: str) -> None:
    """A shape has one to three numbers, and no more units than a network may have."""
    assert problem(layer("size: 1", "", shape)).startswith(said)


def test_names_that_follow_from_a_shape_are_taken() -> None:
    """No layer can have the name of the inputs, nor units have their names."""
    first, second = problems(layer("kernel: [[1]]", "    name: x"))
    assert first == "3:5: layers[0]: the name 'x_1_1' is taken (in line 1)"
    assert second == "4:11: layers[0].name: the name 'x' is taken (in line 1)"


def test_everything_wrong_is_told_at_once() -> None:
    """A wrong kernel does not hide what is wrong after it."""
    text = layer("kernel: [[1, 2], [3]]", "  - {units: [o], bias: [1, 2]}\nloss: los\n")
    assert len(problems(text)) == 3


def test_too_many_edges_are_refused_before_they_are_built() -> None:
    """Positions times weights are counted, not built."""
    shape = "shape: [200, 200]"
    assert "more than 200,000 edges" in problem(layer("size: 9", "", shape))
    assert MAX_EDGES < 192 * 192 * 81
