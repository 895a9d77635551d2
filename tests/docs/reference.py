"""The part of docs/templates.md that tells what templates are given, from the records themselves.

``python -m tests.docs.reference`` writes it anew between its two marks.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tracer.render.pages import model

PAGE = Path(__file__).parents[2] / "docs" / "templates.md"
START, END = "<!-- records -->\n", "<!-- end of records -->\n"


def records() -> list[type[Struct]]:
    """Every record of a page, the page first."""
    found: list[type[Struct]] = [
        value
        for value in vars(model).values()
        if isinstance(value, type)
        and issubclass(value, Struct)
        and value.__module__ == model.__name__
    ]
    return sorted(found, key=lambda record: record is not model.Page)


def reference() -> str:
    """The tables of all records."""
    return "\n".join(line for record in records() for line in _table(record))


def _table(record: type[Struct]) -> Iterator[str]:
    doc = inspect.getdoc(record) or ""
    summary, _, rest = doc.partition("\n\n")
    told = dict(_attributes(rest))
    yield f"### {record.__name__}\n"
    yield f"{' '.join(summary.split())}\n"
    yield "| attribute | what it is |\n|---|---|"
    for name in record.__struct_fields__:
        yield f"| `{name}` | {told.get(name, _kind(record, name))} |"
    yield ""


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """The names and words under ``Attributes:``."""
    for found in re.finditer(r"^    (\w+): (.*(?:\n {8}.*)*)", text, re.M):
        yield found[1], " ".join(found[2].split()).replace("|", "\\|")


def _kind(record: type[Any], name: str) -> str:
    """What the record is called in templates, where nothing else is said."""
    if name == "kind":
        return f"`{record.__struct_defaults__[-1]}`: which record it is"
    return str(record.__annotations__[name]).replace("|", "or")


def renewed(page: str) -> str:
    """The page with the reference between its marks."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{reference()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
