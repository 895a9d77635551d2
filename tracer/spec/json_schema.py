"""The JSON Schema of net.yaml, made from the table that the reader works by."""

from __future__ import annotations

from tracer.spec.fields import NETWORK, PROGRAM
from tracer.spec.tree.forms import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NETWORK_EXAMPLE: Json = {
    "title": "A step-by-step 2-2-2 network",
    "inputs": ["i1", "i2"],
    "layers": [
        {
            "units": ["h1", "h2"],
            "activation": "sigmoid",
            "weights": [[0.15, 0.20], [0.25, 0.30]],
            "bias": 0.35,
        },
        {
            "units": ["o1", "o2"],
            "activation": "sigmoid",
            "weights": [[0.40, 0.45], [0.50, 0.55]],
            "bias": 0.60,
        },
    ],
    "loss": "half_squared_error",
    "samples": [{"input": [0.05, 0.10], "target": [0.01, 0.99]}],
    "training": {"learning_rate": 0.5, "steps": 1, "frozen": ["biases"]},
}
PROGRAM_EXAMPLE: Json = {"expression": "sin(x1) + x1*x2", "at": {"x1": 2, "x2": 3}}


def schema() -> Json:
    """The schema, draft 2020-12, for editors to complete and check specs with."""
    definitions: Json = {}
    network = {"title": "A network", **NETWORK.schema(definitions)}
    program = {"title": "An expression program", **PROGRAM.schema(definitions)}
    return {
        "$schema": DIALECT,
        "title": "net.yaml: a network, or an expression, whose calculation is traced",
        "examples": [NETWORK_EXAMPLE, PROGRAM_EXAMPLE],
        "if": {"required": ["expression"]},
        "then": {"$ref": "#/$defs/program"},
        "else": {"$ref": "#/$defs/network"},
        "$defs": {"network": network, "program": program, **definitions},
    }
