"""Pseudo-codes: which line makes which numbers, in which order, and which networks they fit."""

from __future__ import annotations

import pytest

from tests.published.examples import spec as example
from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, network, program
from tracer.derive.entries import Step
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.rules.quantity import BY_OUT, ERROR, INPUT, SAMPLE_ERROR, SIGNAL
from tracer.sheet.page import GivenRow, Lead, Wanted
from tracer.sheet.pseudocode import code_of, pseudocode, refuse_unfit
from tracer.sheet.pseudocodes import PSEUDOCODES
from tracer.sheet.telling import Telling
from tracer.spec import Spec, with_training

UNSHARED = BY_HEAD.replace("bias: 2}", "bias: [2, 2]}")
HALVES = IN_A_ROW.replace("loss: squared_error", "loss: half_squared_error")
SIGMOIDS = """
    inputs: [x1, x2]
    layers:
      - {units: [h1, h2], activation: sigmoid, weights: [[1, 2], [3, -1]]}
      - {units: [o1, o2], activation: sigmoid, weights: [[1, 2], [-1, 3]]}
    samples: [{input: [1, 2], target: [0, 1]}]
    training: {learning_rate: 0.1}
"""


def run(name: str, spec: Spec) -> list[tuple[str, list[str]]]:
    """Each line that ran, by its number, with the names of what it made."""
    code = code_of(name)
    trace = calculated(with_training(refuse_unfit(code, spec), code.changes), "float")
    found: list[tuple[str, list[str]]] = []
    for section in list(pseudocode(code, trace, Wanted()))[2:]:
        for item in section.items:
            if isinstance(item, Lead):
                found.append((item.text.split()[1], []))
            elif isinstance(item, (Telling, GivenRow)):
                found[-1][1].append(trace.name(item.quantity))
    return found


def test_the_run_of_deck_002() -> None:
    """Inputs, net and out of each layer, deltas back to front, then all weights."""
    lines = run("aima", network(UNSHARED))
    assert [number for number, _ in lines] == ["4", "6", "7", "6", "7", "8", "10", "11"]
    made = dict(lines)
    assert made["4"] == ["x1", "x2"]
    assert made["8"][-2:] == ["delta_o1", "delta_o2"]
    assert made["10"][-2:] == ["delta_h1", "delta_h2"]
    assert {"dE/dw1", "w1+", "dE/dw8", "w8+"} <= set(made["11"])


def test_the_run_of_deck_003() -> None:
    """One hidden layer of sigmoids: outputs, deltas of the outputs, of the others, weights."""
    lines = run("mitchell", network(SIGMOIDS))
    assert [number for number, _ in lines] == ["3", "4", "5", "6"]


def test_the_run_of_deck_000() -> None:
    """All data at once: the loss and its gradient, then the step."""
    lines = run("loop", network(IN_A_ROW))
    assert lines == [("2", ["E", "dE/dw"]), ("3", ["w+"])]


def test_every_step_belongs_to_a_line() -> None:
    """Nothing that the code calculates is left out: only errors and inputs' slopes have no line."""
    code = code_of("aima")
    spec = with_training(network(UNSHARED), code.changes)
    told = {name for _, names in run("aima", network(UNSHARED)) for name in names}
    trace: Trace = calculated(spec, "float")
    left = {entry.name for entry in trace if isinstance(entry, Step) and entry.name not in told}
    kinds = {trace[name].quantity.kind for name in left}
    words = {kind.word for kind in kinds}
    assert words <= {ERROR.word, SAMPLE_ERROR.word, "total error", "derivative by an input"}
    assert not kinds & {BY_OUT, SIGNAL, INPUT}


def test_several_steps_have_headings() -> None:
    """Online, each training step runs the code once; --at-step chooses one."""
    code = code_of("aima")
    spec = with_training(network(HALVES, batch="online", steps="3"), code.changes)
    trace = calculated(spec)
    titles = [section.title for section in pseudocode(code, trace, Wanted())]
    assert titles[2:] == [f"Training step {step}" for step in (1, 2, 3)]
    assert len(list(pseudocode(code, trace, Wanted(steps=(2,))))) == 3


@pytest.mark.parametrize("code", PSEUDOCODES, ids=lambda code: str(code.name))
def test_each_code_is_told(code: object) -> None:
    """Every code has a title, lines that make something, and names for its letters."""
    found = code_of(getattr(code, "name", ""))
    assert found.title
    assert found.names
    assert any(line.makes for line in found.lines)


def test_the_slip_of_deck_002_is_told() -> None:
    """Line 6 has v_j, and the page says that the slide has v_i."""
    code = code_of("aima")
    assert code.lines[5].text.strip() == "v_j ← Σ_i w_ij·a_i"
    assert "Line 6 has v_i on the slide" in code.remarks[0]


@pytest.mark.parametrize(
    ("name", "text", "changes", "says"),
    [
        ("aima", IN_A_ROW, {}, "set training.batch to online"),
        ("aima", IN_A_ROW, {"batch": "online"}, "set loss to half_squared_error"),
        ("aima", BY_HEAD, {"update": "in_place"}, "set training.update to simultaneous"),
        ("aima", BY_HEAD.replace("training: {learning_rate: 0.1}", ""), {}, "learning_rate"),
        ("mitchell", BY_HEAD, {}, "set the activation of every unit to sigmoid"),
        ("loop", IN_A_ROW, {"batch": "online"}, "set training.batch to full"),
        ("aima", BY_HEAD, {}, "used by several"),
        ("aima", BY_HEAD + "    given: {net_h1: 3}\n", {}, "leave out given"),
    ],
)
def test_what_does_not_fit(name: str, text: str, changes: dict[str, str], says: str) -> None:
    """A network that is not as the code takes for granted is refused, with what would be right."""
    with pytest.raises(TracerError, match=says):
        refuse_unfit(code_of(name), network(text, **changes))


def test_all_reasons_at_once() -> None:
    """Every condition that does not hold is told."""
    with pytest.raises(TracerError) as caught:
        refuse_unfit(code_of("mitchell"), network(IN_A_ROW))
    assert len(str(caught.value).splitlines()) == 4


def test_expressions_and_unknown_names_are_refused() -> None:
    """A pseudo-code is about networks, and one that there is not is none."""
    with pytest.raises(TracerError, match="this is an expression"):
        refuse_unfit(code_of("loop"), program("y = x"))
    with pytest.raises(TracerError, match=r"no pseudo-code 'aimar' \(did you mean 'aima'\?\)"):
        code_of("aimar")


def test_one_hidden_layer() -> None:
    """Two hidden layers do not fit the code of deck 003, though they fit that of 002."""
    byu = example("byu")
    with pytest.raises(TracerError, match="it has one hidden layer"):
        refuse_unfit(code_of("mitchell"), byu)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("maxout", "no softmax, pooling or maxout"),
        ("saturated", "no softmax, pooling or maxout"),
        ("decks_fooling", "moved inputs"),
        ("adam", "no optimiser"),
        ("decks_l2", "penalty"),
    ],
)
def test_other_kinds_of_networks(name: str, says: str) -> None:
    """Units that gather or share a softmax, optimisers, penalties and moved inputs are refused."""
    with pytest.raises(TracerError, match=says):
        refuse_unfit(code_of("aima"), example(name))
