"""What a spec says about itself and its numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.spec.saying import network, problem
from tracer.maths.expression import Number, Symbol
from tracer.spec import About, GivenValue, Presentation, Published

NET = "inputs: [x]\nlayers: [{units: [y], weights: [[a]]}]\n"


def test_nothing_has_to_be_said() -> None:
    """A spec without remarks has empty ones."""
    assert network(NET).about == About()


def test_remarks_are_texts() -> None:
    """Title, description, source and notes are kept as written, numbers among them."""
    text = "title: 1984\ndescription: |\n  two\n  lines\nsource: a book\nnotes: [one, '2']\n"
    about = network(text + NET).about
    assert about.title == "1984"
    assert about.description == "two\nlines"
    assert about.source == "a book"
    assert about.notes == ("one", "2")


def test_published_values_keep_their_digits() -> None:
    """A published value has its digits, its reason, its factor and the settings that give it."""
    text = """\
published:
  - {quantity: w1+, value: 0.2910277740}
  - quantity: E
    value: .5
    times: -1
    why: forgotten
    under: {update: in_place, frozen: [biases, a], arithmetic: "by-hand:4", loss: sse}
"""
    first, second = network(NET + text).about.published
    assert first == Published("w1+", Number(Fraction("0.291027774"), "0.2910277740"))
    assert second == Published(
        "E",
        Number(Fraction(1, 2), ".5"),
        "forgotten",
        (
            ("update", "in_place"),
            ("frozen", "biases, a"),
            ("arithmetic", "by-hand:4"),
            ("loss", "sse"),
        ),
        Number(Fraction(-1), "-1"),
    )


def test_given_values_keep_the_names_of_their_quantities() -> None:
    """Given values are numbers or letters for quantities of any name."""
    given = network(NET + 'given: {net_y: 0.50, "net_y[2]": s, dE/dnet_y: -34}').given
    assert given == (
        GivenValue("net_y", Number(Fraction(1, 2), "0.50")),
        GivenValue("net_y[2]", Symbol("s")),
        GivenValue("dE/dnet_y", Number(Fraction(-34), "-34")),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arithmetic: exact", Presentation("exact")),
        ("arithmetic: by-hand:4sig:half-even", Presentation("by-hand:4sig:half-even")),
        ("digits: 0", Presentation(digits=0)),
        ("significant: 4", Presentation(significant=4)),
    ],
)
def test_presentation(text: str, expected: Presentation) -> None:
    """The file can say how numbers are made and shown."""
    assert network(NET + text).about.presentation == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "arithmetic: exakt",
            "3:13: arithmetic: unknown arithmetic 'exakt' (did you mean 'exact'?)",
        ),
        ("arithmetic: decimal:x", "3:13: arithmetic: arithmetic 'decimal:x': the number of digits"),
        ("digits: -1", "3:9: digits: expected a count, a whole number from 0 to"),
        ("significant: 0", "3:14: significant: expected a count, a whole number from 1 to"),
        (
            "digits: 3\nsignificant: 4",
            "4:1: 'digits' and 'significant' do not go together: choose one",
        ),
        ("title: [a]", "3:8: title: expected text, found a list"),
        ("notes: a", "3:8: notes: expected a list of texts, found 'a'"),
        ("given: {net_y: 1x}", "3:17: given.net_y: an operator is missing"),
        ("given: {net_y: a}", "3:16: given.net_y: 'a' is a parameter; choose another letter"),
        ("given: [1]", "3:8: given: expected a mapping from quantities to numbers"),
        ("published: [{quantity: E}]", "3:13: published[0]: 'value' is missing: a number"),
        (
            "published: [{quantity: E, value: x}]",
            "3:34: published[0].value: expected a number, found",
        ),
        ("published: [{quantity: '', value: 1}]", "3:24: published[0].quantity: expected a word"),
        (
            "published: [{quantity: E, value: 1, under: {updat: in_place}}]",
            "3:45: published[0].under: unknown field 'updat' (did you mean 'update'?)",
        ),
        (
            "published: [{quantity: E, value: 1, under: {update: inplace}}]",
            "3:53: published[0].under.update: unknown update 'inplace' (did you mean 'in_place'?)",
        ),
    ],
)
def test_wrong_remarks_are_told(text: str, said: str) -> None:
    """Settings of presentation, given values and published values are checked when read."""
    assert problem(NET + text).startswith(said)
