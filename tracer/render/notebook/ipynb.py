"""A notebook: the page in cells of Markdown with maths, and code that makes the trace again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tracer.notation.said import on_page
from tracer.phrase import Phrase
from tracer.render.draft import Draft
from tracer.render.notebook.origin import code_of
from tracer.render.pages.markdown import markdown_sections

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
FORMAT = {"nbformat": 4, "nbformat_minor": 5}

AGAIN = Phrase(
    "The same calculation, to go on with: change the text of the network, and run the cell."
)
ASKING = Phrase("One number, and what it depends on:")


def to_ipynb(draft: Draft) -> Iterator[str]:
    """The lines of a notebook file."""
    cells = [_markdown(lines) for lines in markdown_sections(draft.sections, draft.notation)]
    cells += _code_cells(draft)
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = {"cells": cells, "metadata": METADATA, **FORMAT}
    yield from json.dumps(notebook, ensure_ascii=False, indent=1).split("\n")


def _code_cells(draft: Draft) -> list[dict[str, Any]]:
    """Cells that make the trace, and ask it for its last quantity; none of unknown origin."""
    if draft.origin is None or draft.trace is None:
        return []
    *_, last = draft.trace
    return [
        _markdown(("# Python", "", on_page(AGAIN, draft.notation))),
        _code(code_of(draft.origin)),
        _markdown((on_page(ASKING, draft.notation),)),
        _code(f"t[{last.name!r}].value, t.why({last.name!r})"),
    ]


def _markdown(lines: Sequence[str]) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": "", "metadata": {}, "source": _kept("\n".join(lines))}


def _code(text: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": "",
        "metadata": {},
        "outputs": [],
        "source": _kept(text),
    }


def _kept(text: str) -> list[str]:
    """A text as notebooks keep it: lines with their ends."""
    return text.splitlines(keepends=True)
