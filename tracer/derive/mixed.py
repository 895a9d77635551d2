"""Templates of sums whose terms are not all alike."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache

from tracer.derive.template import Template, template
from tracer.maths.expression import Add, Expression, Mul, Symbol, rebuild, substitute, symbols
from tracer.maths.parse import parse
from tracer.rules.calculus import product


@cache
def summed(terms: tuple[Expression, ...], ending: str = "") -> Template:
    """The template of a sum of different terms.

    The roles of the term number k are ``(role, k)``; those of the ending stay plain.
    """
    found = [_numbered(term, k) for k, term in enumerate(terms)]
    found += [parse(ending)] if ending else []
    return template(found[0] if len(found) == 1 else Add(tuple(found)))


@cache
def weighted(term: str, weight: Expression) -> Expression:
    """A rule's term with something else in place of the weight."""
    return _without_ones(substitute(parse(term), {"weight": weight}))


def _numbered(term: Expression, k: int) -> Expression:
    roles: dict[Hashable, Expression] = {role: Symbol((role, k)) for role in symbols(term)}
    return substitute(term, roles)


def _without_ones(node: Expression) -> Expression:
    return product(*node.factors) if isinstance(node, Mul) else rebuild(node, _without_ones)
