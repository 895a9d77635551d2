"""The algebra in which closed forms for readers are built: named functions keep their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from tracer.maths.expression import Cases, Expression
from tracer.maths.parse import parse
from tracer.proof.bridge import Building
from tracer.proof.functions import PRIMITIVES
from tracer.proof.symbolic.kept import BY_NAME, Extreme, Sigmoid, piecewise
from tracer.proof.trees import Values, walked
from tracer.rules.activations import ROWS

SHORTER = {
    "sigmoid": "sigmoid(net)",
    "bipolar_sigmoid": "2*sigmoid(net) - 1",
    "softplus": "softplus(net)",
}
"""Shorter ways to write the formulas of some rows."""


class Keeping(Building):
    """SymPy's expressions with piecewise formulas, and our functions under their names."""

    functions = PRIMITIVES | BY_NAME.keys()

    def call(self, function: str, arguments: Sequence[Any]) -> Any:
        """SymPy's own function, or ours."""
        kind = BY_NAME.get(function)
        if kind is None:
            return super().call(function, arguments)
        if issubclass(kind, Extreme):
            *others, last = arguments
            return reduce(lambda rest, first: kind(first, rest), reversed(others), last)
        return kind(*arguments)

    def choice(self, cases: Cases, values: Values) -> Any:
        """All pieces."""
        branches = [
            (
                walked(test.left, values, self),
                test.relation,
                walked(test.right, values, self),
                walked(value, values, self),
            )
            for test, value in cases.branches
        ]
        return piecewise(branches, walked(cases.otherwise, values, self))


def shorter(activation: Expression) -> Expression:
    """The activation in a shorter way of writing, where there is one."""
    return _short_forms().get(activation, activation)


def _short_forms() -> Mapping[Expression, Expression]:
    return {parse(ROWS[name].value): parse(text) for name, text in SHORTER.items()}


FORMULAS = {Sigmoid.ours: "1/(1 + exp(-x))", "softplus": "ln(1 + exp(x))"}
"""What the functions are that readers may not know."""
