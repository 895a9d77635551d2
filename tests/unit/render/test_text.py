"""Pages as text: headings, columns, alignment, width, colours."""

from __future__ import annotations

import re

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, lines, traced
from tracer.notation.notation import terminal
from tracer.phrase import Phrase, alone
from tracer.render.text import COLOURS, PLAIN, TextPage
from tracer.rules.quantity import WEIGHT, Quantity
from tracer.sheet.page import GivenRow, Item, Lead, Section, Wanted, page

CODES = re.compile(r"\x1b\[[0-9]+m")


def rows(count: int, text: str = "1") -> list[GivenRow]:
    """Rows of weights w1, w2, ..."""
    return [GivenRow(Quantity(WEIGHT, f"w{k}"), "=", text) for k in range(1, count + 1)]


def text_of(*sections: Section, width: int = 80) -> list[str]:
    """Sections as lines."""
    return list(TextPage(terminal(False), width).lines(sections))


def test_headings_are_underlined() -> None:
    """A heading has its line below it, double at the top level; sections stand apart."""
    assert text_of(Section(Phrase("Top"), 1), Section(Phrase("Part"))) == [
        "Top",
        "===",
        "",
        "Part",
        "----",
    ]


def test_small_tables_are_aligned() -> None:
    """A table of two columns is aligned, and long texts go on below where they began."""
    rows = (("error", "short"), ("numbers", "word " * 20))
    section = Section(Phrase("T"), rows=tuple((Phrase(name), alone(text)) for name, text in rows))
    assert text_of(section, width=40) == [
        *("T", "-", "error    short"),
        "numbers  " + " ".join(["word"] * 6),
        "         " + " ".join(["word"] * 6),
        "         " + " ".join(["word"] * 6),
        "         " + " ".join(["word"] * 2),
    ]


def test_givens_stand_side_by_side() -> None:
    """Givens fill the width in columns of one width, without blanks at the end."""
    assert text_of(Section(Phrase("G"), items=rows(5)), width=36) == [
        *("G", "-", "  w1 = 1    w2 = 1    w3 = 1", "  w4 = 1    w5 = 1")
    ]


def test_a_wide_given_has_its_own_line() -> None:
    """A value that is wider than the page stands alone, unbroken."""
    assert text_of(Section(Phrase("G"), items=rows(2, "1" * 50)), width=30)[2:] == [
        *("  w1 = " + "1" * 50, "  w2 = " + "1" * 50)
    ]


def test_sentences_stand_between() -> None:
    """A sentence has an empty line before it, and givens are told where they stand."""
    items: list[Item] = [*rows(1), Lead(Phrase("why")), *rows(1)]
    assert text_of(Section(Phrase("G"), items=items))[2:] == ["  w1 = 1", "", "why", "  w1 = 1"]


def test_signs_are_aligned() -> None:
    """The lines of a step stand with their signs below each other."""
    found = lines(traced(BY_HEAD))
    start = found.index("  net_h1 = w1·x1 + w2·x2 + b_h1")
    assert found[start + 1 : start + 3] == ["         = 1·1 + 2·2 + 1", "         = 6"]


def test_long_formulas_go_on_below() -> None:
    """A formula that is too long goes on where it began."""
    found = lines(traced(BY_HEAD), width=50)
    start = found.index("  ∂E/∂b2 = ∂E/∂out_o1 · ∂out_o1/∂net_o1 ·")
    assert found[start + 1 : start + 6] == [
        "           ∂net_o1/∂b2",
        "           + ∂E/∂out_o2 · ∂out_o2/∂net_o2 ·",
        "           ∂net_o2/∂b2",
        "         = δ_o1 + δ_o2",
        "         = 6 + (-2)",
    ]


@pytest.mark.parametrize("width", [50, 60, 80, 120])
@pytest.mark.parametrize("settings", [{}, {"steps": "2"}, {"batch": "online", "steps": "3"}])
@pytest.mark.parametrize("text", [BY_HEAD, IN_A_ROW])
def test_lines_keep_the_width(text: str, settings: dict[str, str], width: int) -> None:
    """No line of a page is wider than asked for, nor ends in a blank."""
    for line in lines(traced(text, **settings), Wanted(long=True), width):
        assert len(line) <= width
        assert line == line.rstrip()


def test_wider_pages_break_less() -> None:
    """The wider the page, the fewer its lines."""
    counts = [len(lines(traced(BY_HEAD), width=width)) for width in (40, 60, 80, 120)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


class TestLonger:
    """The longer telling."""

    def test_parts_are_indented(self) -> None:
        """Parts stand below their step, further in, each with its own lines."""
        found = lines(traced(BY_HEAD), Wanted(long=True))
        start = found.index("      ∂E/∂out_h1 through o2 = δ_o2·w7")
        assert found[start + 1] == " " * 28 + "= -2·(-1)"
        assert found[start + 2] == " " * 28 + "= 2"

    def test_reasons_are_told_where_they_change(self) -> None:
        """A part that holds by another rule than its step says why."""
        found = lines(traced(BY_HEAD), Wanted(long=True))
        start = found.index("      ∂E_o2/∂out_o1 = 0")
        assert found[start - 1] == (
            "      no path: another output's error does not contain this output: i is not j"
        )
        assert "      ∂net_h1/∂w1 = x1" in found
        assert found[found.index("      ∂net_h1/∂w1 = x1") - 1] == "         = 96"


class TestColours:
    """Marks for terminals."""

    def test_plain_text_has_no_codes(self) -> None:
        """Without colours there is not one escape sequence."""
        sections = page(traced(BY_HEAD), Wanted())
        text = "\n".join(TextPage(terminal(False), 80, PLAIN).lines(sections))
        assert "\x1b" not in text

    def test_colours_change_nothing_else(self) -> None:
        """Taking the codes away leaves the plain text; every code is closed on its line."""
        trace = traced(BY_HEAD)
        coloured = list(
            TextPage(terminal(False), 80, COLOURS).lines(page(trace, Wanted(long=True)))
        )
        assert [CODES.sub("", line) for line in coloured] == lines(trace, Wanted(long=True))
        for line in coloured:
            assert line.count("\x1b[") == 2 * line.count("\x1b[0m")

    def test_what_is_marked(self) -> None:
        """Headings are bold, sentences dim, results green."""
        found = list(TextPage(terminal(False), 80, COLOURS).lines(page(traced(BY_HEAD), Wanted())))
        assert "\x1b[1mForward pass\x1b[0m" in found
        assert "\x1b[2mactivation: the activation of the net input\x1b[0m" in found
        assert "         = \x1b[32m6\x1b[0m" in found
        assert "\x1b[1mA network for the head\x1b[0m" in found


def test_a_step_without_lines() -> None:
    """A page of nothing is nothing."""
    assert text_of() == []
    assert text_of(Section(Phrase("G"))) == ["G", "-"]
