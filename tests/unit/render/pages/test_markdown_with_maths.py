"""Pages in Markdown with maths, by the rules of GitHub and of notebooks."""

from __future__ import annotations

import re

import pytest

from tests.published.examples import NAMES, traced
from tests.unit.making import BY_HEAD, IN_A_ROW
from tests.unit.making import traced as made
from tracer.derive.trace import Trace
from tracer.render.draft import Look
from tracer.render.formats import draft_of
from tracer.render.pages.markdown import markdown_sections, to_markdown_with_maths
from tracer.sheet.page import Wanted

REFUSED = re.compile(r"\\(?:operatorname|def|newcommand|href|require|class|style|unicode)\b")
"""Commands that GitHub's mathematics refuses."""


def page(trace: Trace) -> list[str]:
    """The lines of a file."""
    return list(to_markdown_with_maths(draft_of(trace, Wanted())))


def formulas(lines: list[str]) -> list[str]:
    """What stands in blocks of maths, and between dollars and backquotes."""
    text = "\n".join(lines)
    blocks = re.findall(r"^```math\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return blocks + re.findall(r"\$`(.*?)`\$", text)


@pytest.mark.parametrize("name", NAMES)
def test_github_takes_every_formula(name: str) -> None:
    """Each formula stands where Markdown leaves it alone, closed, without a refused command."""
    lines = page(traced(name))
    for formula in formulas(lines):
        assert not REFUSED.search(formula)
        assert formula.count("{") - formula.count(r"\{") == formula.count("}") - formula.count(
            r"\}"
        )
        assert formula.count(r"\begin") == formula.count(r"\end")
        assert "<" not in formula
    opened = sum(line == "```math" for line in lines)
    assert opened == sum(line == r"\begin{aligned}" for line in lines)


def test_a_step() -> None:
    """A step is a block of maths, its lines aligned at their signs."""
    lines = page(made(BY_HEAD))
    start = next(k for k, line in enumerate(lines) if line.startswith(r"\mathrm{net}_{h1} &="))
    assert lines[start - 2 : start + 5] == [
        "```math",
        r"\begin{aligned}",
        r"\mathrm{net}_{h1} &= w_1 \cdot x_1 + w_2 \cdot x_2 + b_{h1} \\",
        r"  &= 1 \cdot 1 + 2 \cdot 2 + 1 \\",
        "  &= 6",
        r"\end{aligned}",
        "```",
    ]


def test_a_bar_does_not_end_a_cell() -> None:
    """A formula in a table has no bar of its own."""
    rows = [line for line in page(made(IN_A_ROW, loss="abs(target - out)")) if line[:1] == "|"]
    assert any(r"\vert" in row for row in rows)
    assert all(row.count("|") == 3 for row in rows)


def test_notebooks_have_dollars() -> None:
    """In a notebook, formulas stand between dollars, which is all that it knows."""
    draft = draft_of(made(BY_HEAD), Wanted())
    text = "\n".join("\n".join(part) for part in markdown_sections(draft.sections, draft.notation))
    assert "$$\n\\begin{aligned}" in text
    assert "`" not in text


def test_plain_is_text() -> None:
    """`--plain` is the page in lines of fixed width, without any formula."""
    from tracer.render.formats import PAGES

    lines = list(PAGES[".md"](draft_of(made(BY_HEAD), Wanted(), look=Look(plain=True))))
    assert "```text" in lines
    assert not any("$" in line.replace(r"\$", "") for line in lines)
