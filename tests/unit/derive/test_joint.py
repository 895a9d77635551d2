"""Layers whose outputs depend on all their net inputs: softmax and its kin."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from msgspec.structs import replace

from tests.unit.making import names, network, spec, traced
from tracer.derive.settle import settled
from tracer.derive.trace import Trace, trace
from tracer.errors import FormulaError
from tracer.maths.arithmetic import arithmetic
from tracer.rules.backprop import TEXTBOOK, Backprop, Rule

TEXT = """
    inputs: [x]
    layers:
      - {units: [a, b, c], activation: softmax, weights: [[1], [2], [0]]}
    samples: [{input: 1, target: [0, 1, 0]}]
    training: {learning_rate: 1}
"""
EQUAL = """
    inputs: [x]
    layers:
      - {units: [a, b, c], activation: softmax, weights: [[w = 1/3], [w], [w]], bias: 1}
    samples: [{input: 7, target: [0, 1, 0]}]
"""


def shares(nets: list[str], temperature: str = "1") -> list[mpmath.mpf]:
    """The shares of some net inputs, with 60 digits."""
    with mpmath.workdps(60):
        weights = [mpmath.exp(mpmath.mpf(net) / mpmath.mpf(temperature)) for net in nets]
        return [weight / sum(weights) for weight in weights]


def close(value: Decimal, expected: mpmath.mpf) -> bool:
    """Whether both are the same to 40 digits."""
    with mpmath.workdps(60):
        return bool(abs(mpmath.mpf(str(value)) - expected) <= 1e-40 * abs(expected))


def test_outputs_are_shares() -> None:
    """The outputs of a softmax layer are exp(net) over the sum of all of these."""
    found = settled(spec(TEXT))
    for name, share in zip("abc", shares(["1", "2", "0"]), strict=True):
        assert close(found[f"out_{name}"].value, share)


def test_stages_have_names() -> None:
    """The largest net input, every exponential and their sum are quantities of their own."""
    found = settled(spec(TEXT))
    assert found["max_layer1"].value == 2
    assert found["exp_b"].value == 1
    with mpmath.workdps(60):
        assert close(found["exp_c"].value, mpmath.exp(-2))
    assert names(found).index("sum_layer1") < names(found).index("out_a")


def test_slopes_go_by_two_units() -> None:
    """dout_i/dnet_j is out_i(1 - out_i) where i = j, and -out_i out_j where not."""
    found = settled(spec(TEXT))
    a, b, _ = shares(["1", "2", "0"])
    with mpmath.workdps(60):
        assert close(found["dout_a/dnet_a"].value, a * (1 - a))
        assert close(found["dout_a/dnet_b"].value, -a * b)
        assert close(found["dout_b/dnet_a"].value, -a * b)


def test_a_delta_is_the_sum_over_all_outputs() -> None:
    """delta_j adds up, over all outputs i, dE/dout_i times dout_i/dnet_j."""
    found = settled(spec(TEXT))
    for unit in "abc":
        parts = [found[f"dE/dout_{i}"].value * found[f"dout_{i}/dnet_{unit}"].value for i in "abc"]
        assert abs(found[f"dE/dnet_{unit}"].value - sum(parts)) < Decimal("1e-26")


def test_equal_net_inputs_are_exact() -> None:
    """Of equal net inputs each has the same share: a fraction, in exact arithmetic too."""
    found = traced(EQUAL)
    assert found["out_a"].value == Fraction(1, 3)
    assert found["dout_a/dnet_b"].value == Fraction(-1, 9)
    assert found["dE/dw"].value == 0


def test_what_cancels_for_a_reason_is_zero() -> None:
    """A bias that the whole layer shares moves no output: its derivative is 0, in few digits."""
    text = TEXT.replace("weights: [[1], [2], [0]]", "weights: [[1], [2], [0]], bias: 0.3")
    found = settled(spec(text))
    assert found["dE/db1"].value == 0
    assert found["dE/db1"].is_exact
    assert found["b1+"].value == Decimal("0.3")
    assert found.arithmetic.name == "decimal:50"
    assert not found.warnings


@pytest.mark.parametrize("numbers", ["float", "decimal:50", "interval:50"])
def test_large_net_inputs_do_not_overflow(numbers: str) -> None:
    """The largest net input is subtracted first, so that exponentials stay below 1."""
    found = traced(TEXT.replace("[[1], [2], [0]]", "[[1000], [1001], [-5000]]"), numbers)
    share = found["out_b"].value
    assert float(getattr(share, "lo", share)) == pytest.approx(1 / (1 + mpmath.exp(-1)))


def test_another_shift_changes_no_output() -> None:
    """With shift 0 the exponentials are those of the net inputs; the outputs are the same."""
    plain = settled(spec(TEXT.replace("softmax", "{name: softmax, shift: 0}")))
    assert "max_layer1" not in plain
    with mpmath.workdps(60):
        assert close(plain["exp_b"].value, mpmath.exp(2))
    assert abs(plain["out_a"].value - settled(spec(TEXT))["out_a"].value) < Decimal("1e-40")


def test_a_temperature_divides_the_net_inputs() -> None:
    """A temperature of 2 makes the shares more equal, and the slopes half as large."""
    found = settled(spec(TEXT.replace("softmax", "{name: softmax, temperature: 2}")))
    a, b, _ = shares(["1", "2", "0"], "2")
    with mpmath.workdps(60):
        assert close(found["out_a"].value, a)
        assert close(found["dout_a/dnet_b"].value, -a * b / 2)


def test_log_softmax_is_the_logarithm() -> None:
    """log_softmax gives the logarithms of the shares, which saturation cannot spoil."""
    found = settled(spec(TEXT.replace("softmax", "log_softmax")))
    a, b, _ = shares(["1", "2", "0"])
    with mpmath.workdps(60):
        assert close(found["out_a"].value, mpmath.log(a))
        assert close(found["dout_a/dnet_b"].value, -b)
        assert close(found["dout_b/dnet_b"].value, 1 - b)


def test_a_hidden_layer_may_be_joint() -> None:
    """Joint layers pass the error on like any others."""
    text = """
        inputs: [x]
        layers:
          - {units: [a, b], activation: softmax, weights: [[1], [1]]}
          - {units: [o], weights: [[2, 4]]}
        samples: [{input: 3, target: 1}]
    """
    found = traced(text)
    assert found["out_o"].value == 3
    assert found["dE/dout_a"].value == 4
    assert found["dE/dnet_a"].value == Fraction(1, 4) * (4 - 8)
    assert found["dE/dw1"].value == -3


def test_the_other_sign_of_delta() -> None:
    """With delta = -dE/dnet, a joint layer's deltas change their sign and nothing else does."""
    found, other = settled(spec(TEXT)), settled(spec(TEXT, delta="negative_gradient"))
    assert abs(other["delta_a"].value + found["dE/dnet_a"].value) < Decimal("1e-26")
    assert other["dE/dw1"].value == found["dE/dw1"].value
    assert other["dE/dx"].value == found["dE/dx"].value


CHANGES = {
    "exponential": ("2*value", "exp_a", 2),
    "layer_sum": ("value - 1", "sum_layer1", 2),
    "joint_activation": ("1 - value", "out_a", Fraction(2, 3)),
    "own_slope": ("out", "dout_a/dnet_a", Fraction(1, 3)),
    "other_slope": ("-slope", "dout_a/dnet_b", Fraction(1, 9)),
    "joint_chain": ("by_out", "dE/dnet_a", 0),
}


@pytest.mark.parametrize("row", sorted(CHANGES))
def test_a_changed_row_is_in_force(row: str) -> None:
    """Each rule of joint layers can be changed, and is in force as it reads."""
    formula, name, value = CHANGES[row]
    assert changed(row, formula)[name].value == value


def changed(row: str, formula: str) -> Trace:
    """The trace of equal net inputs with another formula in one row."""
    return trace(spec(EQUAL), arithmetic("exact"), with_rule(row, formula))


def with_rule(row: str, formula: str) -> Backprop:
    """The textbook's rules with another formula in one row."""
    rule: Rule = getattr(TEXTBOOK, row)
    return replace(TEXTBOOK, **{row: replace(rule, formula=formula)})


def test_a_role_that_is_not_there_is_refused() -> None:
    """A rule of a layer without a Jacobian cannot ask for one."""
    text = TEXT.replace("softmax", "sigmoid")
    with pytest.raises(FormulaError, match="asks for 'jacobian', which there is not"):
        trace(spec(text), arithmetic("float"), with_rule("chain", "by_out*jacobian"))


def test_a_joint_layer_says_so() -> None:
    """The network knows the layer's activation, and that it is no unit's own."""
    layer = network(TEXT).layers[0]
    assert layer.joint is not None
    assert layer.joint.name == "softmax"
