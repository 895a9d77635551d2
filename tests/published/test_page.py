"""The page on the examples: it names them all, and its counts are right."""

from __future__ import annotations

import re
from pathlib import Path

from tests.published.examples import NAMES, compared, spec
from tracer.rules.variants import VARIANTS

PAGE = (Path(__file__).parents[2] / "docs/examples.md").read_text(encoding="utf-8")
ROWS = {
    cells[0].strip("`"): cells[1:]
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}


def test_every_example_has_a_row() -> None:
    """Each built-in example is in one of the page's tables."""
    assert set(NAMES) <= set(ROWS)


def test_counts_on_the_page() -> None:
    """Beside each example with published values stands how many there are, and are right."""
    for name in NAMES:
        if spec(name).about.published:
            found = compared(name)
            right = sum(comparison.agrees for comparison in found)
            assert ROWS[name][-2:] == [str(len(found)), str(right)], name
        else:
            assert not re.search(r"\d$", ROWS[name][-1]), name


def test_every_wrong_rule_is_on_the_page() -> None:
    """Each rule that `under` can name is explained there."""
    assert all(f"rule: {name}" in PAGE for name in VARIANTS)
