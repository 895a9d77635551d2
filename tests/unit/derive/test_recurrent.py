"""Backpropagation through time: paths, uses, and what is cut."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from tests.unit.making import network, spec
from tracer.derive.entries import Step
from tracer.derive.trace import Trace, trace
from tracer.errors import FormulaError, SpecError, TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.plain import plain
from tracer.proof.claims import Claim, Tolerance
from tracer.proof.prove import prove
from tracer.proof.verdicts import Outcome
from tracer.render.formats import lines_of
from tracer.render.json import from_json
from tracer.render.pictures.units import edges
from tracer.rules.backprop import TEXTBOOK, Backprop, Rule
from tracer.sheet.matrix.page import Asked, reading_of
from tracer.sheet.page import Wanted
from tracer.spec.linear import refuse_unless_linear

LINEAR = """
    inputs: [x]
    layers:
      - {units: [h], cell: recurrent, weights: [[w = 1]], recurrent_weights: [[u = 2]]}
    samples: [{input: [1, 1, 1], target: [0, 0, 0]}]
    training: {learning_rate: 0.1}
"""
"""h is 1, 3, 7, and so is the slope of each error."""

GATED = """
    inputs: [x]
    layers:
      - units: [h]
        cell: {cell}
        activation: identity
        gate_activation: identity
        gates: {gates}
        start: [3]
    time: {loss: last}
    samples: [{input: [1], target: 0}]
"""


def traced(text: str, rules: Backprop | None = None) -> Trace:
    """An exact trace."""
    return trace(spec(text), arithmetic("exact"), rules)


def step(found: Trace, name: str) -> Step:
    """A step."""
    entry = found[name]
    assert isinstance(entry, Step)
    return entry


def test_an_output_acts_at_once_and_later() -> None:
    """dE/dout of a time step is its own error's slope, and what comes back from the next one."""
    found = traced(LINEAR)
    assert [found[f"delta_h_t{t}"].value for t in (1, 2, 3)] == [1 + 2 * 17, 3 + 2 * 7, 7]
    parts = step(found, "dE/dout_h_t1").substeps
    assert [(part.name, part.value) for part in parts] == [
        ("dE_h_t1/dout_h_t1", 1),
        ("dE/dout_h_t1:h_t2", 34),
    ]


def test_each_time_steps_part_of_a_shared_weight_is_named() -> None:
    """dE/du is the sum over time, and each time step's part has a name."""
    found = traced(LINEAR)
    assert [found[f"dE/du:h_t{t}:h_t{t - 1}"].value for t in (1, 2, 3)] == [0, 17, 21]
    assert found["dE/du"].value == 38
    assert found["u+"].value == 2 - found["learning_rate"].value * 38


def test_what_is_cut_is_told() -> None:
    """A path that is cut has no part in the sum, and says so; what is used is used as a number."""
    found = traced(LINEAR + "    time: {truncate: 1}\n")
    assert [found[f"delta_h_t{t}"].value for t in (1, 2, 3)] == [1, 3, 7]
    assert found["dE/du"].value == 3 * 1 + 7 * 3
    own, cut = step(found, "dE/dout_h_t1").substeps
    assert (own.value, cut.name, cut.value) == (1, "dE/dout_h_t1:h_t2", 0)
    assert cut.rule is TEXTBOOK.cut
    assert step(found, "dE/dout_h_t1").rule.reason.text.endswith(
        "the way into the next time step is cut"
    )
    assert step(found, "dE/dout_h_t3").rule is TEXTBOOK.loss_slope


def test_the_rule_of_what_is_cut_can_be_changed() -> None:
    """As any other row, it is in force as it reads; it may ask for what there is."""
    text = LINEAR.replace("[0, 0, 0]", "0") + "    time: {loss: last, truncate: 1}\n"
    changed = replace(TEXTBOOK, cut=Rule("cut", "2*out"))
    assert traced(text)["dE/dout_h_t2"].value == 0
    assert traced(text, changed)["dE/dout_h_t2"].value == 6
    with pytest.raises(FormulaError, match="asks for 'delta'"):
        traced(text, replace(TEXTBOOK, cut=Rule("cut", "delta")))


@pytest.mark.parametrize(
    ("cell", "gates", "net", "values"),
    [
        (
            "gru",
            "{z: {weights: [[2]], recurrent_weights: [[0]]}, r: {weights: [[5]], recurrent_weights:"
            " [[0]]}, n: {weights: [[7]], recurrent_weights: [[1]]}}",
            "(1 - out_z_t1)*out_n_t1 + out_z_t1*h_t0",
            {"rh": 15, "n": 22, "h": -22 + 6},
        ),
        (
            "gru_reset_after",
            "{z: {weights: [[2]], recurrent_weights: [[0]]}, r: {weights: [[5]], recurrent_weights:"
            " [[0]]}, n: {weights: [[7]], recurrent_weights: [[1]], recurrent_bias: [1]}}",
            "(1 - out_z_t1)*out_n_t1 + out_z_t1*h_t0",
            {"uh": 4, "n": 27, "h": -27 + 6},
        ),
    ],
)
def test_a_gru_blends(cell: str, gates: str, net: str, values: dict[str, int]) -> None:
    """h is (1 - z)*n + z*h_before, and z gets back what the two differ by."""
    text = GATED.replace("{cell}", cell).replace("{gates}", gates)
    found = traced(text)
    assert {name: found[f"out_{name}_t1"].value for name in values} == values
    formula = step(found, "net_h_t1").template.over(
        [e.name for e in step(found, "net_h_t1").operands]
    )
    assert plain(formula) == net
    n, delta = values["n"], values["h"]
    assert found["dE/dout_z_t1"].value == delta * (3 - n)
    assert found["dE/dout_n_t1"].value == delta * (1 - 2)
    renewed = traced(
        text.replace("activation: identity", "update_gate: renews\n        activation: identity", 1)
    )
    assert renewed["out_h_t1"].value == (1 - 2) * 3 + 2 * n


@pytest.mark.parametrize("time", ["{}", "{truncate: 1}"])
def test_saved_and_read_back(time: str) -> None:
    """An unrolled network is saved with its time steps and its cuts, and read back equal."""
    found = traced(LINEAR + f"    time: {time}\n")
    text = "\n".join(lines_of(found, Wanted(), "out.json"))
    assert from_json(text) == found


CARRIED = """
    inputs: [x]
    layers:
      - {units: [h], cell: recurrent, weights: [[w = 1]], recurrent_weights: [[u = 2]], start: [3]}
    time: {loss: last, carry_state: yes}
    samples:
      - {input: [1, 1], target: 5}
      - {input: [1, 2], target: 3}
      - {input: [0, 1], target: 7}
    training: {learning_rate: 1/100, batch: online, epochs: 2}
"""


def by_hand(steps: int) -> list[dict[str, Fraction]]:
    """The same training as a loop: what each step starts with, and what it comes to."""
    w, u, h, told = Fraction(1), Fraction(2), Fraction(3), []
    data = [((1, 1), 5), ((1, 2), 3), ((0, 1), 7)]
    for step in range(steps):
        (x1, x2), target = data[step % 3]
        before = Fraction(3) if step % 3 == 0 else h
        first = w * x1 + u * before
        h = w * x2 + u * first
        delta = h - target
        slope_w, slope_u = delta * (x2 + u * x1), delta * (first + u * before)
        found = {"h_t0": before, "out_h_t2": h, "dE/dw": slope_w, "dE/du": slope_u}
        told.append(found | {"dE/dh_t0": delta * u * u})
        w, u = w - slope_w / 100, u - slope_u / 100
    return told


def test_samples_as_one_sequence_hand_on_their_state() -> None:
    """Each starts with the state in which the one before ended; a new pass starts anew."""
    found = traced(CARRIED)
    for number, values in enumerate(by_hand(6), 1):
        sample = f"[{(number - 1) % 3 + 1}]"
        for name, value in values.items():
            own = name if name in ("dE/dw", "dE/du") else name + sample
            known = own if own == "h_t0[1]" else f"{own}@{number}"
            assert found[known].value == value, known


def test_a_state_that_is_carried_over_is_told_so() -> None:
    """In the second step it is taken over from the first one's last output, as it was there."""
    found = traced(CARRIED)
    carried = step(found, "h_t0[2]@2")
    assert carried.is_carried
    assert [entry.name for entry in carried.operands] == ["out_h_t2[1]@1"]
    assert found["h_t0[1]"].quantity.step == 0
    told = [entry.name for entry in found.why("dE/du@2")]
    assert "out_h_t2[1]@1" in told
    assert "dE/dh_t0[2]@2" not in told


def test_a_long_sequence_is_compiled_as_it_is_evaluated() -> None:
    """In twenty steps and more, which are compiled, the state is carried over as well."""
    text = CARRIED.replace("epochs: 2", "epochs: 8").replace("u = 2", "u = 1/2")
    long = trace(spec(text), arithmetic("float"))
    short = [trace(spec(text, epochs="6"), arithmetic("float")), long]
    assert len(long.segments) == 24
    for number in (1, 2, 17, 18):
        first, second = (list(found.segments[number - 1].values) for found in short)
        assert first == second


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("batch: online, ", "", "'carry_state' needs 'batch: online'"),
        ("epochs: 2", "epochs: 1, evaluate_after: yes", "needs no 'evaluate_after'"),
        ("learning_rate: 1/100, batch: online, epochs: 2", "batch: online", "with a learning_rate"),
    ],
)
def test_what_cannot_hand_on_a_state_is_refused(old: str, new: str, says: str) -> None:
    """A state is handed from training step to training step, and only so."""
    with pytest.raises(SpecError, match=says):
        spec(CARRIED.replace(old, new))
    with pytest.raises(SpecError, match="batch: online"):
        spec(CARRIED, batch="2")


def test_every_carried_number_is_proved() -> None:
    """The witnesses carry the state themselves, and agree with every number of every step."""
    loaded = spec(CARRIED)
    found = trace(loaded, arithmetic("exact"))
    claims = [Claim(entry.quantity, entry.name, entry.value) for entry in found.steps]
    for verdict in prove(loaded, claims, Tolerance()):
        outcomes = {finding.outcome for finding in verdict.findings}
        assert Outcome.AGREES in outcomes, verdict.name
        assert Outcome.DISAGREES not in outcomes, verdict.name


@pytest.mark.parametrize(
    "text",
    [
        GATED.replace("{cell}", "lstm").replace("{gates}", "{}"),
        LINEAR + "    time: {truncate: 1}\n",
        CARRIED,
        LINEAR,
    ],
)
def test_what_has_no_matrix_form_is_refused(text: str) -> None:
    """Gates act without weights, derivatives are cut, weights are shared over time steps."""
    found = trace(spec(text), arithmetic("decimal"))
    with pytest.raises(TracerError, match="no matrix form"):
        reading_of(found, found.segments[0], Wanted(), Asked())


def test_a_cell_is_no_linear_network() -> None:
    """Its gates multiply outputs, so that it is not one matrix, whatever its activations."""
    with pytest.raises(SpecError, match="gets outputs without weights"):
        refuse_unless_linear(network(GATED.replace("{cell}", "lstm").replace("{gates}", "{}")))


def test_the_picture_has_an_arrow_for_what_acts_without_a_weight() -> None:
    """c gets f, its own state before, i and g: four arrows, none with a weight."""
    found = network(GATED.replace("{cell}", "lstm").replace("{gates}", "{}"))
    into_c = edges(found.layers[1], 0)
    assert [(found.units[source], weight) for source, weight in into_c] == [
        ("f_t1", None),
        ("c_t0", None),
        ("i_t1", None),
        ("g_t1", None),
    ]
