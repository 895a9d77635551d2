"""Which engine makes a PDF: the one that is asked for, or else the first that is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tracer.errors import OutputError, suggestion
from tracer.render.pdf import NAMES
from tracer.render.pdf.with_latex import Latex
from tracer.render.pdf.with_typst import Typst


class Engine(Protocol):
    """What typesets the source of a page."""

    @property
    def suffix(self) -> str:
        """Of files in the engine's language: the source that it wants, such as ``.tex``."""

    @property
    def how_to_get(self) -> str:
        """What to install where it is not there."""

    def is_there(self) -> bool:
        """Whether it can run on this machine."""

    def pdf(self, source: str) -> bytes:
        """The source, typeset: the same bytes for the same source.

        Raises:
            OutputError: the source has a mistake, which is told with its line.
            LimitError: it takes too long.
        """


ENGINES: Mapping[str, Engine] = dict(zip(NAMES, (Latex(), Typst()), strict=True))
"""The engines, by what ``--pdf-engine`` calls them, in the order in which they are looked for."""


def engine(name: str = "") -> Engine:
    """The engine of that name, or without a name the first that is there.

    Raises:
        OutputError: there is no such engine, or it is not installed, or none is.
    """
    if name and name not in ENGINES:
        known = ", ".join(ENGINES)
        hint = suggestion(name, ENGINES)
        raise OutputError(f"there is no PDF engine '{name}'; there are {known}{hint}")
    asked = [name] if name else list(ENGINES)
    for one in asked:
        if ENGINES[one].is_there():
            return ENGINES[one]
    raise OutputError(_missing(asked))


def _missing(names: list[str]) -> str:
    """The message for engines of which none is there."""
    found = "is not installed" if len(names) == 1 else "are not installed"
    ways = "; or ".join(ENGINES[name].how_to_get for name in names)
    return f"cannot make a PDF: {' and '.join(names)} {found}. To get it: {ways}"
