"""Operators that stand in formulas like functions: ``d/dx`` and ``lim h→0``, as symbols."""

from __future__ import annotations

from functools import cache

from tracer.notation.symbols import Letter, Over, Row, Scripts, Sign, Tree, Word, of_name

LIMIT, TO = "lim ", "→"
DERIVATIVE = "d/d"


@cache
def operator(name: str) -> Tree | None:
    """The symbol of an operator; None for the name of a function."""
    if name.startswith(DERIVATIVE):
        return Over(Letter("d"), Row((Letter("d"), of_name(name.removeprefix(DERIVATIVE)))))
    if name.startswith(LIMIT):
        letter, _, end = name.removeprefix(LIMIT).strip().partition(TO)
        return Scripts(Word("lim"), Row((of_name(letter), Sign(TO), of_name(end))))
    return None
