"""Reading net.yaml: from a file to a frozen `Network` or `ExpressionProgram`."""

from tracer.spec.changes import with_training
from tracer.spec.find import find
from tracer.spec.json_schema import schema
from tracer.spec.network import (
    About,
    ExpressionProgram,
    GivenValue,
    Layer,
    Line,
    Network,
    Parameter,
    ParameterKind,
    Presentation,
    Published,
    Sample,
    Spec,
    Training,
    Value,
)
from tracer.spec.reading import read, read_text
from tracer.spec.wiring import Dense, Sparse, Wiring

__all__ = [
    "About",
    "Dense",
    "ExpressionProgram",
    "GivenValue",
    "Layer",
    "Line",
    "Network",
    "Parameter",
    "ParameterKind",
    "Presentation",
    "Published",
    "Sample",
    "Sparse",
    "Spec",
    "Training",
    "Value",
    "Wiring",
    "find",
    "read",
    "read_text",
    "schema",
    "with_training",
]
