"""The benchmarks' one command: every row runs on next to nothing, and the table is printed."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from benchmarks.__main__ import main
from benchmarks.claims import TINY, claims


@pytest.fixture(scope="module")
def printed() -> list[list[str]]:
    """The cells of the table that one run on tiny inputs prints."""
    with pytest.MonkeyPatch.context() as patch:
        lines: list[str] = []
        patch.setattr("builtins.print", lambda *texts, **_: lines.extend(map(str, texts)))
        assert main(["--tiny"]) == 0
    rows = [line for text in lines for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_every_claim_is_a_row(printed: list[list[str]]) -> None:
    """The table has a head, a rule, and one row for each claim in its order."""
    head, rule, *rows = printed
    assert head == ["what", "this program", "against", "takes", "ratio", "target", "verdict"]
    assert all(set(cell) == {"-"} for cell in rule)
    assert [row[0] for row in rows] == [claim.what for claim in claims(TINY)]


def test_every_row_is_measured_or_says_what_is_missing(printed: list[list[str]]) -> None:
    """A comparison has a ratio; where the other library is absent, the row says so instead."""
    for claim, row in zip(claims(TINY), printed[2:], strict=True):
        library = claim.theirs.needs if claim.theirs else ""
        if library and find_spec(library) is None:
            assert row[3:5] == [f"{library} is not installed", ""]
        elif claim.theirs:
            assert float(row[4]) > 0
        else:
            assert row[1]


def test_help_loads_no_large_library(printed: list[list[str]]) -> None:
    """The one row that is a fact and no measurement holds on every machine."""
    row = next(row for row in printed if "trace --help" in row[0])
    assert row[1] == "0 of 4"
    assert row[-1] == "reached"
