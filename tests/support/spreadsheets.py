"""A small spreadsheet program: reads a workbook, and calculates its formulas as Excel would.

It shares nothing with the program's printer. Signs bind as in a spreadsheet: a minus before
anything else, powers from the left, comparisons last.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import openpyxl

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")
    |(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?)
    |(?P<cell>(?:'[^']+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(?![\w(]))
    |(?P<name>[A-Z][A-Z0-9]*)
    |(?P<sign><=|>=|<>|[-+*/^(),:<>=]))""",
    re.VERBOSE,
)
RELATIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "EXP": math.exp,
    "LN": math.log,
    "LOG10": math.log10,
    "SQRT": math.sqrt,
    "SIN": math.sin,
    "COS": math.cos,
    "TAN": math.tan,
    "SINH": math.sinh,
    "COSH": math.cosh,
    "TANH": math.tanh,
    "ATAN": math.atan,
    "ABS": abs,
    "INT": math.floor,
    "MOD": lambda number, divisor: number - divisor * math.floor(number / divisor),
    "N": lambda value: value if isinstance(value, int | float) else 0,
}
OF_LISTS: Mapping[str, Callable[[list[float]], float]] = {
    "MAX": lambda numbers: max(numbers, default=0.0),
    "MIN": lambda numbers: min(numbers, default=0.0),
    "COUNT": lambda numbers: float(len(numbers)),
}


class Book:
    """A workbook whose cells can be changed.

    Attributes:
        cells: what was typed in, by sheet and cell; a formula starts with ``=``.
    """

    def __init__(self, content: bytes) -> None:
        self.cells: dict[tuple[str, str], Any] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.sheets: list[str] = []
        for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
            self.sheets.append(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is None:
                        continue
                    known = self.texts if cell.data_type == "s" else self.cells
                    known[sheet.title, cell.coordinate] = cell.value
        self._known: dict[tuple[str, str], Any] = {}

    @property
    def formulas(self) -> dict[tuple[str, str], str]:
        """Every formula."""
        return {at: text for at, text in self.cells.items() if str(text).startswith("=")}

    def set(self, sheet: str, cell: str, number: float) -> None:
        """Types a number into a cell."""
        self.cells[sheet, cell] = number
        self._known.clear()

    def value(self, sheet: str, cell: str) -> Any:
        """What a cell shows: a number, a text, None where it is empty."""
        place = sheet, cell.replace("$", "")
        if place not in self._known:
            typed = self.cells.get(place, self.texts.get(place))
            is_formula = place in self.cells and str(typed).startswith("=")
            found = _Formula(self, sheet, str(typed)[1:]).result() if is_formula else typed
            self._known[place] = found
        return self._known[place]

    def column(self, sheet: str, letter: str) -> dict[str, Any]:
        """The value of each name in column A, as a column shows it."""
        return {
            name: self.value(sheet, f"{letter}{cell[1:]}")
            for (of, cell), name in self.texts.items()
            if of == sheet and cell[0] == "A" and (of, f"{letter}{cell[1:]}") in self.cells
        }

    def row_of(self, sheet: str, name: str) -> str:
        """The number of the row that has a name."""
        return next(
            cell[1:]
            for (of, cell), text in self.texts.items()
            if of == sheet and cell[0] == "A" and text == name
        )


class _Formula:
    """One formula under calculation."""

    def __init__(self, book: Book, sheet: str, text: str) -> None:
        self.book, self.sheet = book, sheet
        self.tokens = list(_tokens(text))
        self.at = 0

    def result(self) -> Any:
        value = self._compared()()
        assert self.at == len(self.tokens), f"left over: {self.tokens[self.at :]}"
        return value

    def _next(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self, *signs: str) -> str:
        kind, text = self._next()
        if kind == "sign" and text in signs:
            self.at += 1
            return text
        return ""

    def _compared(self) -> Callable[[], Any]:
        left = self._sum()
        while sign := self._take(*RELATIONS):
            left = _lazy(RELATIONS[sign], left, self._sum())
        return left

    def _sum(self) -> Callable[[], Any]:
        left = self._product()
        while sign := self._take("+", "-"):
            right = self._product()
            left = _lazy(_plus if sign == "+" else _minus, left, right)
        return left

    def _product(self) -> Callable[[], Any]:
        left = self._power()
        while sign := self._take("*", "/"):
            right = self._power()
            left = _lazy(_times if sign == "*" else _divided, left, right)
        return left

    def _power(self) -> Callable[[], Any]:
        left = self._signed()
        while self._take("^"):
            left = _lazy(pow, left, self._signed())
        return left

    def _signed(self) -> Callable[[], Any]:
        if self._take("-"):
            return _lazy(lambda value: -value, self._signed())
        if self._take("+"):
            return self._signed()
        return self._atom()

    def _atom(self) -> Callable[[], Any]:
        kind, text = self._next()
        self.at += 1
        if kind == "number":
            return lambda: float(text)
        if kind == "text":
            return lambda: text[1:-1]
        if kind == "cell":
            return self._reference(text)
        if kind == "name":
            return self._call(text)
        assert (kind, text) == ("sign", "("), f"unexpected {text!r}"
        inner = self._compared()
        assert self._take(")"), "a bracket is left open"
        return inner

    def _reference(self, text: str) -> Callable[[], Any]:
        sheet, mark, cell = text.rpartition("!")
        of = sheet.strip("'") if mark else self.sheet
        if self._take(":"):
            _, last = self._next()
            self.at += 1
            return lambda: [self.book.value(of, one) for one in _range(cell, last)]
        return lambda: self.book.value(of, cell)

    def _call(self, name: str) -> Callable[[], Any]:
        assert self._take("("), f"{name} is called without brackets"
        arguments = [self._compared()]
        while self._take(","):
            arguments.append(self._compared())
        assert self._take(")"), "a bracket is left open"
        if name == "IF":
            test, yes, no = arguments
            return lambda: yes() if test() else no()
        if name in OF_LISTS:
            return lambda: OF_LISTS[name](list(_numbers([one() for one in arguments])))
        if name in ("ROUND", "TRUNC"):
            return lambda: _rounded(name, *(one() for one in arguments))
        return lambda: FUNCTIONS[name](*(one() for one in arguments))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = TOKEN.match(text, at)
        assert found is not None, f"no token at {text[at:]!r}"
        assert found.lastgroup
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _lazy(operation: Callable[..., Any], *operands: Callable[[], Any]) -> Callable[[], Any]:
    return lambda: operation(*(operand() for operand in operands))


def _plus(left: float, right: float) -> float:
    return left + right


def _minus(left: float, right: float) -> float:
    return left - right


def _times(left: float, right: float) -> float:
    return left * right


def _divided(left: float, right: float) -> float:
    return left / right


def _numbers(values: list[Any]) -> Iterator[float]:
    """The numbers among some values; texts and empty cells do not count."""
    for value in values:
        if isinstance(value, list):
            yield from _numbers(value)
        elif isinstance(value, int | float):
            yield float(value)


def _range(first: str, last: str) -> list[str]:
    letter = first[0]
    return [f"{letter}{row}" for row in range(int(first[1:]), int(last[1:]) + 1)]


def _rounded(name: str, number: float, places: float) -> float:
    """Rounded away from zero at a half, which is decided on 15 digits; or cut off."""
    moved = float(f"{abs(number) * 10.0**places:.15g}")
    whole = math.floor(moved + 0.5) if name == "ROUND" else math.floor(moved)
    return math.copysign(float(f"{whole / 10.0**places:.15g}"), number)
