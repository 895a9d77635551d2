"""The order of factors that a notation has: the slope of an activation first, o(1 - o)·error.

Only products of two factors are turned around: of more, another order would round otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec.structs import replace

from tracer.derive.template import Template
from tracer.maths.expression import Expression, Mul, Symbol, rebuild
from tracer.sheet.page import Item, Section
from tracer.sheet.telling import Line, Telling

SLOPES = frozenset(("slope", "jacobian"))
"""The roles that come first."""


def slopes_first(sections: Iterable[Section]) -> Iterator[Section]:
    """Sections whose steps tell the slope before what it is multiplied by."""
    for section in sections:
        yield section._replace(items=map(_item, section.items))


def _item(item: Item) -> Item:
    return _telling(item) if isinstance(item, Telling) else item


def _telling(telling: Telling) -> Telling:
    lines, parts = tuple(map(_line, telling.lines)), tuple(map(_telling, telling.parts))
    return telling._replace(lines=lines, parts=parts)


def _line(line: Line) -> Line:
    return line._replace(template=arranged(line.template)) if line.template else line


@cache
def arranged(template: Template) -> Template:
    """The template with slopes first, over the same operands."""
    shown = _turned(template.shown)
    return template if shown == template.shown else replace(template, shown=shown)


def _turned(formula: Expression) -> Expression:
    match formula:
        case Mul((first, Symbol(of) as second)) if _role(of) in SLOPES:
            return Mul((second, first))
    return rebuild(formula, _turned)


def _role(of: object) -> object:
    """A role; one of several terms without its number."""
    return of[0] if isinstance(of, tuple) else of
