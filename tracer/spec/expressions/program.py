"""From what was written to an expression program: lines, variables and their values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracer.errors import suggestion
from tracer.maths.expression import Symbol, symbols
from tracer.spec.about import about, given
from tracer.spec.expressions.descent import descent
from tracer.spec.expressions.lines import NamedLine, named_lines
from tracer.spec.network import ExpressionProgram, Value
from tracer.spec.samples import value_of
from tracer.spec.tree.forms import Pairs
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry, WrittenProgram

LETTERS = "vwuztsrqpabcdefghijklmno"


def program(written: WrittenProgram, problems: Problems) -> ExpressionProgram | None:
    """The program that a file describes; None only where there are problems."""
    if written.expression is None:
        return None
    lines = named_lines(written.expression, problems)
    if problems or not lines:
        return None
    free = _free(lines)
    values = _values(written.at, lines, free, problems)
    variables = tuple(dict.fromkeys((*values, *free)))
    names = {*variables, *(line.line.name for line in lines)}
    moves, moved = descent(written.minimise, variables, names, problems)
    return ExpressionProgram(
        lines=tuple(line.line for line in lines),
        variables=variables,
        at=tuple(values.get(name, Symbol(name)) for name in variables),
        forward=written.mode == "forward",
        intermediate=_letter(written, names, problems),
        given=given(written.about.given, problems),
        about=about(written.about, problems),
        training=moves,
        moved=moved,
    )


def _free(lines: Sequence[NamedLine]) -> tuple[str, ...]:
    """The names that are used before a line computes them, in the order of first use."""
    free: dict[str, None] = {}
    computed: set[str] = set()
    for line in lines:
        for name in symbols(line.line.formula):
            if name not in computed:
                free[str(name)] = None
        computed.add(line.line.name)
    return tuple(free)


def _values(
    at: Pairs[Entry] | None,
    lines: Sequence[NamedLine],
    free: tuple[str, ...],
    problems: Problems,
) -> dict[str, Value]:
    """The numbers of the variables that have one, in the order in which they are given."""
    values: dict[str, Value] = {}
    computed = {line.line.name: line for line in reversed(lines) if line.is_named}
    known, names = {*free, *computed}, {*free, *(line.line.name for line in lines)}
    for name, entry in at.pairs if at else ():
        if name.text in computed and name.text not in free:
            line = computed[name.text]
            place = name.line
            problems.add(
                line.node, f"'{name.text}' has a value already (in line {place})", line.start
            )
        elif name.text not in known:
            hint = suggestion(name.text, free) or f"; its variables: {listed(free) or 'none'}"
            problems.add(name, f"the expression has no '{name.text}'{hint}")
        elif entry.value is None and entry.name in names - {name.text}:
            problems.add(entry.node, f"'{entry.name}' is a name of the expression already")
        else:
            values[name.text] = value_of(entry)
    return values


def _letter(written: WrittenProgram, names: set[str], problems: Problems) -> str:
    """The letter for intermediate results: the author's, or one that no name starts with."""
    numbered = {found[1] for name in names if (found := re.fullmatch(r"(\D+)\d*", name))}
    if written.intermediate is None:
        return next((letter for letter in LETTERS if letter not in numbered), "v_")
    letter = written.intermediate.text
    if letter in numbered:
        problems.add(written.intermediate, f"'{letter}' would collide with names of the expression")
    return letter
