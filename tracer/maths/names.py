"""The names that formulas may call, and how many arguments each takes.

The rows behind the names are in `tracer.maths.functions`, which is written in formulas itself;
the grammar needs no more than the names.
"""

from __future__ import annotations

UNARY = (
    "exp",
    "ln",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "sinh",
    "cosh",
    "tanh",
    "atan",
    "log10",
    "abs",
    "sigmoid",
    "softplus",
    "relu",
    "step",
    "sign",
)
"""Functions of exactly one argument."""

KINKED = ("abs", "relu", "step", "sign")
"""Unary functions with a kink at 0; a second argument, a number, says what holds there."""

VARIADIC = ("max", "min")
"""Functions of two or more arguments; where arguments tie, the first one counts."""

CASES = "where"
"""The call that makes a piecewise expression."""

ALIASES = {"log": "ln"}
"""Other spellings, each with the name that the tree keeps."""

CALLABLE = frozenset((*UNARY, *VARIADIC, CASES, *ALIASES))
"""Every word that needs brackets after it, and so can name nothing else."""
