"""Saved traces of convolutions, pooling and maxout: they read back, and bad ones are refused."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from tests.unit.derive.test_gathering import MAXOUT, POOLED
from tests.unit.making import traced
from tracer.errors import TracerError
from tracer.notation.numbers import NumberFormat
from tracer.render.json import from_json, to_json
from tracer.render.schema import schema

TEXTS = {"convolution and pooling": POOLED, "maxout": MAXOUT}


def saved(text: str) -> str:
    """The document of a spec's trace."""
    return "\n".join(to_json(traced(text), NumberFormat()))


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_saved_reads_back(name: str) -> None:
    """The trace is the same, and its document keeps the published schema."""
    document = saved(TEXTS[name])
    Draft202012Validator(schema()).validate(json.loads(document))
    assert from_json(document) == traced(TEXTS[name])


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"takes": "max"', '"takes": "least"'),
        ('"window": 2', '"window": 0'),
        ('"window": 1', '"window": 100000'),
        ('"stride": 1', '"stride": 0'),
        ('"channels": 1', '"channels": 0'),
    ],
)
def test_windows_that_no_spec_has_are_refused(good: str, bad: str) -> None:
    """A file cannot ask for windows without places, or for more edges than a spec may have."""
    document = saved(POOLED)
    text = document if good in document else json.dumps(json.loads(document))
    assert good in text
    with pytest.raises(TracerError):
        from_json(text.replace(good, bad))
