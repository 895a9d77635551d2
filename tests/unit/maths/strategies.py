"""What the tests of the maths draw: trees, values, and how they evaluate one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tracer.maths.arithmetic import Arithmetic, arithmetic
from tracer.maths.compiled import compiled
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
    number,
)
from tracer.maths.names import UNARY, VARIADIC
from tracer.maths.parse import parse

RELATIONS = ("<", "<=", ">", ">=", "==")

decimal_texts = st.from_regex(r"[0-9]{1,4}(\.[0-9]{0,4})?(e-?[0-9]{1,2})?", fullmatch=True)
written_numbers = decimal_texts.map(lambda text: Number(Fraction(text), text))
names = st.sampled_from(["net", "out_h1", "w", "δ", "x1", "learning_rate"]).map(Symbol)


def several(operands: st.SearchStrategy[Expression]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Two to four operands."""
    return st.lists(operands, min_size=2, max_size=4).map(tuple)


def conditions(operands: st.SearchStrategy[Expression]) -> st.SearchStrategy[Compare]:
    """A comparison of two operands."""
    return st.builds(Compare, operands, st.sampled_from(RELATIONS), operands)


def piecewise(operands: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """One or two branches, and the last value."""
    branches = st.lists(st.tuples(conditions(operands), operands), min_size=1, max_size=2)
    return st.builds(Cases, branches.map(tuple), operands)


def _any_node(operands: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    one = operands.map(lambda operand: (operand,))
    return st.one_of(
        st.builds(Neg, operands),
        st.builds(Add, several(operands)),
        st.builds(Mul, several(operands)),
        st.builds(Div, operands, operands),
        st.builds(Pow, operands, operands),
        st.builds(Call, st.sampled_from(UNARY), one),
        st.builds(Call, st.sampled_from(VARIADIC), several(operands)),
        piecewise(operands),
    )


trees: st.SearchStrategy[Expression] = st.recursive(
    st.one_of(written_numbers, names), _any_node, max_leaves=12
)
"""Any expression that a formula can write."""

small_numbers = st.fractions(-9, 9, max_denominator=12).map(number)
powers = st.integers(0, 4).map(number)


def _rational_node(operands: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Neg, operands),
        st.builds(Add, several(operands)),
        st.builds(Mul, several(operands)),
        st.builds(Div, operands, operands),
        st.builds(Pow, operands, powers),
        st.builds(Call, st.just("abs"), operands.map(lambda operand: (operand,))),
        st.builds(Call, st.sampled_from(VARIADIC), several(operands)),
    )


rational_trees: st.SearchStrategy[Expression] = st.recursive(
    small_numbers, _rational_node, max_leaves=10
)
"""Expressions without symbols whose values, where they exist, are fractions."""

rational_trees_with_cases: st.SearchStrategy[Expression] = st.recursive(
    small_numbers, lambda below: st.one_of(_rational_node(below), piecewise(below)), max_leaves=10
)


def attempt(call: Callable[[], Any], *expected: type[Exception]) -> Any:
    """What a call returns, or the expected error that it raises."""
    try:
        return call()
    except expected as error:
        return error


def value(
    formula: str | Expression,
    how: str | Arithmetic,
    where: Mapping[str, str | Number] | None = None,
) -> Any:
    """The formula's value as a step of a trace would have it, with names standing for numbers."""
    chosen = arithmetic(how) if isinstance(how, str) else how
    givens = {
        name: parse(given) if isinstance(given, str) else given
        for name, given in (where or {}).items()
    }
    expression = parse(formula) if isinstance(formula, str) else formula
    with chosen.scope():
        function = compiled(expression, list(givens), chosen)
        arguments = [compiled(given, [], chosen)() for given in givens.values()]
        return chosen.finish(function(*arguments))


def shown(
    formula: str | Expression, how: str, where: Mapping[str, str | Number] | None = None
) -> str:
    """The text of `value`."""
    return arithmetic(how).text(value(formula, how, where))
