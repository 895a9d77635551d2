"""The two ways to ask a recipe: place by place, or a stretch of places at a time."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.networks import Drawn, networks
from tests.support.tracing import network_of
from tracer import resources
from tracer.derive.program import Block, Program
from tracer.derive.recipe import Recipe, Stretch
from tracer.derive.run import plan
from tracer.spec import find
from tracer.spec.network import Spec


def recipes(spec: Spec) -> Iterator[tuple[Block, Recipe]]:
    """Every block that is made by a recipe, in each program of the training once."""
    programs: dict[int, Program] = {id(step.program): step.program for step in plan(spec)}
    for program in programs.values():
        yield from ((block, block.recipe) for block in program.blocks if block.recipe)


def rows(stretch: Stretch) -> list[tuple[int, ...]]:
    """The operands of each step of a stretch."""
    if not stretch.columns:
        return [()] * stretch.size
    found = list(zip(*stretch.columns, strict=True))
    assert len(found) == stretch.size
    return found


def check(spec: Spec) -> None:
    """Compares both ways for every step, and holds that no step needs another of its block."""
    for block, recipe in recipes(spec):
        told = [
            (stretch.rule, stretch.template, tuple(row))
            for stretch in recipe.stretches(len(block.units))
            for row in rows(stretch)
        ]
        asked = [
            (recipe.rule(k), recipe.template(k), tuple(recipe.operands(k)))
            for k in range(len(block.units))
        ]
        assert told == asked
        assert all(operand < block.start for *_, operands in asked for operand in operands)


@given(networks(), st.randoms(use_true_random=False))
def test_stretches_of_random_networks(drawn: Drawn, random: Random) -> None:
    """Shared weights, missing edges, skips, thresholds and batches: both ways say the same."""
    check(network_of(drawn, random))


@pytest.mark.parametrize("name", resources.example_names())
def test_stretches_of_examples(name: str) -> None:
    """So they do in every built-in example, networks and expression programs."""
    check(find(name))
