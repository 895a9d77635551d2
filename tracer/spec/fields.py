"""The format of net.yaml as a table: every field, its form, and what it says to a reader.

The reader and the JSON Schema are both made from these rows.
"""

from __future__ import annotations

from tracer.rules.variants import VARIANTS
from tracer.spec.dropout.fields import INPUT_DROPOUT
from tracer.spec.expressions.descent_fields import minimise
from tracer.spec.formulas import LOSS, SETTLED_LOSS
from tracer.spec.layer_fields import LAYER
from tracer.spec.recurrent.fields import TIME
from tracer.spec.sample_fields import SAMPLE
from tracer.spec.training.input_moves import MOVE_INPUTS
from tracer.spec.training.learning_fields import LEARNING_FIELDS, in_a_word
from tracer.spec.training.method_fields import DECAY, OPTIMISER, without_settings
from tracer.spec.training.regularization import REGULARIZATION
from tracer.spec.tree.forms import ByKind, ListOf, MapOf
from tracer.spec.tree.leaves import (
    ARITHMETIC,
    BATCH,
    FORMULA,
    NAME,
    NOTATION,
    NUMBER,
    SWITCH,
    TEXT,
    VALUE,
    WORD,
    choice,
    count,
)
from tracer.spec.tree.limits import MAX_DIGITS, MAX_STEPS
from tracer.spec.tree.records import Field, Record
from tracer.spec.windows.fields import ANY_LAYER, INPUTS
from tracer.spec.written import (
    WrittenPublished,
    WrittenTraining,
    written_network,
    written_program,
    written_settings,
)

WORDS = ByKind("a list of words", WORD, ListOf(WORD, "a list of words"))

TRAINING_FIELDS = (
    Field("learning_rate", VALUE, "The step size, a number or a letter."),
    Field("steps", count(0, MAX_STEPS, "a count"), "How many updates; left out: one."),
    Field("epochs", count(0, MAX_STEPS, "a count"), "How many passes through the samples."),
    Field(
        "update",
        choice("update", ("simultaneous", "in_place")),
        "simultaneous: all derivatives are taken with the old weights. "
        "in_place: each layer is updated before the layer below takes its derivatives.",
    ),
    Field(
        "frozen",
        WORDS,
        "What keeps its value: weights, biases, thresholds, names of parameters or layers.",
    ),
    Field("batch", BATCH, "Samples in one update: full (all of them), online (one), or a count."),
    Field(
        "reduction",
        choice("reduction", ("sum", "mean")),
        "Whether the samples' gradients are added up or averaged.",
    ),
    Field("evaluate_after", SWITCH, "One more forward pass, with the last weights."),
    Field(
        "delta",
        choice("delta", ("gradient", "negative_gradient")),
        "The sign of delta. gradient: dE/dnet. negative_gradient: -dE/dnet, which for an output is "
        "(target - out)*slope; a weight's derivative is then -delta*source.",
    ),
    Field(
        "optimizer",
        OPTIMISER,
        "How a parameter moves along its gradient; left out: gradient_descent.",
    ),
    Field("decay", DECAY, "How the learning rate falls from step to step; left out: it stays."),
    *LEARNING_FIELDS,
)

PRESENTATION_FIELDS = (
    Field(
        "arithmetic",
        ARITHMETIC,
        "How numbers are made: exact, decimal:50, by-hand:4, float, interval.",
    ),
    Field("digits", count(0, MAX_DIGITS, "a count"), "Decimals shown."),
    Field("significant", count(1, MAX_DIGITS, "a count"), "Significant digits shown."),
)

ONE_KIND_OF_DIGITS = ("digits", "significant")

LOSS_SAYS = "The error of one output: a name, or a formula in out and target."

TRAINING = Record(
    WrittenTraining,
    (*TRAINING_FIELDS, REGULARIZATION, MOVE_INPUTS),
    "settings, such as {learning_rate: 0.5, steps: 1}",
)

SETTINGS = Record(
    written_settings,
    (
        *map(in_a_word, map(without_settings, TRAINING_FIELDS)),
        *PRESENTATION_FIELDS,
        Field("loss", LOSS, LOSS_SAYS),
        Field("quantity", WORD, "Another quantity, whose value its author printed for this one."),
        Field("rule", choice("rule", tuple(VARIANTS)), "A wrong rule that its author used."),
        Field("as_printed", WORDS, "Published quantities whose printed digits were carried on."),
    ),
    "settings, such as {update: in_place}",
    rivals=ONE_KIND_OF_DIGITS,
)

PUBLISHED = Record(
    WrittenPublished,
    (
        Field("quantity", WORD, "The quantity's plain name, such as w5+ or dE/dw5.", True),
        Field("value", NUMBER, "The value as printed, with its digits.", True),
        Field("times", NUMBER, "How many times ours it is, such as -1 for the other sign."),
        Field("why", TEXT, "What its author did, where the value is not right."),
        Field("under", SETTINGS, "Settings under which the value does come out."),
    ),
    "a published value, such as {quantity: w5+, value: 0.35891648}",
)

ABOUT_FIELDS = (
    Field("title", TEXT, "What the example is called."),
    Field("description", TEXT, "What it shows."),
    Field("source", TEXT, "Where it comes from: a book with its page, or an address."),
    Field("notes", ListOf(TEXT, "a list of texts"), "Errata and remarks."),
)

STATE_FIELDS = (
    Field(
        "given",
        MapOf(VALUE, "a mapping from quantities to numbers"),
        "Values of quantities from which the trace starts, such as {net_h1: 0.5}.",
    ),
    *PRESENTATION_FIELDS,
    Field("notation", NOTATION, "A built-in notation, whose symbols pages have: nielsen."),
    Field(
        "published",
        ListOf(PUBLISHED, "a list of published values"),
        "Values that a book or page prints, to be put beside ours.",
    ),
)

NETWORK = Record(
    written_network,
    (
        *ABOUT_FIELDS,
        Field("inputs", INPUTS, "The inputs' names, how many there are, or a shape.", True),
        Field(
            "layers",
            ListOf(ANY_LAYER, "a list of layers, each starting with '- units:'", least=1),
            "The layers in order; the last one is the output.",
            True,
        ),
        Field(
            "parameters",
            MapOf(NUMBER, "a mapping from names to numbers"),
            "Numbers for letters among the weights and biases.",
        ),
        Field("loss", SETTLED_LOSS, f"{LOSS_SAYS} As a mapping, with its parameters and its form."),
        Field(
            "samples",
            ListOf(SAMPLE, "a list of samples, each starting with '- {input:'", least=1),
            "The training cases; left out: letters.",
        ),
        Field("training", TRAINING, "How the parameters move."),
        Field(
            "samples_as",
            choice("samples_as", ("rows", "columns")),
            "What samples are in a matrix. rows: Z = A·W. columns: Z = W·A.",
        ),
        Field("time", TIME, "How the network goes through sequences, where layers have a cell."),
        INPUT_DROPOUT,
        *STATE_FIELDS,
    ),
    "fields, such as inputs: and layers:",
    {
        **{field.name: "; it belongs in 'training'" for field in TRAINING.fields},
        **dict.fromkeys(
            ("units", "activation", "weights", "bias", "threshold", "from", "cell", "gates"),
            "; it belongs in a layer",
        ),
        **dict.fromkeys(("input", "target"), "; it belongs in a sample"),
        **dict.fromkeys(("truncate", "carry_state"), "; it belongs in 'time'"),
        **dict.fromkeys(
            ("at", "mode", "intermediate", "minimise"),
            "; it belongs to a file with 'expression:'",
        ),
    },
    ONE_KIND_OF_DIGITS,
)

MINIMISE = minimise(TRAINING_FIELDS, WORDS)

PROGRAM = Record(
    written_program,
    (
        *ABOUT_FIELDS,
        Field(
            "expression",
            ByKind(
                "a formula, or lines of the form 'name = formula'",
                FORMULA,
                ListOf(FORMULA, "a list of lines, 'name = formula'", least=1),
            ),
            "A formula (its value is called y, unless y is a variable), or lines 'name = formula'.",
            True,
        ),
        Field(
            "at",
            MapOf(VALUE, "a mapping from variables to numbers, {x1: 2}"),
            "Numbers for variables; the others stay letters.",
        ),
        Field(
            "mode",
            choice("mode", ("reverse", "forward")),
            "reverse: adjoints, from the result back. forward: tangents, along the evaluation.",
        ),
        Field("intermediate", NAME, "The letter of intermediate results without a name: v1, v2."),
        Field("minimise", MINIMISE, "Steps that move the variables against their derivatives."),
        *STATE_FIELDS,
    ),
    "fields, such as expression: and at:",
    {
        **{field.name: "; it belongs in 'minimise'" for field in MINIMISE.fields},
        "training": "; the steps of an expression belong in 'minimise'",
    }
    | {
        field.name: "; it belongs to a file with 'layers:', not to an expression"
        for field in (*NETWORK.fields, *LAYER.fields)
        if field.name
        not in {"name", "training", *(item.name for item in (*ABOUT_FIELDS, *STATE_FIELDS))}
    },
    ONE_KIND_OF_DIGITS,
)
