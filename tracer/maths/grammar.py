"""The grammar of formulas: a precedence-climbing parser from tokens to an `Expression`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, NoReturn

from tracer.errors import FormulaError
from tracer.maths import names
from tracer.maths.calls import Item, call, known_function
from tracer.maths.expression import (
    Add,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    children,
)
from tracer.maths.literals import decimal_literal
from tracer.maths.precedence import POWER, PRODUCT, SUM
from tracer.maths.tokens import Token, clipped, tokens

MAX_DEPTH = 100
"""How deep a formula may be nested."""

MAX_FACTORS = 100
"""How many factors one product may have: its derivative has nearly as many terms, each as long."""

RELATIONS = ("<", "<=", ">", ">=", "==")


def _add(left: Expression, right: Expression, open_: bool) -> Expression:
    return Add((*left.terms, right)) if open_ and isinstance(left, Add) else Add((left, right))


def _subtract(left: Expression, right: Expression, open_: bool) -> Expression:
    return _add(left, Neg(right), open_)


def _multiply(left: Expression, right: Expression, open_: bool) -> Expression:
    return Mul((*left.factors, right)) if open_ and isinstance(left, Mul) else Mul((left, right))


class Infix(NamedTuple):
    """A binary operator.

    Attributes:
        binding: how tightly it holds its left operand.
        right: the least binding of an operator that may stand in its right operand.
        join: makes the node; it may lengthen a left operand that is open, which means that
            the same chain of operators made it and no brackets closed it.
    """

    binding: int
    right: int
    join: Callable[[Expression, Expression, bool], Expression]


INFIX = {
    "+": Infix(SUM, PRODUCT, _add),
    "-": Infix(SUM, PRODUCT, _subtract),
    "*": Infix(PRODUCT, POWER, _multiply),
    "/": Infix(PRODUCT, POWER, lambda left, right, _: Div(left, right)),
    "**": Infix(POWER, POWER, lambda left, right, _: Pow(left, right)),
}


class Parser:
    """One pass over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0

    def formula(self) -> Expression:
        """The whole text as one expression.

        Raises:
            FormulaError: it is none; the message says what would be right.
        """
        found = self._expression(SUM)
        if self._token.kind != "end":
            self._complain_of_rest(self._token)
        _refuse_beyond_limits(found)
        return found

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _take(self, text: str) -> bool:
        found = self._token.kind == "operator" and self._token.text == text
        self._at += found
        return found

    def _expression(self, least: int) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _too_deep(self._token.column)
        left, made = self._prefix(least), None
        while (row := self._infix(least)) is not None:
            self._advance()
            left = made = row.join(left, self._expression(row.right), left is made)
        self._depth -= 1
        return left

    def _infix(self, least: int) -> Infix | None:
        kind, text, _ = self._token
        row = INFIX.get(text) if kind == "operator" else None
        return row if row is not None and row.binding >= least else None

    def _prefix(self, least: int) -> Expression:
        if self._take("-"):
            return Neg(self._expression(max(least, PRODUCT)))
        if self._take("+"):
            return self._expression(max(least, PRODUCT))
        found = self._atom()
        while self._token.kind == "superscript":
            found = Pow(found, _superscript(self._advance()))
        return found

    def _atom(self) -> Expression:
        token = self._advance()
        if token.kind == "number":
            return _number(token)
        if token.kind == "name":
            return self._name(token)
        if token.kind == "operator" and token.text == "(":
            found = self._expression(SUM)
            self._close("the bracket", token)
            return found
        raise FormulaError(
            f"expected a number, a name or '(', and found {token.shown}", token.column
        )

    def _close(self, what: str, opened: Token) -> None:
        if self._take(")"):
            return
        token = self._token
        if token.kind == "end":
            raise FormulaError(f"{what} that opens here is never closed", opened.column)
        self._complain_of_rest(token)

    def _name(self, token: Token) -> Expression:
        if self._take("("):
            return self._call(token)
        if token.text in names.CALLABLE:
            raise FormulaError(
                f"'{token.text}' is a function: write its argument in brackets, {token.text}(...)",
                token.column,
            )
        return Symbol(token.text)

    def _call(self, token: Token) -> Expression:
        name = known_function(token)
        items: list[Item] = []
        if not self._take(")"):
            items.append(self._item(name))
            while self._take(","):
                items.append(self._item(name))
            self._close(f"the bracket of {token.text}", token)
        return call(token, name, items)

    def _item(self, name: str) -> Item:
        left = self._expression(SUM)
        token = self._token
        if name != names.CASES or token.text not in RELATIONS:
            return left
        self._advance()
        return Compare(left, token.text, self._expression(SUM))

    def _complain_of_rest(self, token: Token) -> NoReturn:
        before = self._tokens[self._at - 1]
        raise FormulaError(_rest(before, token), token.column)


def _number(token: Token) -> Number:
    found = decimal_literal(token.text, token.column)
    assert found is not None, "the tokenizer and the literal agree on what a number is"
    return found


def _superscript(token: Token) -> Expression:
    digits = token.text.lstrip("-")
    exponent = _number(Token("number", digits, token.column))
    return Neg(exponent) if token.text != digits else exponent


def _rest(before: Token, token: Token) -> str:
    if token.text in RELATIONS:
        return f"'{token.text}' compares, and a comparison stands only inside where(...)"
    if token.text == ",":
        return "unexpected ',': decimals are written with a point, arguments inside f(a, b)"
    if token.text == ")":
        return "this ')' closes no bracket"
    return (
        f"an operator is missing between '{clipped(before.text)}' and '{clipped(token.text)}' "
        "(write * to multiply)"
    )


def _too_deep(column: int) -> FormulaError:
    return FormulaError(f"the formula is nested more than {MAX_DEPTH} levels deep", column)


def _refuse_beyond_limits(expression: Expression) -> None:
    level: list[Expression] = [expression]
    for _ in range(MAX_DEPTH):
        for node in level:
            if isinstance(node, Mul) and len(node.factors) > MAX_FACTORS:
                raise FormulaError(
                    f"a product may have {MAX_FACTORS} factors, and this has {len(node.factors):,}"
                )
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise _too_deep(0)
