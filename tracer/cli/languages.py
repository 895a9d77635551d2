"""The option ``--language``, of all commands that write pages."""

from __future__ import annotations

import click

from tracer.cli.options import Command
from tracer.phrase import ENGLISH, Words

HELP = "The language of the page: en, de, es, or a file such as my.yaml."


def language(command: Command) -> Command:
    """The language that the page is to have, as the argument ``language``."""
    option = click.option(
        "--language", metavar="LANGUAGE", default=ENGLISH.code, show_default=True, help=HELP
    )
    return option(command)


def words(asked: str) -> Words:
    """The words of a language; no file is read for English.

    Raises:
        TracerError: there is no such language, or its file is not complete.
    """
    if asked == ENGLISH.code:
        return ENGLISH
    from tracer.render.language import words_of

    return words_of(asked)
