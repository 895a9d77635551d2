"""Printed mathematics is parsed back: every line of random pages says what is so.

A page is read from top to bottom like a sceptical reader does. Each formula's symbols have to
stand above it; the numbers put in have to be those that stand there; and a relation sign has to
hold between the lines that it joins: ``=`` exactly, ``≈`` up to the digits that were left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.mathematics import suitable
from tests.support.networks import Drawn, networks
from tests.support.pages import EXACT, ROUNDED, Reading, Shown, Told, number, sections
from tests.support.rounding import MODES, by_hand, magnitude, rounded, to_digits
from tests.support.tracing import network_of, traced_if_finite
from tests.support.witness import in_digits
from tracer.derive.entries import Entry, Given
from tracer.derive.settle import settled
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.render.text import TextPage
from tracer.sheet.page import Wanted, page
from tracer.spec import Network

RANDOM = st.randoms(use_true_random=False)
WIDTHS = st.integers(40, 140)


def suitable_network(drawn: Drawn, random: Random) -> Network:
    """What the reader makes of a network without a pole or a kink near by."""
    with suitable():
        for sample in range(1, len(drawn.cases) + 1):
            in_digits(drawn, sample)
    return network_of(drawn, random)


@dataclass
class Reader:
    """A sceptical reader of one page.

    Attributes:
        trace: what the page was made from; it says which numbers are shown in full.
        asked: how many digits are shown.
        width: the page's columns.
        long: whether the longer telling is printed.
    """

    trace: Trace
    asked: NumberFormat
    width: int = 80
    long: bool = False

    def reads(self) -> None:
        """Hold every line of the page to what it says."""
        notation = terminal(self.trace.several_samples)
        wanted = Wanted(self.asked, long=self.long)
        lines = list(TextPage(notation, self.width).lines(page(self.trace, wanted)))
        found = sections(lines)
        self.symbols = tuple(
            {given[0] for section in found for given in section.givens}
            | {told.symbol for section in found for told in section.told}
        )
        self.shown: dict[str, Shown] = {}
        entries = iter(self._entries())
        for section in found:
            for symbol, sign, text in section.givens:
                entry = next(entries)
                self._hold_given(entry, sign, text)
                self.shown[symbol] = self._number(text, sign == EXACT)
            for told in section.told:
                entry = next(entries)
                self.hold(told, entry)
                text = told.lines[-1][1]
                whole = self._is_whole(text, entry)
                self.shown[told.symbol] = self._number(text, whole, literal=not told.numbers)
        assert next(entries, None) is None, "the page leaves out a step"

    def _number(self, text: str, exact: bool, literal: bool = False) -> Shown:
        return Shown(text, exact, literal, self.asked.significant)

    def _entries(self) -> Iterator[Entry]:
        """What the page has to tell, in its order."""
        for segment in self.trace.segments:
            told = [entry for entry in self.trace.entries(segment) if self.trace.is_news(entry)]
            for entry in sorted(told, key=lambda entry: not _is_given(entry)):
                yield entry
                if self.long and not _is_given(entry):
                    yield from entry.substeps  # type: ignore[attr-defined]

    def _hold_given(self, entry: Entry, sign: str, text: str) -> None:
        if isinstance(entry, Given):
            assert isinstance(entry.written, Number)
            assert (sign, text) == (EXACT, entry.written.text)
        else:
            self._hold_digits(entry, text)
            assert sign == (EXACT if self._is_whole(text, entry) else ROUNDED)

    def _is_whole(self, text: str, entry: Entry) -> bool:
        """Whether a number's digits are all of the value that is carried."""
        full = number(text) == Fraction(entry.value)
        return full and not self._fills_precision(entry.value)

    def _fills_precision(self, value: Any) -> bool:
        kind, _, digits = self.trace.arithmetic.name.partition(":")
        return kind == "decimal" and len(value.as_tuple().digits) >= int(digits)

    def hold(self, told: Told, entry: Entry) -> None:
        """Hold one telling to what it says."""
        formula = Reading(told.formula, self.shown, self.symbols)
        self._hold_digits(entry, told.lines[-1][1])
        if not told.numbers:
            assert number(told.formula) == Fraction(entry.value)
            return
        *put_in, (sign, result) = told.numbers
        for put_in_sign, text in put_in:
            self._hold_numbers(formula, put_in_sign, text)
        self._hold_result(formula, sign, result)

    def _hold_numbers(self, formula: Reading, sign: str, text: str) -> None:
        """The numbers that are put in are those that stand above, and they stand in brackets."""
        line = Reading(text, {}, ("no symbol",))
        assert formula.with_numbers().fullmatch(line.formula), (formula.formula, text)
        assert line.value() == formula.value(), (formula.formula, text)
        assert sign == (EXACT if formula.is_exact else ROUNDED), (formula.formula, text)

    def _hold_result(self, formula: Reading, sign: str, result: str) -> None:
        """``=`` where it is so exactly; ``≈`` where digits were left out, and no further off."""
        value, shown = formula.value(), number(result)
        if sign == EXACT:
            assert formula.is_exact
            assert value == shown, (formula.formula, result)
            return
        assert sign == ROUNDED
        doubt = formula.doubt() + self._number(result, exact=False).doubt
        slack = Fraction(1, 10**12) * (1 + abs(value))
        assert abs(value - shown) <= doubt + slack, (formula.formula, float(value), result)

    def _hold_digits(self, entry: Entry, text: str) -> None:
        """The digits are those of the value, rounded half up, as many as were asked for."""
        value = Fraction(entry.value)
        if number(text) != value:
            assert number(text) == self._rounded(value), (entry.name, text, entry.value)

    def _rounded(self, value: Fraction) -> Fraction:
        if self.asked.decimals is not None and magnitude(value) < 15:
            fixed = rounded(value, self.asked.decimals)
            if fixed:
                return fixed
        return to_digits(value, self.asked.significant)


def _is_given(entry: Entry) -> bool:
    return isinstance(entry, Given) or bool(getattr(entry, "is_carried", False))


DIGITS = st.builds(NumberFormat, st.none() | st.integers(2, 12), st.integers(3, 12))


@given(networks(rational=True, most_steps=2, evaluated=True), RANDOM, DIGITS, WIDTHS, st.booleans())
def test_page_in_fractions_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, long: bool
) -> None:
    """A page in exact fractions says in every line what is so."""
    found = traced_if_finite(suitable_network(drawn, random), "exact")
    Reader(found, asked, width, long).reads()


@given(networks(most_steps=2, evaluated=True), RANDOM, DIGITS, WIDTHS, st.booleans())
def test_page_in_decimals_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, long: bool
) -> None:
    """A page in the default arithmetic says in every line what is so."""
    spec = suitable_network(drawn, random)
    traced_if_finite(spec, "decimal:50")
    Reader(settled(spec), asked, width, long).reads()


@pytest.mark.parametrize("numbers", ["float", "decimal:20"])
@given(drawn=networks(most_steps=2), random=RANDOM, asked=DIGITS, width=WIDTHS)
def test_page_in_rounded_arithmetic_holds(
    drawn: Drawn, random: Random, asked: NumberFormat, width: int, numbers: str
) -> None:
    """A page in floats, or in decimals of 20 digits, says in every line what is so."""
    found = traced_if_finite(suitable_network(drawn, random), numbers)
    Reader(found, asked, width).reads()


class ByHand(Reader):
    """A reader of a page whose steps are rounded: each result is the line above it, rounded."""

    def __init__(
        self, trace: Trace, digits: int, significant: bool, mode: str, long: bool
    ) -> None:
        shown = NumberFormat(None if significant else digits, digits if significant else 9)
        super().__init__(trace, shown, long=long)
        self.rule = (digits, significant, mode)

    def _hold_result(self, formula: Reading, sign: str, result: str) -> None:
        value, shown = formula.value(), number(result)
        assert shown == by_hand(value, *self.rule), (formula.formula, result)
        if value != shown or formula.is_decimal:
            assert sign == (EXACT if value == shown else ROUNDED), (formula.formula, result)

    def _hold_digits(self, entry: Entry, text: str) -> None:
        assert number(text) == Fraction(entry.value)
        assert isinstance(entry.value, Decimal)


@given(
    networks(most_steps=2),
    RANDOM,
    st.integers(2, 8),
    st.booleans(),
    st.sampled_from(MODES),
    st.booleans(),
)
def test_page_by_hand_holds(
    drawn: Drawn, random: Random, digits: int, significant: bool, mode: str, long: bool
) -> None:
    """By hand, what stands right of a sign is exactly what stands left of it, rounded."""
    numbers = f"by-hand:{digits}{'sig' if significant else ''}:{mode}"
    found = traced_if_finite(suitable_network(drawn, random), numbers)
    ByHand(found, digits, significant, mode, long).reads()
