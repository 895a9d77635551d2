"""What the grammar makes of a call: the right number of arguments, or a clear error."""

from __future__ import annotations

from tracer.errors import FormulaError, suggestion
from tracer.maths import names
from tracer.maths.expression import Call, Cases, Compare, Expression, symbols
from tracer.maths.tokens import Token, clipped

MAX_BRANCHES = 100
"""How many conditions one ``where`` may have."""

MAX_ARGUMENTS = 32
"""How many arguments ``max`` and ``min`` may have: a slope compares each with all after it."""

Item = Expression | Compare
"""An argument; only ``where`` takes conditions."""


def known_function(token: Token) -> str:
    """The name that the tree keeps for a function.

    Raises:
        FormulaError: there is no such function.
    """
    name = names.ALIASES.get(token.text, token.text)
    if name not in names.CALLABLE:
        raise _unknown(token)
    return name


def call(token: Token, name: str, items: list[Item]) -> Call | Cases:
    """The node for a call.

    Args:
        token: the function as written, for errors.
        name: the function.
        items: its arguments.

    Raises:
        FormulaError: the function does not take these arguments.
    """
    return _cases(token, items) if name == names.CASES else _application(token, name, items)


def _application(token: Token, name: str, items: list[Item]) -> Call:
    arguments = tuple(item for item in items if not isinstance(item, Compare))
    if name in names.VARIADIC and not 2 <= len(arguments) <= MAX_ARGUMENTS:
        raise FormulaError(
            f"{token.text} takes two or more arguments (at most {MAX_ARGUMENTS}), "
            f"and has {len(arguments)}",
            token.column,
        )
    if name in names.KINKED and len(arguments) == 2:
        return _with_kink(token, name, arguments)
    if name in names.UNARY and len(arguments) != 1:
        raise FormulaError(
            f"{token.text} takes one argument, and has {len(arguments)}", token.column
        )
    return Call(name, arguments)


def _with_kink(token: Token, name: str, arguments: tuple[Expression, ...]) -> Call:
    if symbols(arguments[1]):
        raise FormulaError(
            f"the second argument of {token.text} says what holds at 0, and must be a number",
            token.column,
        )
    return Call(name, arguments)


def _cases(token: Token, items: list[Item]) -> Cases:
    count = len(items) // 2
    if len(items) % 2 == 0 or not 1 <= count <= MAX_BRANCHES:
        raise FormulaError(
            "where takes a condition and a value, as many times as needed "
            f"(at most {MAX_BRANCHES}), and last the value otherwise: where(x > 0, x, 0)",
            token.column,
        )
    branches = tuple(
        (_condition(items[place], place, token), _value(items[place + 1], place + 1, token))
        for place in range(0, 2 * count, 2)
    )
    return Cases(branches, _value(items[-1], 2 * count, token))


def _condition(item: Item, place: int, token: Token) -> Compare:
    if isinstance(item, Compare):
        return item
    raise FormulaError(
        f"argument {place + 1} of where must be a condition such as x > 0", token.column
    )


def _value(item: Item, place: int, token: Token) -> Expression:
    if isinstance(item, Compare):
        raise FormulaError(
            f"argument {place + 1} of where must be a value, not a condition", token.column
        )
    return item


def _unknown(token: Token) -> FormulaError:
    shown = clipped(token.text)
    near = suggestion(shown, sorted(names.CALLABLE))
    hint = near or f" (to multiply, write {shown}*(...))"
    return FormulaError(f"unknown function '{shown}'{hint}", token.column)
