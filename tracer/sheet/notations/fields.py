"""The format of a profile's file as a table: every field, its form, and what it says."""

from __future__ import annotations

from typing import Any

from tracer.notation.kinds import BASE, COMPOSED_NAMES, EVERY_SLOT
from tracer.notation.profile import BY_NAME, BY_NUMBER
from tracer.sheet.notations.pattern import wrong_in
from tracer.spec.tree.forms import Leaf
from tracer.spec.tree.leaves import SWITCH, TEXT, choice, count
from tracer.spec.tree.nodes import Node, Scalar
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.records import Field, Record

PRODUCTS = ("·", "×", "none")
LAYERS = 1
"""The layer of inputs is number 0 or 1."""


def _pattern(tells: tuple[str, ...] = ()) -> Leaf[str]:
    """The pattern of a symbol, with one of some slots in it."""
    wants = "a symbol, such as w or out_{unit}" + (
        f", with {{{'} or {'.join(tells)}}}" if tells else ""
    )

    def take(node: Scalar, problems: Problems) -> str:
        for offset, message in wrong_in(node.text, EVERY_SLOT, tells):
            problems.add(node, message, offset)
        return node.text

    return Leaf(wants, take, {"type": "string"})


def _symbols() -> Record[dict[str, str]]:
    own = (
        Field(
            name,
            _pattern(base.tells),
            f"{base.says[0].upper()}{base.says[1:]}.",
            not base.otherwise,
        )
        for name, base in BASE.items()
    )
    others = (
        Field(name, _pattern(), f"Otherwise composed: {kind.word}.")
        for name, kind in COMPOSED_NAMES.items()
    )
    return Record(_kept, (*own, *others), "symbols, such as {net: 'net_{unit}'}")


def _kept(node: Node, **said: str) -> dict[str, str]:  # noqa: ARG001
    return said


SYMBOLS = _symbols()

PROFILE: Record[dict[str, Any]] = Record(
    _kept,
    (
        Field("title", TEXT, "Whose notation it is.", True),
        Field("source", TEXT, "The book or page that has it.", True),
        Field("checked", TEXT, "What was compared with the source, and what is ours.", True),
        Field("index", choice("index", (BY_NAME, BY_NUMBER)), "What stands below letters.", True),
        Field("first_layer", count(0, LAYERS, "a number"), "The number of the layer of inputs."),
        Field("product", choice("product", PRODUCTS), "What stands between factors.", True),
        Field("differential", choice("differential", ("∂", "d")), "∂ or d.", True),
        Field(
            "delta",
            choice("delta", ("gradient", "negative_gradient")),
            "The sign of delta, where a spec does not say it.",
            True,
        ),
        Field(
            "samples_as",
            choice("samples_as", ("rows", "columns")),
            "What samples are in a matrix.",
            True,
        ),
        Field("sample", _pattern(("sample",)), "What says the sample: [{sample}]."),
        Field("slope_first", SWITCH, "Whether a slope stands before what it is multiplied by."),
        Field("short", SWITCH, "Whether slopes of loss and activation are told multiplied out."),
        Field("symbols", SYMBOLS, "The symbol of each kind of quantity.", True),
    ),
    "a notation, with title:, source: and symbols:",
)
