"""Blocks and addresses: the one flat list in which every value has its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.unit.making import BY_HEAD, IN_A_ROW, network, program
from tracer.derive.expressions.build import expression_program
from tracer.derive.network.build import batches, step_program
from tracer.derive.program import Layout, Phase, Program
from tracer.derive.recipe import Plain
from tracer.rules.quantity import GRADIENT, NET, WEIGHT, Quantity


def test_blocks_follow_each_other() -> None:
    """A layout hands out addresses without gaps, and leaves empty blocks out."""
    layout = Layout()
    assert layout.add(WEIGHT, Phase.GIVEN, ("a", "b")) == range(0, 2)
    assert layout.add(NET, Phase.FORWARD, (), sample=1) == range(2, 2)
    assert layout.add(NET, Phase.FORWARD, ("h",), sample=1) == range(2, 3)
    assert [block.kind for block in layout.blocks] == [WEIGHT, NET]
    assert layout.size == 3


def test_an_address_leads_to_its_quantity() -> None:
    """Every address lies in the block that covers it, and names kind, unit and sample."""
    layout = Layout()
    layout.add(WEIGHT, Phase.GIVEN, ("a", "b"))
    layout.add(NET, Phase.FORWARD, ("h",), sample=4)
    layout.add(GRADIENT, Phase.WEIGHTS, ("a", "b"))
    made = Program(tuple(layout.blocks))
    assert made.size == 5
    assert [made.quantity(address) for address in range(5)] == [
        Quantity(WEIGHT, "a"),
        Quantity(WEIGHT, "b"),
        Quantity(NET, "h", sample=4),
        Quantity(GRADIENT, "a"),
        Quantity(GRADIENT, "b"),
    ]


def test_an_empty_program_has_no_values() -> None:
    """A program without blocks has the size 0."""
    assert Program(()).size == 0


def test_plain_recipes_have_no_longer_telling() -> None:
    """Most recipes have neither a chain of partials nor lines of a longer telling."""
    assert Plain().chain(0, Program(())) is None
    assert Plain().substeps(0, Program(())) == ()


@pytest.mark.parametrize("in_place", ["simultaneous", "in_place"])
@pytest.mark.parametrize("text", [BY_HEAD, IN_A_ROW])
def test_every_step_stands_after_its_operands(text: str, in_place: str) -> None:
    """A program is straight: each formula is over values at earlier addresses."""
    found = network(text, update=in_place)
    for batch in batches(found):
        check_straight(step_program(found, batch))


@pytest.mark.parametrize("mode", ["reverse", "forward"])
def test_every_operation_stands_after_its_operands(mode: str) -> None:
    """The program of an expression is straight in both modes."""
    found = program("a = x*y + sin(x)", "a = a*a/x - 1", "z = max(a, y)**2", x="2", y="3")
    check_straight(expression_program(replace(found, forward=mode == "forward")))


def test_steps_cover_every_address_once() -> None:
    """The blocks of a program lie end to end, from 0 on."""
    found = step_program(network(BY_HEAD), (0,))
    assert found.blocks[0].start == 0
    for before, after in pairwise(found.blocks):
        assert before.addresses.stop == after.start


def test_the_parameters_of_the_next_step() -> None:
    """A parameter goes on with its new value; one that is frozen, with its old one."""
    found = step_program(network(BY_HEAD, frozen="biases"), (0,))
    following = [found.quantity(address).kind.word for address in found.ends]
    assert following.count("updated parameter") == 8
    assert following.count("bias") == 3
    assert len(found.numbers_of_slots) == 8
    assert all((slot.new is not None) == slot.changes for slot in found.slots)
    pairs = [(found.quantity(slot.start), found.quantity(slot.end)) for slot in found.slots]
    assert all(before.unit == after.unit for before, after in pairs)


def test_a_forward_pass_alone_knows_what_training_changes() -> None:
    """A pass after the last step has no update, and yet its weights are no longer the givens."""
    found = step_program(network(BY_HEAD, frozen="biases"), (0,), backward=False)
    assert not found.has_update
    assert len(found.numbers_of_slots) == 8
    assert {block.phase for block in found.blocks} == {Phase.GIVEN, Phase.FORWARD, Phase.ERROR}


def test_samples_of_a_program() -> None:
    """A program knows the samples that take part in it."""
    found = network(IN_A_ROW)
    assert step_program(found, (0, 2)).samples == {1, 3}


def check_straight(found: Program) -> None:
    """Fails where a recipe reaches ahead, or its operands do not fit its template."""
    for block in found.blocks:
        for k, address in enumerate(block.addresses):
            if block.recipe is not None:
                operands = block.recipe.operands(k)
                assert len(operands) == len(block.recipe.template(k).roles)
                assert all(0 <= operand < address for operand in operands)
