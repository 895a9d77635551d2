"""The functions that formulas may call: one row each, with the slope that textbooks print.

A row is written in ``x`` (the argument) and ``y`` (the function's own value, which is how the
textbook forms ``y*(1 - y)`` and ``1 - y**2`` come about). A row without a definition is a
primitive, which every arithmetic supplies itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Function(Struct, frozen=True):
    """A function of one argument.

    Attributes:
        name: as formulas call it.
        slope: its derivative, in ``x`` and ``y``.
        definition: its value over more basic functions, in ``x``; empty for a primitive.
        stable: the same value in a form that never overflows, where the definition can.
        at_zero: its value (step, sign) or slope (relu, abs) at the kink, the convention.
    """

    name: str
    slope: str
    definition: str = ""
    stable: str = ""
    at_zero: str = ""


TABLE = (
    Function("exp", slope="y"),
    Function("ln", slope="1/x"),
    Function("sqrt", slope="1/(2*y)"),
    Function("sin", slope="cos(x)"),
    Function("cos", slope="-sin(x)"),
    Function("tan", slope="1 + y**2"),
    Function("sinh", slope="cosh(x)"),
    Function("cosh", slope="sinh(x)"),
    Function("tanh", slope="1 - y**2"),
    Function("atan", slope="1/(1 + x**2)"),
    Function("log10", slope="1/(x*ln(10))"),
    Function("abs", slope="where(x > 0, 1, x < 0, -1, at_zero)", at_zero="0"),
    Function("sigmoid", slope="y*(1 - y)", definition="1/(1 + exp(-x))"),
    Function(
        "softplus",
        slope="1/(1 + exp(-x))",
        definition="ln(1 + exp(x))",
        stable="where(x > 0, x + ln(1 + exp(-x)), ln(1 + exp(x)))",
    ),
    Function(
        "relu",
        slope="where(x > 0, 1, x < 0, 0, at_zero)",
        definition="max(0, x)",
        at_zero="0",
    ),
    Function("step", slope="0", definition="where(x > 0, 1, x < 0, 0, at_zero)", at_zero="1"),
    Function("sign", slope="0", definition="where(x > 0, 1, x < 0, -1, at_zero)", at_zero="-1"),
)

FUNCTIONS: Mapping[str, Function] = {row.name: row for row in TABLE}
