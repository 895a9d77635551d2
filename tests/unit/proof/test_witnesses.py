"""What the witnesses know besides the usual: local partials, deep networks, near singularities."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD, IN_A_ROW, network, program
from tests.unit.proof.judging import WITNESSES, not_proved, of, outcomes, proof_of
from tracer.maths.expression import number
from tracer.maths.parse import parse
from tracer.proof.bench import witnesses
from tracer.proof.claims import Claim, Definition, Tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Outcome
from tracer.proof.witness import Silent
from tracer.rules.quantity import (
    ADJOINT,
    ERROR_BY_OUT,
    INPUT,
    NET_BY_INPUT,
    NET_BY_OUT,
    NET_BY_PARAMETER,
    RESULT,
    SAMPLE_ERROR,
    TARGET,
    WEIGHT,
    Kind,
    Quantity,
)
from tracer.spec import GivenValue, Spec

ALL = dict.fromkeys(WITNESSES, "agrees")
AGREE = [Outcome.AGREES] * 3
SHARED = """
    inputs: [x1, x2]
    layers: [{units: [y], activation: square, weights: [[a = 2, a]], bias: 1}]
    samples: [{input: [3, 5], target: [1]}]
"""


def said(spec: Spec, kind: Kind, unit: str, source: str, value: int) -> list[Outcome]:
    """Each witness's word on a claim about the only sample's first step."""
    quantity = Quantity(kind, unit, source, 1, 1)
    (verdict,) = prove(spec, [Claim(quantity, "?", Fraction(value))], Tolerance())
    return [finding.outcome for finding in verdict.findings]


@pytest.mark.parametrize(
    ("kind", "unit", "source", "value"),
    [
        (NET_BY_PARAMETER, "h1", "w2", 2),
        (NET_BY_PARAMETER, "o1", "b2", 1),
        (NET_BY_PARAMETER, "o1", "w1", 0),
        (NET_BY_OUT, "o2", "h1", -1),
        (NET_BY_INPUT, "h2", "x2", -1),
        (NET_BY_INPUT, "o1", "x1", 0),
        (ERROR_BY_OUT, "o1", "o1", 6),
        (ERROR_BY_OUT, "o1", "o2", 0),
    ],
)
def test_local_partials_are_known(kind: Kind, unit: str, source: str, value: int) -> None:
    """How one step changes with what stands in it, everything else held fixed."""
    assert said(network(BY_HEAD), kind, unit, source, value) == AGREE
    assert said(network(BY_HEAD), kind, unit, source, value + 1) == [Outcome.DISAGREES] * 3


def test_local_partial_of_a_parameter_used_twice_is_a_sum() -> None:
    """Where a unit uses a parameter twice, its net input changes through both uses."""
    assert said(network(SHARED), NET_BY_PARAMETER, "y", "a", 8) == AGREE


@pytest.mark.parametrize(
    ("kind", "unit", "value"), [(INPUT, "x2", 2), (TARGET, "o2", -20), (WEIGHT, "w4", -1)]
)
def test_givens_are_known_by_derivation(kind: Kind, unit: str, value: int) -> None:
    """The re-derivation knows what it starts from; for the others there is nothing to derive."""
    words = said(network(BY_HEAD), kind, unit, "", value)
    assert words == [Outcome.SILENT, Outcome.SILENT, Outcome.AGREES]


def test_error_of_a_sample_that_is_alone_in_its_batch() -> None:
    """It is the total error, whichever way it is asked for."""
    spec = network(IN_A_ROW, batch="1")
    judge = witnesses(spec)[-1]
    asked = Quantity(SAMPLE_ERROR, sample=1, step=1)
    assert repr(judge.value(asked)) == "1"


def test_deep_networks_need_no_deep_recursion() -> None:
    """Two hundred layers, one after the other, are proved, in place too."""
    layers = "\n".join(
        f"      - {{units: [h{k}], activation: net/2, weights: [[2]], bias: 1/8}}"
        for k in range(200)
    )
    text = f"""
    inputs: [x]
    layers:
{layers}
    samples: [{{input: [1], target: [3]}}]
    training: {{learning_rate: 1/4, steps: 2}}
"""
    for update in ("simultaneous", "in_place"):
        spec = network(text, update=update)
        judge = witnesses(spec)[-1]
        last = Quantity(WEIGHT, "w1", step=3)
        assert not isinstance(judge.value(last), Silent)


def test_forward_pass_after_the_last_step_is_proved() -> None:
    """One more evaluation with the last weights, over all samples."""
    found = proof_of(network(IN_A_ROW, batch="1", steps="2", evaluate_after="yes"), "exact")
    assert not not_proved(found)
    assert outcomes(found, "E@3")["SymPy"] == "agrees"


def test_differences_keep_away_from_singularities() -> None:
    """Too close to a pole the differences say so, instead of a wrong slope."""
    spec = program("y = 1/x", x="1e-40")
    found = proof_of(spec, "exact")
    assert not not_proved(found)
    assert "too close" in of(found, "dy/dx")["differences"].reason
    assert outcomes(found, "dy/dx")["SymPy"] == "agrees"


@pytest.mark.parametrize("line", ["y = sin(x) - x", "y = (x + z) - exp(1)*x + tanh(z)"])
def test_differences_keep_away_from_large_numbers(line: str) -> None:
    """Beside numbers so large that a small move changes too little, the differences say so."""
    at = {"x": "1e60", "z": "3"} if "z" in line else {"x": "1e60"}
    found = proof_of(program(line, **at))
    assert not not_proved(found)
    for name in ("dy/dx", *(f"dy/d{letter}" for letter in at)):
        assert "a small move changes too little" in of(found, name)["differences"].reason


def test_differences_keep_away_from_large_nets() -> None:
    """A weight's move is lost in a net input of seventy digits."""
    spec = network("""
        inputs: [x1, x2]
        layers:
          - {units: [h], activation: net/(2 + tanh(net)), weights: [[1e70, 1]]}
          - {units: [y], activation: tanh, weights: [[1e-70]]}
        samples: [{input: [1, 1], target: [0]}]
    """)
    found = proof_of(spec)
    assert not not_proved(found)
    assert "a small move changes too little" in of(found, "dE/dw2")["differences"].reason


@pytest.mark.parametrize("x", ["-2", "3"])
def test_absolute_values_that_sympy_makes_are_known(x: str) -> None:
    """The root of a square is an absolute value for SymPy, and has the slope of one."""
    found = proof_of(program("y = sqrt(x^2) + 3*x", x=x), "exact")
    assert not not_proved(found)
    assert outcomes(found, "dy/dx") == ALL


def test_absolute_values_that_sympy_makes_have_a_kink() -> None:
    """At 0 there is no slope, and SymPy says so."""
    judge = witnesses(program("y = sqrt(x^2) + 3*x", x="0"))[0]
    answer = judge.value(Quantity(ADJOINT, "x", "y"))
    assert isinstance(answer, Silent)
    assert "kink" in answer.reason


def test_values_without_a_real_number_are_not_judged() -> None:
    """Where SymPy's form is infinite or complex, SymPy says nothing."""
    judge = witnesses(program("y = ln(x - x) + z", x="1", z="2"))[0]
    assert isinstance(judge.value(Quantity(RESULT, "y")), Silent)


def test_given_result_with_a_definition_is_shifted() -> None:
    """What a given result differs by from its formula is kept when values are moved."""
    spec = program("u = 3*a", "y = u*u + a", a="1")
    spec = replace(spec, given=(GivenValue("u", number(5)),))
    definitions = [
        Definition("u", parse("3*a")),
        Definition("v1", parse("u*u")),
        Definition("y", parse("v1 + a")),
    ]
    start = {Quantity(RESULT, "u"): Fraction(5)}
    claims = [
        Claim(Quantity(RESULT, "y"), "y", Fraction(26)),
        Claim(Quantity(RESULT, "v1"), "v1", Fraction(25)),
    ]
    for verdict in prove(spec, claims, Tolerance(), definitions=definitions, given=start):
        assert [finding.outcome for finding in verdict.findings] == [
            Outcome.AGREES,
            Outcome.SILENT,
            Outcome.AGREES,
        ]
