"""`trace SPEC --symbolic [QUANTITY]`: closed forms in the names of weights, inputs and targets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tracer.maths.arithmetic import arithmetic
from tracer.maths.plain import plain
from tracer.notation.numbers import NumberFormat, Shown, shown_value
from tracer.proof.reals import Real
from tracer.proof.symbolic import ClosedForm, closed_forms
from tracer.render.wrap import WIDTH, wrapped
from tracer.sheet.telling import EXACT, ROUNDED
from tracer.spec.network import Spec


def symbolic_lines(spec: Spec, name: str, numbers: NumberFormat) -> Iterator[str]:
    """The closed form of a quantity, or of the error and all its derivatives.

    Args:
        spec: a network or an expression program, with numbers or letters.
        name: a plain name; empty: the error, or the result, and its derivatives.
        numbers: how many digits of its value to show.

    Raises:
        LimitError: the closed form would be too large.
        UnknownQuantityError: there is no quantity of that name.
    """
    found = closed_forms(spec, [name] if name else [])
    explained = dict(pair for form in found for pair in form.functions)
    for function, text in explained.items():
        yield f"{function}(x) = {text}"
    for number, form in enumerate(found):
        if number or explained:
            yield ""
        yield from _form(form, numbers)


def _form(form: ClosedForm, numbers: NumberFormat) -> Iterator[str]:
    """The formula, broken at 80 columns, and its value where all numbers are there."""
    head = f"{form.name} = "
    first, *rest = wrapped(plain(form.expression), WIDTH - len(head))
    yield head + first
    yield from (" " * len(head) + line for line in rest)
    if form.value is not None:
        shown = _shown(form.value, numbers)
        yield f"{' ' * len(form.name)} {EXACT if shown.exact else ROUNDED} {shown.text}"


def _shown(value: Real, numbers: NumberFormat) -> Shown:
    if value.exact is not None:
        return shown_value(value.exact, arithmetic("exact"), numbers)
    return numbers.shown(Decimal(str(value)), is_exact=False)
