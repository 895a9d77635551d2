"""The whole proof: verdicts as they come, the work that is spent on large networks, the count."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import islice, pairwise
from random import Random

import pytest

from tests.unit.making import BY_HEAD, network, spec
from tests.unit.proof.judging import WITNESSES, handed, judged
from tracer.derive.settle import settled
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.proof import ladder
from tracer.proof.bench import witnesses
from tracer.proof.claims import Claim, Tolerance, digits_beside, tolerance
from tracer.proof.precision import DIGITS, MP
from tracer.proof.prove import FEWEST, prove
from tracer.proof.size import MOST_OPERATIONS
from tracer.proof.verdicts import Finding, Outcome, Standing, Summary, Verdict, summary
from tracer.proof.witness import Mute
from tracer.rules.quantity import LOCAL, NET, OUT, SAMPLE_GRADIENT, Quantity
from tracer.spec import Spec


def dense(*sizes: int) -> Spec:
    """A network of sigmoid layers with random weights."""
    random = Random(1)
    lines = [f"inputs: {sizes[0]}", "layers:"]
    for sources, units in pairwise(sizes):
        rows = [[round(random.uniform(-1, 1), 3) for _ in range(sources)] for _ in range(units)]
        lines.append(f"  - {{units: {units}, activation: sigmoid, bias: 0.1, weights: {rows}}}")
    inputs, targets = ([round(random.random(), 2) for _ in range(n)] for n in (sizes[0], sizes[-1]))
    lines.append(f"samples: [{{input: {inputs}, target: {targets}}}]")
    lines.append("training: {learning_rate: 0.1}")
    return spec("\n".join(lines))


def test_verdicts_come_one_after_the_other() -> None:
    """The first verdict is there before the second claim is looked at."""
    found = handed(trace(dense(30, 30, 5), arithmetic("decimal:50")), parts=False)
    seen = list(islice(prove(dense(30, 30, 5), found.claims, Tolerance(Fraction(1, 10**24))), 3))
    assert [verdict.name for verdict in seen] == [claim.name for claim in found.claims[:3]]


def test_a_small_network_is_judged_by_all_on_everything() -> None:
    """In a 2-2-2 network nothing is left to chance."""
    found = judged(trace(network(BY_HEAD), arithmetic("decimal:50")))
    reasons = {finding.reason for verdict in found for finding in verdict.findings}
    assert not [reason for reason in reasons if "drawn" in reason]


def test_the_witnesses_stand_in_one_order() -> None:
    """Every verdict has one finding of each witness, always in the same order."""
    for found in (network(BY_HEAD), dense(4, 8, 8, 4)):
        assert tuple(witness.name for witness in witnesses(found)) == WITNESSES


def test_large_closed_forms_are_not_given_to_sympy() -> None:
    """SymPy keeps silent on a network whose closed form is too large, and says how large it is."""
    sympy, *_ = witnesses(dense(4, 8, 8, 4))
    assert isinstance(sympy, Mute)
    assert "operations" in sympy.reason
    assert f"{MOST_OPERATIONS:,}" in sympy.reason


@pytest.fixture(scope="module")
def large() -> tuple[Spec, list[Claim]]:
    """A network with 700 weights, and all that its trace says."""
    found = dense(20, 30, 4)
    return found, handed(trace(found, arithmetic("decimal:50")), parts=False).claims


def test_slow_witnesses_judge_a_draw(
    large: tuple[Spec, list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where time is short, differences judge some claims, the re-derivation judges all."""
    monkeypatch.setattr("tracer.proof.prove.MOST_WORK", 1)
    allowed = tolerance("decimal:50")
    assert allowed is not None
    counted = summary(prove(*large, allowed))
    assert counted.standings == {Standing.PROVED: len(large[1])}
    assert counted.outcomes["differences", Outcome.AGREES] == FEWEST
    assert counted.outcomes["re-derivation", Outcome.AGREES] == len(large[1])


def test_the_seed_draws_the_claims(
    large: tuple[Spec, list[Claim]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same seed draws the same claims, another one others."""
    monkeypatch.setattr("tracer.proof.prove.MOST_WORK", 1)
    first, again, other = (
        [
            verdict.name
            for verdict in prove(*large, Tolerance(Fraction(1, 10**24)), seed=seed)
            if verdict.findings[1].outcome is Outcome.AGREES
        ]
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_given_values_are_not_judged() -> None:
    """What the trace starts from gets no verdict."""
    found = network(BY_HEAD + "    given: {net_h1: 3}\n")
    what = handed(trace(found, arithmetic("exact")))
    names = [verdict.name for verdict in prove(found, what.claims, Tolerance(), given=what.given)]
    assert "net_h1" not in names
    assert "out_h1" in names


@pytest.mark.parametrize(
    "quantity",
    [
        Quantity(NET, "h9", sample=1, step=1),
        Quantity(SAMPLE_GRADIENT, "w99", sample=1, step=1),
        Quantity(LOCAL, "h1", "x1"),
    ],
)
def test_what_is_not_there_is_proved_by_nobody(quantity: Quantity) -> None:
    """A claim about something that the network does not have is not proved."""
    (verdict,) = prove(network(BY_HEAD), [Claim(quantity, "?", Fraction(1))], Tolerance())
    assert verdict.standing is Standing.UNPROVED
    assert all(finding.reason for finding in verdict.findings)


def test_values_that_do_not_exist_are_proved_by_nobody() -> None:
    """Where the network divides by zero, the witnesses have nothing to say."""
    found = network("""
        inputs: [x]
        layers: [{units: [y], activation: 1/net, weights: [[1]]}]
        samples: [{input: [0], target: [1]}]
    """)
    claim = Claim(Quantity(OUT, "y", sample=1, step=1), "out_y", Fraction(1))
    (verdict,) = prove(found, [claim], Tolerance())
    assert verdict.standing is Standing.UNPROVED


def test_a_claim_is_proved_by_one_and_refuted_by_one() -> None:
    """One witness is enough either way; where one refutes, the others do not count."""
    yes, no = Finding("a", Outcome.AGREES), Finding("b", Outcome.DISAGREES)
    silent = Finding("c", Outcome.SILENT, reason="not a derivative")
    standings = [
        Verdict("E", Fraction(1), findings).standing
        for findings in ((yes, silent), (yes, no), (silent, silent))
    ]
    assert standings == [Standing.PROVED, Standing.REFUTED, Standing.UNPROVED]
    assert str(silent) == "silent: not a derivative"


def test_verdicts_are_counted() -> None:
    """A summary says how many claims stand how, and what each witness said."""
    counted = Summary()
    finding = Finding("SymPy", Outcome.AGREES)
    for _ in range(3):
        counted.count(Verdict("E", Fraction(1), (finding,)))
    assert counted.standings == {Standing.PROVED: 3}
    assert counted.outcomes == {("SymPy", Outcome.AGREES): 3}


SATURATED = """
    inputs: [x]
    layers: [{units: [y], activation: sigmoid, weights: [[300]]}]
    samples: [{input: [1], target: [1]}]
"""


def test_witnesses_carry_more_digits_than_the_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a trace needs four hundred digits, a hundred would leave the witnesses none."""
    found = settled(network(SATURATED))
    claims = handed(found, rounds=False).claims
    allowed = tolerance(found.arithmetic.name)
    assert allowed is not None
    doubled = summary(prove(found.spec, claims, allowed))
    assert doubled.standings[Standing.PROVED] == len(claims)
    monkeypatch.setattr(ladder, "MOST_DIGITS", DIGITS)
    few = summary(prove(found.spec, claims, allowed))
    assert few.standings[Standing.UNPROVED] > 0
    assert Standing.REFUTED not in few.standings
    more = prove(found.spec, claims, allowed, digits=digits_beside(found.arithmetic.name))
    assert summary(more).standings == {Standing.PROVED: len(claims)}


def test_digits_are_carried_inside_only() -> None:
    """Between two verdicts, and after the last one, everybody has the usual digits."""
    found = network(BY_HEAD)
    claims = handed(trace(found, arithmetic("exact"))).claims
    for _ in prove(found, claims, Tolerance(), digits=400):
        assert MP.dps == DIGITS


@pytest.mark.parametrize(
    ("name", "digits"), [("decimal:50", 100), ("decimal:400", 450), ("float", 100), ("exact", 100)]
)
def test_digits_beside(name: str, digits: int) -> None:
    """Witnesses carry a hundred digits, or fifty more than the trace."""
    assert digits_beside(name) == digits


def test_large_networks_are_proved_without_sympy() -> None:
    """SymPy is imported only where it has something to say."""
    code = (
        "import sys\n"
        "from tests.unit.proof.test_prove import dense\n"
        "from tracer.proof.bench import witnesses\n"
        "witnesses(dense(4, 8, 8, 4))\n"
        "assert 'sympy' not in sys.modules\n"
        "witnesses(dense(2, 2))\n"
        "assert 'sympy' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
