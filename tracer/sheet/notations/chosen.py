"""The notation of a trace's pages: a profile's symbols for this network."""

from __future__ import annotations

from tracer.derive.trace import Trace
from tracer.notation.book import BookNotation, book
from tracer.notation.profile import BY_NUMBER, Profile
from tracer.sheet.notations.naming import naming_of


def notation_of(profile: Profile, trace: Trace) -> BookNotation:
    """The notation of a profile for what a trace tells."""
    naming = naming_of(trace.spec, profile.first_layer, profile.index == BY_NUMBER)
    return book(profile, naming, trace.several_samples)
