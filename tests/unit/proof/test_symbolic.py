"""Closed forms for readers: right, printed so that they can be read back, and short."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.formulas import formulas
from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of, traced_if_finite
from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, network, program
from tracer.derive.trace import trace
from tracer.errors import CalculationError, LimitError, UnknownQuantityError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import symbols
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.maths.tokens import MAX_LENGTH
from tracer.proof import numeric
from tracer.proof.precision import MP
from tracer.proof.reals import Real
from tracer.proof.symbolic import ClosedForm, closed_forms
from tracer.spec import Spec

RANDOM = st.randoms(use_true_random=False)
NUMBERS = st.fractions(min_value=-3, max_value=3, max_denominator=20)


def printed(spec: Spec, *names: str) -> list[str]:
    """Closed forms as text."""
    return [f"{form.name} = {plain(form.expression)}" for form in closed_forms(spec, names)]


def assert_near(one: Real, other: Real) -> None:
    """Both are the same number, to forty digits."""
    scale = max(abs(one.rounded), abs(other.rounded), MP.mpf(1))
    assert abs(one.rounded - other.rounded) <= scale * MP.mpf(10) ** -40


def assert_values_of_the_trace(spec: Spec, forms: list[ClosedForm], digits: str) -> None:
    """Each form has the value that the trace has."""
    found = trace(spec, arithmetic(digits))
    for form in forms:
        value = found.arithmetic.fraction(found[form.name].value)
        assert value is not None
        assert form.value is not None
        assert_near(form.value, Real(value))


def test_error_and_gradients_are_short() -> None:
    """Without a name one gets E and its derivative by each parameter, as people write them."""
    assert printed(network(SIGMOID)) == [
        "E = 1/2*(target_o - sigmoid(w1*x + b1))**2",
        "dE/dw1 = -x*(target_o - sigmoid(w1*x + b1))*(1 - sigmoid(w1*x + b1))*sigmoid(w1*x + b1)",
        "dE/db1 = -(target_o - sigmoid(w1*x + b1))*(1 - sigmoid(w1*x + b1))*sigmoid(w1*x + b1)",
    ]


def test_functions_are_explained() -> None:
    """A form says which function of its needs a word."""
    (form,) = closed_forms(network(SIGMOID), ["E"])
    assert form.functions == (("sigmoid", "1/(1 + exp(-x))"),)
    assert closed_forms(network(BY_HEAD), ["E"])[0].functions == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("net_o", "net_o = w1*x + b1"),
        ("out_o", "out_o = sigmoid(w1*x + b1)"),
        ("E_o", "E_o = 1/2*(target_o - sigmoid(w1*x + b1))**2"),
        ("dE/dout_o", "dE/dout_o = sigmoid(w1*x + b1) - target_o"),
        ("dout_o/dnet_o", "dout_o/dnet_o = (1 - sigmoid(w1*x + b1))*sigmoid(w1*x + b1)"),
        ("w1+", "w1+ = w1 + x*learning_rate*(target_o - sigmoid(w1*x + b1))*"
                "(1 - sigmoid(w1*x + b1))*sigmoid(w1*x + b1)"),
    ],
)  # fmt: skip
def test_every_quantity_has_a_closed_form(name: str, text: str) -> None:
    """Values, derivatives and updated weights, each in terms of what is given."""
    assert printed(network(SIGMOID), name) == [text]


def test_deltas_go_by_any_of_their_names() -> None:
    """delta_o is dE/dnet_o; where delta has the other sign it is its opposite."""
    (one,), (other,) = printed(network(SIGMOID), "delta_o"), printed(network(SIGMOID), "∂E/∂net_o")
    assert one == other
    opposite = closed_forms(network(SIGMOID, delta="negative_gradient"), ["delta_o", "dE/dnet_o"])
    assert [form.name for form in opposite] == ["delta_o", "dE/dnet_o"]
    assert opposite[0].value is not None
    assert opposite[1].value is not None
    assert (opposite[0].value + opposite[1].value).rounded == 0


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("w1⁺", "w1+"),
        ("∂E/∂w1", "dE/dw1"),
        (" dE/dw1 ", "dE/dw1"),
        ("dE/dw1@1", "dE/dw1"),
        ("net_h1[1]", "net_h1"),
        ("δ_o1[1] @ 1", "delta_o1"),
    ],
)
def test_names_are_understood_as_in_a_trace(typed: str, name: str) -> None:
    """What is copied from a page, or says the only sample or the first step, names the same."""
    assert printed(network(BY_HEAD), typed) == printed(network(BY_HEAD), name)


def test_later_steps_have_no_closed_form() -> None:
    """A name of another training step is refused, and it is said why."""
    with pytest.raises(UnknownQuantityError, match="are those of the first training step"):
        closed_forms(network(BY_HEAD, steps="3"), ["dE/dw1@2"])


def test_values_are_those_of_the_trace() -> None:
    """Every closed form has the value that the trace has."""
    spec = network(BY_HEAD)
    assert_values_of_the_trace(spec, closed_forms(spec), "exact")
    names = ["net_o2", "out_h1", "dE/dout_h1", "dE/dnet_h2", "dE/dx1", "w1+", "E_o2"]
    assert_values_of_the_trace(spec, closed_forms(spec, names), "exact")


def test_letters_stay_letters() -> None:
    """A network without numbers has closed forms, which have no value."""
    spec = network("""
        inputs: [x1, x2]
        layers:
          - {units: [h], activation: tanh, weights: [[w1, w2]], bias: b}
          - {units: [y], weights: [[v]]}
        samples: [{input: [x1, x2], target: [t]}]
    """)
    forms = closed_forms(spec)
    assert [form.value for form in forms] == [None] * len(forms)
    assert plain(forms[0].expression) == "1/2*(target_y - v*tanh(w1*x1 + w2*x2 + b))**2"


def test_samples_are_told_apart() -> None:
    """In a batch, each sample's inputs and targets carry its number, and its error its own."""
    spec = network(IN_A_ROW)
    assert printed(spec, "E[2]", "dE/dw[3]") == [
        "E[2] = (target_z_2 - w*x_2)**2",
        "dE/dw[3] = -2*x_3*(target_z_3 - w*x_3)",
    ]
    (total,) = closed_forms(spec, ["E"])
    assert set(symbols(total.expression)) == {
        "w", *(f"{name}_{k}" for name in ("x", "target_z") for k in (1, 2, 3))
    }  # fmt: skip
    assert_values_of_the_trace(spec, closed_forms(spec), "exact")
    averaged = network(IN_A_ROW, reduction="mean")
    assert_values_of_the_trace(averaged, closed_forms(averaged, ["E", "dE/dw", "w+"]), "exact")


KINKED = """
    inputs: [x]
    layers:
      - {{units: [h], activation: {activation}, weights: [[2]], bias: -1}}
      - {{units: [y], weights: [[3]]}}
    samples: [{{input: [{x}], target: [1]}}]
    training: {{learning_rate: 1}}
"""
KINKS = (
    "relu",
    "{name: relu, at_zero: 1/2}",
    "leaky_relu",
    "elu",
    "hard_tanh",
    "{name: hard_tanh, at_kink: 1}",
    "step",
    "'max(0, net)'",
    "'min(net, 1, 2*net)'",
    "'abs(net)'",
    "'relu(net, 1)'",
    "'where(net > 0, net**2, -net)'",
    "'sign(net)*net'",
    "'softplus(net) + 1/2'",
)


@pytest.mark.parametrize("activation", KINKS)
@pytest.mark.parametrize("x", ["0", "0.5", "0.75", "1", "2"])
def test_pieces_and_conventions_are_kept(activation: str, x: str) -> None:
    """Piecewise forms hold on every piece, and at a kink they say what was agreed on."""
    spec = network(KINKED.format(activation=activation, x=x))
    forms = closed_forms(spec, ["E", "dE/dw1", "dE/db1", "dE/dw2", "dE/dnet_h", "w1+"])
    assert_values_of_the_trace(spec, forms, "decimal:60")
    for form in forms:
        assert parse(plain(form.expression)) is not None


def test_relu_is_printed_as_a_maximum() -> None:
    """The derivative of a maximum is 0 or 1, depending on which argument counts."""
    spec = network(KINKED.format(activation="relu", x="1"))
    assert printed(spec, "dE/dw1") == [
        "dE/dw1 = -w2*x*(target_y - w2*max(0, w1*x + b1))*where(w1*x + b1 <= 0, 0, 1)"
    ]


def test_expression_programs_have_closed_forms() -> None:
    """The result of a program, and its derivative by each variable."""
    spec = program("u = 3*x^3 + 2*x", "y = u**4 + ln(z)", x="1/2")
    assert printed(spec) == [
        "y = (3*x**3 + 2*x)**4 + ln(z)",
        "dy/dx = (3*x**3 + 2*x)**3*(36*x**2 + 8)",
        "dy/dz = 1/z",
    ]
    assert printed(spec, "u", "du/dx", "dy/du") == [
        "u = 3*x**3 + 2*x",
        "du/dx = 9*x**2 + 2",
        "dy/du = 4*(3*x**3 + 2*x)**3",
    ]
    values = [form.value for form in closed_forms(spec)]
    assert values[0] is None
    assert values[1] is not None
    assert values[1].exact == Fraction(22627, 512)


def test_constants_come_back_as_formulas() -> None:
    """Numbers that SymPy knows by a name of its own are written out."""
    spec = program("y = exp(1)*x + 4*atan(1) + sqrt(x) + sqrt(x^2) + 1/x^2 + log10(x)", x="4")
    y, slope = closed_forms(spec)
    for form in (y, slope):
        again = parse(plain(form.expression))
        assert form.value is not None
        assert_near(numeric.number(again, {"x": Real(Fraction(4))}), form.value)


def test_names_are_only_names() -> None:
    """A variable may be called like anything that SymPy or Python knows."""
    spec = program("y = lambda*S + zoo*I - oo", **{"lambda": "2"}, S="3", zoo="4", I="5", oo="1")
    (y, *slopes) = closed_forms(spec)
    assert y.value is not None
    assert y.value.exact == 25
    assert slopes[0].name == "dy/dlambda"


def test_values_that_cannot_be_written_are_left_out() -> None:
    """A closed form is told even where its value does not exist, or has too many digits."""
    for text in ("1/x", "ln(x)", "exp(10**50 + x)"):
        (form, _) = closed_forms(program(f"y = {text}", x="0"))
        assert form.value is None


def test_towers_of_powers_are_refused() -> None:
    """A power of numbers that would be far too long is not built."""
    with pytest.raises(CalculationError, match="far too large"):
        closed_forms(program("y = x + 9**9**9", x="1"))


def test_large_networks_are_refused() -> None:
    """A closed form beyond the limit is refused with its size, before it is built."""
    layer = "{units: 8, activation: sigmoid, weights: " + str([[1] * 8] * 8) + "}"
    spec = network(f"""
        inputs: 8
        layers: [{layer}, {layer}, {layer}]
        samples: [{{input: {[1] * 8}, target: {[1] * 8}}}]
    """)
    with pytest.raises(LimitError, match=r"about [\d,]+ operations, and SymPy gets at most 1,000"):
        closed_forms(spec)


def test_unknown_names_are_refused() -> None:
    """A name without a closed form is told, with names that come close."""
    with pytest.raises(UnknownQuantityError, match=r"'dE/dw9' \(did you mean 'dE/dw"):
        closed_forms(network(BY_HEAD), ["dE/dw9"])
    with pytest.raises(UnknownQuantityError, match="'dy/dq'"):
        closed_forms(program("y = x*x", x="1"), ["dy/dq"])


def assert_read_back(form: ClosedForm, numbers: dict[str, Real]) -> None:
    """The printed form, parsed again, has the form's own value."""
    text = plain(form.expression)
    assume(len(text) < MAX_LENGTH)
    if form.value is not None:
        assert_near(numeric.number(parse(text), numbers), form.value)


@settings(max_examples=20)
@given(networks(most_cases=2), RANDOM)
def test_random_networks_have_right_closed_forms(drawn: Drawn, random: Random) -> None:
    """E and its derivatives have the trace's values, printed and read back."""
    spec = network_of(drawn, random)
    found = traced_if_finite(spec, "decimal:60")
    try:
        forms = closed_forms(spec)
    except LimitError:
        assume(False)
    for form in forms:
        value = found.arithmetic.fraction(found[form.name].value)
        assert value is not None
        if form.value is not None and abs(form.value.rounded) < MP.mpf(10) ** 15:
            assert abs(form.value.rounded - MP.convert(value)) <= MP.mpf(10) ** -30


@settings(max_examples=60)
@given(formulas(["a", "b"]), NUMBERS, NUMBERS)
def test_random_formulas_are_read_back(text: str, a: Fraction, b: Fraction) -> None:
    """What SymPy makes of any formula is printed, parsed again, and has the same value."""
    spec = program(f"y = {text} + a*b", a=str(a), b=str(b))
    try:
        forms = closed_forms(spec)
    except CalculationError:
        assume(False)
    for form in forms:
        assert_read_back(form, {"a": Real(a), "b": Real(b)})
