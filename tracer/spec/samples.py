"""The samples of a network: a value for each input, a target for each output."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from tracer.errors import suggestion
from tracer.maths.expression import Symbol, number
from tracer.spec.network import Sample, Value
from tracer.spec.scope import Scope
from tracer.spec.tree.forms import Items, Pairs
from tracer.spec.tree.nodes import Scalar, shown
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.windows.shapes import Shape, flattened
from tracer.spec.written import Entry, Nested, Values, WrittenNetwork, WrittenSample

ZERO, ONE = number(0), number(1)


def samples(
    written: WrittenNetwork, scope: Scope, parameters: Container[str], problems: Problems
) -> tuple[Sample, ...]:
    """All samples; one made of letters where the spec gives none.

    Args:
        written: the file.
        scope: the network's names.
        parameters: the parameters' names, which a letter may not have.
        problems: where wrong lengths and unknown names go.
    """
    inputs, outputs = scope.groups[0], [scope.units[number] for number in scope.outputs]
    if written.samples is None:
        return (Sample(_letters(inputs), _letters(_targets(outputs))),)
    items = written.samples.items
    shape = scope.written[0].shape
    wanted_shape = scope.shape_of_outputs
    found = []
    for place, sample in enumerate(items, 1):
        suffix = f"_{place}" if len(items) > 1 else ""
        given = values(sample, sample.input, inputs, shape, "input", problems)
        wanted = values(sample, sample.target, outputs, wanted_shape, "target", problems)
        if sample.right is not None:
            wanted = _of_class(sample, sample.right, outputs, problems)
        complain_of_letters((*given, *wanted), scope, parameters, problems)
        found.append(
            Sample(
                _read(given) or _letters(inputs, suffix),
                _read(wanted) or _letters(_targets(outputs), suffix),
            )
        )
    return tuple(found)


def _of_class(
    sample: WrittenSample, right: Scalar, outputs: Sequence[str], problems: Problems
) -> tuple[Entry, ...]:
    """The target 1 for the output that a sample names as its class, and 0 for all others."""
    name = right.text.strip()
    if sample.target is not None:
        problems.add(right, "'target' and 'class' say the same; give one")
    if len(outputs) < 2:
        problems.add(right, "a class is one of several outputs, and here is one; give its target")
    elif name not in outputs:
        hint = suggestion(name, outputs) or f"; known: {listed(outputs)}"
        problems.add(
            right, f"a class is the name of an output, and there is no {shown(name)}{hint}"
        )
    return tuple(Entry(right, None, ONE if output == name else ZERO) for output in outputs)


def value_of(entry: Entry) -> Value:
    """The number that was written, or the letter."""
    return Symbol(entry.name) if entry.value is None else entry.value


def _read(entries: Sequence[Entry]) -> tuple[Value, ...]:
    return tuple(map(value_of, entries))


def _letters(names: Sequence[str], suffix: str = "") -> tuple[Value, ...]:
    return tuple(Symbol(name + suffix) for name in names)


def _targets(outputs: Sequence[str]) -> list[str]:
    return [f"target_{name}" for name in outputs]


def values(
    sample: WrittenSample,
    entries: Values | None,
    names: Sequence[str],
    shape: Shape | None,
    field: str,
    problems: Problems,
) -> tuple[Entry, ...]:
    """An entry for each name; nothing where the field was left out."""
    match entries:
        case None:
            return ()
        case Entry(node, name) if len(names) != 1 and name in names:
            problems.add(node, f"the right class stands under 'class', not 'target': class: {name}")
            return ()
        case Entry() if len(names) != 1:
            wanted = f"{len(names)} numbers in brackets ({listed(names)})"
            problems.add(entries.node, f"expected {wanted}, found one number")
            return (entries,)
        case Entry():
            return (entries,)
        case Items(_, items) if shape is not None and (len(shape.coordinates) > 1 or _lists(items)):
            return tuple(flattened(entries, shape.coordinates, shape.words, problems) or ())
        case Items():
            return _in_a_row(entries, names, problems)
        case Pairs():
            return _by_name(sample, entries, names, field, problems)


def _in_a_row(
    entries: Items[Nested], names: Sequence[str], problems: Problems
) -> tuple[Entry, ...]:
    """A list of numbers, one for each name."""
    for inner in _lists(entries.items):
        problems.add(inner.node, "found a list, expected a number")
    if len(entries.items) != len(names):
        wanted = f"{len(names)} ({listed(names)})"
        problems.add(entries.node, f"found {len(entries.items)} numbers, expected {wanted}")
    return tuple(entry for entry in entries.items if isinstance(entry, Entry))


def _lists(items: Iterable[Nested]) -> list[Items[Nested]]:
    """The lists among what was written."""
    return [item for item in items if isinstance(item, Items)]


def _by_name(
    sample: WrittenSample,
    entries: Pairs[Entry],
    names: Sequence[str],
    field: str,
    problems: Problems,
) -> tuple[Entry, ...]:
    known, found = frozenset(names), {key.text: entry for key, entry in entries.pairs}
    for key, _ in entries.pairs:
        if key.text not in known:
            hint = suggestion(key.text, names) or f"; known: {listed(names)}"
            problems.add(key, f"there is no {field} '{key.text}'{hint}")
    missing = [name for name in names if name not in found]
    if missing:
        problems.add(entries.node, f"no {field} for {listed(missing)}; a letter will do")
    return tuple(found.get(name) or Entry(sample.node, name) for name in names)


def complain_of_letters(
    entries: Iterable[Entry], scope: Scope, parameters: Container[str], problems: Problems
) -> None:
    """A letter for a given number may be an input's name, but not that of something computed."""
    for entry in entries:
        if entry.value is not None or entry.name is None:
            continue
        computed = scope.numbers.get(entry.name, 0) >= len(scope.groups[0])
        if computed or entry.name in parameters:
            what = "a parameter" if entry.name in parameters else "a unit"
            problems.add(entry.node, f"'{entry.name}' is {what}; choose another letter")
