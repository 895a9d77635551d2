"""Pages as Markdown: headings, tables, fenced blocks, and text in which nothing is markup."""

from __future__ import annotations

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, lines, traced
from tracer.derive.trace import Trace
from tracer.notation.notation import terminal
from tracer.notation.said import english
from tracer.render.markdown import escaped, to_markdown
from tracer.sheet.overview import whole
from tracer.sheet.page import Wanted
from tracer.sheet.titles import TITLES as TITLES_OF_PHASES

TITLES = set(map(english, TITLES_OF_PHASES.values()))
RULERS = {"-" * len(title) for title in TITLES}


def markdown(trace: Trace) -> list[str]:
    """The lines of a page."""
    return list(to_markdown(whole(trace, Wanted()), terminal(trace.several_samples)))


def test_the_shape_of_a_page() -> None:
    """A heading, the conventions as a table, and each part as a heading with a fenced block."""
    found = markdown(traced(BY_HEAD))
    assert found[:5] == ["# A network for the head", "", "| | |", "|---|---|", found[4]]
    assert found[4].startswith("| error | E is the sum over the outputs of 1/2\\*(target - out)")
    assert [line for line in found if line.startswith("#")] == [
        *(
            "# A network for the head",
            "## Given",
            "## Forward pass",
            "## Error",
            "## Backward pass",
        ),
        *("## Derivatives by the parameters", "## Derivatives by the inputs", "## Update"),
    ]


def test_blocks_hold_the_text() -> None:
    """What stands in the fences is the calculation, line by line as in text."""
    found = markdown(traced(BY_HEAD))
    inside, block = False, []
    for line in found:
        if line.startswith("```"):
            inside = line == "```text"
        elif inside:
            block.append(line)
    text = lines(traced(BY_HEAD))
    assert [line for line in block if line] == [
        line for line in text[text.index("Given") :] if line and line not in TITLES | RULERS
    ]
    assert found.count("```text") == found.count("```") == 7


def test_training_steps_are_sections() -> None:
    """Training steps are headings of the first level; an empty part has no block."""
    found = markdown(traced(IN_A_ROW, steps="2"))
    assert "# Training step 2" in found
    assert found[found.index("# Training step 2") + 2] == "## Given"


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("plain words, 1/2 (half)", "plain words, 1/2 (half)"),
        ("a*b_c", r"a\*b\_c"),
        ("`code`", r"\`code\`"),
        ("[a](b)", r"\[a\](b)"),
        ("<script>", r"\<script\>"),
        ("a|b", r"a\|b"),
        ("# no heading #", r"\# no heading \#"),
        ("$x$ & ~y~", r"\$x\$ \& \~y\~"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_text_is_inert(text: str, inert: str) -> None:
    """Signs that Markdown reads stand behind a backslash, and no others."""
    assert escaped(text) == inert


def test_a_hostile_title() -> None:
    """A title can neither end its heading nor begin markup."""
    text = BY_HEAD.replace("A network for the head", r'"x\n\n# <b>*y*</b> | `z`"')
    assert markdown(traced(text))[0] == r"# x \# \<b\>\*y\*\</b\> \| \`z\`"


def test_hostile_formulas_stay_in_their_cell() -> None:
    """A formula in the conventions cannot end its cell."""
    found = markdown(traced(BY_HEAD, loss="(target - out)**2*n"))
    assert r"(target - out)\*\*2\*n |" in found[4]
