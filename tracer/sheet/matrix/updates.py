"""What is calculated for each parameter by itself, such as its update, as equations."""

from __future__ import annotations

from msgspec.structs import replace

from tracer.phrase import counted, listed, phrase
from tracer.rules.quantity import (
    UPDATED,
)
from tracer.sheet.matrix.entrywise import entrywise
from tracer.sheet.matrix.equation import Equation, Factor, Term
from tracer.sheet.matrix.frame import (
    LETTERS,
    addresses,
    signed,
)
from tracer.sheet.matrix.group import Group
from tracer.sheet.matrix.outer import outer
from tracer.sheet.matrix.pairs import Pair
from tracer.sheet.matrix.reading import Reading

MOST_NAMED = 5


def by_parameter(reading: Reading, group: Group, pair: Pair) -> Equation | None:
    """What is calculated for each parameter by itself, such as its update."""
    grid = pair.grid(group.kind)
    if group.blocks[0].sample or not list(addresses(grid)):
        return None
    equation = entrywise(pair.frame, pair.frame.matrix(group.kind, grid), grid)
    equation = equation or outer(reading, group.kind, pair)
    if equation is None or group.kind is not UPDATED:
        return equation
    return _with_frozen(reading, pair, equation)


def _with_frozen(reading: Reading, pair: Pair, equation: Equation) -> Equation:
    parameters = reading.network.parameters
    kept = [
        parameters[number].name
        for number in dict.fromkeys(addresses(pair.numbers))
        if not parameters[number].trainable
    ]
    if not kept:
        return equation
    names, more = listed(kept[:MOST_NAMED]), len(kept) - MOST_NAMED
    told = phrase("frozen: {names}; there is no new value", names=names)
    if more > 0:
        text = "frozen: {names} and {count} more; there is no new value"
        told = counted(more, text, text, names=names)
    whole = tuple(
        Term(tuple(_whole(pair, one) for one in term.factors), term.negative)
        for term in equation.terms
    )
    made = replace(equation, terms=whole).with_remark(told)
    return signed(made, reading, list(addresses(pair.grid(UPDATED))))


def _whole(pair: Pair, factor: Factor) -> Factor:
    """The factor with its entries for frozen parameters as well."""
    kind = factor.matrix.name.kind
    if factor.matrix.is_scalar or kind is None or (kind.per_sample and kind not in LETTERS):
        return factor
    grid = pair.at_start if kind in LETTERS else pair.grid(kind)
    return replace(factor, matrix=pair.frame.matrix(kind, grid))
