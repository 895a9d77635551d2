"""A page as Markdown: headings, small tables, and the calculation in blocks of fixed width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracer.notation.notation import Notation
from tracer.render.text import TextPage
from tracer.sheet.page import Section

FENCE = "```"
SPECIAL = str.maketrans({character: f"\\{character}" for character in r"\`*_[]#|<>~&$"})


def to_markdown(sections: Iterable[Section], notation: Notation) -> Iterator[str]:
    """The lines of a Markdown document."""
    text = TextPage(notation)
    for number, section in enumerate(sections):
        if number:
            yield ""
        yield f"{'#' * section.level} {escaped(text.said(section.title))}"
        yield from _table(section, text)
        yield from _block(section, text)


def escaped(text: str) -> str:
    """Text in which nothing is markup."""
    return text.translate(SPECIAL)


def _table(section: Section, text: TextPage) -> Iterator[str]:
    if section.rows:
        yield ""
        yield "| | |"
        yield "|---|---|"
        for name, choice in section.rows:
            yield f"| {escaped(text.said(name))} | {escaped(text.said(choice))} |"


def _block(section: Section, text: TextPage) -> Iterator[str]:
    lines = list(text.items(section.items))
    if lines:
        yield ""
        yield f"{FENCE}text"
        yield from lines[1:] if not lines[0] else lines
        yield FENCE
