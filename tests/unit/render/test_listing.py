"""Tables of formulas and words, as lines of text."""

from __future__ import annotations

from tracer.notation.notation import terminal
from tracer.phrase import Phrase
from tracer.render.listing import listing_lines
from tracer.sheet.listing import Joined, Listing


def test_words_give_way_to_names_that_cannot_break() -> None:
    """Long names keep their column; what has blanks is broken, so that a line has its width."""
    name = "derivative_of_one_by_other"
    rows = ((name, "cases", Joined((name, name)), "slope of a maximum"),)
    heads = tuple(map(Phrase, ("node", "operation", "operands", "rule")))
    found = list(listing_lines(Listing(heads, rows), terminal(False), 78))
    assert max(map(len, found)) <= 78
    assert found[2].endswith("slope of a")
    assert found[3].split() == [name, "maximum"]
