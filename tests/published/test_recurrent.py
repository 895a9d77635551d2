"""The recurrent examples against their networks written down as loops, derived by autograd."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isclose
from typing import Any

import autograd.numpy as anp
import pytest
from autograd import grad

from tests.published.examples import traced
from tracer import resources
from tracer.derive.trace import trace
from tracer.maths.arithmetic import arithmetic
from tracer.spec import read_text

Values = Mapping[str, Any]
NEAR = 1e-12


def sigmoid(net: Any) -> Any:
    """The logistic function."""
    return 1 / (1 + anp.exp(-net))


def half_squares(outs: list[Any], targets: list[float]) -> Any:
    """Half the squared errors, added up."""
    return sum((target - out) ** 2 / 2 for out, target in zip(outs, targets, strict=True))


def rnn(at: Values) -> Any:
    """The error of `rnn`, time step by time step."""
    h1, h2, outs = at["h1_t0"], at["h2_t0"], []
    for step in ("t1", "t2", "t3"):
        x = at[f"x_{step}"]
        net1 = at["w1"] * x + at["u11"] * h1 + at["u12"] * h2 + at["b_h1"]
        net2 = at["w2"] * x + at["u21"] * h1 + at["u22"] * h2 + at["b_h2"]
        h1, h2 = anp.tanh(net1), anp.tanh(net2)
        outs.append(at["v1"] * h1 + at["v2"] * h2 + at["b2"])
    return half_squares(outs, [0.5, 0.4, 0.1])


def lstm(at: Values) -> Any:
    """The error of `lstm`."""
    h, c, outs = at["h_t0"], at["c_t0"], []
    for step in ("t1", "t2"):
        x = at[f"x_{step}"]
        nets = {k: at[f"w{k}"] * x + at[f"u{k}"] * h + at[f"b{k}"] for k in "figo"}
        c = sigmoid(nets["f"]) * c + sigmoid(nets["i"]) * anp.tanh(nets["g"])
        h = sigmoid(nets["o"]) * anp.tanh(c)
        outs.append(h)
    return half_squares(outs, [0.3, 0.2])


def gru(at: Values) -> Any:
    """The error of `gru`."""
    h = at["h_t0"]
    for step in ("t1", "t2"):
        x = at[f"x_{step}"]
        z = sigmoid(at["wz"] * x + at["uz"] * h + at["bz"])
        r = sigmoid(at["wr"] * x + at["ur"] * h + at["br"])
        n = anp.tanh(at["wn"] * x + at["un"] * (r * h) + at["bn"])
        h = (1 - z) * n + z * h
    return half_squares([h], [0.25])


PARAMETERS = {
    "rnn": "w1 w2 u11 u12 u21 u22 b_h1 b_h2 v1 v2 b2",
    "lstm": "wf uf bf wi ui bi wg ug bg wo uo bo",
    "gru": "wz uz bz wr ur br wn un bn",
}
INPUTS = {
    "rnn": "x_t1 x_t2 x_t3 h1_t0 h2_t0",
    "lstm": "x_t1 x_t2 h_t0 c_t0",
    "gru": "x_t1 x_t2 h_t0",
}


@pytest.mark.parametrize(("name", "error"), [("rnn", rnn), ("lstm", lstm), ("gru", gru)])
def test_every_derivative_is_that_of_the_loop(name: str, error: Callable[[Values], Any]) -> None:
    """E, and dE/dw, dE/dx_t, dE/dh_t0 of all, and every new weight, are those of the loop."""
    found = traced(name)
    names = f"{PARAMETERS[name]} {INPUTS[name]}".split()
    at = {key: float(found[key].value) for key in names}
    assert isclose(float(found["E"].value), error(at), rel_tol=NEAR)
    for key, slope in grad(error)(at).items():
        assert isclose(float(found[f"dE/d{key}"].value), slope, rel_tol=NEAR, abs_tol=1e-15), key
        if key in PARAMETERS[name].split():
            assert isclose(float(found[f"{key}+"].value), at[key] - 0.1 * slope, rel_tol=NEAR), key


def test_the_first_time_step_is_that_of_the_cell() -> None:
    """At its first time step, `lstm` has the values of `lstm_cell`, which is an expression."""
    cell, network = traced("lstm_cell"), traced("lstm")
    pairs = {letter: f"out_{letter}_t1" for letter in "figo"} | {"c1": "out_c_t1", "h1": "out_h_t1"}
    for ours, theirs in pairs.items():
        assert isclose(float(cell[ours].value), float(network[theirs].value), rel_tol=NEAR), ours


def test_truncated_in_integers() -> None:
    """Cut after two time steps, deltas are 6 and 12 and then 0; uncut, they go on doubling."""
    cut = traced("rnn_truncated", "exact")
    text = resources.example("rnn_truncated").read_text("utf-8").replace(", truncate: 2", "")
    whole = trace(read_text(text), arithmetic("exact"))
    steps = range(1, 6)
    assert [cut[f"out_h_t{t}"].value for t in steps] == [1, 3, 7, 15, 31]
    assert [cut[f"delta_h_t{t}"].value for t in steps] == [0, 0, 0, 12, 6]
    assert (cut["dE/du"].value, cut["dE/dw"].value) == (174, 18)
    assert [whole[f"delta_h_t{t}"].value for t in steps] == [96, 48, 24, 12, 6]
    assert (whole["dE/du"].value, whole["dE/dw"].value) == (294, 186)
