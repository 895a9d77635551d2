"""Recurrent layers as they are written, and the unrolled network that comes of them."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problems
from tracer.maths.expression import Number, Symbol
from tracer.spec.unrolled import Coupling

ELMAN = """
    inputs: [x]
    layers:
      - units: [h1, h2]
        cell: recurrent
        activation: tanh
        weights: [[1], [2]]
        recurrent_weights: [[3, 4], [5, 6]]
        bias: 7
      - {units: [y], weights: [[8, 9]], name: top}
    samples: [{input: [1, 2], target: [3, 4]}]
"""
LSTM = """
    inputs: [x]
    layers:
      - {units: [h1, h2], cell: lstm}
    time: {steps: 2, loss: last}
"""


def test_copies_share_their_parameters() -> None:
    """Every time step has its units and its edges, and all have the same parameters."""
    found = network(ELMAN)
    assert found.inputs == ("x_t1", "x_t2", "h1_t0", "h2_t0")
    assert [layer.units for layer in found.layers] == [
        ("h1_t1", "h2_t1"),
        ("y_t1",),
        ("h1_t2", "h2_t2"),
        ("y_t2",),
    ]
    names = [parameter.name for parameter in found.parameters]
    assert names == ["w1", "u1", "u2", "w2", "u3", "u4", "b1", "w3", "w4"]
    first, top, second, last = found.layers
    assert first.wiring.parameters == second.wiring.parameters
    assert first.biases == second.biases
    assert top.wiring.parameters == last.wiring.parameters
    edges = [(found.units[source], names[number]) for source, number in second.wiring.into(0)]
    assert edges == [("x_t2", "w1"), ("h1_t1", "u1"), ("h2_t1", "u2")]


def test_without_a_start_the_state_is_zero() -> None:
    """What comes before the first time step is 0, a number, or what `start` says."""
    zero = network(ELMAN).samples[0].inputs[2:]
    assert [value.text for value in zero if isinstance(value, Number)] == ["0", "0"]
    said = ELMAN.replace("bias: 7", "bias: 7\n        start: {h2: s, h1: 0.5}")
    assert [
        str(v.of if isinstance(v, Symbol) else v.text) for v in network(said).samples[0].inputs
    ] == [
        "1",
        "2",
        "0.5",
        "s",
    ]


def test_the_last_time_step_alone_may_have_targets() -> None:
    """Then nothing above the state is copied for the others."""
    found = network(ELMAN.replace("target: [3, 4]", "target: 4") + "    time: {loss: last}\n")
    assert [layer.units for layer in found.layers][-2:] == [("h1_t2", "h2_t2"), ("y_t2",)]
    assert found.output_names == ("y_t2",)
    assert len(found.layers) == 3


def test_letters_have_their_time_step() -> None:
    """Without samples, inputs and targets are letters of each time step."""
    text = ELMAN.replace("    samples: [{input: [1, 2], target: [3, 4]}]\n", "")
    (sample,) = network(text + "    time: {steps: 3}\n").samples
    names = [
        value.of for value in (*sample.inputs[:3], *sample.targets) if isinstance(value, Symbol)
    ]
    assert names == ["x_t1", "x_t2", "x_t3", "target_y_t1", "target_y_t2", "target_y_t3"]


def test_outputs_of_another_layer_may_come_back() -> None:
    """recurrent_from: the last layer's outputs come back, as in Jordan's network."""
    text = ELMAN.replace("[[3, 4], [5, 6]]", "[[3], [4]]\n        recurrent_from: top")
    found = network(text)
    assert found.inputs == ("x_t1", "x_t2", "y_t0")
    sources = [found.units[source] for source, _ in found.layers[2].wiring.into(1)]
    assert sources == ["x_t2", "y_t1"]


def test_layers_may_be_stacked() -> None:
    """A recurrent layer may feed another one, at the same time step."""
    text = """
        inputs: [x]
        layers:
          - {units: [a], cell: recurrent}
          - {units: [b], cell: gru}
          - {units: [y]}
        time: {steps: 2}
    """
    found = network(text)
    units = [unit for layer in found.layers[:5] for unit in layer.units]
    assert units == ["a_t1", "z_b_t1", "r_b_t1", "rh_b_t1", "n_b_t1", "b_t1"]


def test_members_of_a_cell_are_named_after_its_units() -> None:
    """Gate f of h1 is f1; where that would be in the way, or the unit is called otherwise, f_h1."""
    units = {unit for layer in network(LSTM).layers for unit in layer.units}
    assert {"f1_t1", "i2_t1", "g1_t2", "o2_t2", "c1_t1", "tanh_c2_t2", "h1_t2"} < units
    with_outputs = LSTM.replace("cell: lstm}", "cell: lstm}\n      - {units: 2}")
    units = {unit for layer in network(with_outputs).layers for unit in layer.units}
    assert {"o_h1_t1", "f_h2_t2", "o1_t2", "o2_t2"} < units


def test_a_cell_joins_its_gates() -> None:
    """c is f*c_before + i*g, and h is o*tanh(c), without weights."""
    found = network(LSTM)
    _, cell, squashed, out = found.layers[4:]
    number = found.units.index
    assert cell.couplings[0] == Coupling("product", 0, (number("f1_t2"), number("c1_t1")))
    assert cell.couplings[1] == Coupling("product", 0, (number("i1_t2"), number("g1_t2")))
    assert squashed.couplings[1] == Coupling("copy", 1, (number("c2_t2"),))
    assert out.couplings[0] == Coupling("product", 0, (number("o1_t2"), number("tanh_c1_t2")))
    assert found.time is not None
    assert found.time.states == (
        ("h1_t0", "h1_t2"),
        ("h2_t0", "h2_t2"),
        ("c1_t0", "c1_t2"),
        ("c2_t0", "c2_t2"),
    )


def test_a_layers_name_freezes_all_of_it() -> None:
    """Under `frozen`, the name of a recurrent layer is that of all its parameters."""
    text = LSTM.replace("cell: lstm", "cell: lstm, name: cell")
    found = network(text + "    training: {learning_rate: 1, frozen: [cell]}\n")
    assert len(found.parameters) == 4 * 2 * 3
    assert not any(parameter.trainable for parameter in found.parameters)
    told = problems(text + "    training: {learning_rate: 1, frozen: [cel]}\n")
    assert "nothing that can be frozen is called 'cel'" in told[0]


def test_derivatives_are_cut_counted_from_the_end() -> None:
    """truncate: 2 of five time steps cuts between 3 and 4, and between 1 and 2."""
    text = ELMAN.replace("[1, 2]", "[1, 2, 3, 4, 5]").replace("[3, 4]}]", "[3, 4, 5, 6, 7]}]")
    found = network(text + "    time: {truncate: 2}\n")
    cuts = {
        layer.units[0]: [found.units[k] for k in layer.cut] for layer in found.layers if layer.cut
    }
    assert cuts == {"h1_t4": ["h1_t3", "h2_t3"], "h1_t2": ["h1_t1", "h2_t1"]}


WRONG = {
    "no state": ("{units: [h], activation: tanh}", "time: {steps: 2}", "no layer has a 'cell'"),
    "no steps": ("{units: [h], cell: recurrent}", "", "the number of time steps is missing"),
    "gates of none": (
        "{units: [h], cell: recurrent, gates: {f: {}}}",
        "time: {steps: 2}",
        "belongs to a cell with gates",
    ),
    "weights beside gates": (
        "{units: [h], cell: gru, weights: [[1]]}",
        "time: {steps: 2}",
        "in each of its 'gates'",
    ),
    "no such gate": (
        "{units: [h], cell: gru, gates: {f: {}}}",
        "time: {steps: 2}",
        "has no gate 'f'; its gates: z, r, n",
    ),
    "two biases": (
        "{units: [h], cell: gru, gates: {n: {recurrent_bias: [1]}}}",
        "time: {steps: 2}",
        "only n of a gru_reset_after",
    ),
    "no state c": (
        "{units: [h], cell: gru, start_cell: [1]}",
        "time: {steps: 2}",
        "'start_cell' belongs to cell lstm",
    ),
    "no update gate": (
        "{units: [h], cell: lstm, update_gate: keeps}",
        "time: {steps: 2}",
        "'update_gate' belongs to cell gru or gru_reset_after",
    ),
    "no start": (
        "{units: [y], start: [1]}",
        "time: {steps: 2}",
        "nothing of this layer comes back",
    ),
    "too many starts": (
        "{units: [h], cell: lstm, start: [1, 2]}",
        "time: {steps: 2}",
        "found 2 numbers, expected 1 (h)",
    ),
    "cuts nothing": (
        "{units: [h], cell: gru}",
        "time: {steps: 2, truncate: 2}",
        "nothing would be cut",
    ),
    "no such layer": (
        "{units: [h], recurrent_from: top}",
        "time: {steps: 2}",
        "no layer is called 'top'",
    ),
    "a row too long": (
        "{units: [h], cell: recurrent, recurrent_weights: [[1, 2]]}",
        "time: {steps: 2}",
        "found 2 entries in the row of h, expected 1 (h)",
    ),
    "two activations": (
        "{units: [h], cell: lstm, activation: [tanh]}",
        "time: {steps: 2}",
        "one activation, for its candidate and its state",
    ),
    "a gate twice": ("{units: [h], cell: lstn}", "time: {steps: 2}", "did you mean 'lstm'"),
    "too many": (
        "{units: 300, cell: recurrent}",
        "time: {steps: 10}",
        "edges in 10 time steps; there can be 200,000",
    ),
    "a longer target": (
        "{units: [h], cell: gru}",
        "samples: [{input: [1, 2], target: [1]}]",
        "found 1 time step; the first sequence has 2",
    ),
    "steps and sequence": (
        "{units: [h], cell: gru}",
        "time: {steps: 3}\nsamples: [{input: [1, 2]}]",
        "found 2 time steps; 'time' says 3",
    ),
    "not a sequence": (
        "{units: [h], cell: gru}",
        "samples: [{input: 1}]\ntime: {steps: 2}",
        "expected a list of 2 time steps",
    ),
    "too few inputs": (
        "{units: [h], cell: gru}",
        "samples: [{input: [[1, 2]]}]",
        "found 2 numbers, expected 1 (x)",
    ),
    "no sequence here": (
        "{units: [h]}",
        "samples: [{input: [[1]]}]",
        "found a list, expected a number",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_does_not_go_together_is_told(case: str) -> None:
    """Fields that mean nothing beside others, and wrong lengths, are told."""
    layer, rest, says = WRONG[case]
    first = "  - {units: [h9], cell: recurrent}\n" if case == "no start" else ""
    told = problems(f"inputs: [x]\nlayers:\n{first}  - {layer}\n{rest}\n")
    assert any(says in line for line in told), told
