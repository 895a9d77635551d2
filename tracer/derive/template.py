"""Formulas in roles, shared by every step that has the same shape.

A step of a trace is a template and the addresses of its operands. A layer of ten thousand weights
has ten thousand derivatives and one template, which is compiled once and printed once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from tracer.maths.expression import (
    Add,
    Call,
    Div,
    Expression,
    Mul,
    Neg,
    Symbol,
    number,
    rebuild,
    substitute,
    symbols,
)
from tracer.maths.parse import parse
from tracer.rules.activations import Activation
from tracer.rules.calculus import product
from tracer.rules.losses import Loss


class Template(Struct, frozen=True, eq=False):
    """A formula in roles.

    Attributes:
        roles: what its symbols stand for, in the order in which operands are given.
        shown: the formula that people read.
        computed: the formula that values are made by: the same, unless that can overflow.
    """

    roles: tuple[Hashable, ...]
    shown: Expression
    computed: Expression

    def over(self, operands: Sequence[Hashable]) -> Expression:
        """The shown formula with each role replaced by what stands in it."""
        names = zip(self.roles, map(Symbol, operands), strict=True)
        return substitute(self.shown, dict(names))


def template(shown: Expression, computed: Expression | None = None) -> Template:
    """A template whose operands come in the order of their first use."""
    computed = computed or shown
    return Template(symbols(Add((shown, computed))), shown, computed)


@cache
def fixed(formula: str | Expression) -> Template:
    """The template of a rule that is one formula, the same one for every step."""
    return template(parse(formula) if isinstance(formula, str) else formula)


@cache
def repeated(term: str, count: int, ending: str = "") -> Template:
    """The template of a rule that is a sum: its term, `count` times, and one term more.

    The roles of the term number k are ``(role, k)``; those of the ending stay plain.
    """
    terms = terms_of(term, count)
    if ending:
        terms += (parse(ending),)
    return template(_sum(terms))


@cache
def made_of(
    formula: str, value: Expression, role: str, count: int = 0, joined: str = ""
) -> Template:
    """What a rule makes of a formula of a table, or of the terms of several units.

    Args:
        formula: the rule's.
        value: the table's; of several units, one unit's term.
        role: what the rule calls it.
        count: how many units there are.
        joined: how their terms are joined, ``max`` or ``sum``; empty for one formula alone.
    """
    if joined:
        terms = tuple(numbered(value, k) for k in range(count))
        value = _sum(terms) if joined == "sum" else Call(joined, terms)
    return template(substitute(parse(formula), {role: value}))


@cache
def mean(term: str, count: int, divisor: int = 0) -> Template:
    """The template of a rule that is a mean of `count` terms, or their sum divided otherwise."""
    total, divisor = repeated(term, count).shown, divisor or count
    return template(total if divisor == 1 else Div(total, number(divisor)))


def terms_of(term: str, count: int) -> tuple[Expression, ...]:
    """A term, with its roles numbered, as often as it is repeated."""
    once = parse(term)
    return tuple(numbered(once, k) for k in range(count))


@cache
def activation_value(activation: Activation, formula: str = "value") -> Template:
    """What a rule makes of an activation's value, over net."""
    made = parse(formula)
    shown, computed = (
        substitute(made, {"value": value}) for value in (activation.value, activation.stable)
    )
    return _over(("net",), shown, computed)


@cache
def activation_slope(activation: Activation, formula: str = "slope") -> Template:
    """What a rule makes of dout/dnet, over net and out."""
    shown = substitute(parse(formula), {"slope": activation.slope})
    return _over(("net", "out"), shown, shown)


@cache
def loss_value(loss: Loss, outputs: int, formula: str = "value") -> Template:
    """What a rule makes of the error of one output, over out and target."""
    shown, computed = (
        substitute(parse(formula), {"value": substitute(value, {"n": number(outputs)})})
        for value in (loss.value, loss.computed)
    )
    return _over(("out", "target"), shown, computed)


@cache
def loss_of_net(loss: Loss, outputs: int, formula: str = "value") -> Template:
    """What a rule makes of the error of one output's net input, over net and target."""
    over_out = loss_value(loss, outputs, formula).shown
    shown = substitute(over_out, {"out": Symbol("net")})
    return _over(("net", "target"), shown, shown)


@cache
def loss_slope(loss: Loss, outputs: int, formula: str = "slope") -> Template:
    """What a rule makes of the slope of an output's error, over out and target."""
    shown, computed = (
        _slope(formula, substitute(slope, {"n": number(outputs)}))
        for slope in (loss.slope, loss.computed_slope)
    )
    return _over(("out", "target"), shown, computed)


@cache
def short_slope(slope: Expression, formula: str = "slope") -> Template:
    """What a rule makes of a short form, over out and target."""
    shown = _slope(formula, slope)
    return _over(("out", "target"), shown, shown)


@cache
def sum_of_slopes(slope: Expression, count: int, formula: str = "slope") -> Template:
    """What a rule makes of the slope of several errors, added up."""
    once = _slope(formula, slope)
    return template(_sum(tuple(numbered(once, k) for k in range(count))))


def _slope(formula: str, slope: Expression) -> Expression:
    return _without_leading_minus(substitute(parse(formula), {"slope": slope}))


@cache
def loss_and_paths(slope: Template, paths: Template, formula: str) -> Template:
    """What a rule makes of the slope of an output's own error, and of a sum over paths.

    Args:
        slope: of its own error.
        paths: their sum.
        formula: the rule's, over `own` and `paths`.
    """
    shown, computed = (
        substitute(parse(formula), {"own": own, "paths": paths.shown})
        for own in (slope.shown, slope.computed)
    )
    return template(_flat(shown), _flat(computed))


def _flat(expression: Expression) -> Expression:
    """A sum of sums as one."""
    return Add(tuple(_terms(expression))) if isinstance(expression, Add) else expression


def _terms(expression: Expression) -> Iterator[Expression]:
    """The terms of a sum, those of sums within it among them."""
    if isinstance(expression, Add):
        for term in expression.terms:
            yield from _terms(term)
    else:
        yield expression


@cache
def loss_worked(loss: Loss, outputs: int) -> Template:
    """dE/dout as the chain rule gives it, before it is tidied up."""
    shown, computed = (
        substitute(slope, {"n": number(outputs)})
        for slope in (loss.worked, loss.stable_slope or loss.worked)
    )
    return _over(("out", "target"), shown, computed)


def _over(order: tuple[str, ...], shown: Expression, computed: Expression) -> Template:
    """The template whose operands come in an order, those that it does not name at the end."""
    present = symbols(Add((shown, computed)))
    first = tuple(role for role in order if role in present)
    others = tuple(role for role in present if role not in order)
    return Template((*first, *others), shown, computed)


def _without_leading_minus(expression: Expression) -> Expression:
    """``-(out - target)`` as ``target - out``, the way it is written by hand."""
    if isinstance(expression, Neg) and _turns(expression.operand):
        return _negated(expression.operand)
    return expression


def _turns(expression: Expression) -> bool:
    """Whether there is a sum or another minus sign in which a minus sign can be lost."""
    match expression:
        case Mul(factors):
            return any(isinstance(factor, Add | Neg) for factor in factors)
        case Div(dividend, _):
            return _turns(dividend)
    return isinstance(expression, Add | Neg)


def _negated(expression: Expression) -> Expression:
    match expression:
        case Neg(operand):
            return operand
        case Add(terms):
            return Add(tuple(map(_negated, reversed(terms))))
        case Mul((*others, Neg(last))) | Mul((Neg(last), *others)):
            return product(*others, last)
        case Mul((*others, Add() as last)):
            return Mul((*others, _negated(last)))
        case Div(numerator, denominator):
            return Div(_negated(numerator), denominator)
        case _:
            return Neg(expression)


def numbered(term: Expression, k: int) -> Expression:
    """A term of a sum, its roles those of the term number k: (role, k)."""
    if isinstance(term, Symbol):
        return Symbol((term.of, k))
    return rebuild(term, lambda part: numbered(part, k))


def _sum(terms: tuple[Expression, ...]) -> Expression:
    return Add(terms) if len(terms) > 1 else (*terms, number(0))[0]
