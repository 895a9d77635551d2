"""The options that choose the notation of a page, gathered into what they mean for a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from tracer.cli.options import Command, gathered
from tracer.notation.figures import LOCALES, PLAIN
from tracer.notation.notation import Notation, terminal

if TYPE_CHECKING:
    from tracer.derive.trace import Trace
    from tracer.notation.profile import Profile
    from tracer.spec.network import Spec


BUILT, INLINE = "built", "inline"
LOCALE_NAMES = tuple(LOCALES)

OF_PAGES = {"fractions": (".html", ".tex", ".pdf", ".md", ".ipynb")}
"""For an option, the suffixes of the files that it is for."""

OF_READERS = ("notation", "key", "locale", "fractions")
"""What means something only where people read symbols."""


class Symbols(Struct, frozen=True):
    """What the command line asks for in symbols.

    Attributes:
        notation: the name of a notation, or a file; None: as the spec says, else a terminal's.
        key: whether the key to the symbols is asked for.
        locale: whose way to write numbers; None: with points, as they are calculated.
        fractions: ``built`` or ``inline``; None: as the page has them.
    """

    notation: str | None = None
    key: bool = False
    locale: str | None = None
    fractions: str | None = None

    def of(self, spec: Spec) -> Spec:
        """The spec under the conventions that the notation brings along.

        Raises:
            TracerError: there is no such notation, or its file is wrong.
        """
        profile = self._profile(spec)
        if profile is None:
            return spec
        from tracer.sheet.notations.conventions import under

        return under(profile, spec)

    def chosen(self, trace: Trace) -> Notation:
        """The notation of a trace's pages."""
        symbols = self._symbols(trace)
        if self.locale is None and self.fractions != INLINE:
            return symbols
        figures = LOCALES[self.locale] if self.locale else PLAIN
        return replace(symbols, figures=replace(figures, inline=self.fractions == INLINE))

    def _symbols(self, trace: Trace) -> Notation:
        profile = self._profile(trace.spec)
        if profile is None:
            return terminal(trace.several_samples)
        from tracer.sheet.notations.chosen import notation_of

        return notation_of(profile, trace)

    def has_key(self, spec: Spec) -> bool:
        """Whether pages have a key to their symbols."""
        return self.key or bool(self._name(spec))

    def _name(self, spec: Spec) -> str:
        return self.notation or spec.about.presentation.notation

    def _profile(self, spec: Spec) -> Profile | None:
        name = self._name(spec)
        if not name:
            return None
        from tracer.sheet.notations.read import find_profile

        return find_profile(name)


def symbols(command: Command) -> Command:
    """The options, gathered into ``symbols``."""
    options = (
        click.option("--key", is_flag=True, help="The key to the symbols."),
        click.option(
            "--fractions",
            type=click.Choice((BUILT, INLINE)),
            help="Fractions built up with a bar, or in the line with a slash.",
        ),
        click.option(
            "--locale", type=click.Choice(LOCALE_NAMES), help="Whose decimal sign and thousands."
        ),
        click.option(
            "--notation", metavar="NAME|FILE", help="The symbols of a book (see: trace notations)."
        ),
    )
    return gathered(command, "symbols", Symbols, options)
