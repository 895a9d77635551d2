"""``regularization``: the penalties on the parameters, as written and as meant."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.maths.expression import Number
from tracer.rules.penalties import FORMS, HALF, PER_SAMPLE, ZERO, Regularization
from tracer.spec.ledger import Ledger
from tracer.spec.samples import value_of
from tracer.spec.scope import Scope
from tracer.spec.tree.leaves import NUMBER, SWITCH, VALUE, choice
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.records import Field, Record
from tracer.spec.written import Entry, WrittenRegularization, WrittenTraining

BATCH, ALL = "batch", "all"

REGULARIZATION = Field(
    "regularization",
    Record(
        WrittenRegularization,
        (
            Field("l1", VALUE, "The strength of the penalty on absolute values, its lambda."),
            Field("l2", VALUE, "The strength of the penalty on squares; with l1: elastic net."),
            Field(
                "form",
                choice("form", FORMS),
                "What stands before the sum. full: lambda. half: lambda/2 before the squares. "
                "per_sample: lambda/(2m) before the squares, lambda/m before absolute values.",
            ),
            Field(
                "m",
                choice("m", (BATCH, ALL)),
                "Which samples m counts: those of the update (batch), or all of the file's.",
            ),
            Field("biases", SWITCH, "yes: biases and thresholds are penalised too."),
            Field("sign_at_zero", NUMBER, "The slope of an absolute value at 0; left out: 0."),
        ),
        "penalties, such as {l2: 0.01}",
        {"lambda": "; write l1 or l2", "rate": "; write l1 or l2"},
    ),
    "Penalties on large parameters, which are added to the error.",
)


def regularization(written: WrittenTraining | None, problems: Problems) -> Regularization | None:
    """The penalties that the file asks for; None where it asks for none."""
    said = written.regularization if written else None
    if said is None:
        return None
    if written and written.learning_rule:
        problems.add(
            said.node, "a penalty belongs to an error, and a learning rule descends on none"
        )
    for node, problem in _contradictions(said):
        problems.add(node, problem)
    at_zero = said.sign_at_zero.value if said.sign_at_zero else ZERO
    return Regularization(
        l1=value_of(said.l1) if said.l1 else None,
        l2=value_of(said.l2) if said.l2 else None,
        form=said.form or FORMS[0],
        biases=said.biases,
        all_samples=said.m == ALL,
        sign_at_zero=at_zero if isinstance(at_zero, Number) else ZERO,
    )


def _contradictions(said: WrittenRegularization) -> Iterator[tuple[Node, str]]:
    """What cannot be meant, each with its place."""
    if said.l1 is None and said.l2 is None:
        yield said.node, "expected l1, l2 or both: the strength of a penalty"
    for entry in (said.l1, said.l2):
        if entry and _below(entry, 0):
            yield entry.node, "a penalty's strength cannot be negative"
    if said.form == HALF and said.l2 is None:
        yield _content(said, "form"), "'half' is a form of the squares' penalty; there is no l2"
    if said.m and said.form != PER_SAMPLE:
        yield _content(said, "m"), f"'m' is in no formula unless the form is {PER_SAMPLE}"
    if said.sign_at_zero and said.l1 is None:
        yield said.sign_at_zero.node, "'sign_at_zero' belongs to l1, and there is none"
    if said.sign_at_zero and (_below(said.sign_at_zero, -1) or _above(said.sign_at_zero, 1)):
        yield said.sign_at_zero.node, "the slope of an absolute value at 0 is from -1 to 1"


def _content(said: WrittenRegularization, name: str) -> Node:
    return said.node.content(name) or said.node


def _below(entry: Entry, least: int) -> bool:
    return isinstance(entry.value, Number) and entry.value.value < least


def _above(entry: Entry, most: int) -> bool:
    return isinstance(entry.value, Number) and entry.value.value > most


def complain_of_taken(
    written: WrittenTraining | None, names: Scope, ledger: Ledger, problems: Problems
) -> None:
    """The penalties' quantities have names, which nothing else may have beside them."""
    said = written.regularization if written else None
    if said is None:
        return
    penalties = ("R", "R_1", "R_2", "lambda", "lambda_1", "lambda_2", "E_data")
    for name in penalties:
        if name in names.numbers or name in ledger.names:
            problems.add(said.node, f"'{name}' is a quantity of the penalty: rename your own")
    if "data" in names.numbers:
        problems.add(said.node, "'E_data' is the error without penalty: rename the unit 'data'")
