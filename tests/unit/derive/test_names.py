"""Typed names: the plain ones, their other spellings, and the ones that are not there."""

from __future__ import annotations

import re

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, calculated, program, traced
from tracer.errors import UnknownQuantityError


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("dE/dnet_h1", "dE/dnet_h1"),
        ("delta_h1", "dE/dnet_h1"),
        ("δ_h1", "dE/dnet_h1"),
        ("∂E/∂net_h1", "dE/dnet_h1"),
        ("  net_h1 ", "net_h1"),
        ("net_h1[1]", "net_h1"),
        ("net_h1@1", "net_h1"),
        ("net_h1[1]@1", "net_h1"),
        ("E_total", "E"),
        ("E", "E"),
        ("w1+", "w1+"),
        ("dE/dx1", "dE/dx1"),
        ("learning_rate", "learning_rate"),
        ("η", "learning_rate"),
        (" net_h1 @ 1 ", "net_h1"),
        ("w1⁺", "w1+"),
        ("target_o2", "target_o2"),
        ("∂E/∂out_h1:o2", "dE/dout_h1:o2"),
        ("dnet_o1/dout_h1", "dnet_o1/dout_h1"),
    ],
)
def test_spellings_that_are_understood(typed: str, name: str) -> None:
    """Blanks, ∂, δ, η, aliases, and the one sample or step there is may be typed or left out."""
    trace = traced(BY_HEAD)
    if name.startswith("dnet_o1/dout"):
        assert typed not in trace
    else:
        assert trace[typed].name == name


def test_samples_are_told_apart() -> None:
    """Where there are several samples a name says which; the bare name is the batch's."""
    trace = traced(IN_A_ROW)
    assert trace["net_z[2]"].value == 4
    assert trace["delta_z[3]"].value == -6
    assert trace["E[3]"].value == 9
    assert trace["E"].value == trace["E_total"].value == 14
    assert trace["dE/dw[3]"].value == -18
    assert "net_z" not in trace


@pytest.mark.parametrize("batch", ["online", "2"])
def test_a_batch_of_one_answers_to_its_sample(batch: str) -> None:
    """With one sample in a batch, the batch's error and derivatives are those of that sample."""
    trace = traced(IN_A_ROW, batch=batch, epochs="1")
    step = len(trace.segments)
    assert trace["E[3]"].place == trace[f"E@{step}"].place
    assert trace["dE/dw[3]"].place == trace[f"dE/dw@{step}"].place == trace["∂E/∂w[3]"].place
    assert trace[f"dE/dw[3]@{step}"].name == f"dE/dw@{step}"
    assert "E[2]@2" in traced(IN_A_ROW, batch="online", steps="3")
    assert "E[3]@2" not in traced(IN_A_ROW, batch="online", steps="3")


def test_steps_are_told_apart() -> None:
    """Where there are several steps a name says which; a bare name is of the first."""
    trace = traced(IN_A_ROW, steps="3")
    assert trace["w"].name == "w@1"
    assert trace["w@2"].value == trace["w+@1"].value == trace["w+"].value
    assert trace["net_z[2]@3"].value == 2 * trace["w@3"].value


def test_every_name_leads_back() -> None:
    """The name of each given and step of a trace finds that very given or step."""
    for settings in ({}, {"steps": "2"}, {"batch": "online", "steps": "3"}):
        trace = traced(IN_A_ROW, **settings)
        for entry in trace:
            assert trace[entry.name].place == entry.place


def test_a_sample_of_a_later_step_is_found_without_it() -> None:
    """In online training the bare name of a later sample's quantity is of its first step."""
    trace = traced(IN_A_ROW, batch="online", steps="6")
    assert trace["x[3]"].value == 3
    assert trace["net_z[3]"].name == "net_z[3]@3"
    assert trace["net_z[3]@6"].value != trace["net_z[3]"].value
    assert "net_z[3]@1" not in trace


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("net_h3", "did you mean 'net_h"),
        ("dE/dout_o3", "did you mean 'dE/dout_o"),
        ("delta_h3", "did you mean 'delta_h"),
        ("w9+", "did you mean 'w"),
    ],
)
def test_near_names_are_suggested(typed: str, hint: str) -> None:
    """A name that is not there is answered with those that come close."""
    with pytest.raises(UnknownQuantityError, match=re.escape(f"no quantity '{typed}'")) as caught:
        traced(BY_HEAD)[typed]
    assert hint in str(caught.value)


def test_far_names_are_not_guessed() -> None:
    """Nothing is suggested where nothing comes close."""
    with pytest.raises(UnknownQuantityError, match=r"^this trace has no quantity 'zzzzzz'$"):
        traced(SIGMOID, "decimal")["zzzzzz"]


@pytest.mark.parametrize("typed", ["net_o@2", "net_o@0", "net_o@x", "net_o@", "net_o@-1", "@²"])
def test_steps_that_are_not_there(typed: str) -> None:
    """A step outside the run, or none at all after the @, is an error that says the steps."""
    with pytest.raises(UnknownQuantityError, match="this trace has the training steps 1 to 1"):
        traced(SIGMOID, "decimal")[typed]


@pytest.mark.parametrize("typed", ["", " ", "[1]", "+", "dE/d", "net_", None, 3])
def test_what_is_no_name_is_not_contained(typed: object) -> None:
    """Nothing but a name is in a trace."""
    assert typed not in traced(SIGMOID, "decimal")


def test_names_of_an_expression() -> None:
    """Results, intermediate results, contributions and adjoints are found by their names."""
    trace = calculated(program("y = x*z + x", x="3", z="5"))
    assert trace["v1"].value == 15
    assert trace["dy/dx"].value == 6
    assert trace["∂y/∂x^a"].value == 1
    assert trace["dy/dx^b"].value == 5
    assert trace["y"].value == 18


def test_letters_of_a_program_are_found_as_they_are_written() -> None:
    """A variable that is called δ or η is found by its name, which stands for nothing else."""
    trace = calculated(program("y = δ*η", δ="2", η="3"))
    assert [trace[name].value for name in ("δ", "η", "dy/dδ", "∂y/∂η")] == [2, 3, 3, 2]


@pytest.mark.parametrize("key", [3, None, slice(2), ("dE/dw1",)])
def test_what_is_no_text_is_a_mistake_of_the_caller(key: object) -> None:
    """Looking up a number or None says what a quantity is found by."""
    with pytest.raises(TypeError, match="a quantity is found by its name, such as t"):
        traced(BY_HEAD)[key]  # type: ignore[index]


def test_a_wrong_name_in_a_large_trace_is_refused_at_once() -> None:
    """Among very many names none is looked for that comes close: that would take seconds."""
    trace = traced("inputs: 40\nlayers: [{units: 40}]")
    with pytest.raises(UnknownQuantityError, match=r"^this trace has no quantity 'dE/dw'$"):
        trace["dE/dw"]


def test_a_part_is_found_by_letters_that_are_typed_otherwise() -> None:
    """A line of the longer telling is found by the name that is printed, Greek letters and all."""
    text = """
        inputs: [x]
        layers:
          - {units: [α1, α2], weights: [[w = 2], [w]]}
        samples: [{input: 1, target: [0, 0]}]
    """
    assert traced(text)["dE/dw:α1:x"].value == 2
