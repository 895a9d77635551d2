"""The JSON Schema of a saved trace."""

from __future__ import annotations

from typing import Any

from tracer.derive.program import Phase
from tracer.render.json import FORMAT, VERSION

TEXT: dict[str, Any] = {"type": "string"}
TEXT_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}

COMMON: dict[str, dict[str, Any]] = {
    "name": TEXT | {"description": "the plain name, such as dE/dw5, net_h1[2] or w5+@3"},
    "kind": TEXT | {"description": "the kind of quantity"},
    "phase": {"enum": [phase.value for phase in Phase]},
    "step": {"type": "integer", "minimum": 1, "description": "the training step"},
    "sample": {"type": "integer", "minimum": 0, "description": "the sample; 0 for none"},
    "value": TEXT_OR_NULL | {"description": "in full precision; null for what is left a letter"},
    "exact": TEXT_OR_NULL | {"description": "the exact value; null where the value is rounded"},
}
GIVEN: dict[str, dict[str, Any]] = {
    "written": TEXT | {"description": "the number or letter as its author wrote it"}
}
STEP: dict[str, dict[str, Any]] = {
    "rule": TEXT | {"description": "why the formula holds"},
    "formula": TEXT | {"description": "over plain names"},
    "numbers": TEXT | {"description": "the formula with shown numbers put in"},
    "depends": {"type": "array", "items": TEXT, "description": "the names in the formula"},
}


def schema() -> dict[str, Any]:
    """The schema, as JSON data (draft 2020-12)."""
    members: dict[str, Any] = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "title": TEXT,
        "arithmetic": TEXT | {"description": "as --arithmetic takes it"},
        "unsettled": {
            "type": ["string", "null"],
            "description": "a value that no number of digits could tell from zero; empty for none; "
            "null where nobody has compared with more digits",
        },
        "conventions": {
            "type": "array",
            "items": {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2},
            "description": "pairs: what is chosen, the choice",
        },
        "spec": {"type": "object", "description": "what was traced, for tracer.load"},
        "entries": {"type": "array", "items": {"oneOf": [_entry(GIVEN), _entry(STEP)]}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A trace saved by backprop-tracer",
    } | _object(members)


def _entry(own: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return _object(COMMON | own)


def _object(members: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }
