"""The lines of an expression program, ``name = formula``, read from a text or a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, count
from typing import NamedTuple

from tracer.errors import FormulaError
from tracer.maths.expression import Add, Div, Expression, Mul, Neg, Symbol, symbols
from tracer.maths.names import CALLABLE
from tracer.maths.parse import parse
from tracer.spec.network import Line
from tracer.spec.tree.forms import Items
from tracer.spec.tree.leaves import NOTHING, complain_of_name
from tracer.spec.tree.limits import MAX_LINES
from tracer.spec.tree.nodes import UNKNOWN, Scalar
from tracer.spec.tree.problems import Problems

RESULTS = ("y", "z", "f", "result")
"""What the value of a formula without a name is called: the first that is no variable of it."""

ASSIGNMENT = re.compile(r"(?<![<>=!])=(?!=)")
COMBINED: Mapping[str, Callable[[Expression, Expression], Expression]] = {
    "+": lambda name, formula: Add((name, formula)),
    "-": lambda name, formula: Add((name, Neg(formula))),
    "*": lambda name, formula: Mul((name, formula)),
    "/": Div,
}


class NamedLine(NamedTuple):
    """A line, and where it starts.

    Attributes:
        line: the line.
        node: the scalar that it is part of.
        start: the offset in the scalar's text.
        is_named: whether its author named the value.
    """

    line: Line
    node: Scalar
    start: int
    is_named: bool


def named_lines(written: Scalar | Items[Scalar], problems: Problems) -> list[NamedLine]:
    """The lines that can be read; the others have been complained about."""
    texts = [
        text
        for node in (written.items if isinstance(written, Items) else (written,))
        for text in _texts(node, problems)
    ]
    if len(texts) > MAX_LINES:
        problems.add(texts[MAX_LINES][0], f"more than {MAX_LINES:,} lines")
        return []
    if not texts and not problems:
        problems.add(written.node if isinstance(written, Items) else written, "no formula here")
    found = [_line(*text, alone=len(texts) == 1, problems=problems) for text in texts]
    return [line for line in found if line]


def _texts(node: Scalar, problems: Problems) -> Iterator[tuple[Scalar, str, int]]:
    """Each line with a formula in it: its node, its text without comment, its offset."""
    start = 0
    for text in node.text.split("\n"):
        formula = text.partition("#")[0].rstrip()
        if node.shift == UNKNOWN and len(ASSIGNMENT.findall(formula)) > 1:
            problems.add(node, "several lines need a bar before them: 'expression: |'")
        elif formula:
            yield node, formula, start
        start += len(text) + 1


def _line(node: Scalar, text: str, start: int, alone: bool, problems: Problems) -> NamedLine | None:
    sign = ASSIGNMENT.search(text)
    try:
        if sign is None:
            formula = parse(text)
            name = _result(node, formula, start, alone, problems)
        else:
            name, operator = _left(text[: sign.start()])
            _complain_of_left(node, text, name, start, problems)
            start_of_formula = sign.end()
            formula = _parsed(text, start_of_formula)
            if operator:
                formula = COMBINED[operator](Symbol(name), formula)
    except FormulaError as error:
        problems.formula(node, error, start)
        return None
    blanks = len(text) - len(text.lstrip())
    place = problems.place_in(node, start + blanks)
    return NamedLine(Line(name, formula, place), node, start + blanks, sign is not None)


def _parsed(text: str, start: int) -> Expression:
    """A formula that is the rest of a text; errors count from the text's beginning."""
    try:
        return parse(text[start:])
    except FormulaError as error:
        raise FormulaError(error.message, start + error.column) from None


def _left(text: str) -> tuple[str, str]:
    """The name on the left of the sign, and the operator that belongs to the sign, if any."""
    name = text.strip()
    if name[-1:] in COMBINED:
        return name[:-1].rstrip(), name[-1]
    return name, ""


def _complain_of_left(node: Scalar, text: str, name: str, start: int, problems: Problems) -> None:
    offset = start + len(text) - len(text.lstrip())
    called = re.fullmatch(r"(\w+)\s*\(.*\)", name)
    if called:
        found = f"a name alone stands on the left: '{called[1]} =', without brackets"
        problems.add(node, found, offset)
    else:
        complain_of_name(node, name, problems, offset, CALLABLE | NOTHING)


def _result(node: Scalar, formula: Expression, start: int, alone: bool, problems: Problems) -> str:
    """The name for a formula without one, which has to be the only line."""
    if not alone:
        problems.add(node, "among several lines each has a name: 'y = ...'", start)
    used = symbols(formula)
    more = (f"{RESULTS[-1]}{k}" for k in count(2))
    return next(name for name in chain(RESULTS, more) if name not in used)
