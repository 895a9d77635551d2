"""Random calculations in every language: each word comes out of the table, no number changes."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.amount import FEW
from tests.support.languages import NUMBER, OTHERS, SYMBOLS, WORD, printed
from tests.support.marking import MARKS, unmarked
from tests.support.networks import Drawn, networks
from tests.support.programs import Program, programs
from tests.support.tracing import network_of, traced_if_finite
from tracer.derive.trace import Trace
from tracer.phrase import ENGLISH
from tracer.render.language import words_of
from tracer.spec import read_text

RANDOM = st.randoms(use_true_random=False)


def assert_translated(trace: Trace) -> None:
    """Nothing stands outside of marks but symbols, numbers and the names of the calculation."""
    names = trace.names(trace.segments[0].program).listed
    known = SYMBOLS | {word for name in names for word in WORD.findall(name)}
    for line in printed(trace, MARKS):
        assert not set(WORD.findall(unmarked(line))) - known, line


@FEW
@given(networks(most_steps=2, evaluated=True), RANDOM)
def test_every_word_of_a_networks_pages_is_translated(drawn: Drawn, random: Random) -> None:
    """Whatever a network is made of, no view of it says a word that no table knows."""
    assert_translated(traced_if_finite(network_of(drawn, random), "float"))


@FEW
@given(programs())
def test_every_word_of_an_expressions_pages_is_translated(program: Program) -> None:
    """Whatever an expression is made of, no view of it says a word that no table knows."""
    assert_translated(traced_if_finite(read_text(program.text()), "float"))


@pytest.mark.parametrize("code", OTHERS)
@FEW
@given(drawn=networks(most_steps=2, evaluated=True), random=RANDOM)
def test_numbers_do_not_depend_on_the_language(drawn: Drawn, random: Random, code: str) -> None:
    """The lines of givens and steps have the same numbers in every language."""
    trace = traced_if_finite(network_of(drawn, random), "float")
    english, other = (
        [NUMBER.findall(line) for line in printed(trace, words) if line.startswith("  ")]
        for words in (ENGLISH, words_of(code))
    )
    assert english == other
