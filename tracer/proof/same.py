"""Whether a formula is the derivative of another: by numbers, and by SymPy where it can tell."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from tracer.errors import CalculationError
from tracer.maths.expression import Call, Cases, Expression, symbols, walk
from tracer.maths.names import KINKED, VARIADIC
from tracer.proof.dual import slope
from tracer.proof.numeric import number
from tracer.proof.precision import MP
from tracer.proof.reals import Real
from tracer.proof.trees import walked

POINTS = tuple(
    Fraction(*pair) for pair in ((1, 3), (7, 5), (17, 7), (5, 11), (23, 9), (-11, 13), (-19, 6))
)
"""Where numbers are tried, each letter at another one."""

CLOSE = 25
"""Numbers agree where so many digits are the same."""

MOST_PARTS = 150
"""SymPy is not asked to simplify formulas of more parts than this."""


class Sameness(Enum):
    """How far a derivative is known to be right."""

    PROVED = "proved"
    AGREES = "agrees"
    UNKNOWN = "unknown"
    REFUTED = "refuted"


def is_derivative(found: Expression, formula: Expression, by: str) -> tuple[Sameness, int]:
    """Whether one formula is the derivative of another, and at how many points it agrees.

    Args:
        found: the derivative, as it was worked out.
        formula: what was derived.
        by: the name by which.
    """
    names = sorted({*map(str, symbols(found)), *map(str, symbols(formula)), by})
    agreed = 0
    for start in range(len(POINTS)):
        values = {
            name: Real(POINTS[(start + place) % len(POINTS)]) for place, name in enumerate(names)
        }
        same = _same(found, formula, by, values)
        if same is False:
            return Sameness.REFUTED, agreed
        agreed += bool(same)
    if _sympy_agrees(found, formula, by, names):
        return Sameness.PROVED, agreed
    return (Sameness.AGREES if agreed else Sameness.UNKNOWN), agreed


def _same(found: Expression, formula: Expression, by: str, values: dict[str, Real]) -> bool | None:
    """Whether both are the same at a point; None where they have no value there."""
    try:
        ours, theirs = number(found, values), slope(formula, by, values)
    except (CalculationError, ArithmeticError, ValueError):
        return None
    if ours.exact is not None and theirs.exact is not None:
        return ours.exact == theirs.exact
    largest = 1 + max(abs(ours.rounded), abs(theirs.rounded))
    return bool(abs(ours.rounded - theirs.rounded) <= largest * MP.mpf(10) ** -CLOSE)


def _sympy_agrees(found: Expression, formula: Expression, by: str, names: list[str]) -> bool:
    """Whether SymPy brings the difference of its derivative and ours to 0."""
    parts = [node for whole in (found, formula) for node in walk(whole)]
    if any(map(_has_pieces, parts)) or len(parts) > MOST_PARTS:
        return False
    try:
        import sympy

        from tracer.proof.bridge import Building
    except ImportError:
        return False
    letters = {name: sympy.Symbol(f"x{k}", positive=True) for k, name in enumerate(names)}
    try:
        ours, theirs = (walked(whole, letters, Building()) for whole in (found, formula))
    except (CalculationError, NotImplementedError, TypeError, ZeroDivisionError):
        return False
    return bool(sympy.simplify(sympy.diff(theirs, letters[by]) - ours) == 0)


def _has_pieces(node: Expression) -> bool:
    is_call = isinstance(node, Call) and node.function in (*KINKED, *VARIADIC)
    return is_call or isinstance(node, Cases)
