"""The options that say how a page is to look, each for the formats in which it means something."""

from __future__ import annotations

import click

from tracer.cli.options import Command, gathered
from tracer.render.draft import Look
from tracer.render.pdf import NAMES

OF_ENGINES = "What makes a .pdf; else the first of them that is installed."

OF_PAGES: dict[str, tuple[str, ...]] = {
    "template": (".html", ".tex", ".pdf", ".md"),
    "practice": (".html",),
    "graded": (".html",),
    "fragment": (".tex",),
    "plain": (".md",),
    "pdf_engine": (".pdf",),
}
"""For each option, the suffixes of the files that it is for; a field of `Look` is its value."""


def looks(command: Command) -> Command:
    """The options that change how a page looks, gathered into the argument ``look``."""
    options = (
        click.option("--template", metavar="DIR", default="", help="Templates before ours."),
        click.option("--practice", is_flag=True, help="Blanks, checked as they are filled in."),
        click.option("--graded", is_flag=True, help="Blanks, and no answer in the file at all."),
        click.option("--fragment", is_flag=True, help="A .tex without preamble, for your own."),
        click.option("--plain", is_flag=True, help="A .md whose formulas are lines of text."),
        click.option("--pdf-engine", type=click.Choice(NAMES), help=OF_ENGINES),
    )
    return gathered(command, "look", Look, options)
