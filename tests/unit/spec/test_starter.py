"""Starter specs: any shape, any activation, and text that reads back."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.errors import LimitError, SpecError
from tracer.maths.expression import Number
from tracer.rules import activations
from tracer.spec import Dense, Network, Value, read_text
from tracer.spec.formulas import ACTIVATIONS
from tracer.spec.starter import MAX_WEIGHTS, starter

shapes = st.lists(st.integers(1, 12), min_size=2, max_size=5).map(tuple)
names = st.sampled_from([*activations.ROWS, "net**2", "max(0, net)", "-net + 1"])


def read(text: str) -> Network:
    """The network of a starter spec."""
    found = read_text(text)
    assert isinstance(found, Network)
    return found


def numbers(network: Network) -> list[Value]:
    """Every number of a network, apart from the learning rate."""
    sample = network.samples[0]
    values = (parameter.value for parameter in network.parameters)
    return [*values, *sample.inputs, *sample.targets]


@given(shapes, names, st.booleans(), st.integers(0, 1000))
def test_starters_read_back(
    shape: tuple[int, ...], activation: str, integers: bool, seed: int
) -> None:
    """Whatever the shape, the text is a full network of that shape with numbers throughout."""
    network = read(starter(shape, activation, integers, seed))
    assert (len(network.inputs), *(len(layer.units) for layer in network.layers)) == shape
    assert all(isinstance(layer.wiring, Dense) for layer in network.layers)
    edges = sum(before * after for before, after in pairwise(shape))
    assert len(network.parameters) == edges + sum(shape[1:])
    assert all(isinstance(value, Number) for value in numbers(network))
    assert {one.name for layer in network.layers for one in layer.activations} == {activation}


@given(shapes, names, st.integers(0, 1000))
def test_integers_are_small_and_whole(shape: tuple[int, ...], activation: str, seed: int) -> None:
    """With integers, every number is a whole one that is easy by hand."""
    for value in numbers(read(starter(shape, activation, True, seed))):
        assert isinstance(value, Number)
        assert value.value.denominator == 1
        assert abs(value.value) <= 3
        assert re.fullmatch("-?[0-3]", value.text)


@given(shapes, names, st.booleans(), st.integers(0, 1000))
def test_the_seed_decides(shape: tuple[int, ...], activation: str, whole: bool, seed: int) -> None:
    """The same arguments give the same text."""
    assert starter(shape, activation, whole, seed) == starter(shape, activation, whole, seed)


def test_another_seed_gives_other_numbers() -> None:
    """Different seeds differ."""
    assert len({starter((2, 2), "tanh", False, seed) for seed in range(20)}) == 20


@pytest.mark.parametrize("name", activations.ROWS)
def test_targets_can_be_reached(name: str) -> None:
    """Targets lie where the activation's values can go."""
    bounds = {
        "sigmoid": (0, 1),
        "step": (0, 1),
        "bipolar_sigmoid": (-1, 1),
        "tanh": (-1, 1),
        "hard_tanh": (-1, 1),
        "sign": (-1, 1),
    }
    low, high = bounds.get(name, (0, 3))
    for integers in (True, False):
        for value in read(starter((2, 4), name, integers, 1)).samples[0].targets:
            assert isinstance(value, Number)
            assert low <= value.value <= high


def test_a_starter_speaks_to_its_reader() -> None:
    """The text has comments, no line is too long, and none ends in a blank."""
    text = starter((2, 3, 1), "tanh", True, 1)
    assert text.startswith("# A 2-3-1 network to start from")
    assert text.count("#") > 5
    assert all(len(line) <= 90 and line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("formula", ["-net", "(net)", "+net", ".5*net", "net - -1", "net**2 - 1/3"])
def test_formulas_are_quoted_where_yaml_needs_it(formula: str) -> None:
    """A formula that YAML would take for something else still reads back."""
    network = read(starter((1, 1), formula, False, 1))
    assert network.layers[0].activations == (ACTIVATIONS.own(formula),)


def test_unknown_activations_are_refused() -> None:
    """A starter is not written around a mistake."""
    with pytest.raises(SpecError, match=r"unknown activation 'tanhh' \(did you mean 'tanh'"):
        starter((2, 2), "tanhh", False, 1)


def test_too_many_weights_are_refused() -> None:
    """A starter is for people: a network of full size is refused."""
    with pytest.raises(LimitError, match="400,000,000 weights are too many"):
        starter((20_000, 20_000), "tanh", False, 1)
    assert MAX_WEIGHTS < 400_000_000
