"""Turn an expression into a Python function over the values of an arithmetic.

The source is printed over names that this program makes up, so that no text of a user's is ever
compiled: a formula's names, digits and functions become ``a0``, ``_k0`` and ``_f_exp``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import reduce
from operator import add, mul
from typing import Any

from tracer.errors import LimitError
from tracer.maths.arithmetic.explain import FAILURES, explain
from tracer.maths.arithmetic.protocol import Arithmetic
from tracer.maths.expression import Expression, Number
from tracer.maths.lowering import (
    AT_ZERO,
    CHECK,
    GUARD,
    PRODUCT,
    QUOTIENT,
    TOTAL,
    definition,
    is_defined,
    jump,
    lowered,
)
from tracer.maths.precedence import POWER, SIGN
from tracer.maths.printer import Branch, Form, Piece, Style, written

__all__ = ["FAILURES", "Constants", "compiled", "explain", "python_source"]


def compiled(
    expression: Expression, parameters: Sequence[Hashable], arithmetic: Arithmetic
) -> Callable[..., Any]:
    """A function that evaluates the expression.

    Args:
        expression: over symbols that all are in `parameters`.
        parameters: what the function's positional arguments stand for, in order.
        arithmetic: its `scope` must be active when the function is called.

    Returns:
        The function. It raises what `FAILURES` lists; `explain` makes each a clear error.

    Raises:
        CalculationError: the arithmetic cannot represent a literal.
        LimitError: the expression is nested too deeply.
    """
    constants = Constants(arithmetic)
    names = {parameter: f"a{place}" for place, parameter in enumerate(parameters)}
    source = python_source(expression, names, constants)
    return constants.function(list(names.values()), source)


def python_source(expression: Expression, names: Mapping[Any, str], constants: Constants) -> str:
    """The expression as a Python expression.

    Args:
        expression: over symbols that all are in `names`.
        names: a Python identifier for each; made up, and not beginning with an underscore.
        constants: collects the literals and functions that the source refers to.
    """
    try:
        return constants.printed(expression, names)
    except RecursionError:
        raise _too_deep() from None


class Constants:
    """The namespace that printed source runs in: literals and functions of one arithmetic.

    Attributes:
        arithmetic: makes the values.
        namespace: the globals for `exec` and `eval`.
    """

    def __init__(self, arithmetic: Arithmetic) -> None:
        self.arithmetic = arithmetic
        self.namespace: dict[str, Any] = {"__builtins__": {}}
        self._literals: dict[Number, Piece] = {}
        self._functions: dict[str, str] = {}

    def function(self, parameters: Sequence[str], source: str) -> Callable[..., Any]:
        """A Python function of one expression, in this namespace.

        Raises:
            LimitError: the expression is nested too deeply for Python.
        """
        try:
            code = compile(f"lambda {', '.join(parameters)}: {source}", "<formula>", "eval")
        except (RecursionError, MemoryError, SyntaxError):
            raise _too_deep() from None
        function: Callable[..., Any] = eval(code, self.namespace)  # noqa: S307
        return function

    def printed(self, expression: Expression, names: Mapping[Any, str]) -> str:
        """The expression over `names` and this namespace."""
        style = Style(
            symbol=lambda of: Piece(names[of]),
            number=self._literal,
            call=self._call,
            cases=_conditional if self.arithmetic.choose is None else self._chosen,
            negative=Form("-{}", SIGN, (POWER,)),
        )
        return written(lowered(expression, self.arithmetic), style)

    def _literal(self, number: Number) -> Piece:
        piece = self._literals.get(number)
        if piece is None:
            piece = Piece(f"_k{len(self._literals)}")
            self.namespace[piece.text] = self.arithmetic.literal(number)
            self._literals[number] = piece
        return piece

    def _call(self, function: str, arguments: Sequence[str]) -> Piece:
        name = self._functions.get(function)
        if name is None:
            name = self._functions[function] = f"_f_{function}"
            self.namespace[name] = self._made(function)
        return Piece(f"{name}({', '.join(arguments)})")

    def _made(self, function: str) -> Callable[..., Any]:
        made = self._helpers().get(function)
        if made is not None:
            return made
        if function.endswith(AT_ZERO):
            body = jump(function.removesuffix(AT_ZERO), self.arithmetic)
            names = {name: name for name in ("x", "at_zero")}
            return self.function(list(names), self.printed(body, names))
        if is_defined(function):
            body = definition(function, self.arithmetic)
            return self.function(["x"], self.printed(body, {"x": "x"}))
        return self.arithmetic.functions[function]

    def _helpers(self) -> Mapping[str, Callable[..., Any] | None]:
        """What `lowered` calls besides functions of mathematics."""
        check = self.arithmetic.check
        return {
            TOTAL: _fold(add, check),
            PRODUCT: _fold(mul, check),
            GUARD: self.arithmetic.guard,
            CHECK: check,
            QUOTIENT: self.arithmetic.quotient,
        }

    def _chosen(self, branches: Sequence[Branch], otherwise: str) -> Piece:
        self.namespace["_choose"] = self.arithmetic.choose
        source = otherwise
        for left, relation, right, value in reversed(branches):
            source = f"_choose({left}, {relation!r}, {right}, lambda: {value}, lambda: {source})"
        return Piece(source)


def _conditional(branches: Sequence[Branch], otherwise: str) -> Piece:
    tests = [
        f"{value} if {left} {relation} {right} else " for left, relation, right, value in branches
    ]
    return Piece(f"({''.join(tests)}{otherwise})")


def _fold(
    operation: Callable[[Any, Any], Any], check: Callable[[Any], Any] | None
) -> Callable[..., Any]:
    """The operation over many operands from left to right; `sum` would round in another order."""

    def step(left: Any, right: Any) -> Any:
        return check(operation(left, right)) if check else operation(left, right)

    return lambda *operands: reduce(step if check else operation, operands)


def _too_deep() -> LimitError:
    return LimitError("the formula is nested too deeply to be evaluated")
