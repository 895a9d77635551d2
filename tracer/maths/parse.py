"""Read what a person wrote: `parse` for formulas, `parse_value` for what stands for one number."""

from __future__ import annotations

from tracer.errors import FormulaError
from tracer.maths.expression import Expression, Number, Symbol
from tracer.maths.grammar import Parser
from tracer.maths.literals import decimal_literal
from tracer.maths.tokens import clipped


def parse(text: str) -> Expression:
    """The formula as a tree, in the order and with the digits of the text; symbols hold names.

    Raises:
        FormulaError: the text is no formula; it has the column, and says what would be right.
    """
    return Parser(text).formula()


def parse_value(text: str) -> Number | Symbol:
    """What stands where a number is wanted: a number, kept as written, or a letter for one.

    A number is an integer, a decimal, a fraction (``1/3``), a power of ten (``1e-3``,
    ``2*10^5``) or other arithmetic that gives a fraction.

    Raises:
        FormulaError: the text is neither, or its value is no fraction of reasonable size.
    """
    written = text.strip()
    return decimal_literal(written) or _worked_out(written)


def _worked_out(written: str) -> Number | Symbol:
    if not written:
        raise FormulaError("expected a number, and found nothing")
    if written.lstrip("+-.").lower() in {"nan", "inf", "infinity", "∞"}:
        raise FormulaError(f"'{clipped(written)}' is not a finite number")
    found = parse(written)
    if isinstance(found, Symbol):
        return found
    from tracer.maths.rational import rational

    return Number(rational(found), written)
