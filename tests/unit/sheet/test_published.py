"""Published values beside ours: on specs so small that every case can be worked out in the head."""

from __future__ import annotations

from fractions import Fraction
from textwrap import dedent

import pytest

from tracer.errors import SpecError, TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Number
from tracer.sheet.published import Comparer, Comparison, agrees, half_unit
from tracer.spec import read_text

NETWORK = """
    inputs: [x]
    layers:
      - {{units: [h], weights: [[w1 = 2]]}}
      - {{units: [y], weights: [[w2 = 3]]}}
    samples: [{{input: 1/3, target: 0}}]
    training: {{learning_rate: 1, delta: {delta}}}
    published:
      {published}
"""
"""h is 2/3, y is 2; delta_y 2, dE/dw2 4/3, w2+ 5/3; delta_h 6, dE/dw1 2, w1+ 0."""


def compared(
    *published: str, numbers: str = "exact", delta: str = "gradient"
) -> tuple[Comparison, ...]:
    """The comparisons of some published values of the network."""
    lines = "\n      ".join(f"- {{{line}}}" for line in published)
    text = dedent(NETWORK.format(published=lines, delta=delta))
    return tuple(Comparer(read_text(text, "net.yaml"), arithmetic(numbers)).comparisons())


def number(text: str) -> Number:
    """A number as written."""
    return Number(Fraction(text), text)


@pytest.mark.parametrize(
    ("right", "text", "agree"),
    [
        ("2/3", "0.667", True),
        ("2/3", "0.666", False),
        ("2/3", "0.7", True),
        ("2/3", "2/3", True),
        ("2/3", "0.66667", True),
        ("0.25", "0.2", True),
        ("0.25", "0.3", True),
        ("0.251", "0.2", False),
        ("-0.25", "-.3", True),
        ("70", "70", True),
        ("70.5", "71", True),
        ("70.51", "70", False),
        ("12000", "1.2e4", True),
        ("12501", "1.2e4", False),
        ("0.0000351", "3.51e-5", True),
    ],
)
def test_agreement_is_to_the_digits_printed(right: str, text: str, agree: bool) -> None:
    """A value agrees if it is at most half a unit of the last printed place away."""
    assert agrees(Fraction(right), number(text)) is agree


@pytest.mark.parametrize(
    ("text", "half"),
    [("0.10", "0.005"), ("3", "1/2"), ("1e2", "50"), (".5", "0.05"), ("1/3", "0")],
)
def test_half_a_unit_of_the_last_place(text: str, half: str) -> None:
    """The last place is the last digit written, zeros at the end included; a fraction has none."""
    assert half_unit(text) == Fraction(half)


def test_right_values_are_shown_with_two_digits_more() -> None:
    """Our value has two digits more than were printed, and two decimals beside a whole number."""
    found = compared("quantity: out_h, value: 0.667", "quantity: w2+, value: 2")
    assert [one.right for one in found] == ["0.66667", "1.67"]
    assert [one.agrees for one in found] == [True, True]
    assert not any(one.explained for one in found)


def test_a_right_value_needs_no_settings() -> None:
    """A value that is ours is right, whatever the settings under which it was made."""
    (found,) = compared("quantity: w2+, value: 1.667, under: {update: in_place}")
    assert (found.agrees, found.explained) == (True, True)


@pytest.mark.parametrize(
    ("published", "explained"),
    [
        # in place: delta_h is 2*5/3, dE/dw1 10/9
        ("quantity: dE/dw1, value: 1.111, under: {update: in_place}", True),
        ("quantity: dE/dw1, value: 1.112, under: {update: in_place}", False),
        # the squared error without 1/2 doubles every derivative
        ("quantity: dE/dw1, value: 4, under: {loss: squared_error}", True),
        ("quantity: w2+, value: 2.333, under: {learning_rate: 0.5}", True),
        ("quantity: w1+, value: 1.667, under: {quantity: w2+}", True),
        # 1/3*2 with two decimals cut off is 0.66, and 0.66*3 is 1.98
        ("quantity: out_y, value: 1.98, under: {arithmetic: 'by-hand:2:cut'}", True),
        ("quantity: out_y, value: 2.01, under: {arithmetic: 'by-hand:2'}", True),
        # the raw error 2 passed on, without the weight 3
        ("quantity: dE/dout_h, value: 2.0000, under: {rule: error_passed_on}", True),
        ("quantity: dE/dw1, value: 0.667, under: {rule: error_passed_on}", True),
        ("quantity: dE/dw2, value: 0.667, under: {rule: error_passed_on}", False),
        ("quantity: E@2, value: 0.389, under: {frozen: w2}", False),
        ("quantity: out_y@2, value: 1.1, under: {frozen: w1}", True),
    ],
)
def test_settings_that_give_a_wrong_value(published: str, explained: bool) -> None:
    """A wrong value is explained exactly when its settings give it, to the digits printed."""
    (found,) = compared(published)
    assert not found.agrees
    assert found.explained is explained


def test_printed_digits_carried_on() -> None:
    """`as_printed` starts from published values, rounded as they stand on the page."""
    first, second, third = compared(
        "quantity: out_h, value: 0.7",
        "quantity: out_y, value: 2.1, under: {as_printed: out_h}",
        "quantity: w2+, value: 1.53, under: {as_printed: [out_h, out_y]}",
    )
    assert first.agrees
    assert (second.agrees, second.explained) == (False, True)
    assert (third.agrees, third.explained) == (False, True)


def test_printed_digits_of_what_was_not_published() -> None:
    """`as_printed` can only name what is published in the same file."""
    with pytest.raises(TracerError, match="as_printed: no value is published for 'out_h'"):
        compared("quantity: out_y, value: 2.1, under: {as_printed: out_h}")


def test_multiples_of_our_quantities() -> None:
    """`times` compares a change of a weight, which is minus learning rate times derivative."""
    found = compared(
        "quantity: dE/dw2, value: -1.33, times: -1",
        "quantity: dE/dw2, value: 0.444, times: 1/3",
        "quantity: w2+, value: 1.67, under: {as_printed: dE/dw2}",
    )
    assert [one.agrees for one in found] == [True, True, True]
    assert [one.name for one in found] == ["-dE/dw2", "1/3*dE/dw2", "w2+"]
    assert found[2].explained


def test_a_multiple_is_a_step_of_its_own_by_hand() -> None:
    """By hand, the multiple is rounded as every step is, after what it is a multiple of."""
    (found,) = compared(
        "quantity: dE/dw2, value: -0.66, times: -0.5, under: {arithmetic: 'by-hand:2:cut'}"
    )
    # cut off, dE/dw2 is 1.98*0.66 = 1.30, and half of it 0.65
    assert (found.agrees, found.explained) == (False, False)
    (found,) = compared(
        "quantity: dE/dw2, value: -0.65, times: -0.5, under: {arithmetic: 'by-hand:2:cut'}"
    )
    assert (found.agrees, found.explained) == (False, True)


def test_both_signs_of_delta() -> None:
    """Under the other sign, delta and error signal change theirs, and a rule acts on them."""
    found = compared(
        "quantity: delta_y, value: -2",
        "quantity: error_h, value: -6",
        "quantity: error_h, value: -2, under: {rule: error_passed_on}",
        "quantity: delta_y, value: 2, under: {delta: gradient}",
        delta="negative_gradient",
    )
    assert [(one.agrees, one.explained) for one in found] == [
        (True, False),
        (True, False),
        (False, True),
        (False, True),
    ]


def test_long_runs_are_made_once() -> None:
    """Values of the same settings share one trace, however long the training."""
    text = dedent(
        NETWORK.format(
            published="- {quantity: w1+@999, value: 0}\n      - {quantity: w2+@999, value: 0}",
            delta="gradient",
        )
    ).replace("learning_rate: 1", "learning_rate: 0.01")
    comparer = Comparer(read_text(text, "net.yaml"), arithmetic("exact"))
    first, second = comparer.comparisons()
    assert len(comparer._traces) == 1
    assert first.right != second.right


@pytest.mark.parametrize(
    ("published", "message"),
    [
        ("quantity: net_z, value: 1", "no quantity 'net_z'"),
        ("quantity: net_h, value: 1, under: {batch: 7}", "batch of 7"),
        ("quantity: net_h, value: 1, under: {quantity: net_q}", "no quantity 'net_q'"),
    ],
)
def test_what_does_not_exist_is_said(published: str, message: str) -> None:
    """A quantity or setting that the spec cannot have is an error that names it."""
    with pytest.raises(TracerError, match=message):
        compared(published)


@pytest.mark.parametrize(
    ("published", "message"),
    [
        ("quantity: net_h, value: 1, under: {rule: eror_passed_on}", "error_passed_on"),
        ("quantity: net_h, value: 1, under: {ruel: error_passed_on}", "'ruel'"),
        ("quantity: net_h, value: one", "value"),
        ("quantity: net_h, value: 1, times: twice", "times"),
    ],
)
def test_what_cannot_be_read_has_its_place(published: str, message: str) -> None:
    """A mistyped field, rule or number is a problem of the file, with line and column."""
    with pytest.raises(SpecError, match=message) as error:
        compared(published)
    assert str(error.value).startswith("net.yaml:9:")


def test_letters_have_no_value() -> None:
    """A published value of what is a letter here cannot be compared, and that is said."""
    text = "expression: x**2\npublished: [{quantity: dy/dx, value: 4}]"
    with pytest.raises(TracerError, match="'dy/dx' has no value to compare with"):
        list(Comparer(read_text(text, "net.yaml"), arithmetic("exact")).comparisons())


def test_expressions_have_published_values_too() -> None:
    """Values of an expression program are compared like those of a network."""
    text = """
        expression: x/3
        at: {x: 2}
        published:
          - {quantity: y, value: 0.67}
          - {quantity: y, value: 0.66, under: {arithmetic: 'by-hand:2:cut'}}
          - {quantity: dy/dx, value: 0.67, under: {quantity: y}}
    """
    spec = read_text(dedent(text), "net.yaml")
    found = tuple(Comparer(spec, arithmetic("decimal")).comparisons())
    assert [one.agrees for one in found] == [True, False, False]
    assert [one.explained for one in found] == [False, True, True]


def test_expressions_have_no_rules_of_networks() -> None:
    """A wrong rule of backpropagation is no setting of an expression program."""
    text = """
        expression: x/3
        at: {x: 2}
        published: [{quantity: y, value: 0.66, under: {rule: error_passed_on}}]
    """
    comparer = Comparer(read_text(dedent(text), "net.yaml"), arithmetic("decimal"))
    with pytest.raises(TracerError, match="an expression has no rule 'error_passed_on'"):
        list(comparer.comparisons())
