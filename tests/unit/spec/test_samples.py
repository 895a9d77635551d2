"""Samples: values for inputs and outputs, as lists, mappings, single numbers or letters."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problem
from tracer.maths.expression import Number
from tracer.spec import Value

TWO_TWO = "inputs: [i1, i2]\nlayers: [{units: [o1, o2], weights: [[a, 1], [2, 3]]}]\n"
ONE_ONE = "inputs: [x]\nlayers: [{units: [y]}]\n"


def shown(values: tuple[Value, ...]) -> list[str]:
    """Numbers and letters as texts."""
    return [value.text if isinstance(value, Number) else str(value.of) for value in values]


def samples(text: str, before: str = TWO_TWO) -> list[tuple[list[str], list[str]]]:
    """The inputs and targets of every sample."""
    return [
        (shown(sample.inputs), shown(sample.targets)) for sample in network(before + text).samples
    ]


@pytest.mark.parametrize(
    ("sample", "inputs", "targets"),
    [
        ("{input: [0.05, .10], target: [1/3, 0]}", ["0.05", ".10"], ["1/3", "0"]),
        ("{input: {i2: 2, i1: 1}, target: {o1: 3, o2: 4}}", ["1", "2"], ["3", "4"]),
        ("{input: [1, t], target: [t, s]}", ["1", "t"], ["t", "s"]),
        ("{name: first, input: [1, 2]}", ["1", "2"], ["target_o1", "target_o2"]),
        ("{target: [1, 2]}", ["i1", "i2"], ["1", "2"]),
        ("{}", ["i1", "i2"], ["target_o1", "target_o2"]),
        ("{input: {i1: i1, i2: 3}, target: [i1, 0]}", ["i1", "3"], ["i1", "0"]),
    ],
)
def test_samples_in_all_their_forms(sample: str, inputs: list[str], targets: list[str]) -> None:
    """Values go by position or by name; what is left out is a letter."""
    assert samples(f"samples: [{sample}]") == [(inputs, targets)]


def test_a_single_number_is_enough_for_one_input() -> None:
    """Where there is one input or output, its number needs no brackets."""
    assert samples("samples: [{input: 3, target: t}]", ONE_ONE) == [(["3"], ["t"])]


def test_without_samples_there_is_one_of_letters() -> None:
    """A network without data is calculated with letters."""
    assert samples("") == [(["i1", "i2"], ["target_o1", "target_o2"])]


def test_letters_of_several_samples_differ() -> None:
    """A value that several samples leave out is another letter in each."""
    assert samples("samples: [{input: 1}, {target: 2}]", ONE_ONE) == [
        (["1"], ["target_y_1"]),
        (["x_2"], ["2"]),
    ]


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        (
            "{input: [1], target: [1, 2]}",
            "3:19: samples[0].input: found 1 numbers, expected 2 (i1, i2)",
        ),
        ("{input: [1, 2, 3]}", "3:19: samples[0].input: found 3 numbers, expected 2 (i1, i2)"),
        ("{target: []}", "3:20: samples[0].target: found 0 numbers, expected 2 (o1, o2)"),
        (
            "{input: 1}",
            "3:19: samples[0].input: expected 2 numbers in brackets (i1, i2), found one",
        ),
        ("{input: {i1: 1}}", "3:19: samples[0].input: no input for i2; a letter will do"),
        ("{input: {i1: 1, i2: 2, i3: 3}}", "3:34: samples[0].input: there is no input 'i3'; known"),
        ("{input: [a, 1]}", "3:20: samples[0].input[0]: 'a' is a parameter; choose another letter"),
        ("{target: [1, o1]}", "3:24: samples[0].target[1]: 'o1' is a unit; choose another letter"),
        ("{input: [1, exp]}", "3:23: samples[0].input[1]: 'exp' is a function"),
        ("{input: [1, E]}", "3:23: samples[0].input[1]: 'E' already means something else"),
        ("{input: [1, 9**9**9**9]}", "3:23: samples[0].input[1]: "),
        ("{input: [1, .inf]}", "3:23: samples[0].input[1]: "),
        ("{inputs: [1, 2]}", "3:12: samples[0]: unknown field 'inputs' (did you mean 'input'?)"),
        ("[1, 2]", "3:11: samples[0]: expected a sample, such as {input"),
    ],
)
def test_wrong_samples_are_told(sample: str, said: str) -> None:
    """Wrong lengths, names, letters and numbers are told with their place."""
    assert problem(f"{TWO_TWO}samples: [{sample}]").startswith(said)


@pytest.mark.parametrize("text", ["samples: []", "samples: {input: [1, 2]}", "samples: 3"])
def test_samples_are_a_list(text: str) -> None:
    """Samples are a list with at least one of them."""
    assert problem(TWO_TWO + text).startswith("3:10: samples: expected a list of samples")
