"""Expression programs before the witnesses: values, adjoints, contributions, tangents."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.formulas import formulas
from tests.unit.making import program
from tests.unit.proof.judging import WITNESSES, handed, judged, not_proved, of, outcomes, proof_of
from tracer.derive.settle import settled
from tracer.derive.trace import trace
from tracer.errors import CalculationError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import number
from tracer.maths.parse import parse
from tracer.proof.claims import Claim, Definition, Tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Outcome, Standing
from tracer.rules.quantity import ADJOINT, CONTRIBUTION, LOCAL, RESULT, TARGET, Kind, Quantity
from tracer.spec import ExpressionProgram, GivenValue

ALL = dict.fromkeys(WITNESSES, "agrees")
SINE = program("y = sin(x1) + x1*x2", x1="2", x2="3")
FORWARD = replace(SINE, forward=True)
AGAIN = program("c = a*b + 1", "c = c*c + a", "b = c - b", "c = c*b", a="2", b="-3")
NUMBERS = st.fractions(min_value=-3, max_value=3, max_denominator=20)
NEAR = Tolerance(Fraction(1, 10**24))


def claim(kind: Kind, unit: str, source: str, value: Fraction | int) -> Claim:
    """A claim on a program's quantity."""
    quantity = Quantity(kind, unit, source)
    return Claim(quantity, f"{unit}/{source}", Fraction(value))


@pytest.mark.parametrize(
    "spec",
    [
        SINE,
        FORWARD,
        AGAIN,
        replace(AGAIN, forward=True),
        program("y = x*x*x", x="5"),
        program("y = x", x="5"),
        program("y = 3", "z = y*2 + 0*y"),
        program("u = 3*x^3 + 2*x", "y = u**4", x="1/2"),
        program("y = max(x, 2*x, 0) + abs(x)*relu(x - 1) + where(x > 1, x, x == 0, 2, 3)", x="3"),
        program("unused = a*b", "y = exp(a)/a", a="0.3", b="2"),
    ],
    ids=lambda spec: spec.lines[-1].name + str(len(spec.lines)) + "f" * spec.forward,
)
def test_programs_are_proved(spec: ExpressionProgram) -> None:
    """Every value and derivative of a program is proved, forward and backward."""
    found = proof_of(spec)
    assert not not_proved(found)


def test_every_witness_speaks_of_derivatives() -> None:
    """Adjoints of variables and of intermediate results, and each contribution."""
    found = proof_of(SINE)
    for name in ("dy/dx1", "dy/dx2", "dy/dx1^a", "dy/dx1^b", "dy/dv1"):
        assert outcomes(found, name) == ALL
    assert of(found, "y")["differences"].reason == "not a derivative"
    assert outcomes(found, "y")["SymPy"] == "agrees"


def test_contributions_are_told_apart() -> None:
    """The uses are met from the last operation to the first; swapped, both are refuted."""
    what = handed(trace(SINE, arithmetic("decimal:50")))
    values = {item.name: item for item in what.claims}
    one, other = values["dy/dx1^a"], values["dy/dx1^b"]
    swapped = [replace(one, value=other.value), replace(other, value=one.value)]
    for verdict in prove(SINE, swapped, NEAR, definitions=what.definitions):
        assert {finding.outcome for finding in verdict.findings} == {Outcome.DISAGREES}


def test_tangents_are_checked_in_their_own_direction() -> None:
    """The tangent by one variable is not that by another."""
    what = handed(trace(FORWARD, arithmetic("decimal:50")))
    wrong = [
        replace(item, quantity=replace(item.quantity, source="x2"))
        for item in what.claims
        if item.name == "dy/dx1"
    ]
    (verdict,) = prove(FORWARD, wrong, NEAR, definitions=what.definitions)
    assert {finding.outcome for finding in verdict.findings} == {Outcome.DISAGREES}


def test_wrong_definitions_do_not_prove_a_wrong_result() -> None:
    """What a trace says of its names is believed for these names only, not for the author's."""
    lie = [Definition("v1", parse("cos(x1)")), Definition("v2", parse("x1*x2"))]
    lie.append(Definition("y", parse("v1 + v2")))
    claims = [claim(RESULT, "y", "", 6), claim(ADJOINT, "x2", "y", 2), claim(ADJOINT, "x1", "y", 2)]
    found = list(prove(SINE, claims, NEAR, definitions=lie))
    assert [verdict.standing for verdict in found] == [
        Standing.REFUTED,
        Standing.PROVED,
        Standing.REFUTED,
    ]
    words = [finding.outcome for finding in found[2].findings]
    assert words[:2] == [Outcome.DISAGREES, Outcome.DISAGREES]


def test_names_without_definition_are_not_known() -> None:
    """Of a name that nobody has defined no witness says anything; the author's names are known."""
    claims = [
        claim(ADJOINT, "v1", "y", 1),
        claim(RESULT, "v1", "", 1),
        claim(ADJOINT, "x2", "y", 2),
    ]
    unknown, value, known = prove(SINE, claims, NEAR)
    for verdict in (unknown, value):
        assert verdict.standing is Standing.UNPROVED
        reasons = {finding.reason for finding in verdict.findings} - {"not a derivative"}
        assert reasons == {"no definition of 'v1' was handed over"}
    assert [finding.outcome for finding in known.findings] == [Outcome.AGREES] * 3


def test_uses_that_do_not_exist_are_not_known() -> None:
    """A contribution of a third use, where there are two, is proved by nobody."""
    what = handed(trace(SINE, arithmetic("decimal:50")))
    claims = [claim(CONTRIBUTION, "x1^c", "y", 1), claim(CONTRIBUTION, "x9^a", "y", 1)]
    for verdict in prove(SINE, claims, NEAR, definitions=what.definitions):
        assert {finding.outcome for finding in verdict.findings} == {Outcome.SILENT}


def test_kinds_of_networks_are_not_known() -> None:
    """A program has no targets."""
    (verdict,) = prove(SINE, [claim(TARGET, "x1", "", 1)], NEAR)
    assert verdict.standing is Standing.UNPROVED


def test_local_partials_add_up_over_the_uses() -> None:
    """How x*x changes with x, by the rule of products."""
    spec = program("y = x*x", x="5")
    what = handed(trace(spec, arithmetic("exact")))
    right, wrong = prove(
        spec,
        [claim(LOCAL, "y", "x", 10), claim(LOCAL, "y", "x", 5)],
        Tolerance(),
        definitions=what.definitions,
    )
    assert right.standing is Standing.PROVED
    assert [finding.outcome for finding in wrong.findings] == [Outcome.DISAGREES] * 3


def test_kinks_are_left_to_the_convention() -> None:
    """At a kink, only the re-derivation speaks."""
    found = proof_of(program("y = abs(x)*3 + x", x="0"), "exact")
    assert not not_proved(found)
    assert outcomes(found, "dy/dx") == {
        "SymPy": "silent",
        "differences": "silent",
        "re-derivation": "agrees",
    }


def test_many_uses_have_letters_of_their_own() -> None:
    """The 30 uses of a variable are told apart by a, b, ..., z, aa, ab, ..."""
    spec = program("y = " + " + ".join(f"{k}*x" for k in range(1, 31)), x="2")
    found = proof_of(spec, "exact")
    assert not not_proved(found)
    assert outcomes(found, "dy/dx^ad") == ALL


def test_given_results_are_starting_points() -> None:
    """A result that is given is believed; what lies behind it is told from it alone."""
    spec = program("u = exp(x)", "y = u*u + 3*u", x="1")
    spec = replace(spec, given=(GivenValue("u", number(2)),))
    found = proof_of(spec, "decimal:50")
    assert outcomes(found, "y") == {
        "SymPy": "agrees",
        "differences": "silent",
        "re-derivation": "agrees",
    }
    assert outcomes(found, "dy/du") == ALL
    assert set(outcomes(found, "dy/dx").values()) == {"silent"}


def test_given_adjoints_are_starting_points() -> None:
    """Below an adjoint that is given, the sum over uses goes on from it."""
    spec = program("u = 3*x", "v = u*x", "y = sin(v)", x="2")
    spec = replace(spec, given=(GivenValue("dy/dv", number(-4)),))
    found = proof_of(spec, "decimal:50")
    assert outcomes(found, "dy/du")["re-derivation"] == "agrees"
    assert outcomes(found, "dy/dx")["re-derivation"] == "agrees"
    assert of(found, "dy/dx")["SymPy"].reason == "the trace starts at given values"


def test_letters_prove_what_has_a_number() -> None:
    """Where a variable is a letter, the numbers that do not depend on it are proved."""
    spec = program("u = 3*a", "y = u + b", b="2")
    found = proof_of(spec, "exact")
    assert {verdict.name for verdict in found} == {"dy/dy", "dy/du", "dy/db", "dy/da"}
    assert not not_proved(found)


@settings(max_examples=40)
@given(st.lists(formulas(["a", "b", "u"]), max_size=3), NUMBERS, NUMBERS, st.booleans())
def test_random_programs_are_proved(
    texts: list[str], a: Fraction, b: Fraction, forward: bool
) -> None:
    """Whatever lines people write, each number is confirmed, and doubted by none."""
    lines = ["u = 2*a + b", *(f"u = {text}" for text in texts)]
    spec = replace(program(*lines, a=str(a), b=str(b)), forward=forward)
    try:
        found = settled(spec)
    except CalculationError:
        assume(False)
    assert not not_proved(judged(found))
