"""What a file says about itself, and what its author has printed: frozen data."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct, field

from tracer.errors import Place
from tracer.maths.expression import Number
from tracer.spec.located import Located

ONCE = Number(Fraction(1), "1")


class Published(Located, frozen=True):
    """A value that a book or page prints, beside ours.

    Attributes:
        quantity: our plain name for it.
        value: as printed, its digits kept.
        times: how many times our value its author prints, such as -1 for the other sign.
        why: what its author did, where the value is not right.
        under: training settings under which the value does come out, as (name, text) pairs.
        place: where the file names the quantity.
    """

    quantity: str
    value: Number
    why: str = ""
    under: tuple[tuple[str, str], ...] = ()
    times: Number = ONCE
    place: Place | None = None


class Presentation(Struct, frozen=True):
    """What the file says about its numbers and matrices; the command line can say otherwise.

    Attributes:
        arithmetic: as on the command line, ``exact`` or ``by-hand:4``; empty: default.
        digits: decimals shown; None: default.
        significant: significant digits shown; None: default.
        samples_as: what samples are in a matrix, ``rows`` or ``columns``; empty: default.
        notation: the name of a built-in notation; empty: default.
    """

    arithmetic: str = ""
    digits: int | None = None
    significant: int | None = None
    samples_as: str = ""
    notation: str = ""


class About(Struct, frozen=True):
    """Where an example comes from, and what was found wrong in it."""

    title: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()
    presentation: Presentation = field(default_factory=Presentation)
    description: str = ""
