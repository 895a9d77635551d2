"""A calculation in any notation: every line says what is so, and no two quantities look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.property.test_pages import DIGITS, RANDOM, WIDTHS, suitable_network, suitable_program
from tests.support.amount import FEW
from tests.support.networks import Drawn, networks
from tests.support.pages import sections
from tests.support.programs import Program, programs
from tests.support.sceptic import Sceptic
from tests.support.tracing import soon_settled
from tracer.derive.settle import settled
from tracer.derive.trace import Trace
from tracer.notation.book import BookNotation
from tracer.notation.looks import look
from tracer.notation.numbers import NumberFormat, shown_value
from tracer.notation.profile import Profile
from tracer.render.text import TextPage
from tracer.resources import example_names, notation_names
from tracer.rules.quantity import BY_OUT, DELTA, NEGATIVE_DELTA, SIGNAL, Quantity
from tracer.sheet.notations.chosen import notation_of
from tracer.sheet.notations.collisions import collisions
from tracer.sheet.notations.conventions import under
from tracer.sheet.notations.read import find_profile
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted
from tracer.spec import Spec
from tracer.spec.find import find

NAMES = notation_names()
PROFILES = st.sampled_from(NAMES).map(find_profile)
OPPOSITE = {NEGATIVE_DELTA: DELTA, SIGNAL: BY_OUT}
"""What has the other sign where delta is minus the gradient."""


def in_notation(profile: Profile, spec: Spec) -> tuple[Trace, BookNotation]:
    """A spec traced under a profile's conventions, and its symbols."""
    found = soon_settled(under(profile, spec))
    return found, notation_of(profile, found)


@FEW
@given(networks(most_steps=2, evaluated=True), RANDOM, DIGITS, WIDTHS, st.booleans(), PROFILES)
def test_page_in_a_notation_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, long: bool, profile: Profile
) -> None:
    """A page in any notation says in every line what is so."""
    found, notation = in_notation(profile, suitable_network(drawn, random))
    assume(not list(collisions(found, notation)))
    Sceptic(found, asked, width, long, notation).reads()


@FEW
@given(programs(), DIGITS, WIDTHS, PROFILES)
def test_page_of_a_program_in_a_notation_holds(
    program: Program, asked: NumberFormat, width: int, profile: Profile
) -> None:
    """An expression program's page in any notation says in every line what is so."""
    found = settled(suitable_program(program))
    Sceptic(found, asked, width, notation=notation_of(profile, found)).reads()


@FEW
@given(networks(most_steps=2), RANDOM, PROFILES)
def test_no_slot_is_left_open(drawn: Drawn, random: Random, profile: Profile) -> None:
    """Every symbol of every quantity is complete, and made the same way a second time."""
    spec = suitable_network(drawn, random)
    found, notation = in_notation(profile, spec)
    again = notation_of(profile, found)
    for entry in found:
        symbol = notation.symbol(entry.quantity)
        bare = symbol.replace("_{", "").replace("}", "")
        assert bare
        assert "{" not in bare
        assert not bare.endswith(("_", "^"))
        assert again.symbol(entry.quantity) == symbol
        tree = notation.tree(entry.quantity)
        assert again.tree(entry.quantity) == tree
        assert not re.search(r"(?<![_^])\{", look(tree))


@cache
def _usual(example: str) -> dict[tuple[object, ...], Fraction]:
    return by_name(settled(find(example)))


def by_name(found: Trace) -> dict[tuple[object, ...], Fraction]:
    """The values of a trace by what they are, all in the sign of the gradient."""
    return dict(_signed(found))


def _signed(found: Trace) -> Iterator[tuple[tuple[object, ...], Fraction]]:
    for entry in found:
        if entry.value is not None:
            of = entry.quantity
            sign = -1 if of.kind in OPPOSITE else 1
            kind = OPPOSITE.get(of.kind, of.kind)
            yield (kind, of.unit, of.source, of.sample, of.step), sign * Fraction(entry.value)


@pytest.mark.parametrize("example", example_names())
@pytest.mark.parametrize("notation", NAMES)
def test_examples_have_the_same_numbers_in_every_notation(example: str, notation: str) -> None:
    """Read back off the page, every number is a terminal page's, up to the sign of delta."""
    profile, spec = find_profile(notation), find(example)
    found = settled(under(profile, spec))
    expected, values = _usual(example), by_name(found)
    for of, value in values.items():
        if of in expected:
            assert abs(value - expected[of]) <= Fraction(1, 10**30) * (1 + abs(value)), of
    _hold_page(found, notation_of(profile, found))


def _hold_page(found: Trace, notation: BookNotation) -> None:
    """Each number at the end of a step on the page is that of the quantity with its symbol."""
    if len(found.segments) > 1 or list(collisions(found, notation)):
        return
    numbers = NumberFormat(None, 12)
    told = sections(TextPage(notation).lines(whole(found, Wanted(numbers, remarks=False))))
    values = {notation.symbol(entry.quantity): entry.value for entry in found}
    read = [(one.symbol, one.lines[-1]) for section in told for one in section.told]
    assert read
    for symbol, (_, text) in read:
        value = values[symbol]
        if value is not None and not any(letter.isalpha() for letter in text.replace("e", "")):
            shown = shown_value(value, found.arithmetic, numbers).text
            assert shown == text or Fraction(text) == Fraction(value)


def test_a_quantity_knows_no_notation() -> None:
    """A profile says nothing of a quantity that the network has not: it keeps its own name."""
    profile = find_profile("nielsen")
    notation = notation_of(profile, settled(find("mazur")))
    assert notation.symbol(Quantity(DELTA, "elsewhere")) == "δ_elsewhere"
