"""A page that is to be written: what stands on it, and how it is to look."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from tracer.derive.trace import Trace
from tracer.notation.notation import Notation
from tracer.render.notebook.origin import Origin
from tracer.sheet.page import Section, Wanted
from tracer.sheet.remarks import View


class Look(Struct, frozen=True):
    """How a reader wants a page; what is empty is as the page has it by itself.

    Attributes:
        template: a folder whose templates come before ours.
        practice: whether the page has blanks that are checked as they are filled in.
        graded: whether the page has blanks, and no answer anywhere in its source.
        fragment: whether the body alone is wanted, for a document of the reader's own.
        plain: whether formulas are lines of text, for readers without mathematics.
        pdf_engine: what makes a PDF; None: the first that is installed.
    """

    template: str = ""
    practice: bool = False
    graded: bool = False
    fragment: bool = False
    plain: bool = False
    pdf_engine: str | None = None

    @property
    def has_blanks(self) -> bool:
        """Whether it is a page to fill in."""
        return self.practice or self.graded


PLAIN_LOOK = Look()
STANDARD = Wanted()


class Draft(Struct, frozen=True):
    """A page before it has a format.

    Attributes:
        sections: what stands on it.
        notation: the symbols.
        look: how it is to look.
        trace: what it tells; None for what is told of no trace.
        wanted: what its reader asked to see of the trace.
        view: how it is told; None for what is told of no trace.
        origin: what the trace was calculated from, where that is known.
    """

    sections: Iterable[Section]
    notation: Notation
    look: Look = PLAIN_LOOK
    trace: Trace | None = None
    wanted: Wanted = STANDARD
    view: View | None = None
    origin: Origin | None = None
