"""The format of a sample as a table: numbers for the inputs and the outputs."""

from __future__ import annotations

from tracer.spec.tree.forms import ByKind, MapOf, NestedListOf
from tracer.spec.tree.leaves import TEXT, VALUE, WORD
from tracer.spec.tree.records import Field, Record
from tracer.spec.written import WrittenSample

NUMBERS = NestedListOf("numbers", VALUE, "a list of numbers")

VALUES = ByKind(
    "a list of numbers, or a mapping from names to numbers",
    VALUE,
    NUMBERS,
    MapOf(VALUE, "a mapping from names to numbers"),
)

SAMPLE = Record(
    WrittenSample,
    (
        Field("name", TEXT, "A remark; it is not used."),
        Field(
            "input",
            VALUES,
            "A number or letter for each input; in a sequence, for each time step. "
            "Left out: letters.",
        ),
        Field("target", VALUES, "A number or letter for each output; left out: letters."),
        Field(
            "class",
            WORD,
            "The output whose target is 1, by its name; all others are 0. In place of a target.",
            attribute="right",
        ),
    ),
    "a sample, such as {input: [0.05, 0.10], target: [0.01, 0.99]}",
)
