"""A printed page in matrices, read back as a reader would: boxes of numbers with signs between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

BOX = re.compile(r"\[ (.*?) \]")
RELATIONS = ("=", "≈")
CAPTION = re.compile(r"\s*\d+×\d+[\d×a-z, ]*")
NO_ENTRY = "."


class Rounded(NamedTuple):
    """A number with what rounding can have made of it."""

    value: Fraction
    slack: Fraction

    def __add__(self, other: object) -> Rounded:
        assert isinstance(other, Rounded)
        return Rounded(self.value + other.value, self.slack + other.slack)

    def __mul__(self, other: object) -> Rounded:
        assert isinstance(other, Rounded)
        slack = abs(self.value) * other.slack + abs(other.value) * self.slack
        return Rounded(self.value * other.value, slack + self.slack * other.slack)


Table = list[list[Rounded | None]]
ZERO, ONE, MINUS_ONE = (Rounded(Fraction(value), Fraction(0)) for value in (0, 1, -1))


class Read(Struct, frozen=True):
    """An equation as it stands on a page.

    Attributes:
        name: what is calculated.
        formula: its first line, in symbols.
        tokens: signs, numbers and tables.
        captions: the shapes that stand under the tables.
    """

    name: str
    formula: str
    tokens: tuple[str | tuple[tuple[str, ...], ...], ...]
    captions: tuple[str, ...]

    @property
    def relations(self) -> list[int]:
        """Where the relation signs are among the tokens."""
        return [number for number, token in enumerate(self.tokens) if token in RELATIONS]

    @property
    def result(self) -> Table:
        """The numbers after the last relation sign."""
        (last,) = self.tokens[self.relations[-1] + 1 :]
        return table(last, exact=self.tokens[self.relations[-1]] == "=")


def equations(lines: Iterable[str]) -> Iterator[Read]:
    """Every equation of a page, in order."""
    paragraph: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            paragraph.append(line)
            continue
        found = _equation(paragraph)
        if found is not None:
            yield found
        paragraph = []


def _equation(lines: Sequence[str]) -> Read | None:
    if not any(CAPTION.fullmatch(line) for line in lines):
        return None
    numbers = [line for line in lines if BOX.search(line) or CAPTION.fullmatch(line)]
    others = [line for line in lines if line not in numbers]
    head = next((line for line in others if not line.lstrip().startswith(("=", "≈"))), "")
    tokens = list(_tokens(lines))
    if not head:
        name = str(tokens.pop(0))
        return Read(name, "", tuple(tokens), _captions(lines))
    name, _, formula = head.strip().partition(" = ")
    if "entry by entry" in head:
        name, formula = re.split(r" = |, entry", head.strip())[0], ""
    return Read(name, formula, tuple(tokens), _captions(lines))


def _captions(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for line in lines if CAPTION.fullmatch(line) for text in line.split("  "))


def _tokens(lines: Sequence[str]) -> Iterator[str | tuple[tuple[str, ...], ...]]:
    """Signs and tables, from left to right and row by row."""
    boxes = list(_boxes(lines))
    middles = sorted({middle for middle, _, _ in boxes})
    scalars = [
        number
        for number, line in enumerate(lines)
        if line.lstrip().startswith(RELATIONS) and re.search(r"[=≈] -?[\d./e-]+$", line)
    ]
    for number in sorted({*middles, *scalars}):
        here = {start: rows for middle, start, rows in boxes if middle == number}
        line, place = lines[number], 0
        for start in sorted(here):
            yield from line[place:start].split()
            yield here[start]
            place = line.index(" ]", start) + 2
        yield from line[place:].split()


def _boxes(lines: Sequence[str]) -> Iterator[tuple[int, int, tuple[tuple[str, ...], ...]]]:
    """(middle line, column, rows) of each box."""
    open_boxes: dict[int, tuple[int, list[tuple[str, ...]]]] = {}
    for number, line in enumerate((*lines, "")):
        found = {match.start(): match[1] for match in BOX.finditer(line)}
        for start in [start for start in open_boxes if start not in found]:
            first, rows = open_boxes.pop(start)
            yield first + (len(rows) - 1) // 2, start, tuple(rows)
        for start, text in found.items():
            cells = tuple(re.split(r"\s{2,}", text.strip()))
            open_boxes.setdefault(start, (number, []))[1].append(cells)


def table(token: object, exact: bool) -> Table:
    """The numbers of a token; one number alone is a table of one entry."""
    rows = ((token,),) if isinstance(token, str) else token
    assert isinstance(rows, tuple)
    return [[number(text, exact) for text in row] for row in rows]


def number(text: str, exact: bool) -> Rounded | None:
    """A number with half a unit of its last place; None for no entry."""
    if text == NO_ENTRY:
        return None
    if exact or "/" in text:
        return Rounded(Fraction(text), Fraction(0))
    digits, _, exponent = text.partition("e")
    places = len(digits.partition(".")[2]) - int(exponent or 0)
    return Rounded(Fraction(text), Fraction(10) ** -places / 2)


def joined(tokens: Sequence[object]) -> list[object]:
    """The tokens, blocks of columns of one matrix put together again."""
    found: list[object] = []
    for token in tokens:
        if isinstance(token, tuple) and found and isinstance(found[-1], tuple):
            found[-1] = tuple((*a, *b) for a, b in zip(found[-1], token, strict=True))
        else:
            found.append(token)
    return found


def value(tokens: Sequence[object], exact: bool) -> Table:
    """What signs and tables come to: a sum of products, the signs as on the page."""
    total: Table | None = None
    for negative, term in _terms(tokens):
        product = _product(term, exact)
        if negative:
            product = [[times(entry, MINUS_ONE) for entry in row] for row in product]
        total = product if total is None else plus(total, product)
    assert total is not None
    return total


def _terms(tokens: Sequence[object]) -> Iterator[tuple[bool, list[object]]]:
    negative, term = False, list[object]()
    for token in tokens:
        if token in ("+", "-"):
            if term:
                yield negative, term
            negative, term = token == "-", []
        else:
            term.append(token)
    yield negative, term


def _product(term: Sequence[object], exact: bool) -> Table:
    found = table(term[0], exact)
    is_scalar = isinstance(term[0], str)
    for sign, token in zip(term[1::2], term[2::2], strict=True):
        other = table(token, exact)
        if is_scalar:
            found = [[times(found[0][0], entry) for entry in row] for row in other]
        elif sign == "∘":
            found = [list(map(times, *rows)) for rows in zip(found, other, strict=True)]
        else:
            found = matrix_product(found, other)
        is_scalar = is_scalar and isinstance(token, str)
    return found


def times(first: Rounded | None, second: Rounded | None) -> Rounded:
    """A product, in which what is not there counts as zero."""
    return ZERO if first is None or second is None else first * second


def matrix_product(first: Table, second: Table) -> Table:
    """Rows times columns."""
    columns = list(zip(*second, strict=True))
    assert all(len(row) == len(second) for row in first)
    return [[_sum(map(times, row, column)) for column in columns] for row in first]


def _sum(terms: Iterable[Rounded]) -> Rounded:
    total = ZERO
    for term in terms:
        total = total + term
    return total


def plus(first: Table, second: Table) -> Table:
    """A sum, in which one row or one column stands for all."""
    rows, columns = len(first), len(first[0])
    if len(second) == 1:
        second = second * rows
    if len(second[0]) == 1:
        second = [row * columns for row in second]
    return [
        [(a or ZERO) + (b or ZERO) for a, b in zip(mine, other, strict=True)]
        for mine, other in zip(first, second, strict=True)
    ]


def transposed(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Rows as columns."""
    return tuple(zip(*rows, strict=True))
