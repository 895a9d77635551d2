"""The JSON Schema: valid, complete, and of one mind with the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tracer.rules import activations, losses
from tracer.spec import read_text, schema
from tracer.spec.fields import NETWORK, PROGRAM, SETTINGS, TRAINING
from tracer.spec.json_schema import NETWORK_EXAMPLE, PROGRAM_EXAMPLE
from tracer.spec.layer_fields import LAYER
from tracer.spec.sample_fields import SAMPLE
from tracer.spec.starter import starter

SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
RECORDS = (NETWORK, PROGRAM, LAYER, SAMPLE, TRAINING, SETTINGS)


def within(node: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a schema, itself included."""
    if isinstance(node, dict):
        yield node
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from within(inner)


def test_the_schema_is_one() -> None:
    """It is a valid schema of the dialect that it names."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_references_lead_somewhere() -> None:
    """Every reference names a definition that exists and says something."""
    references = {node["$ref"] for node in within(SCHEMA) if isinstance(node.get("$ref"), str)}
    assert references
    for reference in references:
        assert SCHEMA["$defs"][reference.removeprefix("#/$defs/")]


def test_every_field_is_described() -> None:
    """Each field of each record has a sentence that an editor can show."""
    for record in RECORDS:
        properties = record.schema({})["properties"]
        assert list(properties) == [field.name for field in record.fields]
        for name, inner in properties.items():
            assert inner["description"].endswith("."), name


@pytest.mark.parametrize("name", [*activations.ROWS, *activations.ALIASES, *losses.ROWS])
def test_editors_complete_names(name: str) -> None:
    """Names of activations and losses are listed."""
    assert any(
        name in node["enum"] for node in within(SCHEMA) if isinstance(node.get("enum"), list)
    )


@pytest.mark.parametrize("example", [NETWORK_EXAMPLE, PROGRAM_EXAMPLE])
def test_examples_are_right_for_both(example: dict[str, Any]) -> None:
    """The schema's own examples are right by the schema and by the reader."""
    VALIDATOR.validate(example)
    read_text(yaml.safe_dump(example))


@pytest.mark.parametrize(
    "text",
    [
        "inputs: 2",
        "layers: [{units: 1}]",
        "inputs: 0\nlayers: [{units: 1}]",
        "inputs: []\nlayers: [{units: 1}]",
        "inputs: 1\nlayers: []",
        "inputs: 1\nlayers: [{unit: 1}]",
        "inputs: 1\nlayers: [{units: 1, weights: 3}]",
        "inputs: 1\nlayers: [{units: 1, activation: {slope: 1, name: 3, x: 1}}]",
        "inputs: 1\nlayers: [{units: 1}]\nsamples: []",
        "inputs: 1\nlayers: [{units: 1}]\ntraining: {steps: -1}",
        "inputs: 1\nlayers: [{units: 1}]\ntraining: {update: now}",
        "expression: a\ninputs: 2",
        "expression: []",
        "expression: a\nmode: sideways",
        "expression: a\npublished: [{quantity: y}]",
    ],
)
def test_what_the_schema_refuses_the_reader_refuses(text: str) -> None:
    """Wrong structure is told by editors and by the program."""
    assert not VALIDATOR.is_valid(yaml.safe_load(text))
    with pytest.raises(Exception, match="<text>"):
        read_text(text)


@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=4).map(tuple),
    st.sampled_from(list(activations.ROWS)),
    st.booleans(),
)
def test_what_reads_is_right_for_editors(shape: tuple[int, ...], name: str, whole: bool) -> None:
    """Specs of any shape are right by the schema."""
    VALIDATOR.validate(yaml.safe_load(starter(shape, name, whole, 1)))
