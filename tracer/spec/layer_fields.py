"""The format of a layer as a table: its units, weights and biases, and the forms these can have."""

from __future__ import annotations

from tracer.spec.forms import ByKind, KeyDecides, ListOf, MapOf, Named
from tracer.spec.formulas import ACTIVATION
from tracer.spec.leaves import NAME, NUMBER, PARAMETER, SWITCH, WORD, count
from tracer.spec.limits import MAX_UNITS
from tracer.spec.records import Field, Record
from tracer.spec.written import Entry, WrittenLayer, named_entry

UNITS = ByKind(
    "names, such as [h1, h2], or a count",
    count(1, MAX_UNITS, "a count"),
    ListOf(NAME, "a list of names, such as [h1, h2]", least=1),
)

ENTRY_WITH_NAME: Record[Entry] = Record(
    named_entry,
    (
        Field("name", NAME, "What the parameter is called; used twice, it is shared.", True),
        Field("value", NUMBER, "Its number; left out: the name stays a letter."),
    ),
    "a name and a value, {name: a, value: 0.15}",
)

ENTRY: Named[Entry] = Named(
    "parameter",
    ByKind(PARAMETER.wants, PARAMETER, mapping=ENTRY_WITH_NAME),
    "A number, a letter, a name with its number ('a = 0.15'), or none.",
)

WEIGHTS = ByKind(
    "rows, one for each unit, or named edges {h1: {i1: 0.15}}",
    sequence=ListOf(
        ListOf(ENTRY, "a row of weights in brackets, one weight for each source"),
        "a list of rows, one for each unit",
        least=1,
    ),
    mapping=MapOf(
        MapOf(ENTRY, "a mapping from sources to weights, {i1: 0.15}"),
        "named edges {h1: {i1: 0.15}}",
    ),
)

BIAS = Named(
    "bias",
    ByKind(
        "a number (shared by the layer), a list (one for each unit), or a mapping",
        PARAMETER,
        ListOf(ENTRY, "a list, one for each unit", least=1),
        KeyDecides("name", ENTRY_WITH_NAME, MapOf(ENTRY, "a mapping from units to numbers")),
    ),
    "A number or letter: one, shared by the layer. A list or a mapping: one for each unit.",
)

LAYER = Record(
    WrittenLayer,
    (
        Field("units", UNITS, "The units' names, or how many there are.", True),
        Field("name", NAME, "A name for the layer, for 'from' and 'frozen'."),
        Field(
            "from",
            ByKind("names of units or layers", WORD, ListOf(WORD, "a list of names", least=1)),
            "Units or layers (or inputs) that feed this layer; left out: the layer before.",
            attribute="sources",
        ),
        Field("output", SWITCH, "yes: its units have targets too; the last layer's always have."),
        Field("activation", ACTIVATION, "What turns net into out; left out: identity."),
        Field(
            "weights",
            WEIGHTS,
            "One row for each unit, in the order of the sources; or named edges "
            "{h1: {i1: 0.15}}, where an edge not named does not exist. Left out: letters.",
        ),
        Field("bias_first", SWITCH, "Each row of weights starts with the unit's bias."),
        Field("bias", BIAS, "What is added to net; left out: nothing."),
        Field("threshold", BIAS, "What is subtracted from net, a constant input of -1."),
    ),
    "a layer, such as {units: [h1, h2], activation: sigmoid}",
    {
        "weight": " (did you mean 'weights'?)",
        "biases": " (did you mean 'bias'?)",
        "thresholds": " (did you mean 'threshold'?)",
        "neurons": " (did you mean 'units'?)",
    },
)
