"""The options that choose the notation of a page, gathered into what they mean for a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from tracer.cli.options import Command, gathered
from tracer.notation.notation import Notation, terminal

if TYPE_CHECKING:
    from tracer.derive.trace import Trace
    from tracer.notation.profile import Profile
    from tracer.spec.network import Spec


class Symbols(Struct, frozen=True):
    """What the command line asks for in symbols.

    Attributes:
        notation: the name of a notation, or a file; None: as the spec says, else a terminal's.
        key: whether the key to the symbols is asked for.
    """

    notation: str | None = None
    key: bool = False

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
            "--notation", metavar="NAME|FILE", help="The symbols of a book (see: trace notations)."
        ),
    )
    return gathered(command, "symbols", Symbols, options)
