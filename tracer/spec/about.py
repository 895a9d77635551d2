"""What a spec says about itself: title, source, notes, published values, presentation."""

from __future__ import annotations

from fractions import Fraction

from tracer.maths.expression import Number
from tracer.spec.network import ONCE, About, GivenValue, Presentation, Published
from tracer.spec.samples import value_of
from tracer.spec.tree.forms import Pairs
from tracer.spec.tree.nodes import Node, Scalar, Sequence
from tracer.spec.tree.problems import Problems
from tracer.spec.written import Entry, WrittenAbout, WrittenPublished, WrittenSettings


def about(written: WrittenAbout, problems: Problems) -> About:
    """The file's remarks."""
    published = written.published.items if written.published else ()
    return About(
        title=written.title,
        source=written.source,
        notes=written.notes.items if written.notes else (),
        published=tuple(_published(item, problems) for item in published),
        presentation=Presentation(
            written.arithmetic,
            written.digits,
            written.significant,
            written.samples_as,
            written.notation,
        ),
        description=written.description,
    )


def given(entries: Pairs[Entry] | None, problems: Problems) -> tuple[GivenValue, ...]:
    """The values from which the trace starts."""
    pairs = entries.pairs if entries else ()
    return tuple(GivenValue(key.text, value_of(entry), problems.place(key)) for key, entry in pairs)


def _published(written: WrittenPublished, problems: Problems) -> Published:
    return Published(
        quantity=written.quantity.text if written.quantity else "",
        value=_number(written.value, Number(Fraction(0), "")),
        why=written.why,
        under=_settings(written.under),
        times=_number(written.times, ONCE),
        place=problems.place(written.quantity) if written.quantity else None,
    )


def _number(entry: Entry | None, otherwise: Number) -> Number:
    value = entry and entry.value
    return value if isinstance(value, Number) else otherwise


def _settings(written: WrittenSettings | None) -> tuple[tuple[str, str], ...]:
    pairs = written.training.node.pairs if written else ()
    return tuple((key.text, _text(value)) for key, value in pairs)


def _text(node: Node) -> str:
    """A setting as on the command line: a text, or the texts of a list."""
    items = node.items if isinstance(node, Sequence) else (node,)
    return ", ".join(item.text for item in items if isinstance(item, Scalar))
