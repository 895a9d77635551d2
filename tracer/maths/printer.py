"""Write an expression by the tables of a `Style`: one recursion for every output format.

A style says how each kind of node looks and how tightly its operands must hold together to stand
without brackets; the recursion puts the brackets. So a printer is a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
)
from tracer.maths.precedence import ATOM, LOOSEST, POWER, PRODUCT, QUOTIENT, SIGN, SUM


class Piece(NamedTuple):
    """Written text, and how tightly it holds together (see `tracer.maths.precedence`)."""

    text: str
    binding: int = ATOM


class Branch(NamedTuple):
    """One written branch of a piecewise expression."""

    left: str
    relation: str
    right: str
    value: str


class Form(NamedTuple):
    """How a node with one or two operands is written.

    Attributes:
        template: the text, with ``{}`` for each operand.
        binding: how tightly the whole holds together.
        operands: for each operand the least binding that needs no brackets.
    """

    template: str
    binding: int
    operands: tuple[int, ...]


class Style(NamedTuple):
    """One output format, as a table.

    Attributes:
        symbol: writes what a symbol stands for. A number that is put in for a symbol and starts
            with a minus has the binding SIGN: it gets brackets except at the very start.
        number: writes a literal.
        call: writes a call, given the function's name and the written arguments.
        cases: writes a piecewise expression, given its branches and its last value.
        plus: what stands between two terms.
        minus: what stands before a term that is subtracted.
        times: what stands between two factors.
        negative: minus an operand.
        quotient: numerator and denominator; ``LOOSEST`` operands where a bar groups them.
        power: base and exponent.
        relations: how the relations of conditions are written, where not as they are.
        brackets: what makes a group of anything.
        between: what stands between two factors, where that is not the same for all.
    """

    symbol: Callable[[Any], Piece]
    number: Callable[[Number], Piece]
    call: Callable[[str, Sequence[str]], Piece]
    cases: Callable[[Sequence[Branch], str], Piece]
    plus: str = " + "
    minus: str = " - "
    times: str = "*"
    negative: Form = Form("-{}", SIGN, (PRODUCT,))
    quotient: Form = Form("{}/{}", QUOTIENT, (PRODUCT, POWER))
    power: Form = Form("{}**{}", POWER, (ATOM, POWER))
    relations: Mapping[str, str] | None = None
    brackets: str = "({})"
    between: Callable[[Expression, Expression], str] | None = None


def written(expression: Expression, style: Style) -> str:
    """The expression's text in a style."""
    return _piece(expression, style, True).text


def operand(expression: Expression, style: Style, least: int, leading: bool = False) -> str:
    """The text of an operand.

    Args:
        expression: the operand.
        style: the format.
        least: the least binding that needs no brackets.
        leading: whether it opens a line.
    """
    return _operand(expression, style, least, leading)


def _piece(node: Expression, style: Style, leading: bool) -> Piece:
    return _WRITERS[type(node)](node, style, leading)


def _operand(node: Expression, style: Style, least: int, leading: bool) -> str:
    """The node's text, in brackets where it holds together less tightly than needed.

    A leaf that is written with a minus may stand bare where nothing stands before it.
    """
    binding = _binding(node, style)
    if binding is None:
        text, binding = _piece(node, style, leading)
        grouped = binding < least and not (leading and binding == SIGN and least <= POWER)
    else:
        grouped = binding < least
        text = _piece(node, style, leading or grouped).text
    return style.brackets.format(text) if grouped else text


def _binding(node: Expression, style: Style) -> int | None:
    """The binding of a node with operands; None where only its text decides."""
    match node:
        case Add():
            return SUM
        case Mul():
            return PRODUCT
        case Neg():
            return style.negative.binding
        case Div():
            return style.quotient.binding
        case Pow():
            return style.power.binding
    return None


def _symbol(node: Symbol, style: Style, _: bool) -> Piece:
    return style.symbol(node.of)


def _number(node: Number, style: Style, _: bool) -> Piece:
    return style.number(node)


def _negative(node: Neg, style: Style, _: bool) -> Piece:
    form = style.negative
    return Piece(
        form.template.format(_operand(node.operand, style, form.operands[0], False)), form.binding
    )


def _sum(node: Add, style: Style, leading: bool) -> Piece:
    parts = [_operand(node.terms[0], style, SIGN, leading)]
    for term in node.terms[1:]:
        subtracted = isinstance(term, Neg)
        parts.append(style.minus if subtracted else style.plus)
        parts.append(
            _operand(term.operand if isinstance(term, Neg) else term, style, PRODUCT, False)
        )
    return Piece("".join(parts), SUM)


def _product(node: Mul, style: Style, leading: bool) -> Piece:
    parts = [_operand(node.factors[0], style, QUOTIENT, leading)]
    parts += [_operand(factor, style, POWER, False) for factor in node.factors[1:]]
    if style.between is None:
        return Piece(style.times.join(parts), PRODUCT)
    signs = map(style.between, node.factors, node.factors[1:])
    joined = (sign + part for sign, part in zip(signs, parts[1:], strict=True))
    return Piece(parts[0] + "".join(joined), PRODUCT)


def _two(form: Form, first: Expression, second: Expression, style: Style, leading: bool) -> Piece:
    one, two = form.operands
    left = _operand(first, style, one, leading or one == LOOSEST)
    right = _operand(second, style, two, two == LOOSEST)
    return Piece(form.template.format(left, right), form.binding)


def _quotient(node: Div, style: Style, leading: bool) -> Piece:
    return _two(style.quotient, node.numerator, node.denominator, style, leading)


def _power(node: Pow, style: Style, _: bool) -> Piece:
    return _two(style.power, node.base, node.exponent, style, False)


def _call(node: Call, style: Style, _: bool) -> Piece:
    return style.call(node.function, [written(argument, style) for argument in node.arguments])


def _cases(node: Cases, style: Style, _: bool) -> Piece:
    branches = [_branch(test, value, style) for test, value in node.branches]
    return style.cases(branches, written(node.otherwise, style))


def _branch(test: Compare, value: Expression, style: Style) -> Branch:
    relation = style.relations[test.relation] if style.relations else test.relation
    return Branch(
        written(test.left, style), relation, written(test.right, style), written(value, style)
    )


_WRITERS: dict[type[Any], Callable[[Any, Style, bool], Piece]] = {
    Symbol: _symbol,
    Number: _number,
    Neg: _negative,
    Add: _sum,
    Mul: _product,
    Div: _quotient,
    Pow: _power,
    Call: _call,
    Cases: _cases,
}
