"""A sceptical reader of pages: every line is held to what it says, given what stands above it.

Each formula's symbols have to stand above it; the numbers put in have to be those that stand
there; and a relation sign has to hold between the lines that it joins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.support.pages import (
    BOUNDLESS,
    EXACT,
    ROUNDED,
    Reading,
    Shown,
    Told,
    number,
    sections,
    with_products,
)
from tests.support.rounding import by_hand, magnitude, rounded, to_digits
from tracer.derive.entries import Entry, Given
from tracer.derive.trace import Trace
from tracer.maths.expression import Number
from tracer.notation.notation import Notation, terminal
from tracer.notation.numbers import NumberFormat
from tracer.render.text import TextPage
from tracer.sheet.page import Wanted, page
from tracer.sheet.remarks import told

DUST = Fraction(1, 10**700)
"""What is smaller, and not settled with more digits than that, may be told as 0."""


@dataclass
class Sceptic:
    """A sceptical reader of one page.

    Attributes:
        trace: what the page was made from; it says which numbers are shown in full.
        asked: how many digits are shown.
        width: the page's columns.
        long: whether the longer telling is printed.
        notation: the symbols of the page; None: those of a terminal.
    """

    trace: Trace
    asked: NumberFormat
    width: int = 80
    long: bool = False
    notation: Notation | None = None

    def reads(self) -> None:
        """Hold every line of the page to what it says."""
        notation = self.notation or terminal(self.trace.several_samples)
        wanted = Wanted(self.asked, long=self.long, remarks=False, notation=self.notation)
        lines = list(TextPage(notation, self.width).lines(told(page, self.trace, wanted)))
        found = sections(lines)
        self.symbols = tuple(
            {given[0] for section in found for given in section.givens}
            | {one.symbol for section in found for one in section.told}
        )
        self.shown: dict[str, Shown] = {}
        entries = iter(self._entries())
        for section in found:
            for symbol, sign, text in section.givens:
                entry = next(entries)
                self._hold_given(entry, sign, text)
                self.shown[symbol] = self._number(text, sign == EXACT)
            for one in section.told:
                entry = next(entries)
                self.hold(one, entry)
                text = one.lines[-1][1]
                whole = self._is_whole(text, entry)
                self.shown[one.symbol] = self._number(text, whole, literal=len(one.numbers) < 2)
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
        """Whether a number's digits are all of the value that is carried, and of the true value.

        Where no longer calculation has confirmed it, a short decimal may be what is left of
        cancelled digits, as the 1 of exp(x - y): nothing on the page tells it from a true 1.
        """
        if number(text) != Fraction(entry.value):
            return False
        if not self.trace.arithmetic.name.startswith("decimal"):
            return True
        is_confirmed = self.trace.unsettled == "" and not self._fills_precision(entry.value)
        return is_confirmed or entry.is_exact

    def _fills_precision(self, value: Any) -> bool:
        """Whether a decimal is so long that it may have been cut off where a few zeros stood."""
        digits = int(self.trace.arithmetic.name.partition(":")[2])
        return len(value.as_tuple().digits) + min(10, digits // 4) >= digits

    def hold(self, told: Told, entry: Entry) -> None:
        """Hold one telling to what it says."""
        written = with_products(told.formula, self.symbols)
        formula = Reading(written, self.shown, self.symbols)
        self._hold_digits(entry, told.lines[-1][1])
        if not told.numbers:
            assert self._is_carried(number(written), entry.value)
            return
        *put_in, (sign, result) = told.numbers
        for put_in_sign, text in put_in:
            if text in self.symbols:
                self._hold_winner(formula, put_in_sign, text)
            else:
                self._hold_numbers(formula, put_in_sign, with_products(text, ()))
        self._hold_result(formula, sign, result)

    def _is_carried(self, constant: Fraction, value: Any) -> bool:
        """Whether a value is a constant, as near as floats come."""
        return constant in (Fraction(value), Fraction(str(value)))

    def _hold_numbers(self, formula: Reading, sign: str, text: str) -> None:
        """The numbers that are put in are those that stand above, and they stand in brackets."""
        line = Reading(text, {}, ("no symbol",))
        assert formula.becomes(line.formula), (formula.formula, text, formula.operands)
        assert self._is_same(line, formula), (formula.formula, text)
        expected = EXACT if formula.is_exact else ROUNDED
        assert sign == expected, (formula.formula, text, formula.operands)

    def _is_same(self, line: Reading, formula: Reading) -> bool:
        """Whether both have the same value; where a 0 stands for dust, there may be none."""
        try:
            return line.value() == formula.value()
        except ArithmeticError:
            return bool(self.trace.unsettled)

    def _hold_winner(self, formula: Reading, sign: str, symbol: str) -> None:
        """The operand that is named has the value that the formula has."""
        assert number(formula.operands[symbol].text) == formula.value()
        assert sign == (EXACT if formula.is_exact else ROUNDED)

    def _hold_result(self, formula: Reading, sign: str, result: str) -> None:
        """``=`` where it is so exactly; ``≈`` where digits were left out, and no further off."""
        shown = number(result)
        if sign == EXACT:
            assert formula.is_exact
            assert formula.value() == shown, (formula.formula, result)
            return
        assert sign == ROUNDED
        doubt = formula.doubt() + self._number(result, exact=False).doubt
        if doubt >= BOUNDLESS:
            return
        value = formula.value()
        slack = Fraction(1, 10**12) * (1 + abs(value))
        assert abs(value - shown) <= doubt + slack, (formula.formula, float(value), result)

    def _hold_digits(self, entry: Entry, text: str) -> None:
        """The digits are those of the value, rounded half up, as many as were asked for."""
        value = Fraction(entry.value)
        if self.trace.unsettled and abs(value) < DUST and number(text) == 0:
            return
        if number(text) != value:
            assert number(text) == self._rounded(value, entry), (entry.name, text, entry.value)

    def _rounded(self, value: Fraction, entry: Entry) -> Fraction:
        decimals = self.asked.decimals
        if decimals is not None and magnitude(value) < 15:
            kind = entry.quantity.kind
            if value and ("/d" in kind.plain or "signal" in kind.word or kind.word == "delta"):
                least = max(decimals, 2)
                decimals = max(decimals, least - 1 - magnitude(value))
            fixed = rounded(value, decimals)
            if fixed:
                return fixed
        return to_digits(value, self.asked.significant)


def _is_given(entry: Entry) -> bool:
    return isinstance(entry, Given) or bool(getattr(entry, "is_carried", False))


class ByHandSceptic(Sceptic):
    """A reader of a page whose steps are rounded: each result is the line above it, rounded."""

    def __init__(self, trace: Trace, digits: int, significant: bool, mode: str, long: bool) -> None:
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
