"""What a page's script is given: which step uses which, by numbers, and the words that it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracer.render.pages import model


def script_data(page: model.Page, words: Mapping[str, str]) -> dict[str, Any]:
    """The names of all that has an address, and for each what it uses; what is given uses nothing.

    Args:
        page: the narrative.
        words: what the script says.
    """
    found = list(anchored(page))
    numbers = {item.name: number for number, item in enumerate(found)}
    uses = [_uses(item, numbers) for item in found]
    return {"names": [item.name for item in found], "uses": uses, "words": dict(words)}


def anchored(page: model.Page) -> Iterator[model.Step | model.Given]:
    """The givens and steps that have an address."""
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, model.Givens):
                yield from (row for row in block.rows if row.anchor)
            elif isinstance(block, model.Step) and block.anchor:
                yield block


def _uses(item: model.Step | model.Given, numbers: Mapping[str, int]) -> list[int] | int:
    """What a step uses, as far as the page has it; 0 for what is given."""
    if isinstance(item, model.Given):
        return 0
    return [numbers[name] for name in item.uses if name in numbers]
