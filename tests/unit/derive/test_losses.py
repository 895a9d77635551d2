"""Cross-entropies, their short forms, and the hinge of several classes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest

from tests.unit.making import lines, part_names, spec, step, told, traced
from tracer.derive.settle import settled
from tracer.derive.trace import Trace
from tracer.errors import CalculationError

TEXT = """
    inputs: [x]
    layers:
      - {{units: [a, b, c], activation: {activation}, weights: [[1], [2], [-1]]}}
    loss: {loss}
    samples: [{{input: 0.5, target: {target}}}]
    training: {{learning_rate: 1}}
"""
HINGE = """
    inputs: [x]
    layers: [{units: [a, b, c, d], weights: [[4], [3], [3.5], [1]]}]
    loss: multiclass_hinge
    samples: [{input: 1, class: b}]
    training: {learning_rate: 1/10}
"""


def found(loss: str, activation: str = "softmax", target: str = "[0, 1, 0]", **says: str) -> Trace:
    """The trace of a layer of three under a loss."""
    return settled(spec(TEXT.format(loss=loss, activation=activation, target=target), **says))


def near(one: Decimal, other: Decimal) -> bool:
    """Whether both are the same to 25 digits."""
    return abs(one - other) <= Decimal("1e-25") * max(abs(other), Decimal("1e-25"))


PAIRS = [
    ("softmax", "cross_entropy"),
    ("log_softmax", "negative_log_likelihood"),
    ("sigmoid", "binary_cross_entropy"),
    ("{name: softmax, temperature: 3}", "cross_entropy"),
]


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@pytest.mark.parametrize("target", ["[0, 1, 0]", "[0.2, 0.5, 0.3]"])
@pytest.mark.parametrize("delta", ["gradient", "negative_gradient"])
def test_short_and_long_form_agree(activation: str, loss: str, target: str, delta: str) -> None:
    """Both forms give the same deltas, and everything that follows from these."""
    short = found(f"{{name: {loss}, form: short}}", activation, target, delta=delta)
    long = found(f"{{name: {loss}, form: long}}", activation, target, delta=delta)
    assert len(long.steps) > len(short.steps)
    for entry in short.steps:
        assert near(entry.value, long[entry.name].value), entry.name


@pytest.mark.parametrize("base", ["2", "10"])
@pytest.mark.parametrize(("activation", "loss"), [PAIRS[0], PAIRS[2]])
def test_another_base_divides_everything(activation: str, loss: str, base: str) -> None:
    """With another base, error and slopes are divided by the base's logarithm, in both forms."""
    natural = found(loss, activation)
    for form in ("short", "long"):
        other = found(f"{{name: {loss}, base: {base}, form: {form}}}", activation)
        with mpmath.workdps(50):
            factor = Decimal(str(mpmath.log(int(base))))
        for name in ("E", "E_b", "dE/dnet_a", "dE/dw2", "dE/dx"):
            assert near(other[name].value * factor, natural[name].value), name


def test_softmax_is_short_unless_said() -> None:
    """Softmax with cross-entropy has no Jacobian on the page, unless the long form is asked for."""
    assert "dE/dout_a" not in found("cross_entropy")
    assert told(found("cross_entropy"), "δ_b")[0] == "δ_b = out_b - target_b"
    assert "dout_a/dnet_b" in found("{name: cross_entropy, form: long}")


def test_sigmoids_are_long_unless_said() -> None:
    """A sigmoid with binary cross-entropy is told factor by factor."""
    assert "dE/dout_a" in found("binary_cross_entropy", "sigmoid")
    short = found("{name: binary_cross_entropy, form: short}", "sigmoid")
    assert "dE/dout_a" not in short


def test_targets_that_do_not_add_up_are_told_in_full() -> None:
    """Output minus target is wrong where the targets add up to another number than 1."""
    trace = found("cross_entropy", target="[1, 1, 0]")
    assert "dout_a/dnet_b" in trace
    share = trace["out_a"].value
    assert near(trace["dE/dnet_a"].value, 2 * share - 1)
    assert "dout_a/dnet_b" in found("cross_entropy", target="[t, 1, 0]")


def test_a_given_target_counts() -> None:
    """Targets that are given in place of the file's decide over the form as well."""
    text = TEXT.format(loss="cross_entropy", activation="softmax", target="[0, 1, 0]")
    trace = settled(spec(text + "    given: {target_b: 3}\n"))
    assert "dout_a/dnet_b" in trace


def test_an_output_that_feeds_others_is_told_in_full() -> None:
    """Where more comes back than the slope of the loss, there is no short form."""
    text = """
        inputs: [x]
        layers:
          - {units: [a, b], output: yes, activation: softmax, weights: [[1], [2]]}
          - {units: [p, q], activation: softmax, weights: [[1, 0], [0, 1]]}
        loss: cross_entropy
        samples: [{input: 0.5, target: [1, 0, 0, 1]}]
    """
    trace = settled(spec(text))
    assert "dout_a/dnet_b" in trace
    assert "dout_p/dnet_q" not in trace
    assert told(trace, "∂E/∂out_a")[1].startswith("= -target_a/out_a + ")


def test_the_page_says_the_form() -> None:
    """Among the conventions stands which form is told."""
    page = "\n".join(lines(found("cross_entropy")))
    assert "softmax with cross entropy in the short form, ∂E/∂net = out" in page
    page = "\n".join(lines(found("{name: cross_entropy, form: long}")))
    assert "softmax with cross entropy in the long form, factor by factor" in page
    assert "0·ln(0) = 0" in page


def test_zero_times_the_logarithm_of_zero() -> None:
    """A target of 0 adds nothing, and has no slope, whatever its output is."""
    trace = traced(TEXT.format(loss="cross_entropy", activation="relu", target="[0, 1, 0]"))
    assert trace["out_c"].value == trace["E_c"].value == trace["dE/dout_c"].value == 0
    assert trace["E"].value == 0


@pytest.mark.parametrize("numbers", ["exact", "decimal:50", "float", "interval:50", "by-hand:4"])
def test_an_infinite_error_is_told(numbers: str) -> None:
    """An output of 0 with a target makes an infinite error, which is told with the output."""
    text = TEXT.format(loss="cross_entropy", activation="relu", target="[0, 0, 1]")
    said = r"E_c: ln\(0\) does not exist: the error is infinite"
    with pytest.raises(CalculationError, match=said):
        traced(text, numbers)


def test_saturated_outputs_are_right() -> None:
    """An output of 7e-13 has all its digits, and so has its error."""
    text = """
        inputs: [x]
        layers: [{units: [a, b], activation: softmax, weights: [[15], [-13]]}]
        loss: {name: cross_entropy, form: long}
        samples: [{input: 1, class: b}]
    """
    trace = settled(spec(text))
    with mpmath.workdps(50):
        share = 1 / (1 + mpmath.exp(28))
        assert near(trace["out_b"].value, Decimal(str(share)))
        assert near(trace["E"].value, Decimal(str(-mpmath.log(share))))
        assert near(trace["dE/dnet_a"].value, Decimal(str(1 - share)))


def test_the_hinge_by_head() -> None:
    """Each output that comes closer to the right one than the margin adds what is missing."""
    trace = traced(HINGE)
    errors = {name: trace[f"E_{name}"].value for name in "abcd"}
    assert errors == {"a": 2, "b": 0, "c": Fraction(3, 2), "d": 0}
    assert trace["E"].value == Fraction(7, 2)
    slopes = {name: trace[f"dE/dout_{name}"].value for name in "abcd"}
    assert slopes == {"a": 1, "b": -2, "c": 1, "d": 0}
    assert trace["w2+"].value == 3 + Fraction(2, 10)


def test_the_hinge_in_full() -> None:
    """The longer telling has how every error changes with the right output, and with another."""
    trace = traced(HINGE)
    names = ["dE_a/dout_b", "dE_b/dout_b", "dE_c/dout_b", "dE_d/dout_b"]
    assert part_names(trace, "dE/dout_b") == names
    assert [part.value for part in step(trace, "dE/dout_b").substeps] == [-1, 0, -1, 0]
    assert [part.value for part in step(trace, "dE/dout_a").substeps] == [1, 0, 0, 0]


@pytest.mark.parametrize("at_zero", ["0", "1", "1/2"])
def test_a_margin_that_is_just_kept(at_zero: str) -> None:
    """Where a margin is just kept the slope is what was set."""
    loss = f"{{name: multiclass_hinge, at_zero: {at_zero}}}"
    trace = traced(HINGE.replace("[1]", "[2]").replace("multiclass_hinge", loss))
    assert trace["dE/dout_d"].value == Fraction(at_zero)
    assert trace["dE/dout_b"].value == -2 - Fraction(at_zero)


def test_the_hinge_with_the_other_sign() -> None:
    """With delta = -dE/dnet the signals change their sign, and the derivatives do not."""
    mine, other = traced(HINGE), traced(HINGE, delta="negative_gradient")
    assert other["error_b"].value == 2
    assert other["dE/dw2"].value == mine["dE/dw2"].value == -2


def test_every_sample_has_its_class() -> None:
    """In a batch, each sample compares with its own class."""
    several = HINGE.replace("class: b}", "class: b}, {input: 2, class: a}")
    trace = traced(several)
    assert trace["E_a[2]"].value == 0
    assert trace["E_b[1]"].value == 0
    assert trace["E_b[2]"].value == 0
    assert trace["E_c[2]"].value == 0
    assert trace["dE/dout_a[2]"].value == 0
