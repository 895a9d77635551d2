"""Templates where terms differ: sums of paths of two kinds, the largest of several, who wins."""

from __future__ import annotations

from functools import cache

from tracer.derive.template import Template, numbered, template, terms_of
from tracer.maths.expression import Add, Call, Cases, Compare, Expression, number, substitute
from tracer.maths.parse import parse


@cache
def sum_of(terms: tuple[str, ...]) -> Template:
    """The template of a sum of different terms; the roles of the term number k are (role, k)."""
    parts = tuple(numbered(parse(term), k) for k, term in enumerate(terms))
    return template(parts[0] if len(parts) == 1 else Add(parts))


@cache
def largest(term: str, count: int) -> Template:
    """The template of a rule that is the largest of `count` terms."""
    return template(_largest(terms_of(term, count)))


@cache
def winner(share: str, count: int, at: int, last_wins: bool) -> Template:
    """How the largest of `count` terms changes with one of them: a share if it wins, 0 if not.

    Args:
        share: the formula of the winner's share.
        count: how many terms there are.
        at: which one is asked for, from 0.
        last_wins: whether of several that are largest the last one wins, else the first one.
    """
    terms, wins = terms_of("source", count), parse(share)
    earlier, later = terms[:at], terms[at + 1 :]
    ahead, behind = (later, earlier) if last_wins else (earlier, later)
    branches: list[tuple[Compare, Expression]] = []
    if ahead:
        branches.append((Compare(_largest(ahead), ">=", terms[at]), number(0)))
    if behind:
        branches.append((Compare(terms[at], ">=", _largest(behind)), wins))
    if not branches:
        return template(wins)
    return template(Cases(tuple(branches), number(0) if behind else wins))


@cache
def share(formula: str, divisor: int) -> Template:
    """How an average changes with one of its terms; `n` is what their sum is divided by."""
    return template(substitute(parse(formula), {"n": number(divisor)}))


def _largest(terms: tuple[Expression, ...]) -> Expression:
    return terms[0] if len(terms) == 1 else Call("max", terms)
