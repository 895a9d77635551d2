"""Errors of calculation stand where the file says how their quantity is made."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.unit.making import spec
from tracer.derive.trace import trace
from tracer.errors import CalculationError, IrrationalError
from tracer.maths.arithmetic import arithmetic
from tracer.render.codec import decode, encode
from tracer.spec import Network, Spec

NET = """
    inputs: [x]
    layers:
      - units: [h, k]
        activation: {activation}
        weights: [[{weight}], [{weight}]]
      - {{units: [y], weights: [[1, 1]], bias: 1}}
    loss: {loss}
    samples: [{{input: {value}, target: 1}}]
    training: {{learning_rate: 1}}
"""


def network(**words: str) -> Spec:
    """A network of which one thing is as said."""
    usual = {"activation": "identity", "weight": "1", "loss": "squared_error", "value": "1"}
    return spec(NET.format(**(usual | words)))


def failure(found: Spec, numbers: str = "decimal:50") -> CalculationError:
    """The error that a calculation ends in."""
    with pytest.raises(CalculationError) as caught:
        trace(found, arithmetic(numbers))
    return caught.value


@pytest.mark.parametrize(
    ("words", "numbers", "says"),
    [
        ({"activation": "1/net", "weight": "0"}, "exact", "5:17: out_h: division by zero"),
        ({"activation": "[1/net, net]", "weight": "0"}, "exact", "5:18: out_h: division by zero"),
        ({"activation": "[net, 1/net]", "weight": "0"}, "exact", "5:23: out_k: division by zero"),
        ({"activation": "{k: 1/net}", "weight": "0"}, "exact", "5:21: out_k: division by zero"),
        ({"activation": "{name: elu}", "value": "-1"}, "exact", "5:17: out_h: exp(-1) is irratio"),
        ({"activation": "net**0.5", "value": "0"}, "decimal:9", "5:17: dout_h/dnet_h: division"),
        ({"activation": "exp(net)", "value": "800"}, "float", "5:17: out_h: the result is too"),
        ({"weight": "1e300", "value": "1e300"}, "float", "4:5: net_h: the result is too large"),
        ({"loss": "ln(target - out)"}, "float", "8:7: E_y: ln(-2) does not exist"),
        ({"loss": "(target - out)**0.5", "value": "0"}, "decimal:9", "8:7: dE/dout_y: division"),
    ],
)
def test_an_error_in_a_network_has_its_place(
    words: dict[str, str], numbers: str, says: str
) -> None:
    """The activation's, the loss's, or the layer's line and column stand before the quantity."""
    assert str(failure(network(**words), numbers)).startswith(f"net.yaml:{says}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("expression: 1/(x - 1)", "1:13: y: division by zero"),
        ("expression: 2*ln(x - 1)", "1:13: v2 = ln(v1): ln(0) does not exist"),
        ("expression: 2*sqrt(x - 1)", "1:13: dy/dv1: division by zero (v2 = sqrt(v1))"),
        ("expression: |\n  c = x\n  c = 1/(c - 1)\n  y = c", "3:3: c: division by zero"),
        ("expression:\n - c = 2*x\n - 'c = 1/(c - 2)'\n - c = c + 1", "3:5: c_2: division by zero"),
        ("mode: forward\nexpression: sqrt(x - 1)", "2:13: dy/dx: division by zero"),
        ("expression: |\n  a = sqrt(x - 1)\n  y = a + x*x", "2:3: dy/dv1: division by zero"),
    ],
)
def test_an_error_in_an_expression_has_its_line(text: str, says: str) -> None:
    """The line's place stands before the name, and the formula of a name that nobody wrote."""
    found = failure(spec(f"{text}\nat: {{x: 1}}\n"))
    assert str(found).startswith(f"net.yaml:{says}")


def test_a_later_step_is_told_with_place_and_step() -> None:
    """Where there are several training steps, the message says which one, after the place."""
    text = """
        inputs: 1
        layers: [{units: [o], activation: 1/net, weights: [[1]]}]
        samples: [{input: 1, target: 1}, {input: 0, target: 1}]
        training: {learning_rate: 0, batch: online, steps: 2}
    """
    found = str(failure(spec(text)))
    assert found == "net.yaml:3:35: training step 2: out_o[2]: division by zero"


def test_the_kind_of_error_stays() -> None:
    """An irrational number in exact arithmetic is an error of its own kind, with its place too."""
    found = failure(network(activation="exp(net)"), "exact")
    assert isinstance(found, IrrationalError)
    assert found.place is not None
    assert found.message.startswith("out_h: exp(1) is irrational")


def test_a_spec_that_comes_from_no_file_has_no_place() -> None:
    """A spec that was decoded from JSON knows no places; its errors begin with the quantity."""
    import json

    read = network(activation="1/net", weight="0")
    decoded = decode(json.loads(json.dumps(read, default=encode)))
    assert decoded == read
    found = failure(decoded)
    assert str(found) == "out_h: division by zero"
    assert found.place is None


def test_where_something_stands_makes_no_difference() -> None:
    """Two specs that say the same in other lines are equal."""
    text = "inputs: 1\nlayers: [{units: 1, weights: [[1]]}]\nloss: squared_error"
    moved = dedent("""
        loss: squared_error


        layers:
          - units: 1
            weights: [[1]]
        inputs: 1
    """)
    first, second = spec(text), spec(moved)
    assert isinstance(first, Network)
    assert isinstance(second, Network)
    assert first == second
    assert first.layers[0].place != second.layers[0].place
    assert first.loss_place != second.loss_place
