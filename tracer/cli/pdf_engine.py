"""The option that says which engine makes a PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from tracer.render.pdf import NAMES

Command = Callable[..., Any]

HELP = "What makes a .pdf; else the first of them that is installed."
ONLY_FOR_PDF = "--pdf-engine says what makes a PDF; it goes with -o FILE.pdf"


def pdf_engine(command: Command) -> Command:
    """The option ``--pdf-engine``, as the argument ``pdf_engine``: a name, or None."""
    return click.option("--pdf-engine", type=click.Choice(NAMES), help=HELP)(command)


def refuse_without_pdf(pdf_engine: str | None, output: str | None) -> None:
    """Says that the option has no meaning for what is written.

    Raises:
        click.UsageError: an engine was asked for, and no PDF.
    """
    if pdf_engine and not (output or "").lower().endswith(".pdf"):
        raise click.UsageError(ONLY_FOR_PDF)
