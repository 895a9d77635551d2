"""Pseudo-codes: which line makes which numbers, in which order, and which networks they fit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.published.examples import spec as example
from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, headings, network, program
from tracer.derive.entries import Step
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.plain import plain
from tracer.notation.said import english
from tracer.phrase import Phrase
from tracer.rules.quantity import BY_OUT, ERROR, INPUT, SAMPLE_ERROR, SIGNAL
from tracer.sheet.codes.table import PSEUDOCODES
from tracer.sheet.page import GivenRow, Lead, Wanted
from tracer.sheet.pseudocode import code_of, pseudocode, refuse_unfit
from tracer.sheet.telling import Telling
from tracer.spec import Network, Spec, with_training

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
                found.append((english(item.text).split()[1], []))
            elif isinstance(item, (Telling, GivenRow)):
                found[-1][1].append(trace.name(item.quantity))
    return found


def test_the_run_of_deck_002() -> None:
    """Inputs, net and out of each layer, deltas back to front, then all weights."""
    lines = run("aima", network(UNSHARED))
    order = ["1", "3", "4", "6", "7", "6", "7", "8", "10", "11"]
    assert [number for number, _ in lines] == order
    made = dict(lines)
    assert made["3"] == ["target_o1", "target_o2"]
    assert made["4"] == ["x1", "x2"]
    assert made["8"][-2:] == ["delta_o1", "delta_o2"]
    assert made["10"][-2:] == ["delta_h1", "delta_h2"]
    assert made["11"][:2] == ["w5+", "w6+"]
    assert all(name.endswith("+") for name in made["11"])


def test_the_run_of_deck_003() -> None:
    """One hidden layer of sigmoids: outputs, deltas of the outputs, of the others, weights."""
    lines = run("mitchell", network(SIGMOIDS))
    assert [number for number, _ in lines] == ["1", "2", "3", "4", "5", "6"]


def test_the_run_of_deck_000() -> None:
    """All data at once: the loss and its gradient, then the step."""
    lines = run("loop", network(IN_A_ROW))
    assert lines == [("2", ["E", "dE/dw"]), ("3", ["w+"])]


def test_the_update_of_decks_002_and_003() -> None:
    """A weight's line is the slide's: the old weight, and learning rate times delta times input."""
    code = code_of("mitchell")
    spec = with_training(network(SIGMOIDS), code.changes)
    found = calculated(spec, "float")["w5+"]
    assert isinstance(found, Step)
    assert [entry.name for entry in found.operands] == ["w5", "learning_rate", "delta_o1", "out_h1"]
    assert plain(found.template.shown) == "old + learning_rate*delta*source"


def test_frozen_parameters_have_no_line() -> None:
    """What is not updated is not derived either, though a page in full tells its derivative."""
    frozen = {"frozen": "biases, w5"}
    (_, made) = run("loop", network(IN_A_ROW, frozen="w"))[0]
    assert made == ["E"]
    told = [name for _, names in run("theta", network(UNSHARED, **frozen)) for name in names]
    assert "dE/dw6" in told
    assert not {"dE/dw5", "dE/db_h1", "w5+"} & set(told)


def test_the_run_of_deck_004() -> None:
    """The start once, the samples, the loss and its derivative, the step: each time anew."""
    spec = network(HALVES, steps="2")
    lines = run("theta", spec)
    assert [number for number, _ in lines] == ["1", "2", "3", "4", "2", "3", "4"]
    made = [names for _, names in lines]
    assert made[0] == ["w@1"]
    assert {"E@1", "dE/dw@1"} <= set(made[2])
    assert made[3] == ["w+@1"]


def test_theta_takes_any_loss_and_batch() -> None:
    """The loop asks for no certain loss, activation or batch: a softmax with all of its steps."""
    code = code_of("theta")
    spec = with_training(refuse_unfit(code, example("saturated")), code.changes)
    told = {name for _, names in run("theta", example("saturated")) for name in names}
    steps = {entry.name for entry in calculated(spec, "float") if isinstance(entry, Step)}
    inputs = {name for name in steps if name.startswith("dE/dx")}
    assert steps - told <= inputs


def test_the_slip_of_deck_004_is_told() -> None:
    """The page says that the slide mixes the indices of theta."""
    assert "mixes θ_1 and θ_0" in code_of("theta").remarks[0].text


def test_the_perceptrons_run() -> None:
    """Sample, output, comparison, weights; and at the end of the epoch how many were wrong."""
    lines = run("perceptron", example("perceptron_and"))
    assert [number for number, _ in lines] == [*"13456", *"3456", *"3456", *"34567"]
    third = dict(lines[9:13])
    assert third["4"] == ["net_y[3]@3", "out_y[3]@3"]
    assert third["5"] == ["error_y[3]@3", "wrong_y[3]@3"]
    assert third["6"] == ["change_w1@3", "change_w2@3", "w1+@3", "w2+@3"]
    assert lines[-1] == ("7", ["errors_epoch1"])


def test_the_linear_delta_rules_run() -> None:
    """The error is taken of net, before the answer is looked at."""
    lines = dict(run("adaline", example("adaline"))[:6])
    assert lines["3"] == ["net_y[1]@1"]
    assert lines["5"][0] == "error_y[1]@1"


@pytest.mark.parametrize("rule", ["hebb_supervised", "hebb"])
def test_hebbs_run(rule: str) -> None:
    """With a target or without one, output and changes stand under their lines."""
    spec = example("hebb")
    if rule == "hebb":
        assert isinstance(spec, Network)
        bare = tuple(replace(sample, targets=()) for sample in spec.samples)
        spec = replace(spec, samples=bare, training=replace(spec.training, learning_rule=rule))
    lines = run("hebb", spec)
    assert [number for number, _ in lines[:4]] == ["1", "2", "3", "4"]
    assert "change_w1@1" in lines[3][1]


def test_a_long_training_is_told_by_its_first_epoch() -> None:
    """Of twenty updates the first epoch is told, and the page says so; any other can be asked."""
    trace = calculated(example("perceptron_and"))
    sections = list(pseudocode(code_of("perceptron"), trace, Wanted()))
    assert english(dict(sections[0].rows)[Phrase("told")]).startswith("training steps 1 to 4 of 20")
    assert len(sections) == 2 + 4
    chosen = list(pseudocode(code_of("perceptron"), trace, Wanted(steps=(9,))))
    assert Phrase("told") not in dict(chosen[0].rows)
    assert english(chosen[2].title) == "Training step 9"


@pytest.mark.parametrize(
    ("name", "spec", "says"),
    [
        ("perceptron", "adaline", "set training.learning_rule to perceptron"),
        ("adaline", "perceptron_and", "set training.learning_rule to adaline"),
        ("hebb", "perceptron_and", "set training.learning_rule to hebb or hebb_supervised"),
        ("perceptron", "mazur", "set training.learning_rule to perceptron"),
        ("theta", "perceptron_and", "learning rule"),
        ("theta", "adam", "no optimiser"),
        ("aima", "hebb", "learning rule"),
    ],
)
def test_learning_rules_and_gradients_are_told_apart(name: str, spec: str, says: str) -> None:
    """A code of one rule refuses a network that learns by another one."""
    with pytest.raises(TracerError, match=says):
        refuse_unfit(code_of(name), example(spec))


def test_a_rule_in_batches_is_refused() -> None:
    """These codes go sample by sample."""
    spec = with_training(example("perceptron_and"), {"batch": "full"})
    with pytest.raises(TracerError, match=r"set training\.batch to online"):
        refuse_unfit(code_of("perceptron"), spec)


def test_every_step_belongs_to_a_line() -> None:
    """Nothing that the code calculates is left out: it has no line for errors and derivatives."""
    code = code_of("aima")
    spec = with_training(network(UNSHARED), code.changes)
    told = {name for _, names in run("aima", network(UNSHARED)) for name in names}
    trace: Trace = calculated(spec, "float")
    left = {entry.name for entry in trace if isinstance(entry, Step) and entry.name not in told}
    kinds = {trace[name].quantity.kind for name in left}
    words = {kind.word for kind in kinds}
    unsaid = {"total error", "derivative by an input", "derivative by a parameter"}
    assert words <= {ERROR.word, SAMPLE_ERROR.word, *unsaid}
    assert not kinds & {BY_OUT, SIGNAL, INPUT}


def test_several_steps_have_headings() -> None:
    """Online, each training step runs the code once; --at-step chooses one."""
    code = code_of("aima")
    spec = with_training(network(HALVES, batch="online", steps="3"), code.changes)
    trace = calculated(spec)
    titles = headings(pseudocode(code, trace, Wanted()))
    assert titles[2:] == [f"Training step {step}" for step in (1, 2, 3)]
    assert len(list(pseudocode(code, trace, Wanted(steps=(2,))))) == 3


@pytest.mark.parametrize("code", PSEUDOCODES, ids=lambda code: str(code.name))
def test_each_code_is_told(code: object) -> None:
    """Every code has a title, lines that make something, and names for its letters."""
    found = code_of(getattr(code, "name", ""))
    assert english(found.title)
    assert found.names
    assert any(line.makes for line in found.lines)


def test_the_slip_of_deck_002_is_told() -> None:
    """Line 6 has v_j, and the page says that the slide has v_i."""
    code = code_of("aima")
    assert english(code.lines[5].text) == "v_j ← Σ_i w_ij·a_i"
    assert "Line 6 has v_i on the slide" in code.remarks[0].text


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
