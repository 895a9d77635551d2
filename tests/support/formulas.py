"""Random formulas as text: what they mean is for two parsers to find out.

A formula is put together from the texts of its parts, often without brackets, so that it may well
mean something else than the way it was put together.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

LITERALS = ("1", "2", "3", "0.5", "0.25", "1.50", "1e-1", "2.5e0", "10")
SMOOTH = (
    "{a} + {b}",
    "{a} - {b}",
    "{a}*{b}",
    "{a}·{b}",
    "({a})*({b})",
    "({a} - {b})",
    "-{a}",
    "-({a})",
    "2*{a} - {b}",
    "({a})**2",
    "({a})^3",
    "({a})²",
    "{a}**2",
    "-{a}**2",
    "({a})/({b})",
    "{a}/{b}",
    "{a}/{b}*{a}",
    "{a} - {b} - {a}",
    "1/(1 + ({a})**2)",
    "({a})**-2",
)
KINKED = (
    "max({a}, {b})",
    "min({a}, {b}, 1)",
    "abs({a})",
    "relu({a})",
    "where({a} > {b}, {a}, {b})",
    "where({a} < 0, -({a}), {a} <= 1, 2*({a}), {b} + 1)",
    "sign({a})*{b}",
    "step({a}) + {b}",
)
TRANSCENDENTAL = (
    "sin({a})",
    "cos({a})",
    "tanh({a})",
    "sigmoid({a})",
    "exp({a})",
    "exp(-({a})**2)",
    "ln(1 + ({a})^2)",
    "log({a})",
    "sqrt({a})",
    "sqrt(1 + ({a})**2)",
    "softplus({a})",
    "atan({a})",
    "tan({a})",
    "sinh({a})",
    "cosh({a})",
    "log10(2 + ({a})²)",
    "(1 + ({a})^2)**({b})",
    "2**({a})",
    "(2 + sin({a}))**0.5",
)
RATIONAL_FORMS = SMOOTH + KINKED
ALL_FORMS = SMOOTH + KINKED + TRANSCENDENTAL + TRANSCENDENTAL


def formulas(
    names: Sequence[str], forms: Sequence[str] = ALL_FORMS, most_leaves: int = 6
) -> st.SearchStrategy[str]:
    """Texts of formulas over some names."""
    leaves = st.sampled_from((*names, *names, *names, *LITERALS))

    def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda form, a, b: form.format(a=a, b=b), st.sampled_from(forms), parts, parts
        )

    return st.recursive(leaves, larger, max_leaves=most_leaves)
