"""The closed forms that a reader asks for, built and differentiated by SymPy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

import sympy
from msgspec import Struct

from tracer.errors import CalculationError, LimitError, UnknownQuantityError, suggestion
from tracer.maths.expression import Call, Expression, symbols, walk
from tracer.proof import numeric
from tracer.proof.reals import Real
from tracer.proof.size import Size
from tracer.proof.symbolic.back import Back
from tracer.proof.symbolic.found import Found
from tracer.proof.symbolic.keeping import FORMULAS
from tracer.proof.symbolic.of_network import NetworkSource
from tracer.proof.symbolic.of_program import ProgramSource
from tracer.rules.quantity import typed
from tracer.spec.network import Network, Spec
from tracer.spec.tree.problems import listed

FIRST_STEP = r"\s*@\s*1$"
"""What a name ends in that speaks of the first training step, of which all closed forms are."""

MOST_TO_TIDY = 400
"""Of larger forms only the outermost sum is tidied."""


SMALLER = "closed forms are for smaller calculations"


class ClosedForm(Struct, frozen=True):
    """One quantity as a single formula.

    Attributes:
        name: the quantity's plain name.
        expression: the formula; its symbols hold names.
        value: its value at the spec's numbers; None where a letter is left, or where it has
            none of a size that can be written.
    """

    name: str
    expression: Expression
    value: Real | None

    @property
    def functions(self) -> tuple[tuple[str, str], ...]:
        """The functions in it that need a word, with their formulas in x."""
        called = {node.function for node in walk(self.expression) if isinstance(node, Call)}
        return tuple((name, text) for name, text in FORMULAS.items() if name in called)


class Source(Protocol):
    """Where closed forms come from."""

    @property
    def size(self) -> Size:
        """What can be said of the largest form."""

    @property
    def numbers(self) -> dict[str, Real]:
        """The values of those that have one."""

    @property
    def usual(self) -> Sequence[str]:
        """The names of what a reader wants who does not say what."""

    @property
    def names(self) -> Sequence[str]:
        """Every name that has a closed form."""

    def form(self, name: str) -> Found | None:
        """The closed form of a name; None where the name is not known."""


def closed_forms(spec: Spec, names: Sequence[str] = ()) -> list[ClosedForm]:
    """Closed forms, each quantity in terms of what the spec gives.

    Args:
        spec: a network or an expression program; letters stay letters.
        names: plain names; none: the error (or result) and all its derivatives.

    Raises:
        LimitError: the closed form would be too large, or too deep.
        UnknownQuantityError: there is no quantity of a name.
    """
    source: Source = NetworkSource(spec) if isinstance(spec, Network) else ProgramSource(spec)
    if source.size.too_much:
        raise LimitError(f"{source.size.too_much}; {SMALLER}")
    several = isinstance(spec, Network) and len(spec.samples) > 1
    try:
        return [_closed_form(source, name, several) for name in names or source.usual]
    except RecursionError as error:
        raise LimitError(f"too deep for closed forms; {SMALLER}") from error


def _closed_form(source: Source, name: str, samples: bool) -> ClosedForm:
    local = re.sub(FIRST_STEP, "", name.strip())
    found = source.form(local) or source.form(typed(local, samples))
    if found is None:
        raise _unknown(source, name)
    expression = Back(found.order).tree(_shortest(found.form))
    return ClosedForm(found.name, expression, _value(expression, source.numbers))


def _shortest(form: Any) -> Any:
    """The form with common factors taken out, where that makes it shorter."""
    size = form.count_ops()
    tidied = sympy.factor_terms(form) if size <= MOST_TO_TIDY else _without_shared_factors(form)
    return tidied if tidied.count_ops() < size else form


def _without_shared_factors(form: Any) -> Any:
    """A sum as the product of what all its terms share, and the sum of what is left."""
    terms = [set(sympy.Mul.make_args(term)) for term in sympy.Add.make_args(form)]
    shared = set.intersection(*terms)
    return sympy.Mul(*shared, sympy.Add(*(sympy.Mul(*(term - shared)) for term in terms)))


def _value(expression: Expression, numbers: dict[str, Real]) -> Real | None:
    if any(name not in numbers for name in symbols(expression)):
        return None
    try:
        value = numeric.number(expression, numbers)
    except (CalculationError, ZeroDivisionError):
        return None
    return None if value.is_giant else value


def _unknown(source: Source, name: str) -> UnknownQuantityError:
    hint = suggestion(name, source.names, most=3, likeness=0.5)
    hint = hint or f"; known: {listed(source.names)}"
    if "@" in name:
        hint = " (closed forms are those of the first training step)"
    return UnknownQuantityError(f"no closed form is called '{name}'{hint}")
