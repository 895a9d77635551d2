"""docs/templates.md tells what templates are given."""

from __future__ import annotations

import inspect

import pytest
from msgspec import Struct

from tests.docs.reference import PAGE, records, renewed
from tracer.render.pages import model


def test_the_page_tells_every_record() -> None:
    """Every record stands in the page, which ``python -m tests.docs.reference`` writes."""
    text = PAGE.read_text(encoding="utf-8")
    assert text == renewed(text)


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_every_attribute_is_described(record: type[Struct]) -> None:
    """What is no plain sentence of the record itself has a line under its attributes."""
    doc = inspect.getdoc(record) or ""
    undescribed = {name for name in record.__struct_fields__ if f"    {name}: " not in doc}
    assert undescribed <= {"kind"} or "Attributes:" not in doc


def test_the_version_is_told() -> None:
    """The page says which version of the records it tells."""
    assert f"These records are version {model.VERSION};" in PAGE.read_text(encoding="utf-8")
