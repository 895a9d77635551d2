"""A derivative told rule by rule: each step's rule, and the whole expression after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracer.maths.expression import Call, Expression
from tracer.phrase import Phrase, phrase
from tracer.rules.worked import Work
from tracer.sheet.listing import Joint
from tracer.sheet.page import Lead, Section


class Told(NamedTuple):
    """A derivative and how it came about.

    Attributes:
        mark: ``d/dx``.
        formula: what is derived.
        steps: rule by rule.
        ends: sentences about the result.
    """

    mark: str
    formula: Expression
    steps: tuple[Work, ...]
    ends: tuple[Phrase, ...] = ()

    @property
    def result(self) -> Expression:
        """The derivative."""
        return self.steps[-1].after


def derivation(title: Phrase, found: Iterable[Told]) -> Iterator[Section]:
    """A section for each derivative."""
    yield Section(title, 1)
    for told in found:
        yield Section(_heading(told), items=tuple(_items(told)))


def _heading(told: Told) -> Phrase:
    return phrase("The derivative {mark}", mark=told.mark)


def _items(told: Told) -> Iterator[Lead | Joint]:
    yield Joint(Call(told.mark, (told.formula,)), "")
    for step in told.steps:
        yield Lead(phrase("{rule}: {why}", rule=Phrase(step.name), why=Phrase(step.says)))
        yield Joint(step.after)
    for sentence in told.ends:
        yield Lead(sentence)
