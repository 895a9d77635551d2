"""The author's own words: at the end of every page that tells the whole."""

from __future__ import annotations

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.making import spec
from tracer.notation.said import english
from tracer.sheet.remarks import remarks

NET = """
    inputs: [x]
    layers: [{{units: [o], weights: [[2]]}}]
    {0}
"""


def test_source_and_notes_are_rows() -> None:
    """The source comes first, then each note, as one line each."""
    (section,) = remarks(spec(NET.format('source: "A\\n  book"\n    notes: [one, "two\\ttimes"]')))
    assert english(section.title) == "Notes"
    assert tuple(tuple(map(english, row)) for row in section.rows) == (
        ("source", "A book"),
        ("note", "one"),
        ("note", "two times"),
    )


def test_nothing_said_is_nothing_told() -> None:
    """Without source and notes there is no such section."""
    assert not list(remarks(spec(NET.format(""))))


VIEWS: tuple[list[str], ...] = (
    [],
    ["--long"],
    ["--table"],
    ["--matrix"],
    ["--arithmetic", "by-hand:4"],
)


@pytest.mark.parametrize("view", VIEWS)
def test_the_whole_ends_with_them(run: Run, view: list[str]) -> None:
    """A slip of the deck stands on the page of its example, however that is told."""
    found = run("decks_integer", *view)
    assert found.code == 0
    assert (
        'note    The slide calls the edge with the weight 1 that becomes 103 "x1-h2".' in found.out
    )


@pytest.mark.parametrize("part", [["--only", "w4+"], ["--phase", "update"]])
def test_a_part_does_not(run: Run, part: list[str]) -> None:
    """Who asks for a part has no remarks on the whole."""
    assert "Notes" not in run("decks_integer", *part).out
