"""Printed pages read back: which lines there are, what they say, and whether it is so.

Nothing here comes from the program. A page is text; a formula on it is read by Python's parser;
a relation sign is held to what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct, field

from tests.support.mathematics import READ_BACK
from tests.support.reading import evaluated, name_pattern, with_identifiers

EXACT, ROUNDED, WITHIN = "=", "≈", "∈"
CHAINED = re.compile(" [·×] ")
BESIDE = re.compile(r"(?<=[§)])(?= ?[§(]) ?|(?<=[§)0-9]) (?=[§(]|[a-z]\w*\()")
"""Between two factors that stand side by side."""
REMARK = " " * 6
"""What the sentences between the parts of a longer telling start with."""
BOUNDLESS = Fraction(10) ** 400
"""The doubt of a formula that has no value close by."""

_FIRST = re.compile(r"^(?P<head> +(?P<symbol>\S.*?)) (?P<sign>[=≈∈]) (?P<text>.*)$")
_NEXT = re.compile(r"^(?P<head> +) (?P<sign>[=≈∈]) (?P<text>.*)$")
_UNDERLINE = re.compile(r"^(=+|-+)$")
_LITERALS = [
    re.compile(form.format(r"(?P<digits>-?\d[\d.]*(?:e-?\d+)?(?:/\d+)?)"))
    for form in (r"{}", r"\({}\)")
] + [re.compile(r"(?P<digits>-?\d[\d.]*(?:e-?\d+)?)")]
_FUNCTIONS = re.compile(rf"\b({'|'.join((*READ_BACK.functions, 'sigmoid', 'softplus', 'log'))})\(")
_CASES = re.compile(r"\{([^{}]*)\}")


class Told(Struct):
    """One telling: what it is about, and its lines, each after its relation sign."""

    symbol: str
    indent: int
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def chain(self) -> str:
        """The chain of partial derivatives, if one is told."""
        signs = [text for _, text in self.lines]
        return signs[0] if len(signs) > 1 and CHAINED.search(signs[0]) else ""

    @property
    def formula(self) -> str:
        """The formula over symbols, or the number where nothing else is told."""
        return self.lines[1 if self.chain else 0][1]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """What follows the formula: the numbers put in, and the result."""
        return self.lines[2 if self.chain else 1 :]


class Section(Struct):
    """What stands under one heading: givens as (symbol, sign, text), and tellings."""

    title: str
    givens: list[tuple[str, str, str]] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def sections(lines: Iterable[str]) -> list[Section]:
    """The sections of a page, the first of which holds the conventions."""
    rows = list(lines)
    found: list[Section] = []
    place = 0
    while place < len(rows):
        row = rows[place]
        below = rows[place + 1] if place + 1 < len(rows) else ""
        if row and _UNDERLINE.match(below) and len(below) == len(row):
            found.append(Section(row))
            place += 2
            continue
        if found and len(found) > 1 and row.startswith("  "):
            _take(row, found[-1])
        place += 1
    return found


def _take(row: str, section: Section) -> None:
    """A row of givens, or a line of a telling."""
    if section.title == "Given":
        for cell in re.split(r"\s{2,}", row.strip()):
            symbol, sign, text = re.split(r" ([=≈∈]) ", cell, maxsplit=1)
            section.givens.append((symbol, sign, text))
        return
    told = section.told[-1] if section.told else None
    follows = _NEXT.match(row)
    if told and follows and len(follows["head"]) == told.indent:
        told.lines.append((follows["sign"], follows["text"]))
    elif told and len(row) - len(row.lstrip()) == told.indent + 3:
        sign, text = told.lines[-1]
        gap = "" if text.endswith("·") and not text.endswith(" ·") else " "
        told.lines[-1] = (sign, text + gap + row.strip())
    else:
        first = _FIRST.match(row)
        if first is None:
            assert row.startswith(REMARK), f"a line that says nothing: {row!r}"
            return
        section.told.append(Told(first["symbol"], len(first["head"])))
        section.told[-1].lines.append((first["sign"], first["text"]))


class Shown(Struct, frozen=True):
    """A number as it stands on the page.

    Attributes:
        text: its digits.
        exact: whether they are all of it.
        literal: whether they are a formula's own literal; put in, the number has fewer zeros.
        significant: the digits that a rounded number has at least.
    """

    text: str
    exact: bool
    literal: bool = False
    significant: int = 1

    @property
    def value(self) -> Fraction:
        """What the digits say."""
        return number(self.text)

    def rests(self, text: str) -> Iterator[str]:
        """What may follow the number in a text; nothing if it does not start with the number.

        A formula's own literal may gain or lose zeros: 1.50 is put in as 1.5.
        """
        digits = plain(self.text)
        for start in (digits, f"({digits})"):
            if text.startswith(start):
                yield text[len(start) :]
        for form in _LITERALS if self.literal else ():
            found = form.match(text)
            if found and number(found["digits"]) == self.value:
                yield text[found.end() :]

    @property
    def doubt(self) -> Fraction:
        """How far off the value may be: half a unit in the last digit, if it is rounded."""
        return Fraction(0) if self.exact else half_unit(self.text, self.significant)


def with_products(text: str, symbols: tuple[str, ...]) -> str:
    """A formula in which the same sign stands between any two factors.

    Args:
        text: the formula, whose factors may stand side by side.
        symbols: every symbol on its page.
    """
    text = text.replace("×", "·")
    if not symbols:
        return BESIDE.sub("·", text)
    found = name_pattern(symbols)
    kept = found.findall(text)
    marked = found.sub("§", text).replace("(§)^", "§^")
    parted = BESIDE.sub("·", marked).split("§")
    return "".join(part + symbol for part, symbol in zip(parted, [*kept, ""], strict=True))


def half_unit(text: str, significant: int) -> Fraction:
    """Half a unit in the last digit of a number's text that is not a zero to fill up."""
    digits, _, exponent = text.lower().lstrip("-").partition("e")
    whole, _, places = digits.partition(".")
    filled = 0 if places else max(len(whole) - significant, 0)
    return Fraction(1, 2) * Fraction(10) ** (int(exponent or 0) - len(places) + filled)


@lru_cache(100_000)
def number(text: str) -> Fraction:
    """The value of a number's text, which may be a quotient or another small formula."""
    return Fraction(evaluated(text, {}, READ_BACK))


class Reading:
    """Values of a formula on a page, over numbers that stand on the page.

    Attributes:
        formula: its text, in the page's notation.
        shown: what every symbol on the page so far stands for.
    """

    def __init__(self, formula: str, shown: Mapping[str, Shown], symbols: tuple[str, ...]) -> None:
        self.formula = plain(formula)
        found = dict.fromkeys(name_pattern(symbols).findall(self.formula))
        self.operands = {symbol: shown[symbol] for symbol in found}
        self._names = {symbol: f"q{k}" for k, symbol in enumerate(found)}

    @property
    def is_exact(self) -> bool:
        """Whether every operand is shown in full."""
        return all(operand.exact for operand in self.operands.values())

    @property
    def is_decimal(self) -> bool:
        """Whether nothing is divided, so that no rounding comes before that of the result.

        Nor does a function stand there whose value is known to sixty digits only.
        """
        texts = (self.formula, *(operand.text for operand in self.operands.values()))
        return not any("/" in text or _FUNCTIONS.search(text) for text in texts)

    def value(self, shift: Mapping[str, Fraction] | None = None) -> Fraction:
        """The formula's value over the numbers as shown, some of them shifted."""
        moved = shift or {}
        numbers = {
            self._names[symbol]: operand.value + moved.get(symbol, 0)
            for symbol, operand in self.operands.items()
        }
        formula = with_identifiers(self.formula, self._names) if self._names else self.formula
        return Fraction(evaluated(formula, numbers, READ_BACK))

    def doubt(self) -> Fraction:
        """How far the value may be off because operands are rounded, to first order and half."""
        doubtful = [symbol for symbol, operand in self.operands.items() if operand.doubt]
        try:
            middle = self.value()
            moves = [self._moves(symbol, middle) for symbol in doubtful]
        except ArithmeticError:
            if not doubtful:
                raise
            return BOUNDLESS
        return sum(moves, Fraction(0)) * Fraction(3, 2)

    def _moves(self, symbol: str, middle: Fraction) -> Fraction:
        """How far one operand, at either end of what it may be, moves the value."""
        off = self.operands[symbol].doubt
        return max(abs(self.value({symbol: shift}) - middle) for shift in (off, -off))

    def becomes(self, text: str) -> bool:
        """Whether a text is the formula with its numbers put in, each in brackets or not."""
        if not self._names:
            return text == self.formula
        places = list(name_pattern(tuple(self._names)).finditer(self.formula))
        return self._continues(text, 0, places)

    def _continues(self, text: str, place: int, places: list[re.Match[str]]) -> bool:
        """Whether a text is the formula from a place on, which has symbols at some places."""
        if not places:
            return text == self.formula[place:]
        between = self.formula[place : places[0].start()]
        return text.startswith(between) and any(
            self._continues(rest, places[0].end(), places[1:])
            for rest in self.operands[places[0][0]].rests(text[len(between) :])
        )


def plain(text: str) -> str:
    """A formula with its piecewise parts as calls: ``{a if x > 0; b otherwise}``."""
    while (found := _CASES.search(text)) is not None:
        *branches, otherwise = found[1].split("; ")
        parts = [_branch(branch) for branch in branches]
        last = otherwise.removesuffix(" otherwise")
        call = f"where({', '.join((*parts, last))})"
        text = text[: found.start()] + call + text[found.end() :]
    return text


def _branch(text: str) -> str:
    value, _, test = text.partition(" if ")
    return f"{test}, {value}"
