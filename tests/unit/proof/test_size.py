"""How large and how deep closed forms are, said before they are built."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.making import network, program
from tests.unit.proof.judging import not_proved, of, proof_of
from tracer.errors import LimitError
from tracer.maths.parse import parse
from tracer.proof import witness as witness_module
from tracer.proof.expressions.program import program_of_lines, size_of
from tracer.proof.network.data import Data
from tracer.proof.network.forms import Letters, NetworkForms
from tracer.proof.network.graph import Graph
from tracer.proof.network.meaning import SampleError
from tracer.proof.network.shape import size
from tracer.proof.prove import FEWEST
from tracer.proof.size import MOST_LEVELS, MOST_OPERATIONS, Size, height, told
from tracer.proof.symbolic import closed_forms
from tracer.proof.symbolic.keeping import Keeping
from tracer.proof.witness import TOO_DEEP, Silent, SilentError
from tracer.rules.quantity import LOCAL, Quantity
from tracer.spec import Spec

DRAWN = f"not among the {FEWEST} claims drawn for it"
WEIGHTS = ", activation: tanh, weights: [[0.5]], recurrent_weights: [[0.4]]"


def chain(layers: int, activation: str = "tanh") -> Spec:
    """Units in a row."""
    unit = f"{{units: 1, activation: {activation}, weights: [[0.9]]}}"
    return network(f"""
        inputs: [x]
        layers: [{", ".join([unit] * layers)}]
        samples: [{{input: [0.5], target: [0.3]}}]
        training: {{learning_rate: 0.1}}
    """)


def recurrent(steps: int, more: str = "", truncate: str = "") -> Spec:
    """One unit that sees a sequence."""
    sequence = [[round(0.1 + 0.013 * step, 3)] for step in range(steps)]
    return network(f"""
        inputs: [x]
        layers: [{{units: [h], cell: recurrent{more}}}]
        time: {{loss: last{truncate}}}
        samples: [{{input: {sequence}, target: [0.3]}}]
        training: {{learning_rate: 0.1}}
    """)


def lines(count: int) -> Spec:
    """A program of many lines, each over the one before."""
    texts = (f"a{k + 1} = sin(a{k}) + {k}" for k in range(count))
    return program(*texts, a0="0.5")


def levels_of(form: Any) -> int:
    """How many operations of a form of SymPy's stand one inside the other."""
    return 1 + max(map(levels_of, form.args), default=0) if form.args else 0


@pytest.mark.parametrize(
    ("text", "levels"), [("x", 0), ("2*x + 1", 2), ("sigmoid(x)", 4), ("where(x > 0, x, -x)", 2)]
)
def test_height(text: str, levels: int) -> None:
    """Operations are counted at the deepest place; a function counts as its definition."""
    assert height(parse(text), lambda _: 0) == levels
    assert height(parse(text), lambda _: 5) == levels + 5


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "softplus", "arctan"])
def test_levels_are_enough(activation: str) -> None:
    """A network's form is nested at most as deeply as is said of it, and not by far less."""
    graph = Graph(chain(6, activation))  # type: ignore[arg-type]
    data = Data(graph, {})
    import sympy

    letters = Letters(sympy.symbols("w:6"), sympy.symbols("x:1"), sympy.symbols("t:1"))
    form = NetworkForms(data.graph, letters, Keeping()).form(SampleError())
    said = size(graph).levels
    assert said / 3 < levels_of(form) <= said


def test_size_of_a_program() -> None:
    """Each line counts once for each of its uses, and stands above what it uses."""
    spec = program("u = x*x", "y = exp(u) + u", x="1")
    assert size_of(program_of_lines(spec)) == Size(operations=14, levels=3)


def test_what_is_cut_is_a_number() -> None:
    """Truncated, the witnesses' form ends where the derivative does; a reader's form does not."""
    graph = Graph(recurrent(12, truncate=", truncate: 2"))  # type: ignore[arg-type]
    assert 2 * size(graph).levels < size(graph, through_cuts=True).levels


@pytest.mark.parametrize("steps", [25, 40, 120])
def test_long_sequences_are_proved(steps: int) -> None:
    """A recurrent network is proved however long it is; SymPy says where it is too deep for it."""
    found = proof_of(recurrent(steps, WEIGHTS))
    assert not not_proved(found)
    reasons = {verdict.findings[0].reason for verdict in found}
    is_deep = any("too deep for closed forms: " in reason for reason in reasons)
    assert is_deep == (steps > 25)


def test_deep_networks_are_proved() -> None:
    """So is a chain of layers."""
    found = proof_of(chain(60))
    assert not not_proved(found)
    assert f"and SymPy gets at most {MOST_LEVELS}" in of(found, "dE/dw1")["SymPy"].reason


def test_long_programs_are_proved() -> None:
    """And a program of many lines."""
    found = proof_of(lines(60))
    assert not not_proved(found)
    assert "too deep for closed forms: 120 " in of(found, "a60")["SymPy"].reason


@pytest.mark.parametrize("spec", [chain(42), lines(45)], ids=["network", "program"])
def test_what_is_just_not_too_deep_is_built(spec: Spec) -> None:
    """At the limit SymPy still goes all the way down, and readers get their forms."""
    found = proof_of(spec)
    assert {finding.reason for verdict in found for finding in verdict.findings} <= {
        "",
        "not a derivative",
        DRAWN,
    }
    last = closed_forms(spec)[-1]
    assert last.value is not None


@pytest.mark.parametrize("spec", [chain(100), lines(60), recurrent(40, WEIGHTS)])
def test_deep_forms_are_refused(spec: Spec) -> None:
    """A reader who asks for a closed form that is too deep is told so in one line."""
    with pytest.raises(LimitError, match=r"too deep for closed forms: .* at most 90; closed forms"):
        closed_forms(spec)


def test_what_was_not_foreseen_is_refused_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a form be deeper than was said of it, nobody sees a traceback."""
    monkeypatch.setattr("tracer.proof.size.MOST_LEVELS", 10_000)
    with pytest.raises(LimitError, match="too deep for closed forms; "):
        closed_forms(chain(150), ["dE/dw1"])
    assert not not_proved(proof_of(chain(60)))


def test_a_witness_that_goes_too_deep_is_silent() -> None:
    """A recursion without end is silence, for a reason."""

    @witness_module.testimony
    def value(witness: None, quantity: Quantity) -> Any:
        return value(witness, quantity)

    assert value(None, Quantity(LOCAL, "y", "x")) == Silent(TOO_DEEP)


def test_large_numbers_are_readable() -> None:
    """Numbers that nobody can read are told by their power of ten."""
    assert told(12_345) == "about 12,345"
    assert told(10**15) == "about 1,000,000,000,000,000"
    assert told(3 * 10**200) == "more than 10^200"
    assert told(2**40_000) == "more than 10^12041"
    refused = Size(10**300, 1)
    assert refused.too_much == (
        "the closed form has more than 10^299 operations, and SymPy gets at most 1,000"
    )
    with pytest.raises(SilentError, match=r"10\^299"):
        refused.refuse_large()


def test_small_closed_forms_are_not_muted() -> None:
    """Nobody is silenced for being within the limits."""
    Size(MOST_OPERATIONS, MOST_LEVELS).refuse_large()
    assert Size(MOST_OPERATIONS, MOST_LEVELS + 1).too_much
    assert Size(MOST_OPERATIONS + 1, MOST_LEVELS).too_much
