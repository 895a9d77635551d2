"""Which options have no meaning beside another, so that none is ignored without a word."""

from __future__ import annotations

from collections.abc import Mapping

import click
from click.core import ParameterSource

from tracer.cli import symbols
from tracer.cli.aims import PICTURE_OF
from tracer.cli.looks import OF_PAGES
from tracer.errors import OutputError
from tracer.render.formats import PICTURES, RECORDS, WORKBOOKS, suffix_of

TEXT = ".txt"

NO_BLANKS = (
    *("phase", "long", "as_table", "published", "symbolic", "columns", "gradient_graph"),
    *("matrix", "collapse", "epochs", "pseudocode", "maps"),
)
"""What leaves nothing to fill in, or leaves out what the blanks are made of."""

MEANINGLESS = {
    "practice": ("graded", *NO_BLANKS),
    "graded": NO_BLANKS,
    "only": ("phase", "as_table", "published", "symbolic"),
    "as_table": ("long", "published", "symbolic"),
    "published": ("phase", "at_step", "long", "digits", "sig", "symbolic", *symbols.OF_READERS),
    "symbolic": ("phase", "at_step", "long", "arithmetic", "language", *symbols.OF_READERS),
    "collapse": (
        *("matrix", "only", "phase", "at_step", "long", "as_table", "published", "symbolic"),
        *("columns", "gradient_graph", "steps", "learning_rate", "in_place"),
    ),
    "maps": (
        *("matrix", "only", "phase", "long", "as_table", "published", "symbolic"),
        *("columns", "gradient_graph", "collapse", "samples_as", "epochs"),
        "pseudocode",
    ),
    "matrix": ("as_table", "published", "symbolic", "columns"),
    "columns": (
        *("only", "phase", "as_table", "at_step", "long", "published", "symbolic"),
        *("gradient_graph",),
    ),
    "gradient_graph": (
        *("only", "as_table", "at_step", "long", "published", "symbolic"),
        *("digits", "sig", "arithmetic", "full"),
    ),
    "pseudocode": (
        *("only", "phase", "as_table", "published", "symbolic"),
        *("columns", "gradient_graph", "matrix", "collapse", "epochs"),
    ),
    "epochs": (
        *("only", "phase", "as_table", "at_step", "published", "symbolic"),
        *("columns", "gradient_graph", "matrix", "collapse"),
    ),
    "formulas": (
        *("only", "phase", "as_table", "at_step", "long", "published", "symbolic"),
        *("columns", "gradient_graph", "matrix", "collapse", "epochs", "pseudocode", "maps"),
    ),
}
"""What an option that chooses a view leaves nothing to choose of."""

CHOOSING = (
    *("only", "as_table", "published", "symbolic", "phase", "at_step", "long"),
    *("columns", "gradient_graph", "matrix", "collapse", "epochs", "pseudocode", "maps"),
    "formulas",
)
"""What chooses a part or a view of a trace; a file of records holds all of it."""

OF_NUMBERS = ("digits", "sig")
"""What chooses how numbers are written."""

OF_READERS = symbols.OF_READERS

OF_MATRICES = ("samples_as", "full")
"""What chooses how matrices are shown."""

OF_LAYERS = ("matrix", "gradient_graph")
"""What asks, both together, for the graph by layers: a page, and a picture too."""

OWN_TABLES = (("epochs", ".csv"), ("formulas", ".csv"))
"""Views that are records by themselves, in some formats."""

TEXT_ONLY = ("published", "symbolic")

OF_WORDS = ("language",)
"""What chooses the words of a page."""

OF_SYMBOLS = ("language", "notation")
"""What a workbook, which holds every number, has of a page, and so has the picture of a network."""

IN_SYMBOLS = "network"


def refuse_meaningless(output: str | None) -> None:
    """Refuses options of the running command that would change nothing.

    Args:
        output: the file to write, if any.

    Raises:
        click.UsageError: two options do not go together.
        OutputError: the file cannot hold what was asked for, or has no known suffix.
    """
    said = _said()
    if "only" in said and not _text_of("only"):
        raise click.UsageError(f"{said['only']} needs the name of a quantity, such as dE/dw1")
    for view, others in MEANINGLESS.items():
        for other in others:
            if view in said and other in said:
                raise click.UsageError(f"{said[view]} and {said[other]} do not go together")
    for option in OF_MATRICES:
        if option in said and said.keys().isdisjoint(("matrix", "collapse", "maps")):
            raise click.UsageError(f"{said[option]} is of matrices: it needs --matrix")
    if "picture" in said and (not output or suffix_of(output) not in PICTURES):
        raise click.UsageError(f"--picture needs a file to draw: -o FILE{PICTURES[0]}")
    _refuse_looks(suffix_of(output) if output else "", said)
    _refuse_aims(output, said)
    if output:
        _refuse_in_file(output, said)


def _refuse_looks(suffix: str, said: dict[str, str]) -> None:
    """Refuses what changes only the look of pages of another format."""
    for option, suffixes in (OF_PAGES | symbols.OF_PAGES).items():
        if option in said and suffix not in suffixes:
            known = ", ".join(suffixes)
            raise click.UsageError(f"{said[option]} is for pages, written by -o as one of {known}")


def _refuse_aims(output: str | None, said: Mapping[str, str]) -> None:
    """Refuses what a picture is to look at where there is none, or another one."""
    for option, picture in PICTURE_OF.items():
        if option not in said:
            continue
        if not output or suffix_of(output) not in PICTURES:
            raise click.UsageError(f"{said[option]} needs a file to draw: -o FILE{PICTURES[0]}")
        if _text_of("picture") not in ("", picture):
            raise click.UsageError(f"{said[option]} is for the picture '{picture}'")
    if all(option in said for option in PICTURE_OF):
        raise click.UsageError(
            f"{' and '.join(said[one] for one in PICTURE_OF)} are for two pictures"
        )


def _said() -> dict[str, str]:
    """The options on the command line, each as it is spelt."""
    context = click.get_current_context()
    return {
        option.name: option.opts[0]
        for option in context.command.params
        if option.name and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
    }


def _text_of(option: str) -> str:
    """The text of an option of the running command, without blanks around it."""
    return str(click.get_current_context().params.get(option) or "").strip()


def _choosing(suffix: str) -> tuple[str, ...]:
    """What has no meaning for a file; some views are records by themselves."""
    return tuple(option for option in CHOOSING if (option, suffix) not in OWN_TABLES)


def _refuse_in_file(output: str, said: dict[str, str]) -> None:
    suffix = suffix_of(output)
    if suffix in PICTURES and said.keys() >= set(OF_LAYERS):
        if "picture" in said:
            raise click.UsageError(f"{said['matrix']} and {said['picture']} do not go together")
        said = {option: spelt for option, spelt in said.items() if option not in OF_LAYERS}
    holds_all = suffix in RECORDS or suffix in WORKBOOKS
    if holds_all or suffix in PICTURES:
        reason = f"{suffix} holds every number" if holds_all else f"{suffix} is a picture"
        others = () if holds_all else OF_NUMBERS
        drawn = suffix in PICTURES and _text_of("picture") == IN_SYMBOLS
        known = OF_SYMBOLS if suffix in WORKBOOKS or drawn else ()
        for option in (*_choosing(suffix), *OF_WORDS, *OF_READERS, *others):
            if option in said and option not in known:
                raise click.UsageError(f"{said[option]} is for pages: {reason}")
    if suffix != TEXT and any(option in said for option in TEXT_ONLY):
        raise OutputError(
            f"cannot write {output}: this view is text, for a file such as view{TEXT}"
        )
