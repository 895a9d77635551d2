"""The format of a layer as a table: its units, weights and biases, and the forms these can have."""

from __future__ import annotations

from tracer.spec.dropout.fields import LAYER_DROPOUT
from tracer.spec.formulas import ACTIVATION, ONE_ACTIVATION
from tracer.spec.recurrent.cells import CELLS
from tracer.spec.recurrent.written import WrittenGate
from tracer.spec.tree.forms import ByKind, KeyDecides, ListOf, MapOf, Named
from tracer.spec.tree.leaves import NAME, NUMBER, PARAMETER, SWITCH, VALUE, WORD, choice, count
from tracer.spec.tree.limits import MAX_UNITS
from tracer.spec.tree.records import Field, Record
from tracer.spec.written import Entry, WrittenLayer, named_entry

UNITS = ByKind(
    "names, such as [h1, h2], or a count",
    count(1, MAX_UNITS, "a count"),
    ListOf(NAME, "a list of names, such as [h1, h2]", least=1),
)

VALUES = ByKind(
    "a list of numbers, or a mapping from names to numbers",
    VALUE,
    ListOf(VALUE, "a list of numbers"),
    MapOf(VALUE, "a mapping from names to numbers"),
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

GATE = Record(
    WrittenGate,
    (
        Field("weights", WEIGHTS, "From what comes in at the time step; left out: letters."),
        Field("recurrent_weights", WEIGHTS, "From the cell's outputs one time step before."),
        Field("bias", BIAS, "What is added; left out: nothing."),
        Field("recurrent_bias", BIAS, "Of n where the reset gate comes after: inside its bracket."),
    ),
    "a gate, such as {weights: [[0.7]], recurrent_weights: [[0.1]], bias: [0.15]}",
)

RECURRENT_FIELDS = (
    Field(
        "cell",
        choice("cell", CELLS),
        "recurrent: gets its own outputs of the time step before. lstm, gru: with gates. "
        "gru_reset_after: the reset gate acts after the matrix product.",
    ),
    Field(
        "recurrent_weights",
        WEIGHTS,
        "From the outputs one time step before, as 'weights'. Left out: letters.",
    ),
    Field(
        "recurrent_from",
        WORD,
        "The layer whose outputs come back one time step later; left out: this one.",
    ),
    Field(
        "gates",
        MapOf(GATE, "a mapping from gates to their weights, {f: {weights: [[0.7]]}}"),
        "The weights of each gate: f, i, g, o of an lstm; z, r, n of a gru.",
    ),
    Field("gate_activation", ONE_ACTIVATION, "Of the gates; left out: sigmoid."),
    Field(
        "update_gate",
        choice("update gate", ("keeps", "renews")),
        "What z of a gru stands before: keeps: the old state. renews: the candidate n.",
    ),
    Field("start", VALUES, "The outputs before the first time step; left out: 0."),
    Field("start_cell", VALUES, "An lstm's state c before the first time step; left out: 0."),
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
        *RECURRENT_FIELDS,
        LAYER_DROPOUT,
    ),
    "a layer, such as {units: [h1, h2], activation: sigmoid}",
    {
        "weight": " (did you mean 'weights'?)",
        "biases": " (did you mean 'bias'?)",
        "thresholds": " (did you mean 'threshold'?)",
        "neurons": " (did you mean 'units'?)",
    },
)
