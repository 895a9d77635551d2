"""The format of inputs with a shape, and of layers that look through windows, as a table."""

from __future__ import annotations

from tracer.spec.dropout.fields import LAYER_DROPOUT
from tracer.spec.formulas import ACTIVATION
from tracer.spec.gathering import TAKES
from tracer.spec.layer_fields import ENTRY, ENTRY_WITH_NAME, LAYER, UNITS
from tracer.spec.tree.forms import ByKind, KeyDecides, Leaf, ListOf, NestedListOf
from tracer.spec.tree.leaves import NAME, PARAMETER, SWITCH, WORD, choice, count
from tracer.spec.tree.limits import MAX_UNITS
from tracer.spec.tree.nodes import Scalar, shown
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.records import Field, Record
from tracer.spec.windows.written import WrittenConvolution, WrittenGrid, WrittenPooling
from tracer.spec.written import WrittenLayer

A_COUNT = count(1, MAX_UNITS, "a count")
PADDED_BY = count(0, MAX_UNITS, "a count")
WORDS_OF_PADDING = choice("padding", ("valid", "same"))

GRID = Record(
    WrittenGrid,
    (
        Field("name", NAME, "What stands before the coordinates in their names; left out: x."),
        Field(
            "shape",
            ListOf(A_COUNT, "[length], [height, width] or [height, width, channels]", least=1),
            "[length], [height, width] or [height, width, channels].",
            True,
        ),
        Field("channels", A_COUNT, "How many inputs stand at each place; left out: one."),
    ),
    "a shape, such as {name: x, shape: [4, 4]}",
)

INPUTS = ByKind(
    f"{UNITS.wants}, or a shape, such as {{name: x, shape: [4, 4]}}",
    UNITS.scalar,
    UNITS.sequence,
    GRID,
)

PER_AXIS = ByKind(
    "a count, or one for rows and one for columns",
    A_COUNT,
    ListOf(A_COUNT, "a list of counts, such as [3, 3]", least=1),
)


def _padding(node: Scalar, problems: Problems) -> int | str:
    if node.text.strip().isdigit():
        return PADDED_BY.take(node, problems)
    if node.text.strip() in ("valid", "same"):
        return node.text.strip()
    problems.add(node, f"expected padding: {PADDING_WANTS}, found {shown(node.text)}")
    return "valid"


PADDING_WANTS = "valid (none), same, or a count for each side"

PADDING = ByKind(
    PADDING_WANTS,
    Leaf(PADDING_WANTS, _padding, {"anyOf": [WORDS_OF_PADDING.json, PADDED_BY.json]}),
    ListOf(PADDED_BY, "a list of counts, such as [1, 1]", least=1),
)

KERNEL = NestedListOf("kernel", ENTRY, "rows of weights, such as [[1, 2], [3, 4]]", least=1)

CONVOLUTION = Record(
    WrittenConvolution,
    (
        Field(
            "kernel",
            KERNEL,
            "One filter: rows of weights, such as [[1, 2], [3, 4]]; over channels, a list of "
            "weights for each place.",
        ),
        Field("kernels", ListOf(KERNEL, "a list of kernels", least=1), "Several filters."),
        Field("size", PER_AXIS, "In place of a kernel: its size; its weights are letters."),
        Field("filters", A_COUNT, "How many kernels of that size there are; left out: one."),
        Field("stride", PER_AXIS, "How far the window moves; left out: 1."),
        Field(
            "padding",
            PADDING,
            "valid: none, the window stays inside. same: so much that, with stride 1, the size "
            "stays the same. A count: so much on each side. Nothing is multiplied there.",
        ),
        Field(
            "operation",
            choice("operation", ("cross_correlation", "convolution")),
            "cross_correlation: the kernel is laid on as it is written, as programs do. "
            "convolution: it is turned by 180 degrees first, as in mathematics.",
        ),
    ),
    "a convolution, such as {kernel: [[1, 2], [3, 4]]}",
    rivals=("kernel", "kernels", "size"),
)

FILTER_BIAS = ByKind(
    "a number (shared by all filters) or a list, one for each filter",
    PARAMETER,
    ListOf(ENTRY, "a list, one for each filter", least=1),
    ENTRY_WITH_NAME,
)

TIES = Field(
    "ties",
    choice("ties", ("first", "last")),
    "Of several that are largest, which one wins; left out: the first.",
)

POOLING = Record(
    WrittenPooling,
    (
        Field(
            "take",
            choice("take", TAKES),
            "max: the largest of what the window covers. average: their average.",
            True,
        ),
        Field("size", PER_AXIS, "How large the window is.", True),
        Field("stride", PER_AXIS, "How far it moves; left out: by its size."),
        Field(
            "padding",
            PADDING,
            "valid: none. same: so much that, with stride 1, the size stays the same. A count: so "
            "much on each side. Nothing is taken from there.",
        ),
        TIES,
        Field(
            "divide_by",
            choice("divide_by", ("present", "window")),
            "What an average divides by. present: as many as the window covers. window: as many "
            "as it has places, padding too.",
        ),
    ),
    "pooling, such as {take: max, size: 2}",
)

NAME_FIELD = Field(
    "name", NAME, "A name for the layer, for 'from', 'frozen' and the names of its units."
)
FROM_FIELD = Field(
    "from",
    WORD,
    "The layer (or inputs) that it looks at; left out: the layer before.",
    attribute="sources",
)
OUTPUT_FIELD = Field("output", SWITCH, "yes: its units have targets too; the last layer's have.")

IN_A_LAYER = {
    "units": "; they follow from the window and what it looks at",
    "weights": "; they are the kernel, in 'convolution'",
    "bias_first": "; the bias stands in 'bias'",
    "threshold": "; a convolution has a 'bias'",
    **{field.name: "; it belongs in 'convolution'" for field in CONVOLUTION.fields},
}

CONVOLUTION_LAYER = Record(
    WrittenLayer,
    (
        Field("convolution", CONVOLUTION, "The kernels, and how they move.", True),
        NAME_FIELD,
        FROM_FIELD,
        OUTPUT_FIELD,
        Field("activation", ACTIVATION, "What turns net into out; left out: identity."),
        Field("bias", FILTER_BIAS, "What is added to net: one number, or one for each filter."),
        LAYER_DROPOUT,
    ),
    "a layer, such as {convolution: {kernel: [[1, 2], [3, 4]]}}",
    IN_A_LAYER,
)

POOLING_LAYER = Record(
    WrittenLayer,
    (
        Field("pooling", POOLING, "What is taken of what a window covers.", True),
        NAME_FIELD,
        FROM_FIELD,
        OUTPUT_FIELD,
        LAYER_DROPOUT,
    ),
    "a layer, such as {pooling: {take: max, size: 2}}",
    {
        "units": IN_A_LAYER["units"],
        **dict.fromkeys(
            ("activation", "weights", "bias", "threshold"),
            "; what is taken stays as it is, so a pooling layer has none",
        ),
        **{field.name: "; it belongs in 'pooling'" for field in POOLING.fields},
    },
)

PIECE = Record(
    WrittenLayer,
    tuple(field for field in LAYER.fields if field.name in ("weights", "bias", "bias_first")),
    "a piece, such as {weights: [[1, 2]], bias: 0.5}",
)

MAXOUT_LAYER = Record(
    WrittenLayer,
    (
        Field("units", ListOf(NAME, "a list of names, such as [m1, m2]", least=1), "Names.", True),
        Field(
            "pieces",
            ListOf(PIECE, "a list of pieces, such as [{weights: [[1, 2]]}, ...]", least=1),
            "Weighted sums, each with its own weights and biases; out is the largest of them.",
            True,
        ),
        TIES,
        *(field for field in LAYER.fields if field.name in ("name", "from", "output", "dropout")),
    ),
    "a layer, such as {units: [m], pieces: [{weights: [[1]]}, {weights: [[-1]]}]}",
    {
        "activation": "; out is the largest piece as it is",
        **dict.fromkeys(("weights", "bias", "bias_first", "threshold"), "; it belongs in a piece"),
    },
)

ANY_LAYER = KeyDecides(
    "convolution",
    CONVOLUTION_LAYER,
    KeyDecides("pooling", POOLING_LAYER, KeyDecides("pieces", MAXOUT_LAYER, LAYER)),
)
