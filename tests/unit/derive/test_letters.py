"""Networks and expressions whose numbers are left open."""

from __future__ import annotations

from tests.unit.making import calculated, names, program, told, traced
from tracer.derive.entries import Given
from tracer.maths.expression import Symbol

LETTERS = """
    inputs: [x]
    layers:
      - {units: [h], activation: square, weights: [[a]], bias: 1}
      - {units: [o], weights: [[2]]}
    samples: [{input: 3, target: t}]
    training: {learning_rate: eta}
"""


def test_letters_are_given_as_letters() -> None:
    """A value that the author left open is the letter that was written, or the quantity's own."""
    trace = traced(LETTERS)
    written = {entry.name: entry.written for entry in trace.givens}
    assert written["a"] == Symbol("a")
    assert written["target_o"] == Symbol("t")
    assert written["learning_rate"] == Symbol("eta")
    bare = traced("inputs: [x]\nlayers: [{units: [o], bias: [b]}]\n")
    assert [(entry.name, entry.written) for entry in bare.givens] == [
        *[("x", Symbol("x")), ("target_o", Symbol("target_o"))],
        *[("w1", Symbol("w1")), ("b", Symbol("b"))],
    ]


def test_what_depends_on_letters_has_no_value() -> None:
    """A step over letters has no value, and the others have theirs."""
    trace = traced(LETTERS)
    unknown = [entry.name for entry in trace if entry.value is None]
    assert "net_h" in unknown
    assert "dE/dx" in unknown
    assert trace["b1"].value == 1
    assert trace["dout_o/dnet_o"].value == 1
    assert names(trace)[-3:] == ["w2+", "a+", "b1+"]


def test_all_symbolic_steps_are_told() -> None:
    """Without numbers a step is its formula; with some, the formula with those put in."""
    trace = traced(LETTERS)
    assert told(trace, "net_h") == ["net_h = a·x + b1", "= a·3 + 1"]
    assert told(trace, "out_h") == ["out_h = net_h^2"]
    assert told(trace, "∂E/∂out_h") == [
        *("∂E/∂out_h = δ_o · ∂net_o/∂out_h", "= δ_o·w2", "= δ_o·2"),
    ]


def test_a_letter_that_cancels_does_not_spoil_the_rest() -> None:
    """A derivative that needs no letter has its number."""
    trace = calculated(program("y = 3*x + z", z="2"))
    assert trace["y"].value is None
    assert trace["dy/dx"].value == 3
    assert isinstance(trace["x"], Given)


def test_letters_in_a_long_run() -> None:
    """A run of many steps with a letter is evaluated step by step, and stays open."""
    trace = traced(LETTERS, steps="25")
    assert trace["w2+@25"].value is None
    assert trace["dout_o/dnet_o@25"].value == 1


def test_one_letter_written_twice_is_one_letter() -> None:
    """Two inputs with the same letter are told with it both times."""
    trace = traced("""
        inputs: [x1, x2]
        layers: [{units: [o], weights: [[1, 2]]}]
        samples: [{input: [q, q], target: 0}]
    """)
    assert [str(entry.written.of) for entry in trace.givens[:2]] == ["q", "q"]  # type: ignore[union-attr]
