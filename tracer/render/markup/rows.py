"""Long formulas in rows: broken before a sign where it can be, stacked where it cannot.

Where to break is read off the formula's tree, the same for every medium; a medium says how
brackets look that are opened in one row and closed in another, and how rows are stacked inside
a fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct

from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
)
from tracer.maths.precedence import LOOSEST, POWER, PRODUCT, QUOTIENT, SIGN
from tracer.maths.printer import Branch, Style, operand, written
from tracer.notation.numbers import Shown

INDENT = 1.0
"""Ems by which rows after the first one stand to the right."""
NARROWEST = 6.0
"""No row is made narrower than this."""
BRACKET = 0.6
DIGIT = 0.5


class Breaks(Struct, frozen=True):
    """How a medium writes what does not fit into one row.

    Attributes:
        opened: a bracket that is closed in a later row.
        closed: a bracket that was opened in an earlier row.
        stacked: rows, one under the other, as one piece.
    """

    opened: str
    closed: str
    stacked: Callable[[Sequence[str]], str]


class Breaker:
    """Breaks formulas of one style.

    Attributes:
        style: how formulas are written.
        breaks: how broken ones are.
        ruler: the style in which they are measured.
        width: how wide a formula in that style is, in ems.
    """

    def __init__(
        self, style: Style, breaks: Breaks, ruler: Style, width: Callable[[str], float]
    ) -> None:
        self.style, self.breaks, self.ruler, self.width = style, breaks, ruler, width

    def rows(self, formula: Expression, room: float) -> list[str]:
        """The rows of a formula; only the first one has the whole room."""
        return self._rows(formula, room, LOOSEST, True)

    def _rows(self, node: Expression, room: float, least: int, leading: bool) -> list[str]:
        """The rows of an operand, in brackets where they are needed."""
        room = max(room, NARROWEST)
        if self._measured(node, least, leading) <= room:
            return [operand(node, self.style, least, leading)]
        if self._is_grouped(node, least, leading):
            return self._bracketed(self._rows(node, room - INDENT, LOOSEST, True))
        return _BREAKING[type(node)](self, node, room, leading)

    def _measured(self, node: Expression, least: int, leading: bool) -> float:
        return self.width(operand(node, self.ruler, least, leading))

    def _is_grouped(self, node: Expression, least: int, leading: bool) -> bool:
        """Whether the printer puts brackets around an operand."""
        bare = operand(node, self.style, LOOSEST, True)
        return operand(node, self.style, least, leading) == self.style.brackets.format(bare)

    def _bracketed(self, rows: list[str]) -> list[str]:
        first, *rest = rows
        first = self.breaks.opened + first
        *before, last = [first, *rest]
        return [*before, last + self.breaks.closed]

    def sum(self, node: Add, room: float, leading: bool) -> list[str]:
        """A sum, broken before its signs."""
        packed = _Packed(room)
        for k, term in enumerate(node.terms):
            minus = k > 0 and isinstance(term, Neg)
            shown = term.operand if minus and isinstance(term, Neg) else term
            sign = (self.style.minus if minus else self.style.plus) if k else ""
            self._add(packed, sign, shown, PRODUCT if k else SIGN, leading and not k)
        return packed.rows

    def product(self, node: Mul, room: float, leading: bool) -> list[str]:
        """A product, broken before its signs."""
        packed = _Packed(room)
        for k, factor in enumerate(node.factors):
            sign = self._between(node.factors[k - 1], factor) if k else ""
            least = POWER if k else QUOTIENT
            self._add(packed, sign, factor, least, leading and not k)
        return packed.rows

    def _between(self, left: Expression, right: Expression) -> str:
        """What stands between two factors."""
        return self.style.between(left, right) if self.style.between else self.style.times

    def _add(self, packed: _Packed, sign: str, node: Expression, least: int, leading: bool) -> None:
        wide = self._measured(node, least, leading)
        parts = [operand(node, self.style, least, leading)]
        if wide + BRACKET > packed.room:
            parts = self._rows(node, packed.room - 2 * BRACKET, least, leading)
        packed.add(sign, parts, wide if len(parts) == 1 else packed.room)

    def negative(self, node: Neg, room: float, leading: bool) -> list[str]:
        """A minus before what it belongs to."""
        first, *rest = self._rows(node.operand, room - INDENT, PRODUCT, False)
        before, _, after = self.style.negative.template.partition("{}")
        return [before + first, *rest[:-1], *(row + after for row in rest[-1:])]

    def quotient(self, node: Div, room: float, leading: bool) -> list[str]:
        """A quotient: nothing of it can be broken, so that its rows are stacked."""
        if self.style.quotient.operands != (LOOSEST, LOOSEST):
            return [written(node, self.style)]
        sides = (node.numerator, node.denominator)
        texts = [self._stacked(side, room - BRACKET) for side in sides]
        return [self.style.quotient.template.format(*texts)]

    def power(self, node: Pow, room: float, leading: bool) -> list[str]:
        """A power: its base in stacked rows."""
        base = self._stacked(node.base, room - 4 * BRACKET)
        if base != operand(node.base, self.style, LOOSEST, True):
            base = self.style.brackets.format(base)
        else:
            base = operand(node.base, self.style, self.style.power.operands[0], False)
        return [self.style.power.template.format(base, self._stacked(node.exponent, room))]

    def call(self, node: Call, room: float, leading: bool) -> list[str]:
        """A function of stacked rows."""
        texts = [self._stacked(argument, room - 6 * BRACKET) for argument in node.arguments]
        if len(texts) > 2:
            texts = [self.breaks.stacked(_listed(texts, node.arguments, self, room - 4.0))]
        return [self.style.call(node.function, texts).text]

    def cases(self, node: Cases, room: float, leading: bool) -> list[str]:
        """A piecewise formula: the value of each branch in stacked rows."""
        known = self.style.relations or {}
        branches = [
            Branch(
                written(test.left, self.style),
                known.get(test.relation, test.relation),
                written(test.right, self.style),
                self._stacked(value, room / 2),
            )
            for test, value in node.branches
        ]
        return [self.style.cases(branches, self._stacked(node.otherwise, room / 2)).text]

    def leaf(self, node: Symbol | Number, room: float, leading: bool) -> list[str]:
        """A number of very many digits; anything else stays as it is."""
        text = node.text if isinstance(node, Number) else getattr(node.of, "text", "")
        upper, bar, lower = text.lstrip("-").partition("/")
        if bar:
            quotient = Div(_digits(upper), _digits(lower))
            return self._rows(
                Neg(quotient) if text.startswith("-") else quotient, room, SIGN, leading
            )
        if not text or text.startswith("["):
            return [written(node, self.style)]
        step = max(int((room - INDENT) / DIGIT) - 1, 1)
        parts = [text[start : start + step] for start in range(0, len(text), step)]
        return [written(_digits(part), self.style) for part in parts]

    def _stacked(self, node: Expression, room: float) -> str:
        rows = self._rows(node, room, LOOSEST, True)
        return rows[0] if len(rows) == 1 else self.breaks.stacked(rows)


def _digits(text: str) -> Symbol:
    return Symbol(Shown(text, True))


class _Packed:
    """Pieces side by side, as many as fit into a row."""

    def __init__(self, room: float) -> None:
        self.room, self.rows, self.used = room, list[str](), 0.0

    def add(self, sign: str, parts: Iterable[str], wide: float) -> None:
        """Appends a piece, whose own rows stay as they are."""
        first, *rest = parts
        wide += 1.3 if sign else 0.0
        if self.rows and self.used + wide <= self.room:
            self.rows[-1] += sign + first
            self.used += wide
        else:
            self.rows.append(sign.lstrip() + first)
            self.used = wide + INDENT
        self.rows += rest


def _listed(
    texts: Sequence[str], arguments: Sequence[Any], breaker: Breaker, room: float
) -> list[str]:
    """Many arguments in rows, a comma after each."""
    rows, used = [""], 0.0
    for k, (text, argument) in enumerate(zip(texts, arguments, strict=True)):
        wide = breaker.width(written(argument, breaker.ruler)) + 0.5
        if rows[-1] and used + wide > room:
            rows.append("")
            used = 0.0
        rows[-1] += text + (", " if k < len(texts) - 1 else "")
        used += wide
    return rows


_BREAKING: dict[type[Any], Callable[[Breaker, Any, float, bool], list[str]]] = {
    Add: Breaker.sum,
    Mul: Breaker.product,
    Neg: Breaker.negative,
    Div: Breaker.quotient,
    Pow: Breaker.power,
    Call: Breaker.call,
    Cases: Breaker.cases,
    Symbol: Breaker.leaf,
    Number: Breaker.leaf,
}
