"""What a pseudo-code is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from tracer.phrase import Phrase
from tracer.rules.quantity import Kind
from tracer.spec.network import Network


class Where(Enum):
    """Of which units a line speaks."""

    ALL = "all"
    OUTPUTS = "outputs"
    OTHERS = "others"


class CodeLine(NamedTuple):
    """A line of a pseudo-code.

    Attributes:
        text: the line.
        deep: how many blocks it stands in.
        makes: the kinds of quantities that it gives.
        where: of which units.
        once: whether it runs only before the first training step.
    """

    text: Phrase
    deep: int = 0
    makes: tuple[Kind, ...] = ()
    where: Where = Where.ALL
    once: bool = False

    @property
    def indent(self) -> str:
        """What stands before it."""
        return "  " * self.deep


class Condition(NamedTuple):
    """What a pseudo-code takes for granted.

    Attributes:
        holds: whether it is so in a network.
        otherwise: what is to be said where it is not, and what would be right.
    """

    holds: Callable[[Network], bool]
    otherwise: str


class PseudoCode(NamedTuple):
    """A pseudo-code.

    Attributes:
        name: as ``--pseudocode`` calls it.
        title: what it is.
        lines: its lines, numbered from 1 on the page.
        names: what its letters are called here.
        assumes: what it takes for granted.
        changes: settings under which the trace has the code's own quantities.
        remarks: slips and conventions.
    """

    name: str
    title: Phrase
    lines: tuple[CodeLine, ...]
    names: tuple[tuple[str, Phrase], ...]
    assumes: tuple[Condition, ...]
    changes: Mapping[str, str]
    remarks: tuple[Phrase, ...] = ()
